/**
 * A door with pages in front of it, in which the test owns time, order and the network: nothing
 * moves before it is delivered. Real SQLite file, real Y.Docs, the messages of y-websocket.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import { onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';
import { ACCESS, MESSAGE, type Access } from '#protocol/sync.ts';
import { openDatabase, type Database } from '../../server/db/database.ts';
import type { Limits } from '../../server/sync/limits.ts';
import { seedOpinions } from '../../server/sync/opinions.ts';
import type { Scheduler } from '../../server/sync/scheduler.ts';
import type { Line, Peer, Sync } from '../../server/sync/seams.ts';
import { createSync } from '../../server/sync/sync.ts';
import { board, headings, person } from './names.ts';

export { board, headings, person };

type Task = { readonly at: number; readonly work: () => void };

/** Time that stands still until it is moved. */
class Time implements Scheduler {
  #now = 0;
  #soon: (() => void)[] = [];
  #later = new Set<Task>();

  now = () => this.#now;

  soon(work: () => void): void {
    this.#soon.push(work);
  }

  after(ms: number, work: () => void): () => void {
    const task = { at: this.#now + ms, work };
    this.#later.add(task);
    return () => this.#later.delete(task);
  }

  /** Runs what is due now; false when nothing was. */
  run(): boolean {
    const due = [...this.#later].filter(({ at }) => at <= this.#now);
    for (const task of due) this.#later.delete(task);
    const work = [...this.#soon, ...due.map((task) => task.work)];
    this.#soon = [];
    for (const task of work) task();
    return work.length > 0;
  }

  /** Lets time pass step by step, in the order things fall due. */
  pass(ms: number, between: () => void = () => undefined): void {
    const end = this.#now + ms;
    for (;;) {
      while (this.run()) between();
      const next = Math.min(end, ...[...this.#later].map(({ at }) => at));
      if (this.#now >= end) return;
      this.#now = next;
    }
  }

  /** The process whose time this was is gone; how much it still wanted to do. */
  forget(): number {
    const left = this.#soon.length + this.#later.size;
    this.#soon = [];
    this.#later.clear();
    return left;
  }

  /** A tick that takes time. */
  take(ms: number): void {
    this.#now += ms;
  }
}

export type WorldOptions = {
  readonly limits?: Partial<Limits>;
  readonly file?: string;
  /** Instead of the seed of an opinions document. */
  readonly seed?: (doc: Y.Doc) => boolean;
  /** Called whenever somebody's right is asked for. */
  readonly onRight?: (world: World) => void;
  /** ClientIDs decide conflicts, so a run that is to be repeated brings its own. */
  readonly nextClient?: () => number;
};

export class World {
  readonly time = new Time();
  readonly file: string;
  readonly logged: [string, Readonly<Record<string, unknown>>][] = [];
  readonly pages = new Set<Page>();
  readonly rights = new Map<AccountId, Access>();
  readonly deadSessions = new Set<string>();
  database: Database;
  /** While true the disk refuses every commit. */
  diskIsFull = false;
  sync: Sync;
  #options: WorldOptions;
  #folder: string;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    const folder = mkdtempSync(join(tmpdir(), 'kensho-sync-'));
    this.file = options.file ?? join(folder, 'test.sqlite');
    this.database = openDatabase(this.file);
    this.sync = this.#open();
    this.#folder = folder;
    onTestFinished(() => this.end());
  }

  /** Takes it down; a test that makes many worlds does not keep them all until its end. */
  end(): void {
    for (const page of this.pages) page.awareness.destroy();
    this.pages.clear();
    this.database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open(): Sync {
    const { database } = this;
    return createSync({
      database: {
        ...database,
        transaction: (work) =>
          database.transaction((tx) => {
            const result = work(tx);
            if (this.diskIsFull) throw Object.assign(new Error('disk'), { code: 'SQLITE_FULL' });
            return result;
          }),
      },
      clock: () => 1_700_000_000_000 + this.time.now(),
      scheduler: this.time,
      accessOf: (accountId) => {
        this.#options.onRight?.(this);
        const name = accountId.slice('account-'.length);
        const access = this.rights.get(accountId) ?? 'write';
        return { access, user: { id: accountId, name, role: 'member' } };
      },
      seed: (_, doc) => {
        if (this.#options.seed) return this.#options.seed(doc);
        this.#name(doc);
        seedOpinions(doc, headings);
        return true;
      },
      sessionAlive: (sessionId) => !this.deadSessions.has(sessionId),
      log: (event, fields) => this.logged.push([event, fields]),
      // The clock stands still between two frames of a test: a rest would never end.
      limits: { restMs: 0, ...this.#options.limits },
    });
  }

  #name(doc: Y.Doc): Y.Doc {
    const { nextClient } = this.#options;
    if (nextClient) doc.clientID = nextClient();
    return doc;
  }

  page(name: string, doc = this.#name(new Y.Doc())): Page {
    const page = new Page(this, person(name), doc);
    this.pages.add(page);
    return page;
  }

  /** A page that is connected and has the document. */
  joined(name: string): Page {
    const page = this.page(name);
    page.connect();
    this.settle();
    return page;
  }

  /** Delivers everything in both directions until nothing moves, without letting time pass. */
  settle(): void {
    for (let moves = true; moves;) {
      moves = false;
      for (const page of this.pages) {
        if (page.up()) moves = true;
        if (page.down()) moves = true;
      }
      if (this.time.run()) moves = true;
    }
  }

  /** Lets time pass with an open network. */
  pass(ms: number): void {
    this.settle();
    this.time.pass(ms, () => this.settle());
    this.settle();
  }

  /** The server stops without a word, and comes back on the same file. */
  crash(): void {
    for (const page of this.pages) page.lose();
    this.time.forget();
    this.database.close();
    this.database = openDatabase(this.file);
    this.sync = this.#open();
  }

  /** The server goes down in order, and comes back. */
  restart(): void {
    this.sync.close();
    this.settle();
    this.crash();
  }

  /** The state of the server, as an independent document. */
  get stored(): Y.Doc {
    return this.sync.read(board, copyOf);
  }
}

export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/** What a reader sees, independent of how Yjs has cut it into items. */
export function contentOf(doc: Y.Doc): string {
  const shown = (node: unknown): unknown => {
    if (node instanceof Y.XmlText) return node.toDelta() as unknown;
    if (node instanceof Y.XmlElement) {
      return [node.nodeName, node.getAttributes(), node.toArray().map(shown)];
    }
    return node instanceof Y.XmlFragment ? node.toArray().map(shown) : String(node);
  };
  return JSON.stringify(headings.map((heading) => shown(doc.getXmlFragment(heading))));
}

/** One browser: a document, a line, and two queues the test empties. */
export class Page {
  readonly world: World;
  readonly accountId: AccountId;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly acks: number[] = [];
  readonly nacks: [frame: number, code: string][] = [];
  readonly raw: Uint8Array[] = [];
  sessionId: string;
  clients: string;
  schema: string | undefined = String(EDITOR_SCHEMA);
  access: Access | undefined;
  isSynced = false;
  closed: { code: number; reason: string } | undefined;
  bufferedAmount = 0;
  /** Called when the server hands over a message, before it is delivered. */
  onSend: ((bytes: Uint8Array) => void) | undefined;
  frames = 0;
  /** What arrives is not looked at. */
  isDeaf = false;
  #line: Line | undefined;
  #peer: Peer | undefined;
  #up: Uint8Array[] = [];
  #down: Uint8Array[] = [];

  constructor(world: World, accountId: AccountId, doc: Y.Doc) {
    this.world = world;
    this.accountId = accountId;
    this.sessionId = `session-of-${accountId}`;
    this.doc = doc;
    this.clients = String(doc.clientID);
    this.awareness = new Awareness(doc);
    onTestFinished(() => this.awareness.destroy());
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send(encoding.encode((encoder) => this.#sync(encoder, update)));
    });
    this.awareness.on('update', (_: unknown, origin: unknown) => {
      if (origin === 'local') this.#sendPresence();
    });
  }

  connect(name: string = board): void {
    this.closed = undefined;
    this.isSynced = false;
    this.frames = 0;
    const peer: Peer = {
      send: (...messages) => {
        if (this.#peer !== peer) return;
        for (const bytes of messages) {
          this.onSend?.(bytes);
          this.#down.push(bytes);
        }
      },
      close: (code, reason) => {
        if (this.#peer === peer) this.#hangUp({ code, reason });
      },
      bufferedAmount: 0,
    };
    Object.defineProperty(peer, 'bufferedAmount', { get: () => this.bufferedAmount });
    this.#peer = peer;
    const query = new URLSearchParams({ client: this.clients });
    if (this.schema !== undefined) query.set('schema', this.schema);
    const who = { accountId: this.accountId, sessionId: this.sessionId };
    this.#line = this.world.sync.connect(peer, who, name, query);
    if (!this.#line) return;
    this.#send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, MESSAGE.sync);
        writeSyncStep1(encoder, this.doc);
      }),
    );
    this.#sendPresence();
  }

  get isConnected(): boolean {
    return this.#line !== undefined;
  }

  /** The browser goes away and the server learns of it. */
  disconnect(): void {
    const line = this.#line;
    this.lose();
    line?.closed();
  }

  /** The line breaks; the server does not learn of it. */
  lose(): void {
    this.#line = undefined;
    this.#peer = undefined;
    this.#up = [];
    this.#down = [];
  }

  #hangUp(closed: { code: number; reason: string }): void {
    this.closed = closed;
    this.#line = undefined;
    this.#up = [];
  }

  /** Types a new bullet under a heading. */
  write(text: string, heading: string = headings[0] ?? ''): void {
    this.doc.transact(() => {
      const bullet = new Y.XmlElement('bullet');
      const node = new Y.XmlText();
      const fragment = this.doc.getXmlFragment(heading);
      fragment.insert(fragment.length, [bullet]);
      bullet.insert(0, [node]);
      node.insert(0, text);
    });
  }

  /** The text node of a bullet. */
  text(index: number, heading: string = headings[0] ?? ''): Y.XmlText {
    const bullet = this.doc.getXmlFragment(heading).get(index) as Y.XmlElement;
    return bullet.get(0) as Y.XmlText;
  }

  get content(): string {
    return contentOf(this.doc);
  }

  /** Sends bytes as they are; the number of the frame. */
  sendRaw(bytes: Uint8Array): number {
    this.frames++;
    this.#line?.receive(bytes);
    return this.frames;
  }

  sendUpdate(update: Uint8Array): number {
    return this.sendRaw(encoding.encode((encoder) => this.#sync(encoder, update)));
  }

  get waitingUp(): readonly Uint8Array[] {
    return this.#up;
  }

  /** Delivers frames to the server; true when there were some. */
  up(count = Infinity): boolean {
    const frames = this.#up.splice(0, count);
    for (const frame of frames) this.sendRaw(frame);
    return frames.length > 0;
  }

  /** Delivers messages to the page; true when there were some. */
  down(count = Infinity): boolean {
    const messages = this.#down.splice(0, count);
    if (!this.isDeaf) for (const message of messages) this.#receive(message);
    return messages.length > 0;
  }

  #sync(encoder: encoding.Encoder, update: Uint8Array): void {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    writeUpdate(encoder, update);
  }

  #send(frame: Uint8Array): void {
    if (this.#line) this.#up.push(frame);
  }

  #sendPresence(): void {
    const states = encodeAwarenessUpdate(this.awareness, [this.doc.clientID]);
    this.#send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, MESSAGE.awareness);
        encoding.writeVarUint8Array(encoder, states);
      }),
    );
  }

  #receive(message: Uint8Array): void {
    this.raw.push(message);
    const decoder = decoding.createDecoder(message);
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE.sync: {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, MESSAGE.sync);
        const step = readSyncMessage(decoder, encoder, this.doc, this);
        if (step === 1) this.isSynced = true;
        if (encoding.length(encoder) > 1) this.#send(encoding.toUint8Array(encoder));
        return;
      }
      case MESSAGE.awareness:
        return applyAwarenessUpdate(
          this.awareness,
          decoding.readVarUint8Array(decoder),
          'the server',
        );
      case MESSAGE.ack:
        this.acks.push(decoding.readVarUint(decoder));
        return;
      case MESSAGE.nack:
        this.nacks.push([decoding.readVarUint(decoder), decoding.readVarString(decoder)]);
        return;
      case MESSAGE.welcome:
        this.access = ACCESS[decoding.readVarUint(decoder)];
        return;
      default:
        throw new Error('a message nobody knows');
    }
  }
}
