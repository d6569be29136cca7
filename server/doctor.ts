/**
 * Looks whether a database is what it should be, and says where it is not: one check, one line.
 * Changes nothing; names meetings, rows and documents by their ids, never by what they hold.
 */
import type { MeetingEvent } from '#domain/event.ts';
import { replay } from '#domain/evolve.ts';
import type { Round } from '#domain/meeting.ts';
import { tallyOf } from '#domain/tally.ts';
import type { Instant, MeetingId } from '#domain/types.ts';
import type { Inspection } from './control.ts';
import { demanded, openSnapshot, type Pragmas, type Snapshot } from './db/database.ts';
import { listDocuments, readWholeLog } from './db/document.ts';
import { breaches, describe, invariants } from './db/invariants.ts';
import { compareDerived } from './db/mirror.ts';
import { loadEvents } from './db/record.ts';
import { listBallots } from './db/secret.ts';
import { compareSchema, listMeetingIds } from './db/survey.ts';
import { findDue, usualKeeping, type Keeping } from './retention.ts';
import { compare } from './sync/check.ts';

export type Check = {
  readonly ja: string;
  readonly en: string;
  /** Where it does not fit; empty when it does. */
  readonly found: readonly string[];
};

/**
 * @param server what the running server says of itself; undefined when none runs
 * @param keeping how long what may be forgotten is kept
 */
export function examine(
  file: string,
  server: Inspection | undefined,
  keeping = usualKeeping,
  now: Instant = Date.now(),
): readonly Check[] {
  const checks: Check[] = [];
  const check = (ja: string, en: string, look: () => readonly string[]): void => {
    checks.push({ ja, en, found: orCode(look) });
  };
  let snapshot: Snapshot | undefined;
  check('データベースが開ける', 'the database opens', () => {
    snapshot = openSnapshot(file);
    return [];
  });
  if (!snapshot) return checks;
  try {
    const here = snapshot;
    const pragmas = server?.pragmas ?? here.pragmas();
    check('失われない設定', 'settings that lose nothing', () => differing(pragmas));
    check('SQLite の版', 'SQLite version', () => tooOld(pragmas));
    check('ファイルの整合性', 'integrity of the file', () => here.integrity());
    check('表とトリガー', 'tables and triggers', () => compareSchema(here.read));
    examineRecords(here, check);
    examineDocuments(here, check);
    if (server) {
      check('開いている文書（サーバーの記憶）', 'open documents in the memory of the server', () =>
        server.differing.map(({ document, difference }) => `${document}: ${difference}`),
      );
    }
    checks.push(whatIsDue(here, keeping, now));
    for (const invariant of invariants) {
      check(invariant.ja, invariant.en, () => breaches(here.read, invariant));
    }
  } finally {
    snapshot.close();
  }
  return checks;
}

/** What a copy must pass before it counts as a backup: the file, the records, the update logs. */
export function verify(file: string): readonly string[] {
  return orCode(() => {
    const snapshot = openSnapshot(file);
    try {
      return [
        ...snapshot.integrity(),
        ...listMeetingIds(snapshot.read).flatMap((id) =>
          orMessage(() => void loadEvents(snapshot.read, id)),
        ),
        ...listDocuments(snapshot.read).flatMap((name) =>
          orMessage(() => void readWholeLog(snapshot.read, name)),
        ),
      ];
    } finally {
      snapshot.close();
    }
  });
}

type Adder = (ja: string, en: string, look: () => readonly string[]) => void;

function examineRecords({ read }: Snapshot, check: Adder): void {
  const records = new Map<MeetingId, readonly MeetingEvent[]>();
  check('会議の記録の鎖', 'chain of every record', () =>
    listMeetingIds(read).flatMap((id) =>
      orMessage(() => void records.set(id, loadEvents(read, id))),
    ),
  );
  check('記録から作り直した表', 'tables equal the replayed records', () =>
    compareDerived(read, records),
  );
  check('票と集計', 'ballots and tallies', () =>
    [...records].flatMap(([meetingId, events]) =>
      (replay(events)?.items ?? []).flatMap((item) =>
        item.rounds.flatMap((round) => {
          const where = describe({ meeting_id: meetingId, item_id: item.id, round: round.number });
          return miscounted(round, listBallots(read, round.id)).map((what) => `${what}: ${where}`);
        }),
      ),
    ),
  );
}

/** [B4] [B6] Who voted has a ballot, nobody else has one, and what was revealed is their sum. */
function miscounted(round: Round, stored: ReturnType<typeof listBallots>): string[] {
  // [B11] Of a secret round that was closed nothing is left but the sums.
  if (round.secrecy === 'secret') {
    const left = round.status !== 'open' && stored.length > 0;
    return left ? ['ballots of a closed secret round are left'] : [];
  }
  const order = new Map(round.electorate.map(({ participantId }, at) => [participantId, at]));
  const place = ({ participantId }: { participantId: (typeof round.voted)[number] }) =>
    order.get(participantId) ?? -1;
  const ballots = stored.toSorted((one, other) => place(one) - place(other));
  const found: string[] = [];
  const voters = ballots.map(({ participantId }) => participantId);
  if (!same(voters, round.voted)) found.push('ballots are not those of the voters');
  if (ballots.some(({ choices }) => choices.length !== round.criteria.length)) {
    found.push('a ballot has not one choice per criterion');
  }
  if (!round.result) return found;
  const byCriterion = (all: typeof ballots) =>
    all.map(({ choices }) => choices.map((choice) => JSON.stringify(choice)).toSorted());
  if (!same(byCriterion(ballots), byCriterion([...round.result.ballots]))) {
    found.push('ballots are not the revealed ones');
  }
  const tallies = round.criteria.map((each) => tallyOf(each, round.electorate, ballots));
  if (!same(tallies, round.result.tallies)) found.push('the tally is not the sum of the ballots');
  return found;
}

function examineDocuments({ read }: Snapshot, check: Adder): void {
  check('文書の更新の鎖', 'chain of every update log', () =>
    listDocuments(read).flatMap((name) => orMessage(() => void readWholeLog(read, name))),
  );
  check('文書の再現', 'every document: replay = re-encoding = snapshot', () =>
    listDocuments(read).flatMap((name) => {
      const difference = compare({ read }, name);
      return difference ? [`${name}: ${difference}`] : [];
    }),
  );
}

/** Nothing wrong: it goes by itself while a server runs, and waits while none does. */
function whatIsDue({ read }: Snapshot, keeping: Keeping, now: Instant): Check {
  try {
    const { documents, links, sessions, attempts } = findDue(read, now, keeping);
    return {
      ja: `保存期間を過ぎたもの: 文書の編集履歴${documents.length} 招待リンク等${links} サインイン${sessions + attempts}`,
      en: `due to be forgotten: edits of ${documents.length} documents, ${links} links, ${sessions + attempts} sign-ins`,
      found: [],
    };
  } catch (error) {
    return { ja: '保存期間を過ぎたもの', en: 'due to be forgotten', found: [codeOf(error)] };
  }
}

export const differing = (pragmas: Pragmas): string[] =>
  Object.entries(demanded)
    .filter(([name, value]) => pragmas[name] !== value)
    .map(([name, value]) => `${name} = ${String(pragmas[name])}, wanted ${value}`);

/** Older ones have bugs in the write-ahead log. */
function tooOld({ version }: Pragmas): string[] {
  const [major = 0, minor = 0] = String(version).split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 53) ? [] : [`${String(version)}, wanted 3.53`];
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The sentence of an error that this program made: it holds ids only. */
function orMessage(work: () => void): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [error instanceof Error && !('code' in error) ? error.message : codeOf(error)];
  }
}

function orCode(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    return [codeOf(error)];
  }
}

/** SQLite's own message may quote content; its code says enough. */
const codeOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : 'unknown';
