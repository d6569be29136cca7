/**
 * Makes the derived tables once more from the records, in memory, and compares them row by row with
 * those of a file. Names rows by their keys, never by what they hold.
 */
import type { MeetingEvent } from '#domain/event.ts';
import { evolve } from '#domain/evolve.ts';
import type { Meeting } from '#domain/meeting.ts';
import type { MeetingId } from '#domain/types.ts';
import { openDatabase, sql, type Tx } from './database.ts';
import { describe } from './invariants.ts';
import { appendAttendance, derive } from './meeting.ts';

/** The derived tables, by what names a row of theirs. */
const tables = {
  meeting: ['id'],
  participant: ['meeting_id', 'id'],
  item: ['meeting_id', 'id'],
  decision: ['meeting_id', 'item_id', 'criterion_id'],
  tally: ['meeting_id', 'item_id', 'round', 'criterion_id', 'position'],
  elector: ['meeting_id', 'item_id', 'round', 'participant_id'],
  frozen_opinion: ['meeting_id', 'item_id', 'heading_position', 'position'],
  attendance: ['meeting_id', 'seq', 'participant_id'],
} as const;
type Table = keyof typeof tables;
type Row = Readonly<Record<string, unknown>>;

/** @param records of the meetings to compare; rows of other meetings in the file are left alone */
export function compareDerived(
  file: Pick<Tx, 'all'>,
  records: ReadonlyMap<MeetingId, readonly MeetingEvent[]>,
): string[] {
  const mirror = openDatabase(':memory:');
  try {
    mirror.transaction((tx) => {
      const accounts = new Set<string>();
      for (const events of records.values()) replay(tx, events, accounts);
    });
    return (Object.keys(tables) as Table[]).flatMap((table) => {
      const wanted = rowsOf(mirror.read, table, records);
      const found = rowsOf(file, table, records);
      return [
        ...[...wanted].flatMap(([key, row]) => {
          const there = found.get(key);
          if (there === undefined) return [`${table}: missing ${key}`];
          const columns = Object.keys(row).filter((column) => row[column] !== there[column]);
          return columns.length === 0 ? [] : [`${table}: ${columns.join(', ')} of ${key}`];
        }),
        ...[...found.keys()].flatMap((key) => (wanted.has(key) ? [] : [`${table}: extra ${key}`])),
      ];
    });
  } finally {
    mirror.close();
  }
}

function replay(tx: Tx, events: readonly MeetingEvent[], accounts: Set<string>): void {
  let meeting: Meeting | undefined;
  for (const event of events) {
    const before = meeting;
    meeting = evolve(before, event);
    for (const { accountId } of meeting.participants) {
      if (accountId !== null && !accounts.has(accountId)) putAccount(tx, accountId);
      if (accountId !== null) accounts.add(accountId);
    }
    const { kind } = event.body;
    derive(tx, before, meeting);
    if (kind === 'meetingOpened' || kind === 'attendanceRecorded') {
      appendAttendance(tx, meeting, event.seq, event.at);
    }
  }
}

/** Rows refer to accounts; who they are does not matter here. */
function putAccount(tx: Tx, id: string): void {
  const rest = { name: '', password_hash: null, is_staff: 0, created_at: 0 };
  tx.run(sql.insertInto('account').values({ id, email: id, ...rest }));
}

function rowsOf(
  from: Pick<Tx, 'all'>,
  table: Table,
  records: ReadonlyMap<MeetingId, unknown>,
): Map<string, Row> {
  const keys = tables[table];
  const rows: readonly Row[] = from.all(sql.selectFrom(table).selectAll());
  const own = rows.filter((row) => records.has((row['meeting_id'] ?? row['id']) as MeetingId));
  return new Map(
    own.map((row) => [describe(Object.fromEntries(keys.map((key) => [key, row[key]]))), row]),
  );
}
