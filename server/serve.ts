/** Puts one app behind one http server: pages, Socket.IO, the Yjs door; and ends it in order. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createApp, type RunningApp } from './app.ts';
import { lockFolder } from './db/lock.ts';
import { createLog } from './log.ts';
import type { Settings } from './settings.ts';

/** 128 bits, letters and digits that are safe in addresses and document names. */
export const newId = (): string => randomBytes(16).toString('hex');

/** @throws when another server uses the data folder */
export function startApp(settings: Settings): RunningApp {
  const lock = lockFolder(settings.dataDir);
  const app = createApp({
    file: settings.databaseFile,
    origin: settings.origin,
    clock: Date.now,
    newId,
    log: createLog((line) => process.stderr.write(`${line}\n`), Date.now),
  });
  return {
    ...app,
    async close() {
      await app.close();
      lock.release();
    },
  };
}

export type Serving = { readonly url: string; close(): Promise<void> };

/** Uploads end here; the import page says so in a sentence long before. */
const BODY_LIMIT = '24M';

/** @param pages the folder of the built pages */
export async function serve(app: RunningApp, settings: Settings, pages: string): Promise<Serving> {
  // adapter-node reads these when its handler is loaded, and assumes https without them.
  process.env['BODY_SIZE_LIMIT'] ??= BODY_LIMIT;
  if (settings.origin === null) process.env['PROTOCOL_HEADER'] = 'x-kensho-protocol';
  const file = pathToFileURL(join(pages, 'handler.js')).href;
  const { handler } = (await import(file)) as {
    handler: (request: IncomingMessage, response: ServerResponse) => void;
  };
  const server = createServer((request, response) => {
    request.headers['x-kensho-protocol'] = 'http';
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Referrer-Policy', 'same-origin');
    handler(Object.assign(request, { app }), response);
  });
  app.attach(server, { others: 'refuse' });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: settings.origin ?? `http://localhost:${port}`,
    async close() {
      // In this order: no new guests, browsers told, the log flushed, the database closed.
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await app.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Runs `end` once on Ctrl-C or a polite stop, then leaves. */
export function onStop(end: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      end().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}
