/**
 * Takes every row of a rehearsal out of the database ([M16]). The triggers of the record let only
 * a meeting go whose row says that it is one, so that row goes last.
 */
import type { ItemId, MeetingId } from '#domain/types.ts';
import {
  minutesDocument,
  opinionsDocument,
  sheetDocument,
  viewDocument,
} from '#protocol/documents.ts';
import { sql, type Tx } from './database.ts';

/** Everything with a `meeting_id`, what refers to others first; a test compares it with the schema. */
export const kept = [
  'meeting_event',
  'command',
  'ballot',
  'sealed_tally',
  'paper_ballot',
  'private_rating',
  'draft',
  'link',
  'decision',
  'tally',
  'elector',
  'frozen_opinion',
  'attendance',
  'item',
  'participant',
] as const;

const documents = ['document_update', 'document_snapshot', 'document_client'] as const;

/**
 * Whose documents go: also those of items that were removed again, and every audience's view.
 * @param itemIds all the items there ever were
 */
export function documentsOf(
  meetingId: MeetingId,
  itemIds: readonly ItemId[],
): (name: string) => boolean {
  const view = viewDocument(meetingId);
  const named = new Set<string>([
    view,
    minutesDocument(meetingId),
    ...itemIds.flatMap((id) => [opinionsDocument(id), sheetDocument(id)]),
  ]);
  return (name) => named.has(name) || name.startsWith(`${view}/`);
}

/** @throws when the meeting is no rehearsal: then the record refuses */
export function deleteRehearsal(
  tx: Tx,
  meetingId: MeetingId,
  isDocument: (name: string) => boolean,
): void {
  for (const table of documents) {
    const names = tx.all(sql.selectFrom(table).select('document').distinct());
    for (const { document } of names) {
      if (isDocument(document)) tx.run(sql.deleteFrom(table).where('document', '=', document));
    }
  }
  for (const table of kept) tx.run(sql.deleteFrom(table).where('meeting_id', '=', meetingId));
  tx.run(sql.deleteFrom('meeting').where('id', '=', meetingId));
}
