/**
 * The update log of the Yjs documents and who owns which clientID. Rows are appended and chained;
 * reading verifies the chain, because `integrity_check` does not see a flipped bit in a blob.
 */
import { hash as digest } from 'node:crypto';
import type { AccountId, Instant } from '#domain/types.ts';
import { sql, type Tx } from './database.ts';

export type LogEntry = {
  /** null: the server itself. */
  readonly accountId: AccountId | null;
  readonly at: Instant;
  /** One Yjs update. */
  readonly data: Uint8Array;
};

/** Where a chain ends; `seq` 0 and an empty hash before the first row. */
export type LogHead = { readonly seq: number; readonly hash: Uint8Array };
export const emptyHead: LogHead = { seq: 0, hash: new Uint8Array(0) };

/** The log of a document is not what was written. */
export class DamagedLog extends Error {}

type Reader = Pick<Tx, 'all'>;

/** What is needed to have the document again. */
export type Log = {
  /** The state at the beginning of `entries`; undefined when they begin with the first row. */
  readonly state: Uint8Array | undefined;
  readonly entries: readonly LogEntry[];
  readonly head: LogHead;
};

/** The shortest way to the present state. @throws DamagedLog when a row is missing or was changed */
export function readLog(tx: Reader, document: string): Log {
  const snapshot = findSnapshot(tx, document);
  return readBehind(tx, document, snapshot?.head ?? emptyHead, snapshot?.state);
}

/** Every row there is. @throws DamagedLog when a row is missing or was changed */
export function readWholeLog(tx: Reader, document: string): Log {
  const { head, state } = beginning(tx, document);
  return readBehind(tx, document, head, state);
}

/** Where the rows begin, and the state before them: none, or after a compaction its snapshot. */
export function beginning(
  tx: Reader,
  document: string,
): { readonly head: LogHead; readonly state: Uint8Array | undefined } {
  const first = tx.all(
    sql
      .selectFrom('document_update')
      .select(({ fn }) => fn.min('seq').as('seq'))
      .where('document', '=', document),
  )[0]?.seq;
  // After a compaction the log begins behind its snapshot.
  const snapshot = findSnapshot(tx, document);
  const isCompacted = snapshot && (first === undefined || first === null || first > 1);
  return isCompacted ? snapshot : { head: emptyHead, state: undefined };
}

/**
 * The rows behind `start`, so many at most.
 * @throws DamagedLog when a row is missing or was changed
 */
export function readBehind(
  tx: Reader,
  document: string,
  start: LogHead,
  state: Uint8Array | undefined,
  most?: number,
): Log {
  const query = sql
    .selectFrom('document_update')
    .select(['seq', 'account_id', 'at', 'data', 'hash'])
    .where('document', '=', document)
    .where('seq', '>', start.seq)
    .orderBy('seq');
  const rows = tx.all(most === undefined ? query : query.limit(most));
  let head = start;
  const entries = rows.map((row) => {
    const entry: LogEntry = {
      accountId: row.account_id as AccountId | null,
      at: row.at,
      data: row.data,
    };
    const hash = chain(document, head, entry);
    if (row.seq !== head.seq + 1 || !hash.equals(row.hash)) {
      throw new DamagedLog(`the log of ${document} does not fit at row ${row.seq}`);
    }
    head = { seq: row.seq, hash };
    return entry;
  });
  return { state, entries, head };
}

/**
 * Undefined also when it is damaged: it is a cache, the rows are the truth.
 * @throws DamagedLog when it is damaged and a compaction has given up the rows
 */
function findSnapshot(
  tx: Reader,
  document: string,
): { head: LogHead; state: Uint8Array } | undefined {
  const [row] = tx.all(
    sql.selectFrom('document_snapshot').selectAll().where('document', '=', document),
  );
  if (!row) return undefined;
  const head = { seq: row.seq, hash: row.chain };
  if (seal(document, head, row.data).equals(row.hash)) return { head, state: row.data };
  const isFirst = sql.selectFrom('document_update').select('seq').where('seq', '=', 1);
  if (tx.all(isFirst.where('document', '=', document)).length > 0) return undefined;
  // Without this the document would look as if nobody had ever written in it.
  throw new DamagedLog(`the snapshot of ${document} does not fit and its rows were given up`);
}

/** Keeps the state at `head`, so that loading need not read what came before. */
export function keepSnapshot(
  tx: Pick<Tx, 'run'>,
  document: string,
  head: LogHead,
  state: Uint8Array,
): void {
  const row = { seq: head.seq, chain: head.hash, data: state, hash: seal(document, head, state) };
  tx.run(
    sql
      .insertInto('document_snapshot')
      .values({ document, ...row })
      .onConflict((conflict) => conflict.column('document').doUpdateSet(row)),
  );
}

/** Forgets the rows a snapshot contains; the caller has compared the two. */
export function dropRows(tx: Pick<Tx, 'run'>, document: string, upTo: number): void {
  tx.run(
    sql.deleteFrom('document_update').where('document', '=', document).where('seq', '<=', upTo),
  );
}

export function listDocuments(tx: Reader): string[] {
  const logged = sql.selectFrom('document_update').select('document');
  // After a compaction there may be nothing but a snapshot.
  const kept = sql.selectFrom('document_snapshot').select('document');
  return tx.all(logged.union(kept).orderBy('document')).map(({ document }) => document);
}

/** Whether a document has ever been written. */
export function isLogged(tx: Reader, document: string): boolean {
  const logged = sql.selectFrom('document_update').select('document');
  const kept = sql.selectFrom('document_snapshot').select('document');
  return (
    tx.all(logged.where('document', '=', document).limit(1)).length > 0 ||
    tx.all(kept.where('document', '=', document).limit(1)).length > 0
  );
}

// Compiled once: building a query costs more than running it, and this runs for every edit.
const insert = sql
  .insertInto('document_update')
  .values({
    document: '',
    seq: 0,
    account_id: null,
    at: 0,
    data: new Uint8Array(),
    hash: new Uint8Array(),
  })
  .compile();

const insertOwner = sql
  .insertInto('document_client')
  .values({ document: '', client_id: 0, account_id: null })
  .compile();

/** Appends behind `head`, which must be the end of the log; the new end. */
export function appendLog(
  tx: Pick<Tx, 'repeat'>,
  document: string,
  head: LogHead,
  entries: readonly LogEntry[],
): LogHead {
  for (const entry of entries) {
    const hash = chain(document, head, entry);
    head = { seq: head.seq + 1, hash };
    tx.repeat(insert, [document, head.seq, entry.accountId, entry.at, entry.data, hash]);
  }
  return head;
}

/** SHA-256(hash before ‖ document, number, author and time as text ‖ update). */
function chain(document: string, before: LogHead, entry: LogEntry): Buffer {
  const about = `${document}\n${before.seq + 1}\n${entry.accountId ?? ''}\n${entry.at}\n`;
  return sha256(before.hash, Buffer.from(about), entry.data);
}

function seal(document: string, head: LogHead, state: Uint8Array): Buffer {
  return sha256(Buffer.from(`${document}\n${head.seq}\n`), head.hash, state);
}

/** In one go: a `Hash` object is a stream, and costs more than hashing an edit. */
const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  digest('sha256', Buffer.concat(parts), 'buffer');

/** The owner of every clientID that was ever let into the document; null is the server. */
export function listOwners(tx: Reader, document: string): Map<number, AccountId | null> {
  const rows = tx.all(
    sql
      .selectFrom('document_client')
      .select(['client_id', 'account_id'])
      .where('document', '=', document),
  );
  return new Map(rows.map((row) => [row.client_id, row.account_id as AccountId | null]));
}

/** @throws when a clientID already belongs to somebody: it is given once and for ever */
export function bindOwners(
  tx: Pick<Tx, 'repeat'>,
  document: string,
  owners: ReadonlyMap<number, AccountId | null>,
): void {
  for (const [client, accountId] of owners) {
    tx.repeat(insertOwner, [document, client, accountId]);
  }
}
