/** What must hold in the file of a meeting at any moment, told from the file and from a model. */
import Sqlite from 'better-sqlite3';
import * as Y from 'yjs';
import type { EventBody, MeetingEvent } from '#domain/event.ts';
import { replay } from '#domain/evolve.ts';
import type { Choice, Meeting } from '#domain/meeting.ts';
import { tallyOf } from '#domain/tally.ts';
import type { ParticipantId, RoundId } from '#domain/types.ts';
import { VIEW_ROOT, viewDocument } from '#protocol/documents.ts';
import { viewEntries, viewOf } from '#protocol/view.ts';

/** The ballots as the answers said they were stored: round, person, choices. */
export type Cast = ReadonlyMap<RoundId, ReadonlyMap<ParticipantId, readonly Choice[]>>;

/** What does not hold, in words; empty when all does. */
export function broken(file: string, known: Meeting, cast: Cast): readonly string[] {
  const connection = new Sqlite(file, { readonly: true });
  const all = <Row>(query: string, ...parameters: unknown[]) =>
    connection.prepare(query).all(...parameters) as Row[];
  const found: string[] = [];
  const same = (what: string, one: unknown, other: unknown) => {
    const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
    if (left !== right) found.push(`${what}: ${left} is not ${right}`);
  };

  const events = all<EventRow>(
    'select seq, at, actor, kind, body from meeting_event where meeting_id = ? order by seq',
    known.id,
  ).map((row) => eventOf(known, row));
  const meeting = replay(events);
  if (!meeting) return ['there is no record'];
  same('memory is the record', known, meeting);

  const doc = new Y.Doc();
  const name = viewDocument(meeting.id);
  for (const { data } of all<{ data: Buffer }>(
    'select data from document_update where document = ? order by seq',
    name,
  )) {
    Y.applyUpdate(doc, data);
  }
  const shown = doc.getMap(VIEW_ROOT).toJSON();
  const view = Object.fromEntries(viewEntries(viewOf(meeting)));
  same('keys of the view', Object.keys(shown).sort(), Object.keys(view).sort());
  for (const [key, entry] of Object.entries(view)) same(`view ${key}`, shown[key], entry);

  tables();
  ballots();
  secrets();
  seats();
  connection.close();
  return found;

  function tables(): void {
    if (!meeting) return;
    const { id } = meeting;
    same(
      'meeting',
      all('select phase, title, opened_at, closed_at from meeting where id = ?', id),
      [
        {
          phase: meeting.phase,
          title: meeting.title,
          opened_at: meeting.openedAt,
          closed_at: meeting.closedAt,
        },
      ],
    );
    same(
      'items',
      all('select id, state, no from item where meeting_id = ? order by position', id),
      meeting.items.map((item) => ({ id: item.id, state: item.state, no: item.sheet.no })),
    );
    same(
      'seats',
      all(
        'select id, role, name, present, account_id from participant where meeting_id = ? and removed = 0 order by id',
        id,
      ),
      meeting.participants
        .map((person) => ({
          id: person.id,
          role: person.role,
          name: person.name,
          present: person.present ? 1 : 0,
          account_id: person.accountId,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    same(
      'decisions',
      all(
        'select item_id, criterion_id, method, reason from decision where meeting_id = ? order by item_id, criterion_id',
        id,
      ),
      meeting.items
        .flatMap(({ id: item_id, decision }) =>
          // [D9] 意見聴取 has a row per criterion all the same, and no rating in it.
          (decision?.method === 'heard'
            ? meeting.criteria.map(({ id: criterionId }) => ({ criterionId }))
            : (decision?.ratings ?? [])
          ).map(({ criterionId: criterion_id }) => ({
            item_id,
            criterion_id,
            method: decision?.method,
            reason: decision?.reason,
          })),
        )
        .sort((a, b) => (a.item_id + a.criterion_id < b.item_id + b.criterion_id ? -1 : 1)),
    );
    for (const item of meeting.items) {
      for (const round of item.rounds) {
        if (round.status !== 'revealed') continue;
        const key = [id, item.id, round.number];
        same(
          `tally of ${item.id}/${round.number}`,
          all(
            'select sum(votes) as n from tally where meeting_id = ? and item_id = ? and round = ?',
            ...key,
          ),
          [
            {
              n: round.result?.tallies.reduce(
                (sum, t) => sum + t.abstained + t.counts.reduce((s, c) => s + c.votes, 0),
                0,
              ),
            },
          ],
        );
        same(
          `electors of ${item.id}/${round.number}`,
          all(
            `select status, count(*) as n from elector where meeting_id = ? and item_id = ? and round = ? and status not in ('absent', 'recused') group by status order by status`,
            ...key,
          ),
          (round.secrecy === 'secret'
            ? [{ status: 'seated', n: round.electorate.length }]
            : [
                { status: 'not-voted', n: round.electorate.length - round.voted.length },
                { status: 'voted', n: round.voted.length },
              ]
          ).filter(({ n }) => n > 0),
        );
      }
    }
  }

  /** [B4] [B6] One ballot per person and round, the last one; and every tally is its sum. */
  function ballots(): void {
    if (!meeting) return;
    const rows = all<BallotRow>(
      'select round_id, participant_id, criterion_id, option_id from ballot where meeting_id = ? order by round_id, participant_id, criterion_id',
      meeting.id,
    );
    // [B11] Of a secret round that was closed no ballot is left.
    const kept = [...cast].filter(([roundId]) => {
      const round = meeting.items.flatMap(({ rounds }) => rounds).find(({ id }) => id === roundId);
      return round?.secrecy === 'named' || round?.status === 'open';
    });
    const wanted = kept.flatMap(([round_id, people]) =>
      [...people].flatMap(([participant_id, choices]) =>
        choices.map(({ criterionId, optionId }) => ({
          round_id: round_id,
          participant_id: participant_id,
          criterion_id: criterionId,
          option_id: optionId,
        })),
      ),
    );
    const order = (row: BallotRow) => `${row.round_id} ${row.participant_id} ${row.criterion_id}`;
    same(
      'ballots',
      rows,
      wanted.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    );
    for (const { rounds } of meeting.items) {
      for (const round of rounds) {
        const people = cast.get(round.id) ?? new Map<ParticipantId, readonly Choice[]>();
        const voters = round.electorate
          .map((each) => each.participantId)
          .filter((each) => people.has(each));
        same(`turnout of ${round.id}`, round.turnout, voters.length);
        same(`voted in ${round.id}`, round.voted, round.secrecy === 'named' ? voters : []);
        if (!round.result) continue;
        const given = [...people].map(([participantId, choices]) => ({ participantId, choices }));
        same(
          `tallies of ${round.id}`,
          round.result.tallies,
          round.criteria.map((each) => tallyOf(each, round.electorate, given)),
        );
      }
    }
  }

  /** [B5] No choice in an event but the reveal and the decision, none in the state before them. */
  function secrets(): void {
    if (!meeting) return;
    for (const { body, seq } of events) {
      if (body.kind === 'ballotCast') {
        same(`cast ${seq}`, Object.keys(body).sort(), [
          'itemId',
          'kind',
          'participantId',
          'roundId',
        ]);
      }
    }
    for (const { rounds } of meeting.items) {
      for (const round of rounds) {
        if (round.status !== 'revealed') same(`result of ${round.id}`, round.result, null);
      }
    }
  }

  /** [M3] [M4] [M6] [P5] */
  function seats(): void {
    if (!meeting) return;
    const { participants, items } = meeting;
    const chairs = participants.filter(({ role }) => role === 'chair').length;
    if (chairs > 1) found.push(`${chairs} chairs`);
    if (!participants.some(({ role, accountId }) => role === 'secretariat' && accountId !== null)) {
      found.push('no secretariat that can sign in');
    }
    const accounts = participants.flatMap(({ accountId }) => accountId ?? []);
    same('one seat per account', accounts, [...new Set(accounts)]);
    const rating = items.filter(({ state }) => state === 'rating');
    if (rating.length > 1) found.push(`${rating.length} open ballots`);
    same(
      'the open ballot is the current item',
      rating[0]?.id ?? meeting.currentItemId,
      meeting.currentItemId,
    );
  }
}

type EventRow = { seq: number; at: number; actor: string | null; kind: string; body: string };
type BallotRow = {
  readonly round_id: string;
  readonly participant_id: string;
  readonly criterion_id: string;
  readonly option_id: string | null;
};

const eventOf = (meeting: Meeting, row: EventRow): MeetingEvent => ({
  meetingId: meeting.id,
  seq: row.seq,
  at: row.at,
  actor: row.actor as ParticipantId | null,
  body: { kind: row.kind, ...(JSON.parse(row.body) as object) } as EventBody,
});
