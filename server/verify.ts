/**
 * `kensho verify`: says in words what in the records of the house, or in an exported record, does
 * not fit. It looks only; what it needs of a record stands in `formats/recordcheck.ts`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { flawWords } from '#formats/flawwords.ts';
import { checkRecord, parseRecordFile, type RecordFinding } from '#formats/recordcheck.ts';
import { Refusal } from './backup.ts';
import { openSnapshot } from './db/database.ts';
import { listEntryRows } from './db/record.ts';
import { listMeetingIds } from './db/survey.ts';
import { examine } from './doctor.ts';
import type { Settings } from './settings.ts';
import { sha256 } from './sha256.ts';

type Say = (line: string) => void;
type Arguments = {
  readonly record?: string | undefined;
  readonly head?: string | undefined;
  readonly count?: string | undefined;
};

/** What was asked for, or undefined when it was not asked rightly. */
export function readArguments(given: readonly string[]): Arguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: { record: { type: 'string' }, head: { type: 'string' }, count: { type: 'string' } },
    });
    const printed = values.head !== undefined || values.count !== undefined;
    if (printed && values.record === undefined) return undefined;
    if (values.count !== undefined && !/^\d{1,9}$/.test(values.count)) return undefined;
    return values;
  } catch {
    return undefined;
  }
}

/** @returns the exit code: 0 when everything fits, 1 when something does not */
export function verify(
  { record, head, count }: Arguments,
  settings: Settings,
  from: string,
  say: Say,
): number {
  if (record === undefined) return verifyHouse(settings, say);
  const file = resolve(from, record);
  const read = parseRecordFile(readFileSync(file));
  if (!read) throw new Refusal(`会議記録（JSON）ではありません / not an exported record: ${file}`);
  const found = checkRecord(read, sha256, {
    ...(head === undefined ? {} : { head: head.toLowerCase() }),
    ...(count === undefined ? {} : { count: Number(count) }),
  });
  tell(`${read.meetingId}`, read.entries.length, read.head, found, say);
  if (head === undefined) {
    say(
      '末尾の切り落としと全体の作り直しは、印刷された照合番号（--head）と比べないと分かりません / ' +
        'a cut tail or a rewritten whole shows only against the printed head (--head)',
    );
  }
  return found.length === 0 ? 0 : 1;
}

/** Every record of the house, and the tables that are derived from them. */
function verifyHouse(settings: Settings, say: Say): number {
  const file = settings.databaseFile;
  if (!existsSync(file)) {
    throw new Refusal(`データベースがありません / there is no database: ${file}`);
  }
  const snapshot = openSnapshot(file);
  let wrong = 0;
  try {
    for (const meetingId of listMeetingIds(snapshot.read)) {
      const entries = listEntryRows(snapshot.read, meetingId);
      const own = { meetingId, count: entries.length, head: entries.at(-1)?.hash ?? null, entries };
      const found = checkRecord(own, sha256);
      tell(meetingId, entries.length, own.head, found, say);
      wrong += found.length;
    }
  } finally {
    snapshot.close();
  }
  for (const { ja, en, found } of examine(file, undefined, settings.keeping)) {
    if (found.length === 0) continue;
    wrong += found.length;
    say(`異常 WRONG ${ja} / ${en}`);
    for (const where of found.slice(0, 20)) say(`    ${where}`);
  }
  say(
    wrong === 0
      ? '記録に異常はありません / the records fit'
      : `異常 ${wrong}件 / ${wrong} do not fit`,
  );
  return wrong === 0 ? 0 : 1;
}

function tell(
  name: string,
  count: number,
  head: string | null,
  found: readonly RecordFinding[],
  say: Say,
): void {
  say(`会議 ${name}: ${count}件 / events, ${head ?? '—'}`);
  for (const { seq, flaw } of found) {
    const { ja, en } = flawWords[flaw];
    say(`    ${seq === null ? '' : `#${seq} `}${ja} / ${en}`);
  }
}
