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
} from 'kysely';
import { migrate } from './migrations.ts';
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
};

export type Database = {
  /** BEGIN IMMEDIATE … COMMIT around `work`; an exception rolls back and is thrown on. */
  transaction<Result>(work: (tx: Tx) => Result): Result;
  /** Reads outside a transaction: each query sees the last commit. */
  readonly read: Pick<Tx, 'all' | 'first'>;
  /** Writes a consistent copy while the server runs. */
  backup(file: string): Promise<void>;
  /** Moves the write-ahead log into the file and empties it. */
  checkpoint(): void;
  close(): void;
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
    transaction(work) {
      if (connection.inTransaction) throw new Error('a transaction is already open');
      return connection.transaction(work).immediate(tx);
    },
    async backup(target) {
      await connection.backup(target);
    },
    checkpoint() {
      connection.pragma('wal_checkpoint(TRUNCATE)');
    },
    close() {
      if (!connection.open) return;
      connection.pragma('wal_checkpoint(TRUNCATE)');
      connection.close();
    },
  };
}

/** security.md, Storage: better-sqlite3 reopens a WAL database at NORMAL, so set and read back. */
function harden(connection: Sqlite.Database, file: string): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('secure_delete = ON');
  const synchronous = connection.pragma('synchronous', { simple: true });
  if (synchronous !== 2) throw new Error(`synchronous is ${String(synchronous)}, wanted FULL (2)`);
  const journal = connection.pragma('journal_mode', { simple: true });
  if (journal !== 'wal' && file !== ':memory:') {
    throw new Error(`journal mode is ${String(journal)}, wanted wal`);
  }
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
  };
}
