/**
 * What nobody may read but its owner: ballots until they are revealed, ballots on paper until a
 * second person has read them, private ratings and drafts, the sums of a secret round. Rows that go
 * are overwritten (`secure_delete`); the caller empties the write-ahead log after a seal.
 */
import type { Ballot, Choice, Tally } from '#domain/meeting.ts';
import type { PaperBallot, Secret } from '#domain/outcome.ts';
import type {
  CriterionId,
  HeadingId,
  Instant,
  ItemId,
  MeetingId,
  OptionId,
  ParticipantId,
  RoundId,
} from '#domain/types.ts';
import { sql, type Tx } from './database.ts';

type Reads = Pick<Tx, 'all' | 'first'>;

/** Stores what a command keeps beside its events, in their transaction. */
export function keepSecret(tx: Tx, meetingId: MeetingId, secret: Secret): void {
  switch (secret.kind) {
    case 'ballot':
      discardPaper(tx, secret.roundId, secret.participantId);
      return putBallot(tx, meetingId, secret.roundId, secret);
    case 'privateRating':
      return putPrivateRating(tx, meetingId, secret.itemId, secret);
    case 'paper': {
      const { roundId, participantId, recordedBy } = secret;
      discardPaper(tx, roundId, participantId);
      tx.run(
        sql.insertInto('paper_ballot').values({
          meeting_id: meetingId,
          round_id: roundId,
          participant_id: participantId,
          recorded_by: recordedBy,
          choices: JSON.stringify(secret.choices),
        }),
      );
      return;
    }
    case 'discard':
      discardPaper(tx, secret.roundId, secret.participantId);
      tx.run(
        sql
          .deleteFrom('ballot')
          .where('round_id', '=', secret.roundId)
          .where('participant_id', '=', secret.participantId),
      );
      return;
    case 'seal':
      tx.run(sql.deleteFrom('ballot').where('round_id', '=', secret.roundId));
      tx.run(sql.deleteFrom('paper_ballot').where('round_id', '=', secret.roundId));
      tx.run(
        sql.insertInto('sealed_tally').values({
          meeting_id: meetingId,
          round_id: secret.roundId,
          tallies: JSON.stringify(secret.tallies),
        }),
      );
  }
}

function discardPaper(tx: Tx, roundId: RoundId, participantId: ParticipantId): void {
  tx.run(
    sql
      .deleteFrom('paper_ballot')
      .where('round_id', '=', roundId)
      .where('participant_id', '=', participantId),
  );
}

/** [B4] The last cast counts; one row per person and criterion, whatever happens. */
function putBallot(tx: Tx, meetingId: MeetingId, roundId: RoundId, ballot: Ballot): void {
  for (const { criterionId, optionId } of ballot.choices) {
    tx.run(
      sql
        .insertInto('ballot')
        .values({
          meeting_id: meetingId,
          round_id: roundId,
          participant_id: ballot.participantId,
          criterion_id: criterionId,
          option_id: optionId,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['round_id', 'participant_id', 'criterion_id'])
            .doUpdateSet({ option_id: optionId }),
        ),
    );
  }
}

function putPrivateRating(tx: Tx, meetingId: MeetingId, itemId: ItemId, ballot: Ballot): void {
  const key = { meeting_id: meetingId, item_id: itemId, participant_id: ballot.participantId };
  for (const { criterionId, optionId } of ballot.choices) {
    tx.run(
      sql
        .insertInto('private_rating')
        .values({ ...key, criterion_id: criterionId, option_id: optionId })
        .onConflict((conflict) =>
          conflict
            .columns(['meeting_id', 'item_id', 'participant_id', 'criterion_id'])
            .doUpdateSet({ option_id: optionId }),
        ),
    );
  }
}

type Row = {
  readonly participant_id: string;
  readonly criterion_id: string;
  readonly option_id: string | null;
};

const ballotsOf = (rows: readonly Row[]): readonly Ballot[] =>
  [...Map.groupBy(rows, (row) => row.participant_id)].map(([person, own]) => ({
    participantId: person as ParticipantId,
    choices: own.map((row) => ({
      criterionId: row.criterion_id as CriterionId,
      optionId: row.option_id as OptionId | null,
    })),
  }));

/** The ballots of a round, one per person. */
export function listBallots(
  tx: Reads,
  roundId: RoundId,
  participantId?: ParticipantId,
): readonly Ballot[] {
  let query = sql.selectFrom('ballot').selectAll().where('round_id', '=', roundId);
  if (participantId !== undefined) query = query.where('participant_id', '=', participantId);
  return ballotsOf(tx.all(query));
}

/** The private ratings of an item, one per person. */
export function listPrivateRatings(
  tx: Reads,
  meetingId: MeetingId,
  itemId: ItemId,
): readonly Ballot[] {
  return ballotsOf(
    tx.all(
      sql
        .selectFrom('private_rating')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .where('item_id', '=', itemId),
    ),
  );
}

/** A person's own private ratings, by item. */
export function listOwnRatings(
  tx: Reads,
  meetingId: MeetingId,
  participantId: ParticipantId,
): ReadonlyMap<ItemId, readonly Choice[]> {
  const rows = tx.all(
    sql
      .selectFrom('private_rating')
      .selectAll()
      .where('meeting_id', '=', meetingId)
      .where('participant_id', '=', participantId),
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.item_id)].map(([itemId, own]) => [
      itemId as ItemId,
      ballotsOf(own)[0]?.choices ?? [],
    ]),
  );
}

/** Who has rated which item, never how. */
export const listRated = (
  tx: Reads,
  meetingId: MeetingId,
): readonly { readonly itemId: ItemId; readonly participantId: ParticipantId }[] =>
  tx
    .all(
      sql
        .selectFrom('private_rating')
        .select(['item_id', 'participant_id'])
        .distinct()
        .where('meeting_id', '=', meetingId),
    )
    .map((row) => ({
      itemId: row.item_id as ItemId,
      participantId: row.participant_id as ParticipantId,
    }));

export function findSealed(tx: Reads, roundId: RoundId): readonly Tally[] | undefined {
  const row = tx.first(
    sql.selectFrom('sealed_tally').select('tallies').where('round_id', '=', roundId),
  );
  return row && (JSON.parse(row.tallies) as readonly Tally[]);
}

export function findPaper(
  tx: Reads,
  roundId: RoundId,
  participantId: ParticipantId,
): PaperBallot | undefined {
  const row = tx.first(
    sql
      .selectFrom('paper_ballot')
      .selectAll()
      .where('round_id', '=', roundId)
      .where('participant_id', '=', participantId),
  );
  return (
    row && {
      choices: JSON.parse(row.choices) as readonly Choice[],
      recordedBy: row.recorded_by as ParticipantId,
    }
  );
}

/** A private draft of opinions, under one heading of one item. */
export type Draft = {
  readonly itemId: ItemId;
  readonly headingId: HeadingId;
  readonly text: string;
  readonly savedAt: Instant;
};

/** An empty text leaves no row. */
export function putDraft(
  tx: Tx,
  meetingId: MeetingId,
  participantId: ParticipantId,
  { itemId, headingId, text, savedAt }: Draft,
): void {
  const key = {
    meeting_id: meetingId,
    participant_id: participantId,
    item_id: itemId,
    heading_id: headingId,
  };
  if (text === '') {
    tx.run(
      sql
        .deleteFrom('draft')
        .where('meeting_id', '=', meetingId)
        .where('participant_id', '=', participantId)
        .where('item_id', '=', itemId)
        .where('heading_id', '=', headingId),
    );
    return;
  }
  tx.run(
    sql
      .insertInto('draft')
      .values({ ...key, text, saved_at: savedAt })
      .onConflict((conflict) =>
        conflict
          .columns(['meeting_id', 'participant_id', 'item_id', 'heading_id'])
          .doUpdateSet({ text, saved_at: savedAt }),
      ),
  );
}

export const listDrafts = (
  tx: Reads,
  meetingId: MeetingId,
  participantId: ParticipantId,
): readonly Draft[] =>
  tx
    .all(
      sql
        .selectFrom('draft')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .where('participant_id', '=', participantId),
    )
    .map((row) => ({
      itemId: row.item_id as ItemId,
      headingId: row.heading_id as HeadingId,
      text: row.text,
      savedAt: row.saved_at,
    }));
