/**
 * One document in memory and the end of its log. Outside of a tick the two are equal: what is not
 * stored is not in memory either, because a failed commit throws the memory away.
 */
import * as Y from 'yjs';
import type { AccountId, Instant } from '#domain/types.ts';
import type { DocumentRef } from '#protocol/documents.ts';
import type { Database, Tx } from '../db/database.ts';
import {
  appendLog,
  bindOwners,
  DamagedLog,
  emptyHead,
  keepSnapshot,
  listOwners,
  readLog,
  type LogEntry,
  type LogHead,
} from '../db/document.ts';
import type { Ground } from './trial.ts';

/** Makes a document that has never existed; false: there is none to make. */
export type Seed = (ref: DocumentRef, doc: Y.Doc) => boolean;

export class NoSuchDocument extends Error {}

/** As many rows as load in a few milliseconds. */
const SNAPSHOT_ROWS = 500;
/** Fewer than these are read as fast as a snapshot. */
const LEAVING_ROWS = 20;

export class StoredDocument implements Ground {
  readonly doc: Y.Doc;
  readonly #ref: DocumentRef;
  readonly #owners: Map<number, AccountId | null>;
  /** Bound in memory, not yet in the table. */
  #unbound: Map<number, AccountId | null> | undefined;
  #roots: readonly string[] = [];
  #head: LogHead;
  #bytes: number;
  /** Rows since the last snapshot. */
  #rows: number;
  /** What it was loaded from, as long as nothing has changed since. */
  #state: Uint8Array | undefined;

  private constructor(
    ref: DocumentRef,
    doc: Y.Doc,
    head: LogHead,
    owners: Map<number, AccountId | null>,
    bytes: number,
    rows: number,
  ) {
    this.#ref = ref;
    this.doc = doc;
    this.#head = head;
    this.#owners = owners;
    this.#bytes = bytes;
    this.#rows = rows;
    this.#learnRoots();
  }

  /**
   * @throws DamagedLog, NoSuchDocument, or what the database throws
   */
  static open(database: Database, ref: DocumentRef, seed: Seed, at: Instant): StoredDocument {
    const { state, entries, head } = readLog(database.read, ref.name);
    if (head.seq === 0) return StoredDocument.#create(database, ref, seed, at);
    const doc = replay(ref.name, state, entries);
    const bytes = entries.reduce((sum, { data }) => sum + data.byteLength, state?.byteLength ?? 0);
    const owners = listOwners(database.read, ref.name);
    const stored = new StoredDocument(ref, doc, head, owners, bytes, entries.length);
    if (entries.length === 0) stored.#state = state;
    return stored;
  }

  static #create(database: Database, ref: DocumentRef, seed: Seed, at: Instant): StoredDocument {
    const doc = new Y.Doc();
    return database.transaction((tx) => {
      if (!seed(ref, doc)) throw new NoSuchDocument(ref.name);
      const data = Y.encodeStateAsUpdate(doc);
      const head = appendLog(tx, ref.name, emptyHead, [{ accountId: null, at, data }]);
      const owners = new Map([[doc.clientID, null]]);
      bindOwners(tx, ref.name, owners);
      return new StoredDocument(ref, doc, head, owners, data.byteLength, 1);
    });
  }

  owner(client: number): AccountId | null | undefined {
    return this.#owners.get(client);
  }

  root(name: string): Y.AbstractType<unknown> | undefined {
    return this.#roots.includes(name)
      ? (this.doc.share.get(name) as Y.AbstractType<unknown>)
      : undefined;
  }

  /** False when it belongs to somebody else already. Stored with the next commit. */
  bind(client: number, accountId: AccountId | null): boolean {
    const owner = this.#owners.get(client);
    if (owner !== undefined) return owner === accountId;
    this.#owners.set(client, accountId);
    (this.#unbound ??= new Map()).set(client, accountId);
    return true;
  }

  get hasUnbound(): boolean {
    return this.#unbound !== undefined;
  }

  /** Runs `work` in one Y transaction; the update that tells others what changed, if anything did. */
  collect(work: () => void): Uint8Array | undefined {
    let merged: Uint8Array | undefined;
    const keep = (update: Uint8Array) => {
      merged = update;
    };
    // Only while somebody asks: as long as anything listens Yjs encodes every transaction again.
    this.doc.on('update', keep);
    try {
      this.doc.transact(work);
    } finally {
      this.doc.off('update', keep);
    }
    return merged;
  }

  /** @throws when Yjs could not place all of it; then this object must not be used any more */
  apply(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update);
    if (isTorn(this.doc)) throw new Error('an update was left pending');
  }

  /** Part of the tick's transaction. The answer is to be called once it has been committed. */
  store(tx: Tx, entries: readonly LogEntry[]): () => void {
    if (this.#unbound) bindOwners(tx, this.#ref.name, this.#unbound);
    const head = appendLog(tx, this.#ref.name, this.#head, entries);
    return () => {
      this.#unbound = undefined;
      if (entries.length > 0) this.#state = undefined;
      this.#head = head;
      this.#rows += entries.length;
      for (const { data } of entries) this.#bytes += data.byteLength;
    };
  }

  /** Loading would have to read many rows. */
  get wantsSnapshot(): boolean {
    return this.#rows >= SNAPSHOT_ROWS;
  }

  /** Whoever opens it next would have rows to read: worth a snapshot when it leaves memory anyway. */
  get isBehindSnapshot(): boolean {
    return this.#rows >= LEAVING_ROWS;
  }

  /** Outside of a tick, when memory is what is stored. */
  keepSnapshot(tx: Tx): void {
    keepSnapshot(tx, this.#ref.name, this.#head, Y.encodeStateAsUpdate(this.doc));
    this.#rows = 0;
  }

  /** The state as one update. Right after loading that is the snapshot, encoded already. */
  takeState(): Uint8Array {
    const state = this.#state ?? Y.encodeStateAsUpdate(this.doc);
    this.#state = undefined;
    return state;
  }

  /** Bytes of the state with `more`; exact only where the sum of the log passes `limit`. */
  size(more: number, limit: number): number {
    if (this.#bytes + more > limit) this.#bytes = Y.encodeStateAsUpdate(this.doc).byteLength;
    return this.#bytes + more;
  }

  /** After the server changed something: its clientID and the roots it made are its own. */
  ownChange(): void {
    this.bind(this.doc.clientID, null);
    this.#learnRoots();
  }

  /** What the server made; a name that a browser sends never becomes a root. */
  #learnRoots(): void {
    this.#roots = [...this.doc.share.keys()];
    // After loading Yjs does not know yet what a root is.
    if (this.#ref.kind === 'opinions') {
      for (const name of this.#roots) this.doc.getXmlFragment(name);
    }
    if (this.#ref.kind === 'sheet') for (const name of this.#roots) this.doc.getMap(name);
  }

  destroy(): void {
    this.doc.destroy();
  }
}

/** @throws DamagedLog when something is missing in it */
export function replay(
  name: string,
  state: Uint8Array | undefined,
  entries: readonly LogEntry[],
): Y.Doc {
  const doc = new Y.Doc();
  // One Y transaction for the whole log: many times faster than one for each row.
  doc.transact(() => {
    if (state) Y.applyUpdate(doc, state);
    for (const { data } of entries) Y.applyUpdate(doc, data);
  });
  if (isTorn(doc)) throw new DamagedLog(`the log of ${name} has a gap`);
  return doc;
}

function isTorn(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}
