/**
 * Opens the one SQLite file and hands out transactions. Kysely builds and types the queries;
 * better-sqlite3 runs them synchronously, so no transaction can ever wait for anything else
 * (docs/decisions/0004). It refuses to run on settings that could lose an acknowledged commit.
 */
import Sqlite from 'better-sqlite3';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Compilable,
  type CompiledQuery,
} from 'kysely';
import { migrate, requireKnown } from './migrations.ts';
import type { Schema } from './schema.ts';

/** Builds queries and never runs them: `tx.all(sql.selectFrom('item').selectAll())`. */
export const sql = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** What a repository function gets: the means to run a query now, in the caller's transaction. */
export type Tx = {
  all<Row>(query: Compilable<Row>): Row[];
  first<Row>(query: Compilable<Row>): Row | undefined;
  /** Runs a statement that changes rows; the number of rows changed. */
  run(query: Compilable<unknown>): number;
  /** The same for a statement that was compiled once and runs for every edit. */
  repeat(query: Pick<CompiledQuery, 'sql'>, parameters: readonly unknown[]): number;
};

export type Database = {
  /** BEGIN IMMEDIATE … COMMIT around `work`; an exception rolls back and is thrown on. */
  transaction<Result>(work: (tx: Tx) => Result): Result;
  /** Reads outside a transaction: each query sees the last commit. */
  readonly read: Pick<Tx, 'all' | 'first'>;
  /** What SQLite says about this connection: its version, and every setting `harden` demands. */
  pragmas(): Pragmas;
  /** Writes a consistent copy while the server runs. */
  backup(file: string): Promise<void>;
  /** Moves the write-ahead log into the file and empties it, as far as nobody is reading in it. */
  checkpoint(): void;
  close(): void;
};

export type Pragmas = Readonly<Record<string, string | number>>;

/** A database nobody can change from here; everything read is of one and the same moment. */
export type Snapshot = Pick<Database, 'read' | 'pragmas' | 'backup' | 'close'> & {
  /** What `integrity_check` finds in the file, and rows whose parent is gone; empty when all fits. */
  integrity(): string[];
};

/**
 * @param file path of the database, or `:memory:` in a test that needs no restart
 * @throws when the file is no database, is newer than this program, or cannot be opened durably
 */
export function openDatabase(file: string): Database {
  const connection = new Sqlite(file);
  try {
    harden(connection, file);
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  const tx = runner(connection);
  return {
    read: tx,
    transaction: transactions(connection, tx),
    pragmas: () => pragmasOf(connection),
    async backup(target) {
      await connection.backup(target);
    },
    checkpoint() {
      // A room that types must not wait for somebody who reads; the next checkpoint catches up.
      connection.pragma('busy_timeout = 0');
      try {
        connection.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        connection.pragma(`busy_timeout = ${demanded['busy_timeout']}`);
      }
    },
    close() {
      if (!connection.open) return;
      // Somebody who reads the file just now must not hold up the end; the next open catches up.
      connection.pragma('busy_timeout = 0');
      try {
        connection.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // A full disk: what is in the write-ahead log is as safe there.
      }
      connection.close();
    },
  };
}

/**
 * Opens a file for looking only: nothing is migrated, nothing written, a server may be running.
 * @throws when the file is no database of this program, or is newer than it
 */
export function openSnapshot(file: string): Snapshot {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    secure(connection);
    requireKnown(connection);
    connection.exec('begin');
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    read: runner(connection),
    pragmas: () => pragmasOf(connection),
    integrity() {
      const damage = connection.pragma('integrity_check(20)') as { integrity_check: string }[];
      const orphans = connection.pragma('foreign_key_check') as { table: string; parent: string }[];
      return [
        ...damage.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
        ...orphans.map(({ table, parent }) => `${table}: ${parent} is gone`),
      ];
    },
    async backup(target) {
      await connection.backup(target);
    },
    close: () => void connection.close(),
  };
}

/** Makes a copy one file, without a write-ahead log beside it. */
export function sealCopy(file: string): void {
  const connection = new Sqlite(file, { fileMustExist: true });
  try {
    connection.pragma('journal_mode = DELETE');
  } finally {
    connection.close();
  }
}

/** Moves what a crash left in the write-ahead log into the file, as far as it can be opened. */
export function settle(file: string): void {
  const connection = new Sqlite(file, { fileMustExist: true });
  try {
    connection.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    connection.close();
  }
}

/** security.md, Storage, as SQLite reads it back. */
export const demanded: Pragmas = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  secure_delete: 1,
  // The server has the folder to itself, so only a stranger's tool can be in the way; waiting for it
  // holds up everybody, while a commit that fails is told and tried again.
  busy_timeout: 250,
};

function pragmasOf(connection: Sqlite.Database): Pragmas {
  const settings = Object.keys(demanded).map((name) => [
    name,
    connection.pragma(name, { simple: true }) as string | number,
  ]);
  const version = connection.prepare('select sqlite_version()').pluck().get() as string;
  return { ...(Object.fromEntries(settings) as Pragmas), version };
}

/** security.md, Storage: better-sqlite3 reopens a WAL database at NORMAL, so set and read back. */
function harden(connection: Sqlite.Database, file: string): void {
  connection.pragma('journal_mode = WAL');
  secure(connection);
  const synchronous = connection.pragma('synchronous', { simple: true });
  if (synchronous !== 2) throw new Error(`synchronous is ${String(synchronous)}, wanted FULL (2)`);
  const journal = connection.pragma('journal_mode', { simple: true });
  if (journal !== 'wal' && file !== ':memory:') {
    throw new Error(`journal mode is ${String(journal)}, wanted wal`);
  }
}

/** What can be set on a connection that only reads, too. */
function secure(connection: Sqlite.Database): void {
  connection.pragma('synchronous = FULL');
  connection.pragma(`busy_timeout = ${demanded['busy_timeout']}`);
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('secure_delete = ON');
}

/** better-sqlite3's own builds four functions for each, which costs a lone edit a tenth of its CPU. */
function transactions(connection: Sqlite.Database, tx: Tx): Database['transaction'] {
  const begin = connection.prepare('begin immediate');
  const commit = connection.prepare('commit');
  const rollback = connection.prepare('rollback');
  return (work) => {
    begin.run(); // SQLite refuses a transaction in a transaction, and leaves the outer one alone
    try {
      const result = work(tx);
      if (result instanceof Promise) throw new Error('a transaction cannot wait');
      commit.run();
      return result;
    } catch (error) {
      // A full disk may have ended it already.
      if (connection.inTransaction) rollback.run();
      throw error;
    }
  };
}

function runner(connection: Sqlite.Database): Tx {
  const prepared = new Map<string, Sqlite.Statement>();
  const prepare = (text: string) => {
    const known = prepared.get(text);
    if (known) return known;
    // Queries with lists of values differ in text; without a bound they would pile up for ever.
    if (prepared.size >= 500) prepared.clear();
    const statement = connection.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
  return {
    all<Row>(query: Compilable<Row>) {
      const { sql: text, parameters } = query.compile();
      return prepare(text).all(...parameters) as Row[];
    },
    first<Row>(query: Compilable<Row>) {
      const { sql: text, parameters } = query.compile();
      return prepare(text).get(...parameters) as Row | undefined;
    },
    run(query) {
      const { sql: text, parameters } = query.compile();
      return prepare(text).run(...parameters).changes;
    },
    repeat: (query, parameters) => prepare(query.sql).run(...parameters).changes,
  };
}
