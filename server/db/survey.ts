/** What a look at the whole file needs: which meetings there are, how large the update log is. */
import type { MeetingId } from '#domain/types.ts';
import { sql as raw } from 'kysely';
import { openDatabase, sql, type Tx } from './database.ts';

type Reads = Pick<Tx, 'all' | 'first'>;

/** Every meeting that has a record or a row, whether or not they belong together. */
export function listMeetingIds(tx: Reads): MeetingId[] {
  const recorded = tx.all(
    sql.selectFrom('meeting_event').select('meeting_id as id').distinct().orderBy('meeting_id'),
  );
  const derived = tx.all(sql.selectFrom('meeting').select('id').orderBy('id'));
  return [...new Set([...recorded, ...derived].map(({ id }) => id as MeetingId))];
}

/** Reads the whole log: about a millisecond for ten thousand rows. */
export function measureLog(tx: Reads): { readonly rows: number; readonly bytes: number } {
  const found = tx.first(
    sql
      .selectFrom('document_update')
      .select(({ fn, eb }) => [
        fn.countAll<number>().as('rows'),
        fn.coalesce(fn.sum<number>(fn('length', ['data'])), eb.lit(0)).as('bytes'),
      ]),
  );
  return found ?? { rows: 0, bytes: 0 };
}

/** Tables, indexes and triggers that are not as this program makes them. */
export function compareSchema(file: Reads): string[] {
  const fresh = openDatabase(':memory:');
  try {
    const [wanted, found] = [schemaOf(fresh.read), schemaOf(file)];
    const differing = [...wanted].filter(([name, text]) => found.get(name) !== text);
    const extra = [...found.keys()].filter((name) => !wanted.has(name));
    return [...differing.map(([name]) => name), ...extra.map((name) => `extra ${name}`)];
  } finally {
    fresh.close();
  }
}

function schemaOf(tx: Reads): Map<string, string> {
  const query = raw<{ type: string; name: string; text: string }>`
    select type, name, sql as text from sqlite_schema where sql is not null`.compile(sql);
  const rows = tx.all({ compile: () => query });
  return new Map(rows.map(({ type, name, text }) => [`${type} ${name}`, text]));
}

export const answers = (tx: Reads): boolean =>
  tx.first(sql.selectNoFrom((expression) => expression.lit(1).as('one')))?.one === 1;

/** Nobody who was signed in when a backup was made is signed in by restoring it. */
export const endSessions = (tx: Tx): number => tx.run(sql.deleteFrom('session'));
