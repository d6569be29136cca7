/** What a file tells whoever may not know the votes: rows and updates, to compare two runs by. */
import Sqlite from 'better-sqlite3';
import * as Y from 'yjs';
import type { House } from './house.ts';

/**
 * Every row of the file, without what is kept for its owner alone until a reveal, and without what is
 * drawn by lot: tokens, clientIDs.
 */
export function told(house: House): Readonly<Record<string, unknown>> {
  const connection = new Sqlite(house.file, { readonly: true });
  const drawn =
    /^(ballot|paper_ballot|private_rating|draft|sealed_tally|session|link|document_.*)$/;
  const tables = connection
    .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`)
    .pluck()
    .all() as string[];
  const rows = Object.fromEntries(
    tables
      .filter((table) => !drawn.test(table))
      .map((table) => [table, connection.prepare(`select * from ${table}`).all()]),
  );
  // Without the number of bytes: a small clientID is written shorter than a large one.
  const updates = connection
    .prepare('select document, at, data from document_update order by document, seq')
    .all() as { document: string; at: number; data: Buffer }[];
  connection.close();
  return {
    ...rows,
    updates: updates.map(({ data, ...row }) => ({ ...row, content: contentOf(data) })),
  };
}

/** An update with its clientIDs named in the order they appear; Yjs draws them by lot. */
function contentOf(update: Uint8Array): unknown {
  const { structs, ds } = Y.decodeUpdate(update);
  const names = new Map<number, string>();
  const name = (client: number) => {
    const known = names.get(client) ?? `client ${names.size}`;
    names.set(client, known);
    return known;
  };
  const plain = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, each: unknown) =>
        key === 'client' ? name(each as number) : each,
      ) ?? 'null',
    );
  return {
    structs: structs.map((struct) => plain(struct)),
    deletes: [...ds.clients].map(([client, ranges]) => [name(client), plain(ranges)]),
  };
}
