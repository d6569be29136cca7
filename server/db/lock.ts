/**
 * One server per data folder. SQLite itself holds the lock, so it goes with the process however that
 * ends, and no stale file has to be cleared away by hand.
 */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export type Lock = { release(): void };

/** @throws when another process holds the folder */
export function lockFolder(dataDir: string): Lock {
  const connection = new Sqlite(join(dataDir, 'kensho.lock'), { timeout: 0 });
  try {
    connection.pragma('journal_mode = MEMORY');
    connection.exec('begin exclusive');
  } catch {
    connection.close();
    throw new Error(`another Kensho server uses ${dataDir}: end it first, or set DATA_DIR`);
  }
  return { release: () => connection.close() };
}
