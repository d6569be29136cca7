/**
 * One server per data folder. SQLite itself holds the lock, so it goes with the process however that
 * ends, and no stale file has to be cleared away by hand.
 */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export type Lock = { release(): void };

/** @throws when another process holds the folder, or when the folder takes no lock at all */
export function lockFolder(dataDir: string): Lock {
  const lock = tryLock(dataDir);
  if (lock) return lock;
  throw new Error(`another Kensho server uses ${dataDir}: end it first, or set DATA_DIR`);
}

/**
 * The lock of the folder, or undefined when another process holds it.
 * @throws when the folder takes no lock at all: no right to write, a damaged lock file
 */
export function tryLock(dataDir: string): Lock | undefined {
  const file = join(dataDir, 'kensho.lock');
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { timeout: 0 });
    connection.pragma('journal_mode = MEMORY');
    connection.exec('begin exclusive');
  } catch (error) {
    connection?.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return undefined;
    throw new Error(`cannot lock ${file}: ${String(error)}`, { cause: error });
  }
  const held = connection;
  return { release: () => held.close() };
}
