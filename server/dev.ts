/** The one app of a `vite dev` process, for the pages and for the sockets alike. */
import type { Server } from 'node:http';
import type { RunningApp } from './app.ts';
import { onStop, startApp } from './serve.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const app = startApp(settings);

export const developmentApp = (): RunningApp => app;

export function attachDevelopment(server: Server): void {
  app.attach(server, { others: 'leave' });
  if (app.auth.setupPending()) {
    const url = settings.origin ?? `http://localhost:${settings.port}`;
    process.stdout.write(`first set-up: ${url}/setup?token=${app.auth.newSetupToken()}\n`);
  }
  onStop(() => app.close());
}
