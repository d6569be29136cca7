/**
 * The history of the schema: each entry runs once, in order, inside one transaction.
 * Never edit an entry that has been released; append a new one.
 */
import type Sqlite from 'better-sqlite3';
import { first } from './migrations/0001.ts';

const migrations: readonly string[] = [first];

const versionOf = (connection: Sqlite.Database): number =>
  Number(connection.pragma('user_version', { simple: true }));

/** @throws when the file was written by a newer program than this one */
export function migrate(connection: Sqlite.Database): void {
  const version = versionOf(connection);
  if (version > migrations.length) {
    throw new Error(`this database (version ${version}) is newer than this program`);
  }
  for (const [index, text] of migrations.entries()) {
    if (index < version) continue;
    connection.transaction(() => {
      connection.exec(text);
      connection.pragma(`user_version = ${index + 1}`);
    })();
  }
}

/** @throws when the file is not what this program writes, without changing it */
export function requireKnown(connection: Sqlite.Database): void {
  const version = versionOf(connection);
  if (version === 0) throw new Error('this file is no database of Kensho');
  if (version > migrations.length) {
    throw new Error(`this database (version ${version}) is newer than this program`);
  }
}
