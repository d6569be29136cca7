/** Puts one app behind one http server: pages, Socket.IO, the Yjs door; and ends it in order. */
import { randomBytes } from 'node:crypto';
import { once, type EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createApp, type RunningApp } from './app.ts';
import { openControl } from './control.ts';
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
    metricsToken: settings.metricsToken,
    keeping: settings.keeping,
    clock: Date.now,
    newId,
    log: createLog((line) => process.stderr.write(`${line}\n`), Date.now),
  });
  return {
    ...app,
    async close() {
      try {
        await app.close();
      } finally {
        lock.release();
      }
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
  const server = createServer();
  const pagesAnswering = new Set<ServerResponse>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    pagesAnswering.add(response);
    response.once('close', () => pagesAnswering.delete(response));
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
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const control = await openControl(settings.dataDir, app.controls);
  const { port } = server.address() as AddressInfo;
  const url = settings.origin ?? `http://localhost:${port}`;
  app.retention.start();
  app.deadlines.start();
  app.log.info('started', { ...versions(app), address: url, pid: process.pid });
  return {
    url,
    async close() {
      const start = performance.now();
      // In this order: no new guests, pages in work answered, browsers told, the log flushed, the
      // database closed; then whoever has not hung up by himself is hung up on.
      control.close();
      turnAway(server);
      await settled(pagesAnswering, PAGES_MS);
      await app.close();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      await settled(sockets, FAREWELL_MS);
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
      app.log.info('stopped', { ms: Math.round(performance.now() - start) });
    },
  };
}

/** A page that is being made may take this long (ms) before the database goes. */
const PAGES_MS = 300;
/** As long (ms) a browser may take to answer the farewell of its sockets. */
const FAREWELL_MS = 200;

/** From here on everything is answered with 503, and `/healthz` with it. */
function turnAway(server: Server): void {
  server.removeAllListeners('request');
  server.removeAllListeners('upgrade');
  const headers = { Connection: 'close', 'Retry-After': '2', 'Content-Type': 'text/plain' };
  server.on('request', (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(503, headers).end('stopping\n');
  });
  server.on('upgrade', (_, socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  });
}

/** When every one of them has closed, or the time is over. */
async function settled(open: ReadonlySet<EventEmitter>, ms: number): Promise<void> {
  if (open.size === 0) return;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ms);
  await Promise.allSettled([...open].map((each) => once(each, 'close', { signal: late.signal })));
  clearTimeout(timer);
}

/** What runs here, for the first line of a log. */
function versions(app: RunningApp) {
  const text = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return { version, node: process.version, sqlite: app.sqliteVersion };
}

/** npm passes Ctrl-C on to a process that has got it already: that is no second one. */
const SAME_PRESS_MS = 300;
/** An end that takes longer than this (ms) is stuck. */
const STUCK_MS = 10_000;

/** Runs `end` on Ctrl-C or a polite stop, then leaves; a second one leaves at once. */
export function onStop(end: () => Promise<void>): void {
  let since: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (since !== undefined) {
        if (performance.now() - since > SAME_PRESS_MS) process.exit(1);
        return;
      }
      since = performance.now();
      setTimeout(() => process.exit(1), STUCK_MS).unref();
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
