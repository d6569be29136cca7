/** The door over real WebSockets: y-websocket's own provider, and peers that are no browser. */
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished, expect, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';
import { CLOSE, MESSAGE } from '#protocol/sync.ts';
import { openDatabase } from '../../server/db/database.ts';
import { defaultLimits, type Limits } from '../../server/sync/limits.ts';
import { readOpinions, seedOpinions } from '../../server/sync/opinions.ts';
import { createSync } from '../../server/sync/sync.ts';
import { board, headings } from './world.ts';
import { until } from '../until.ts';

async function serve(limits: Partial<Limits> = {}) {
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
    limits,
  });
  const server = createServer((_, response) => response.end('here'));
  server.on('upgrade', (request, socket, head) => {
    sync.upgrade(request, socket, head, { accountId: 'account-anna' as AccountId, sessionId: 's' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    sync.close();
    await stop(server);
    database.close();
  });
  return { sync, server, port: (server.address() as AddressInfo).port };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function provide(port: number, doc = new Y.Doc()): WebsocketProvider {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/yjs`, board, doc, {
    disableBc: true,
    WebSocketPolyfill: NodeSocket as unknown as typeof WebSocket,
    params: { schema: String(EDITOR_SCHEMA), client: String(doc.clientID) },
  });
  for (const type of [MESSAGE.welcome, MESSAGE.ack, MESSAGE.nack]) {
    provider.messageHandlers[type] = () => undefined;
  }
  onTestFinished(() => provider.destroy());
  return provider;
}

test('two providers of y-websocket write one text', async () => {
  const { sync, port } = await serve();
  const [one, two] = [provide(port), provide(port)];
  await until(() => one.synced && two.synced);
  const bullet = one.doc.getXmlFragment('results').get(0) as Y.XmlElement;
  bullet.insert(0, [new Y.XmlText('つながった')]);
  const read = () => readOpinions(two.doc, headings)[0]?.bullets[0];
  await until(() => read() === 'つながった');
  one.awareness.setLocalStateField('caret', 1);
  await until(() => two.awareness.getStates().get(one.doc.clientID)?.['caret'] === 1);
  expect(sync.present(board)).toEqual(['account-anna']);
  one.destroy();
  await until(() => !two.awareness.getStates().has(one.doc.clientID));
});

test('a provider comes back by itself after a restart', async () => {
  const { sync, port } = await serve();
  const one = provide(port);
  await until(() => one.synced);
  sync.close();
  await until(() => !one.wsconnected);
  await until(() => one.synced);
});

function rawSocket(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  });
}

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;

const answerTo = (socket: Socket): Promise<string> =>
  new Promise((resolve) => socket.once('data', (data) => resolve(data.toString('latin1'))));

test.each([
  '/yjs/%',
  '/yjs/%E0%A4%A',
  '/yjs/',
  '/yjs/..%2f..%2fetc',
  '/yjs/opinions/%00%00%00%00%00%00%00%00',
  '/other',
])('[Y1] the path %s is answered 404', async (path) => {
  const { port } = await serve();
  const socket = await rawSocket(port);
  socket.write(upgrade(path));
  expect(await answerTo(socket)).toMatch(/^HTTP\/1.1 404/);
});

const good = `/yjs/${board}?schema=${EDITOR_SCHEMA}&client=7`;
/** A client's frame, masked with zeros. */
const masked = (first: number, payload: number[], length = payload.length) =>
  Buffer.from([first, 0x80 | length, 0, 0, 0, 0, ...payload]);

const breaches: Record<string, Buffer> = {
  'an opcode nobody knows': masked(0x83, []),
  'reserved bits': masked(0xf2, [1]),
  'a frame that is not masked': Buffer.from([0x82, 1, 0]),
  'a text that is no UTF-8': masked(0x81, [0xff, 0xff]),
  'a close code nobody may use': masked(0x88, [0x03, 0xed]),
  'a ping that is too long': masked(0x89, [], 126),
  'a frame that claims 16 exabytes': Buffer.from([
    0x82,
    0xff,
    0x7f,
    ...Array<number>(7).fill(0xff),
  ]),
};

test.each(Object.entries(breaches))(
  '%s ends its own connection and not the process',
  async (_, bytes) => {
    const { port } = await serve();
    const bystander = provide(port);
    await until(() => bystander.synced);
    const socket = await rawSocket(port);
    socket.write(upgrade(good));
    expect(await answerTo(socket)).toMatch(/^HTTP\/1.1 101/);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    socket.write(bytes);
    await closed;
    expect(bystander.wsconnected).toBe(true);
  },
);

async function closeCodeAfter(port: number, act: (socket: NodeSocket) => void): Promise<number> {
  const socket = new NodeSocket(`ws://127.0.0.1:${port}${good}`);
  socket.on('error', () => undefined);
  socket.on('open', () => act(socket));
  return new Promise((resolve) => socket.on('close', (code) => resolve(code)));
}

test('[Y3] text is no message of the protocol', async () => {
  const { port } = await serve();
  // The same bytes would be a question for the state.
  const ask = '\u0000\u0000\u0001\u0000';
  expect(await closeCodeAfter(port, (socket) => socket.send(ask))).toBe(CLOSE.malformed);
});

test('[Y3] a frame may be as long as the limit says', async () => {
  const { port } = await serve({ frameBytes: 1000 });
  expect(await closeCodeAfter(port, (socket) => socket.send(Buffer.alloc(1001)))).toBe(1009);
});

test.each([[1, 5, 1], [255], []])('the frame [%s] ends its own connection', async (...bytes) => {
  const { port } = await serve();
  const send = (socket: NodeSocket) => socket.send(Buffer.from(bytes as number[]));
  expect(await closeCodeAfter(port, send)).toBe(CLOSE.malformed);
});

test('a peer whose network went away without a word is found', async () => {
  const { sync, port } = await serve({ pulseMs: 20 });
  const socket = await rawSocket(port);
  socket.write(upgrade(good)); // answers no ping
  await until(() => sync.present(board).length === 1);
  await until(() => sync.present(board).length === 0);
});

test('the limits of docs/sync.md are the defaults', () => {
  expect(defaultLimits.frameBytes).toBe(256 * 1024);
});
