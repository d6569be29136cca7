/** The page's side: what 保存済み means, and where unsent words are until the server has them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CompiledQuery } from 'kysely';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import type { Access } from '#protocol/sync.ts';
import type { LiveDocument as Live } from '../../src/lib/live/document.svelte.ts';
import { openDatabase, type Database } from '../../server/db/database.ts';
import { readOpinions, seedOpinions } from '../../server/sync/opinions.ts';
import type { Sync } from '../../server/sync/seams.ts';
import { createSync } from '../../server/sync/sync.ts';
import { MemoryIndexedDB } from './indexeddb.ts';
import { board, headings } from './world.ts';

const anna = 'account-anna' as AccountId;
let LiveDocument: typeof Live;
let browser: { onLine: boolean };
let page: EventTarget;
let drawer: MemoryIndexedDB;

beforeEach(async () => {
  browser = { onLine: true };
  page = new EventTarget();
  drawer = new MemoryIndexedDB();
  const state = (value: unknown) => value;
  vi.stubGlobal('$state', Object.assign(state, { raw: state }));
  vi.stubGlobal('navigator', browser);
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('indexedDB', drawer);
  ({ LiveDocument } = await import('../../src/lib/live/document.svelte.ts'));
});

/** A server that can go away and come back on the same port. */
class House {
  readonly database: Database = openDatabase(':memory:');
  access: Access = 'write';
  sync: Sync = this.#open();
  port = 0;
  #server: Server | undefined;
  #sockets = new Set<Socket>();

  #open(): Sync {
    return createSync({
      database: this.database,
      clock: () => 0,
      accessOf: (accountId) => ({
        access: this.access,
        user: { id: accountId, name: '安藤', role: 'member' },
      }),
      seed: (_, doc) => {
        seedOpinions(doc, headings);
        return true;
      },
      limits: { answerMs: 0 },
    });
  }

  /** From here on the file may not grow, or may again. */
  set diskIsFull(isFull: boolean) {
    const query = CompiledQuery.raw(`pragma max_page_count = ${isFull ? 1 : 2 ** 30}`);
    this.database.read.all({ compile: () => query });
  }

  async start(): Promise<void> {
    const server = createServer();
    server.on('connection', (socket) => this.#sockets.add(socket));
    server.on('upgrade', (request, socket, head) =>
      this.sync.upgrade(request, socket, head, { accountId: anna, sessionId: 's' }),
    );
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** The process is gone, without a word to anybody. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    await new Promise<void>((resolve) => {
      if (this.#server) this.#server.close(() => resolve());
      else resolve();
    });
    this.#server = undefined;
    this.sync.close();
    this.sync = this.#open();
  }

  get bullets(): readonly string[] | undefined {
    return this.sync.read(board, (doc) => readOpinions(doc, headings)[0]?.bullets);
  }
}

async function start(): Promise<House> {
  const house = new House();
  await house.start();
  onTestFinished(async () => {
    await house.stop();
    house.sync.close();
    house.database.close();
  });
  return house;
}

function open(house: House): Live {
  const live = new LiveDocument({
    name: board,
    accountId: anna,
    origin: `ws://127.0.0.1:${house.port}`,
  });
  onTestFinished(() => live.destroy());
  return live;
}

function write(live: Live, text: string): void {
  live.doc.transact(() => {
    const bullet = new Y.XmlElement('bullet');
    bullet.insert(0, [new Y.XmlText(text)]);
    const fragment = live.doc.getXmlFragment('results');
    fragment.insert(fragment.length, [bullet]);
  });
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setImmediate(resolve));
}

test('saved is what the server has stored', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced);
  expect(live.connection).toBe('connected');
  expect(live.access).toBe('write');
  await until(() => !live.hasUnsent);
  write(live, '一');
  expect(live.saved).toEqual({ kind: 'saving' });
  expect(house.bullets).toEqual([]);
  await until(() => live.saved.kind === 'saved');
  expect(house.bullets).toEqual(['一']);
  expect(drawer.rows.size).toBe(0);
});

test('the person sees itself and others as the server names them', async () => {
  const house = await start();
  const [one, two] = [open(house), open(house)];
  await until(() => one.people.length > 0 && two.people.length > 0);
  expect(one.people).toEqual([
    { id: anna, name: '安藤', role: 'member', color: expect.any(Number) as number, self: true },
  ]);
});

test('words written while the server is away are counted, kept, and sent once when it is back', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced);
  await house.stop();
  await until(() => live.connection === 'reconnecting');
  write(live, '一');
  write(live, '二');
  expect(live.saved).toEqual({ kind: 'unsent', count: 2 });
  expect(drawer.rows.size).toBe(2);
  await house.start();
  await until(() => live.saved.kind === 'saved');
  expect(house.bullets).toEqual(['一', '二']);
  expect(drawer.rows.size).toBe(0);
});

test('words of a tab that crashed are sent by the next one, once', async () => {
  const house = await start();
  const crashed = open(house);
  await until(() => crashed.synced);
  await house.stop();
  await until(() => crashed.connection === 'reconnecting');
  write(crashed, '落ちる前');
  crashed.destroy();
  await house.start();
  const next = open(house);
  await until(() => next.synced && next.saved.kind === 'saved');
  expect(house.bullets).toEqual(['落ちる前']);
  expect(readOpinions(next.doc, headings)[0]?.bullets).toEqual(['落ちる前']);
  expect(drawer.rows.size).toBe(0);
  next.destroy();
  const third = open(house);
  await until(() => third.synced);
  expect(house.bullets).toEqual(['落ちる前']);
});

test('offline and back: no frame leaves, and everything arrives', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced);
  browser.onLine = false;
  page.dispatchEvent(new Event('offline'));
  expect(live.connection).toBe('offline');
  write(live, 'トンネル');
  expect(live.saved).toEqual({ kind: 'unsent', count: 1 });
  browser.onLine = true;
  page.dispatchEvent(new Event('online'));
  await until(() => live.saved.kind === 'saved');
  expect(house.bullets).toEqual(['トンネル']);
});

test('a full disk is shown as unsent, and made good by itself', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced && !live.hasUnsent);
  house.diskIsFull = true;
  const long = '満杯'.repeat(4000);
  write(live, long);
  await until(() => live.saved.kind === 'unsent');
  expect(live.refusal).toBeUndefined();
  house.diskIsFull = false;
  await until(() => live.saved.kind === 'saved');
  expect(house.bullets).toEqual([long]);
});

test('a decided item: the page comes back as a reader, late words stay on screen', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced && !live.hasUnsent);
  house.access = 'read';
  house.sync.narrow(board);
  write(live, '遅れた');
  await until(() => live.refusal !== undefined);
  expect(live.refusal).toBe('read-only');
  expect(live.access).toBe('read');
  expect(live.hasUnsent).toBe(true);
  expect(readOpinions(live.doc, headings)[0]?.bullets).toEqual(['遅れた']);
  expect(house.bullets).toEqual([]);
  // The item is opened again.
  house.access = 'write';
  live.retry();
  await until(() => live.saved.kind === 'saved');
  expect(house.bullets).toEqual(['遅れた']);
});

test('a decided item: a page without late words just becomes a reader', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced && !live.hasUnsent);
  house.access = 'read';
  house.sync.narrow(board);
  await until(() => live.access === 'read' && live.connection === 'connected');
  expect(live.refusal).toBeUndefined();
});

test.each([
  ['none', 'forbidden'],
  ['signed-out', 'signed-out'],
] as const)('a right that ends (%s) ends the line and keeps the text', async (how, refusal) => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced && !live.hasUnsent);
  if (how === 'none') house.access = 'none';
  if (how === 'none') house.sync.narrow(board);
  else house.sync.revoke('s');
  write(live, '残る');
  await until(() => live.refusal !== undefined);
  expect(live.refusal).toBe(refusal);
  expect(live.connection).toBe('offline');
  expect(drawer.rows.size).toBe(1);
  live.discard();
  expect(drawer.rows.size).toBe(0);
});

test('what the server does not take is kept on screen and said', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced && !live.hasUnsent);
  live.doc.getXmlFragment('results').insert(0, [new Y.XmlElement('script')]);
  await until(() => live.refusal === 'content');
  expect(live.saved).toEqual({ kind: 'unsent', count: 1 });
});

test('works without IndexedDB, and where it is full', async () => {
  const house = await start();
  drawer.isFull = true;
  const full = open(house);
  await until(() => full.synced);
  write(full, '一');
  await until(() => full.saved.kind === 'saved');
  vi.stubGlobal('indexedDB', undefined);
  const without = open(house);
  await until(() => without.synced);
  write(without, '二');
  await until(() => without.saved.kind === 'saved');
  expect(house.bullets).toEqual(['一', '二']);
});

test('a line that is dead without knowing it is given up when no ack comes', async () => {
  const house = await start();
  const live = open(house);
  await until(() => live.synced && !live.hasUnsent);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { sync } = house;
  const swallow = vi.spyOn(WebSocket.prototype, 'send').mockImplementation(() => undefined);
  write(live, '届かない');
  swallow.mockRestore();
  expect(live.saved.kind).toBe('saving');
  vi.advanceTimersByTime(6_000);
  vi.useRealTimers();
  await until(() => live.saved.kind === 'saved');
  expect(sync.read(board, (doc) => readOpinions(doc, headings)[0]?.bullets)).toEqual(['届かない']);
});
