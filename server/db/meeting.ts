/**
 * The tables that pages and plain queries read: derived from the state of a meeting in the
 * transaction of its events. What did not change is not written again.
 */
import type { Elector, Item, Meeting, Participant, Round } from '#domain/meeting.ts';
import type { AccountId, ItemId, MeetingId } from '#domain/types.ts';
import { sql, type Tx } from './database.ts';

type Reads = Pick<Tx, 'all' | 'first'>;

/** Writes what differs between two states; the first state of a meeting has no `before`. */
export function derive(tx: Tx, before: Meeting | undefined, after: Meeting): void {
  putMeeting(tx, after);
  if (before?.participants !== after.participants) putParticipants(tx, before, after);
  if (before?.items !== after.items) {
    const earlier = new Map(before?.items.map((item) => [item.id, item]));
    for (const [position, item] of after.items.entries()) {
      if (before?.items[position] !== item) {
        putItem(tx, after, item, position, earlier.get(item.id));
      }
      earlier.delete(item.id);
    }
    for (const gone of earlier.keys()) deleteItem(tx, after.id, gone);
  }
}

/** Meetings by circulation that are open: only they have a deadline for ballots. */
export const listCirculating = (tx: Reads): readonly MeetingId[] =>
  tx
    .all(
      sql
        .selectFrom('meeting')
        .select('id')
        .where('phase', '=', 'open')
        .where('gathering', '=', 'circulated'),
    )
    .map(({ id }) => id as MeetingId);

function putMeeting(tx: Tx, meeting: Meeting): void {
  const values = {
    title: meeting.title,
    municipality: meeting.municipality,
    evaluated_year: meeting.evaluatedYear,
    held_on: meeting.heldOn,
    place: meeting.place,
    phase: meeting.phase,
    gathering: meeting.gathering,
    rehearsal: meeting.rehearsal ? 1 : 0,
    slug: meeting.publication?.slug ?? null,
    published_at: meeting.publication?.publishedAt ?? null,
    opened_at: meeting.openedAt,
    closed_at: meeting.closedAt,
    created_at: meeting.foundedAt,
  };
  tx.run(
    sql
      .insertInto('meeting')
      .values({ id: meeting.id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values)),
  );
}

function putParticipants(tx: Tx, before: Meeting | undefined, after: Meeting): void {
  for (const person of after.participants) {
    if (!before?.participants.includes(person)) putParticipant(tx, after.id, person, false);
  }
  for (const person of before?.participants ?? []) {
    if (!after.participants.some(({ id }) => id === person.id)) {
      putParticipant(tx, after.id, person, true);
    }
  }
}

function putParticipant(tx: Tx, meetingId: MeetingId, person: Participant, removed: boolean) {
  const values = {
    account_id: person.accountId,
    name: person.name,
    role: person.role,
    affiliation: person.affiliation,
    present: person.present ? 1 : 0,
    removed: removed ? 1 : 0,
  };
  tx.run(
    sql
      .insertInto('participant')
      .values({ meeting_id: meetingId, id: person.id, ...values })
      .onConflict((conflict) => conflict.columns(['meeting_id', 'id']).doUpdateSet(values)),
  );
}

function putItem(
  tx: Tx,
  meeting: Meeting,
  item: Item,
  position: number,
  earlier: Item | undefined,
): void {
  const values = {
    position,
    no: item.sheet.no,
    name: item.sheet.name ?? '',
    state: item.state,
    sheet: JSON.stringify(item.sheet),
  };
  tx.run(
    sql
      .insertInto('item')
      .values({ meeting_id: meeting.id, id: item.id, ...values })
      .onConflict((conflict) => conflict.columns(['meeting_id', 'id']).doUpdateSet(values)),
  );
  if ((earlier?.decision ?? null) !== item.decision) putDecision(tx, meeting, item);
  for (const round of item.rounds) {
    if (round.status === 'revealed' && !earlier?.rounds.includes(round)) {
      putRound(tx, meeting.id, item.id, round);
    }
  }
}

function deleteItem(tx: Tx, meetingId: MeetingId, itemId: ItemId): void {
  tx.run(sql.deleteFrom('item').where('meeting_id', '=', meetingId).where('id', '=', itemId));
}

/** A reopened item has no decision; the one it had stays in the record. */
function putDecision(tx: Tx, meeting: Meeting, item: Item): void {
  for (const table of ['decision', 'frozen_opinion'] as const) {
    tx.run(
      sql.deleteFrom(table).where('meeting_id', '=', meeting.id).where('item_id', '=', item.id),
    );
  }
  const { decision } = item;
  if (!decision) return;
  const key = { meeting_id: meeting.id, item_id: item.id };
  const chair = meeting.participants.find(({ id }) => id === decision.decidedBy);
  // [D9] 意見聴取 has no rating of its own; the row says that it is over.
  const ratings =
    decision.method === 'heard'
      ? meeting.criteria.map(({ id }) => ({ criterionId: id, optionId: '', reason: '' }))
      : decision.ratings;
  for (const { criterionId, optionId, reason } of ratings) {
    const criterion = meeting.criteria.find(({ id }) => id === criterionId);
    const option = criterion?.options.find(({ id }) => id === optionId);
    tx.run(
      sql.insertInto('decision').values({
        ...key,
        criterion_id: criterionId,
        criterion: criterion?.name ?? criterionId,
        rating: option?.label ?? optionId,
        rating_short: option?.shortLabel ?? optionId,
        rating_reason: reason,
        method: decision.method,
        reason: decision.reason,
        decided_at: decision.decidedAt,
        decided_by: chair?.name ?? decision.decidedBy,
      }),
    );
  }
  for (const [headingPosition, { heading, bullets }] of decision.opinions.entries()) {
    for (const [position, text] of bullets.entries()) {
      tx.run(
        sql.insertInto('frozen_opinion').values({
          ...key,
          heading,
          heading_position: headingPosition,
          position,
          text,
        }),
      );
    }
  }
}

/** [R3] Tallies and electorate of a revealed round; a round never changes after its reveal. */
function putRound(tx: Tx, meetingId: MeetingId, itemId: ItemId, round: Round): void {
  const key = { meeting_id: meetingId, item_id: itemId, round: round.number };
  for (const tally of round.result?.tallies ?? []) {
    const criterion = round.criteria.find(({ id }) => id === tally.criterionId);
    const counts = [
      ...tally.counts.map(({ optionId, votes }) => ({
        option: criterion?.options.find(({ id }) => id === optionId)?.label ?? optionId,
        votes,
      })),
      { option: '棄権', votes: tally.abstained },
    ];
    for (const [position, { option, votes }] of counts.entries()) {
      tx.run(
        sql
          .insertInto('tally')
          .values({ ...key, criterion_id: tally.criterionId, option, position, votes })
          .onConflict((conflict) => conflict.doNothing()),
      );
    }
  }
  const people = [
    ...round.electorate.map((elector) => ({
      ...elector,
      // [B11] Of a secret round only the sums are known.
      status: round.secrecy === 'secret' ? ('seated' as const) : votedOrNot(round, elector),
    })),
    ...round.absent.map((elector) => ({ ...elector, status: 'absent' as const })),
    ...round.recused.map((elector) => ({ ...elector, status: 'recused' as const })),
  ];
  for (const { participantId, name, status } of people) {
    tx.run(
      sql
        .insertInto('elector')
        .values({ ...key, participant_id: participantId, name, status })
        .onConflict((conflict) => conflict.doNothing()),
    );
  }
}

const votedOrNot = ({ voted }: Round, { participantId }: Elector) =>
  voted.includes(participantId) ? ('voted' as const) : ('not-voted' as const);

/** Who was recorded as present or absent by one event. */
export function appendAttendance(tx: Tx, meeting: Meeting, seq: number, at: number): void {
  for (const { id, present } of meeting.participants) {
    tx.run(
      sql.insertInto('attendance').values({
        meeting_id: meeting.id,
        seq,
        participant_id: id,
        present: present ? 1 : 0,
        at,
      }),
    );
  }
}

/** The meetings an account has a seat in, newest first. */
export const listMeetings = (tx: Reads, accountId: AccountId) =>
  tx
    .all(
      sql
        .selectFrom('meeting')
        .innerJoin('participant', 'participant.meeting_id', 'meeting.id')
        .where('participant.account_id', '=', accountId)
        .where('participant.removed', '=', 0)
        .select([
          'meeting.id',
          'meeting.title',
          'meeting.held_on',
          'meeting.evaluated_year',
          'meeting.phase',
          'meeting.rehearsal',
          'participant.role',
        ])
        .orderBy('meeting.held_on', 'desc')
        .orderBy('meeting.created_at', 'desc'),
    )
    .map(({ held_on, evaluated_year, ...row }) => ({
      ...row,
      heldOn: held_on,
      evaluatedYear: evaluated_year,
    }));

/** The meeting an item belongs to. */
export const findMeetingOfItem = (tx: Reads, itemId: ItemId): MeetingId | undefined =>
  tx.first(sql.selectFrom('item').select('meeting_id').where('id', '=', itemId))?.meeting_id as
    MeetingId | undefined;

/** Who sits or has sat in a meeting, by account: also those whose seat was removed. */
export const listNames = (tx: Reads, meetingId: MeetingId): ReadonlyMap<AccountId, string> =>
  new Map(
    tx
      .all(
        sql
          .selectFrom('participant')
          .select(['account_id', 'name'])
          .where('meeting_id', '=', meetingId)
          .where('account_id', 'is not', null)
          .orderBy('removed', 'desc'),
      )
      .map(({ account_id, name }) => [account_id as AccountId, name]),
  );

/** The meeting that is public under this address now. */
export const findPublished = (tx: Reads, slug: string): MeetingId | undefined =>
  tx.first(
    sql
      .selectFrom('meeting')
      .select('id')
      .where('slug', '=', slug)
      .where('phase', '=', 'published'),
  )?.id as MeetingId | undefined;
