/** A network that refuses every WebSocket: the same messages over Socket.IO long polling. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import type { Access } from '#protocol/sync.ts';
import { openDatabase } from '../../server/db/database.ts';
import { carry } from '../../server/sync/carrier.ts';
import { readOpinions, seedOpinions } from '../../server/sync/opinions.ts';
import { createSync } from '../../server/sync/sync.ts';
import { board, headings } from './world.ts';
import { until } from '../until.ts';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';

async function serve() {
  const database = openDatabase(':memory:');
  const rights = { access: 'write' as Access };
  const sync = createSync({
    database,
    clock: () => 0,
    accessOf: (accountId) => ({
      access: rights.access,
      user: { id: accountId, name: '安藤', role: 'member' },
    }),
    seed: (_, doc) => {
      seedOpinions(doc, headings);
      return true;
    },
  });
  const server = createServer();
  const realtime = new Server(server, { destroyUpgrade: false });
  realtime.on('connection', (socket) =>
    carry(sync, socket, { accountId: socket.handshake.auth['who'] as AccountId, sessionId: 's' }),
  );
  // The proxy of a town hall.
  server.prependListener('upgrade', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    sync.close();
    await realtime.close();
    database.close();
  });
  return { sync, rights, realtime, port: (server.address() as AddressInfo).port };
}

async function open(port: number, who: string) {
  const state = (value: unknown) => value;
  vi.stubGlobal('$state', Object.assign(state, { raw: state }));
  vi.stubGlobal('navigator', { onLine: true });
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  const { LiveDocument } = await import('../../src/lib/live/document.svelte.ts');
  const carrier = io(`http://127.0.0.1:${port}`, {
    transports: ['polling'],
    auth: { who },
    forceNew: true,
  });
  const live = new LiveDocument({
    name: board,
    accountId: who as AccountId,
    origin: `ws://127.0.0.1:${port}`,
    carrier,
  });
  onTestFinished(() => {
    live.destroy();
    carrier.close();
  });
  return { live, carrier };
}

function write(doc: Y.Doc, text: string): void {
  doc.transact(() => {
    const bullet = new Y.XmlElement('bullet');
    bullet.insert(0, [new Y.XmlText(text)]);
    doc.getXmlFragment('results').insert(0, [bullet]);
  });
}

const bulletsOf = (doc: Y.Doc) => readOpinions(doc, headings)[0]?.bullets ?? [];

test('found out by itself, shown, and as right as ever', async () => {
  const { sync, port } = await serve();
  const [{ live: anna }, { live: ben }] = [
    await open(port, 'account-anna'),
    await open(port, 'account-ben'),
  ];
  await until(() => anna.synced && ben.synced);
  expect(anna.transport).toBe('polling');
  expect(anna.connection).toBe('connected');
  write(anna.doc, '回り道');
  await until(() => anna.saved.kind === 'saved' && bulletsOf(ben.doc).length === 1);
  expect(bulletsOf(ben.doc)).toEqual(['回り道']);
  expect(sync.read(board, bulletsOf)).toEqual(['回り道']);

  await until(() => anna.people.length === 2);
  ben.destroy();
  await until(() => anna.people.length === 1);
  expect(sync.present(board)).toEqual(['account-anna']);
});

test('rights end here too', async () => {
  const { sync, rights, port } = await serve();
  const { live } = await open(port, 'account-anna');
  await until(() => live.synced && !live.hasUnsent);
  rights.access = 'read';
  sync.narrow(board);
  write(live.doc, '遅れた');
  await until(() => live.refusal === 'read-only');
  expect(sync.read(board, bulletsOf)).toEqual([]);
});

test('a broken line loses nothing', async () => {
  const { sync, realtime, port } = await serve();
  const { live, carrier } = await open(port, 'account-anna');
  await until(() => live.synced && !live.hasUnsent);
  realtime.disconnectSockets(true);
  await until(() => live.connection === 'reconnecting');
  write(live.doc, '途切れても');
  expect(live.saved).toEqual({ kind: 'unsent', count: 1 });
  carrier.connect();
  await until(() => live.saved.kind === 'saved');
  expect(sync.read(board, bulletsOf)).toEqual(['途切れても']);
});

test('whatever is sent instead of messages harms nobody', async () => {
  const { sync, port } = await serve();
  const { live, carrier } = await open(port, 'account-anna');
  await until(() => live.synced && !live.hasUnsent);
  const rubbish = [undefined, null, -1, 'x', {}, [], new Uint8Array([255]), 2 ** 60];
  for (const event of ['yjs', 'yjs-open', 'yjs-close']) {
    for (const first of rubbish) {
      carrier.emit(event);
      for (const second of rubbish) carrier.emit(event, first, second, rubbish);
    }
  }
  carrier.emit('yjs-open', 7, board, `schema=${EDITOR_SCHEMA}&client=7`);
  carrier.emit('yjs', 7, 'no bytes');
  write(live.doc, '無事');
  await until(() => live.saved.kind === 'saved');
  expect(sync.read(board, bulletsOf)).toEqual(['無事']);
});
