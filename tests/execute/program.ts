/**
 * The server as `npm start` runs it, without the built pages: a test starts it as a process of its
 * own and reads one line of JSON. In the place of the pages stands a handler that answers like the
 * routes of health and metrics, and one that waits for all that is sent to it;
 * with `--stuck` an end that never comes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onStop, serve, startApp } from '../../server/serve.ts';
import { readSettings } from '../../server/settings.ts';

const handler = `export function handler(request, response) {
  const { app } = request;
  if (request.url === '/healthz') {
    const health = app.health();
    response.statusCode = health === 'ok' ? 200 : 503;
    return void response.end(health);
  }
  if (request.url === '/slow') {
    request.resume();
    return void request.on('end', () => response.end(app.health()));
  }
  if (request.url === '/never') return;
  const metrics = app.metrics(null, request.headers.authorization ?? null);
  response.statusCode = metrics === null ? 404 : 200;
  response.end(metrics ?? '');
}
`;

const settings = readSettings(process.env);
writeFileSync(join(settings.dataDir, 'handler.js'), handler);
const app = startApp(settings);
const serving = await serve(app, settings, settings.dataDir);
const isStuck = process.argv.includes('--stuck');
onStop(() => (isStuck ? new Promise(() => undefined) : serving.close()));

const { meetingId, people } = app.demonstrate();
const tokens: string[] = [];
for (const { token } of people) {
  const entered = await app.auth.enter(token);
  if (entered.ok) tokens.push(entered.session.token);
}
process.stdout.write(`${JSON.stringify({ url: serving.url, meetingId, tokens })}\n`);
