/**
 * Thirty people read over real sockets and one of them does not fetch: it is closed when a megabyte
 * waits for it, the others hear everything, and nobody is held up.
 */
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';
import { MESSAGE } from '#protocol/sync.ts';
import { openDatabase } from '../../server/db/database.ts';
import { defaultLimits } from '../../server/sync/limits.ts';
import { seedOpinions } from '../../server/sync/opinions.ts';
import { createSync } from '../../server/sync/sync.ts';
import { isLong } from '../size.ts';
import { board, headings } from './names.ts';
import { until } from '../until.ts';

async function serve() {
  const database = openDatabase(':memory:');
  const sync = createSync({
    database,
    clock: () => 0,
    accessOf: (accountId) => ({
      access: 'write',
      user: { id: accountId, name: accountId, role: 'member' },
    }),
    seed: (_, doc) => {
      seedOpinions(doc, headings);
      return true;
    },
    limits: { messagesPerSecond: 1e6, bytesPerSecond: 1e9 },
  });
  const server = createServer();
  const lines = new Map<string, Socket>();
  server.on('upgrade', (request, socket, head) => {
    const accountId = String(request.headers['x-account']) as AccountId;
    lines.set(accountId, socket as Socket);
    sync.upgrade(request, socket, head, { accountId, sessionId: accountId });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    sync.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    database.close();
  });
  return { sync, lines, port: (server.address() as AddressInfo).port };
}

function provide(port: number, name: string): WebsocketProvider {
  class Named extends NodeSocket {
    constructor(url: string) {
      super(url, { headers: { 'x-account': name } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/yjs`, board, doc, {
    disableBc: true,
    WebSocketPolyfill: Named as unknown as typeof WebSocket,
    params: { schema: String(EDITOR_SCHEMA), client: String(doc.clientID) },
  });
  for (const type of [MESSAGE.welcome, MESSAGE.ack, MESSAGE.nack]) {
    provider.messageHandlers[type] = () => undefined;
  }
  onTestFinished(() => provider.destroy());
  return provider;
}

/** A machine that has gone to sleep with the page open: its kernel takes a little, then nothing. */
async function sleeper(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  socket.write(
    [
      `GET /yjs/${board}?schema=${EDITOR_SCHEMA}&client=99 HTTP/1.1`,
      'Host: x',
      'X-Account: sleeper',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    ].join('\r\n'),
  );
  // It has asked for the state, so that it is told of every change.
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  socket.write(Buffer.from([0x82, 0x84, 0, 0, 0, 0, 0, 0, 1, 0]));
}

test('[Y20] one of thirty does not fetch', { timeout: 60_000 }, async () => {
  const { sync, lines, port } = await serve();
  process.setMaxListeners(40); // each provider wants to know of the end
  const readers = Array.from({ length: 29 }, (_, n) => provide(port, `reader-${n}`));
  await until(() => readers.every(({ synced }) => synced));
  await sleeper(port);
  await until(() => sync.present(board).length === 30);
  const [writer] = readers;
  if (!writer) throw new Error('nobody writes');
  const waits: number[] = [];
  let most = 0;
  const line = lines.get('sleeper');
  const isHere = () => sync.present(board).includes('sleeper' as AccountId);
  const text = '長'.repeat(60_000);
  for (let written = 1; isHere(); written++) {
    // Far above what any kernel buffers for one line.
    expect(written).toBeLessThan(500);
    const begun = performance.now();
    writer.doc.transact(() => {
      const bullet = new Y.XmlElement('bullet');
      bullet.insert(0, [new Y.XmlText(text)]);
      const fragment = writer.doc.getXmlFragment(headings[0] ?? '');
      // One text at a time: the document must not grow, only the traffic.
      if (fragment.length > 1) fragment.delete(0, 1);
      fragment.push([bullet]);
    });
    const { clientID } = writer.doc;
    const clock = Y.getState(writer.doc.store, clientID);
    await until(() => readers.every(({ doc }) => Y.getState(doc.store, clientID) === clock));
    waits.push(performance.now() - begun);
    most = Math.max(most, line?.writableLength ?? 0);
  }
  // What waited for it was bounded: the limit, and the message that passed it.
  expect(most).toBeLessThan(defaultLimits.bufferedBytes + text.length * 4);
  expect(readers.every(({ wsconnected }) => wsconnected)).toBe(true);
  expect(sync.present(board)).toHaveLength(29);
  expect(sync.check(board)).toBeUndefined();
  const p99 = waits.toSorted((one, other) => one - other)[Math.floor(waits.length * 0.99)] ?? 0;
  // A time says something only on a machine that does nothing else.
  if (isLong) expect(p99).toBeLessThan(100);
});
