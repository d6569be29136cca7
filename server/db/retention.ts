/**
 * What need not be kept any longer: counted for whoever looks, deleted or listed for whoever cleans
 * up. Each "any longer" is asked in one function, so that the two never disagree.
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Instant, ItemId, MeetingId } from '#domain/types.ts';
import {
  minutesDocument,
  opinionsDocument,
  sheetDocument,
  viewDocument,
  type DocumentName,
} from '#protocol/documents.ts';
import { sql, type Tx } from './database.ts';
import type { Schema } from './schema.ts';

type Reads = Pick<Tx, 'all' | 'first'>;
type Where<Table extends keyof Schema> = (
  where: ExpressionBuilder<Schema, Table>,
) => Expression<SqlBool>;

/** Milliseconds after which a closed meeting counts as finished although it is not published. */
const UNPUBLISHED_MS = 365 * 24 * 3_600_000;

/** [R5] Meetings that were published at or before `by`, or closed a year before and never published. */
function listFinished(tx: Reads, by: Instant): MeetingId[] {
  return tx
    .all(
      sql
        .selectFrom('meeting')
        .select('id')
        .where((where) =>
          where.or([
            where('published_at', '<=', by),
            where.and([
              where('phase', '=', 'closed'),
              where('closed_at', '<=', by - UNPUBLISHED_MS),
            ]),
          ]),
        ),
    )
    .map(({ id }) => id as MeetingId);
}

/** [R5] Documents of meetings finished by then whose single edits are still there. */
export function listCompactable(tx: Reads, by: Instant): DocumentName[] {
  return listFinished(tx, by).flatMap((meetingId) => {
    const items = tx.all(sql.selectFrom('item').select('id').where('meeting_id', '=', meetingId));
    const names = [
      viewDocument(meetingId),
      minutesDocument(meetingId),
      ...items.flatMap(({ id }) => [opinionsDocument(id as ItemId), sheetDocument(id as ItemId)]),
    ];
    const logged = sql.selectFrom('document_update').select('document').distinct();
    return tx
      .all(logged.where('document', 'in', names).orderBy('document'))
      .map(({ document }) => document as DocumentName);
  });
}

const endedSession =
  (now: Instant): Where<'session'> =>
  (where) =>
    where.or([where('expires_at', '<=', now), where('ends_at', '<=', now)]);

/** Used or run out: both say who was invited, and when. */
const spentLink =
  (by: Instant): Where<'link'> =>
  (where) =>
    where.or([where('used_at', '<=', by), where('expires_at', '<=', by)]);

const oldAttempt =
  (by: Instant): Where<'attempt'> =>
  (where) =>
    where('blocked_until', '<=', by);

/** Nobody has touched them since, and what became an opinion is no draft any more ([P12]). */
const oldDraft =
  (by: Instant): Where<'draft'> =>
  (where) =>
    where('saved_at', '<=', by);

const JAPAN_MS = 9 * 3_600_000;

/**
 * [B16] Ratings have no time of their own, so the meeting's is taken: closed by then; or never closed, its
 * day gone by, and nothing told of it since.
 */
const oldRating =
  (by: Instant): Where<'private_rating'> =>
  (where) => {
    const alive = sql.selectFrom('meeting_event').select('meeting_id').where('at', '>', by);
    const today = new Date(by + JAPAN_MS).toISOString().slice(0, 10);
    const over = sql
      .selectFrom('meeting')
      .select('id')
      .where((meeting) =>
        meeting.or([
          meeting('closed_at', '<=', by),
          meeting.and([
            meeting('closed_at', 'is', null),
            meeting('held_on', '<=', today),
            meeting('id', 'not in', alive),
          ]),
        ]),
      );
    return where('meeting_id', 'in', over);
  };

/** The moments before which each kind of row need not be kept. */
export type Until = {
  readonly sessions: Instant;
  readonly links: Instant;
  readonly attempts: Instant;
  readonly drafts: Instant;
  readonly ratings: Instant;
};
export type Counts = { readonly [Kind in keyof Until]: number };

export function countSpent(tx: Reads, until: Until): Counts {
  const count = (query: { readonly n: number } | undefined) => query?.n ?? 0;
  return {
    sessions: count(
      tx.first(
        sql
          .selectFrom('session')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where(endedSession(until.sessions)),
      ),
    ),
    links: count(
      tx.first(
        sql
          .selectFrom('link')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where(spentLink(until.links)),
      ),
    ),
    attempts: count(
      tx.first(
        sql
          .selectFrom('attempt')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where(oldAttempt(until.attempts)),
      ),
    ),
    drafts: count(
      tx.first(
        sql
          .selectFrom('draft')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where(oldDraft(until.drafts)),
      ),
    ),
    ratings: count(
      tx.first(
        sql
          .selectFrom('private_rating')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where(oldRating(until.ratings)),
      ),
    ),
  };
}

/** How many rows went. */
export function deleteSpent(tx: Tx, until: Until): Counts {
  return {
    sessions: tx.run(sql.deleteFrom('session').where(endedSession(until.sessions))),
    links: tx.run(sql.deleteFrom('link').where(spentLink(until.links))),
    attempts: tx.run(sql.deleteFrom('attempt').where(oldAttempt(until.attempts))),
    drafts: tx.run(sql.deleteFrom('draft').where(oldDraft(until.drafts))),
    ratings: tx.run(sql.deleteFrom('private_rating').where(oldRating(until.ratings))),
  };
}
