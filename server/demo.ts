/**
 * `npm run demo`: serves a throw-away copy of the sample meeting with one sign-in link per person.
 * Its data is an ordinary data folder; without DATA_DIR it is temporary and removed at the end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPages, builtPages } from './build.ts';
import { onStop, serve, startApp } from './serve.ts';
import { readSettings } from './settings.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    port: { type: 'string' },
    build: { type: 'boolean', default: false },
  },
});

const pages = values.build ? await buildPages() : builtPages();
const kept = process.env['DATA_DIR'];
const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'kensho-demo-'));
const port = values.port === undefined ? {} : { port: Number(values.port) };
const settings = readSettings(process.env, { dataDir, ...port });
const app = startApp(settings);
const serving = await serve(app, settings, pages);
onStop(async () => {
  await serving.close();
  if (kept === undefined) rmSync(dataDir, { recursive: true, force: true });
});

const { meetingId, people } = app.demonstrate();
const listed = people.map(({ role, name, token }) => ({
  role,
  name,
  link: `${serving.url}/enter#${token}`,
}));
if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ url: serving.url, meeting: meetingId, people: listed })}\n`,
  );
} else {
  const lines = listed.map(({ role, name, link }) => `  ${role.padEnd(12)}${name}\n    ${link}`);
  process.stdout.write(
    [
      `サンプル会議 / sample meeting: ${serving.url}/meetings/${meetingId}`,
      'それぞれ別のブラウザー（またはシークレットウィンドウ）で開いてください。',
      'Open each link in a browser of its own (or a private window).',
      ...lines,
      kept === undefined ? '終了（Ctrl-C）するとデータは消えます。' : `データ: ${settings.dataDir}`,
      '',
    ].join('\n'),
  );
}
