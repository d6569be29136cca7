/** The process of `npm start`: read the environment, build when asked, serve, end in order. */
import { buildPages, builtPages } from './build.ts';
import { onStop, serve, startApp } from './serve.ts';
import { readSettings } from './settings.ts';

const pages = process.argv.includes('--build') ? await buildPages() : builtPages();
const settings = readSettings(process.env);
const app = startApp(settings);
const serving = await serve(app, settings, pages);
const lines = [`Kensho: ${serving.url}`];
if (app.auth.setupPending()) {
  const link = `${serving.url}/setup?token=${app.auth.newSetupToken()}`;
  lines.push(`はじめての設定 / first set-up (once, within 24 hours): ${link}`);
}
process.stdout.write(`${lines.join('\n')}\n`);
onStop(() => serving.close());
