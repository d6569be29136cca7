/** What the door asks of those around it, and what it gives them: types only. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type * as Y from 'yjs';
import type { AccountId, Instant, Role } from '#domain/types.ts';
import type { DocumentName, DocumentRef } from '#protocol/documents.ts';
import type { Access } from '#protocol/sync.ts';
import type { Database } from '../db/database.ts';
import type { Difference } from './check.ts';
import type { Limits } from './limits.ts';
import type { Scheduler } from './scheduler.ts';

/** Who is behind a connection; the caller has checked Origin and session. */
export type Who = { readonly accountId: AccountId; readonly sessionId: string };

/** What somebody may do with a document, and the name others see beside the caret. */
export type Right = {
  readonly access: Access;
  readonly user: { readonly id: string; readonly name: string; readonly role: Role };
};

/** The way back to one browser. */
export type Peer = {
  /** Several messages travel in one write; equal bytes may be framed once for many peers. */
  send(...messages: readonly Uint8Array[]): void;
  close(code: number, reason: string): void;
  /** Bytes handed over and not yet taken by the network. */
  readonly bufferedAmount: number;
};

/** What the transport tells about one peer. Nothing a peer does makes these throw. */
export type Line = { receive(bytes: Uint8Array): void; closed(): void };

/** Ids and codes, never content. */
export type SyncLog = (
  event: string,
  fields: Readonly<Record<string, string | number | boolean>>,
) => void;

/** Numbers for whoever watches the house: how many and how long, never who or what. */
export type Observer = {
  opened(): void;
  closed(): void;
  /** A message came in, of whatever kind. */
  received(): void;
  /** Milliseconds from the arrival of a frame that writes to its ack. */
  acked(ms: number): void;
};

export type SyncOptions = {
  readonly database: Database;
  readonly clock: () => Instant;
  /** Asked again at every message: cheap, synchronous, from memory. */
  readonly accessOf: (accountId: AccountId, ref: DocumentRef) => Right;
  /**
   * Fills a document that has never existed, in the transaction that writes its first row;
   * false when there is no such document to create.
   */
  readonly seed: (ref: DocumentRef, doc: Y.Doc) => boolean;
  /** False ends the connections of a session at its next message. */
  readonly sessionAlive?: (sessionId: string) => boolean;
  readonly log?: SyncLog;
  readonly observe?: Observer;
  readonly limits?: Partial<Limits>;
  readonly scheduler?: Scheduler;
};

export type Sync = {
  /** A WebSocket on `/yjs/<document name>?schema=…&client=…`; Origin and session are checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, who: Who): void;
  /**
   * Any other transport. `query` is what stands behind the `?` of the WebSocket's URL.
   * Undefined when the peer was closed at once.
   */
  connect(peer: Peer, who: Who, name: string, query: URLSearchParams): Line | undefined;
  /**
   * Changes a document in the server's name: stored before it is broadcast; nothing happens when
   * `work` changes nothing. Never inside a database transaction.
   * @throws what `work` or the commit throws; then the document is as it was
   */
  change(name: DocumentName, work: (doc: Y.Doc) => void): void;
  /** Reads a document after storing the frames that wait for it. Never inside a transaction. */
  read<Result>(name: DocumentName, work: (doc: Y.Doc) => Result): Result;
  /** Reads the rights of every connection of a document again; whose right changed comes back. */
  narrow(name: DocumentName): void;
  /** Ends the connections of a session, for example after signing out. */
  revoke(sessionId: string): void;
  /** Ends the connections of an account. */
  dropAccount(accountId: AccountId): void;
  /**
   * Compares memory, log and snapshot of a document; undefined when they agree, which they must
   * before an item is decided. Reads the whole log: milliseconds, not microseconds.
   */
  check(name: DocumentName): Difference | undefined;
  /**
   * Gives up the single edits of a document and keeps its state; where anything differs nothing is
   * given up, and the answer says what. Whoever has it open goes on and does not notice.
   */
  compact(name: DocumentName): Difference | undefined;
  /**
   * Forgets documents whose rows are gone: whoever has one open is sent away, and nothing of it is
   * stored any more. What waited must have been stored or given up before the rows went.
   */
  erase(isGone: (name: DocumentName) => boolean): void;
  /** Stores the frames that wait in any document. Never inside a transaction. */
  flush(): void;
  /** The sessions that have a document open. */
  sessions(): ReadonlySet<string>;
  /** The accounts that have the document open. */
  present(name: DocumentName): AccountId[];
  /** Stores what waits, tells browsers to come back, releases every document. */
  close(): void;
};
