/**
 * The record of a meeting: its events, each chained to the one before by SHA-256, and the commands
 * that made them. History is appended; triggers refuse anything else.
 */
import type { EventBody, MeetingEvent } from '#domain/event.ts';
import type { AccountId, CommandId, Instant, MeetingId, ParticipantId } from '#domain/types.ts';
import type { RecordEntry } from '#formats/recordfile.ts';
import type { Seal } from '#formats/recordseal.ts';
import type { Ack } from '#protocol/ack.ts';
import { sha256 } from '../sha256.ts';
import { sql, type Tx } from './database.ts';
import type { Schema } from './schema.ts';

type Reads = Pick<Tx, 'all' | 'first'>;

/** What the first event of a meeting is chained to. */
const ORIGIN = '0'.repeat(64);

/** [R1] Over the text as stored, so that a check needs no knowledge of the shapes. */
const hashOf = (previous: string, row: Omit<Schema['meeting_event'], 'hash' | 'previous_hash'>) =>
  sha256(
    previous + JSON.stringify([row.meeting_id, row.seq, row.at, row.actor, row.kind, row.body]),
  );

export function appendEvent(tx: Tx, event: MeetingEvent): void {
  const { kind, ...rest } = event.body;
  const head = tx.first(
    sql
      .selectFrom('meeting_event')
      .select(['seq', 'hash'])
      .where('meeting_id', '=', event.meetingId)
      .orderBy('seq', 'desc')
      .limit(1),
  );
  const previous = head?.hash ?? ORIGIN;
  const row = {
    meeting_id: event.meetingId,
    seq: event.seq,
    at: event.at,
    actor: event.actor,
    kind,
    body: JSON.stringify(rest),
  };
  tx.run(
    sql
      .insertInto('meeting_event')
      .values({ ...row, previous_hash: previous, hash: hashOf(previous, row) }),
  );
}

/** The events of a meeting as they are stored, in order, whether they fit or not. */
export const listEntryRows = (tx: Reads, meetingId: MeetingId): readonly RecordEntry[] =>
  tx
    .all(
      sql
        .selectFrom('meeting_event')
        .selectAll()
        .where('meeting_id', '=', meetingId)
        .orderBy('seq', 'asc'),
    )
    .map(({ seq, at, actor, kind, body, previous_hash: prev, hash }) => ({
      seq,
      at,
      actor,
      kind,
      body,
      prev,
      hash,
    }));

/** Number and hash of the event by which the meeting was closed last. */
export function findSeal(tx: Reads, meetingId: MeetingId): Seal | null {
  const closing = tx.first(
    sql
      .selectFrom('meeting_event')
      .select(['seq', 'hash'])
      .where('meeting_id', '=', meetingId)
      .where('kind', '=', 'meetingClosed')
      .orderBy('seq', 'desc')
      .limit(1),
  );
  return closing ? { count: closing.seq, head: closing.hash } : null;
}

/**
 * The events of a meeting in order, with the chain checked.
 * @throws when the chain does not fit: then the file was changed by something else
 */
export function listEntries(tx: Reads, meetingId: MeetingId): readonly RecordEntry[] {
  const entries = listEntryRows(tx, meetingId);
  let previous = ORIGIN;
  for (const [index, { prev, hash, ...entry }] of entries.entries()) {
    const row = { meeting_id: meetingId, ...entry };
    if (row.seq !== index + 1 || prev !== previous || hash !== hashOf(previous, row)) {
      throw new Error(`the record of meeting ${meetingId} does not fit at event ${row.seq}`);
    }
    previous = hash;
  }
  return entries;
}

/** @throws when the chain does not fit */
export function loadEvents(tx: Reads, meetingId: MeetingId): readonly MeetingEvent[] {
  return listEntries(tx, meetingId).map(({ seq, at, actor, kind, body }) => ({
    meetingId,
    seq,
    at,
    actor: actor as ParticipantId | null,
    body: { kind, ...JSON.parse(body) } as EventBody,
  }));
}

export type StoredCommand = { readonly requestHash: string; readonly response: Ack };

export function findCommand(tx: Reads, id: CommandId): StoredCommand | undefined {
  const row = tx.first(sql.selectFrom('command').selectAll().where('id', '=', id));
  return row && { requestHash: row.request_hash, response: JSON.parse(row.response) as Ack };
}

export function insertCommand(
  tx: Tx,
  id: CommandId,
  from: { readonly meetingId: MeetingId; readonly accountId: AccountId; readonly at: Instant },
  { requestHash, response }: StoredCommand,
): void {
  tx.run(
    sql.insertInto('command').values({
      id,
      meeting_id: from.meetingId,
      account_id: from.accountId,
      request_hash: requestHash,
      response: JSON.stringify(response),
      at: from.at,
    }),
  );
}
