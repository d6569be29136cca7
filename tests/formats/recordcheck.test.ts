/** [R12] A record is checked from the file alone: each kind of tampering is found, given the head. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeRecordFile, type RecordEntry } from '#formats/recordfile.ts';
import { checkRecord, parseRecordFile, type ReadRecord } from '#formats/recordcheck.ts';
import type { MeetingId } from '#domain/types.ts';
import { TestRoom } from '../domain/room.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const meetingId = 'meeting-1' as MeetingId;

type Loose = { seq: number; at: number; actor: string | null; kind: string; body: string };

/** Chains entries as the house does. */
function chain(rows: readonly Loose[]): RecordEntry[] {
  let prev = '0'.repeat(64);
  return rows.map((row) => {
    const { seq, at, actor, kind, body } = row;
    const hash = digest(prev + JSON.stringify([meetingId, seq, at, actor, kind, body]));
    const entry = { seq, at, actor, kind, body, prev, hash };
    prev = hash;
    return entry;
  });
}

function rowsOf(room: TestRoom): Loose[] {
  return room.events.map(({ seq, at, actor, body: { kind, ...rest } }) => ({
    seq,
    at,
    actor,
    kind,
    body: JSON.stringify(rest),
  }));
}

/** Named and secret rounds, a tie, a recusal, a deferral. */
const room = () => {
  const meeting = new TestRoom().open().start();
  meeting.vote({ m1: 4, m2: 3 }).breakTie(3).decide(3, 'chairOnTie');
  meeting.start('i2').secret('i2');
  meeting.cast('m1', 4, 'i2').cast('m2', 4, 'i2').close('i2').reveal('i2');
  return meeting.decide(4, 'unanimous', '', 'i2').do('sec', { type: 'closeMeeting' });
};
const recordOf = (entries: readonly RecordEntry[]): ReadRecord => ({
  meetingId,
  count: entries.length,
  head: entries.at(-1)?.hash ?? null,
  entries,
});
const original = chain(rowsOf(room()));
const printed = { head: original.at(-1)?.hash ?? '', count: original.length };
const flaws = (entries: readonly RecordEntry[], known = {}) =>
  checkRecord(recordOf(entries), digest, known).map(({ flaw }) => flaw);

/** The same rows with one of them changed, chained anew from there on or not. */
function changed(kind: string, change: (body: string) => string, anew: boolean): RecordEntry[] {
  const rows = rowsOf(room()).map((row) =>
    row.kind === kind ? { ...row, body: change(row.body) } : row,
  );
  if (anew) return chain(rows);
  return original.map((entry, at) => ({ ...entry, body: rows[at]?.body ?? entry.body }));
}

test('[R12] a record that is right fits, as a file too', () => {
  expect(flaws(original, printed)).toEqual([]);
  const bytes = makeRecordFile({
    meetingId,
    title: '検証会議',
    municipality: '検証市',
    heldOn: '2025-08-20',
    exportedAt: 1_760_000_000_000,
    entries: original,
  });
  const read = parseRecordFile(bytes);
  if (!read) throw new Error('not read');
  expect(checkRecord(read, digest, printed)).toEqual([]);
  expect(parseRecordFile(bytes.slice(0, -5))).toBeUndefined();
  expect(parseRecordFile(new TextEncoder().encode('{"format":"other"}'))).toBeUndefined();
});

describe('[R12] tampering is found', () => {
  test('an entry that was edited', () => {
    const edited = changed('itemDecided', (body) => body.replace('effect-3', 'effect-4'), false);
    expect(flaws(edited)).toContain('hash');
  });

  test('entries that were swapped', () => {
    const swapped = original.toSpliced(3, 2, ...original.slice(3, 5).toReversed());
    expect(flaws(swapped)).toEqual(expect.arrayContaining(['chain', 'numbering']));
  });

  test('an entry that was taken out', () => {
    expect(flaws(original.toSpliced(4, 1))).toEqual(expect.arrayContaining(['chain', 'numbering']));
  });

  test('a tail that was cut off, given the printed head', () => {
    const cut = original.slice(0, -2);
    expect(flaws(cut)).toEqual([]);
    expect(flaws(cut, printed)).toEqual(['count', 'head']);
  });

  test('a record that was computed anew, by the head, and by what no longer follows', () => {
    const tally = (body: string) => body.replace('"votes":1', '"votes":2');
    const anew = changed('ballotRevealed', tally, true);
    expect(flaws(anew, printed)).toEqual(expect.arrayContaining(['head', 'tally-differs']));
    const decided = changed('itemDecided', (body) => body.replace('effect-3', 'effect-1'), true);
    expect(flaws(decided)).toContain('decision');
    const casting = changed('tieBroken', (body) => body.replace('effect-3', 'effect-1'), true);
    expect(flaws(casting)).toEqual(expect.arrayContaining(['casting-vote', 'decision']));
  });

  test('every byte of every body that is changed', () => {
    for (const [at, entry] of original.entries()) {
      const body = `${entry.body.slice(0, 3)}\u0001${entry.body.slice(4)}`;
      expect(flaws(original.toSpliced(at, 1, { ...entry, body }))).toContain('hash');
    }
  });

  test('what is no event at all is said in words and never thrown', () => {
    const broken = chain([
      ...rowsOf(room()).slice(0, 3),
      { seq: 4, at: 0, actor: null, kind: 'ballotRevealed', body: '{"itemId":"i1"}' },
    ]);
    expect(flaws(broken)).toEqual(['unknown-item']);
    const alien = chain([{ seq: 1, at: 0, actor: null, kind: 'meetingFounded', body: 'null' }]);
    expect(flaws(alien).length).toBeGreaterThan(0);
  });
});
