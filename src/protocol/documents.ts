/** Names of the Yjs documents, and what each may hold; the door of `server/sync` admits no other. */
import type { ItemId, MeetingId } from '#domain/types.ts';

/** `meeting/<id>`: the view everybody shares, written by the server alone. */
export type ViewDocument = `meeting/${string}`;
/** `opinions/<itemId>`: the opinions of one item, written together. */
export type OpinionsDocument = `opinions/${string}`;
export type DocumentName = ViewDocument | OpinionsDocument;

/** Ids are 8 to 64 letters, digits, - and _; anything else never reaches the database. */
const pattern = /^(meeting|opinions)\/([A-Za-z0-9_-]{8,64})$/;

export type DocumentRef =
  | { readonly kind: 'meeting'; readonly meetingId: MeetingId; readonly name: ViewDocument }
  | { readonly kind: 'opinions'; readonly itemId: ItemId; readonly name: OpinionsDocument };

export const viewDocument = (id: MeetingId): ViewDocument => `meeting/${id}`;
export const opinionsDocument = (id: ItemId): OpinionsDocument => `opinions/${id}`;

/** The document a name means, or undefined when it is no name of ours. */
export function parseDocumentName(name: string): DocumentRef | undefined {
  const match = pattern.exec(name);
  if (!match) return undefined;
  const [, kind, id] = match;
  return kind === 'meeting'
    ? { kind, meetingId: id as MeetingId, name: name as ViewDocument }
    : { kind: 'opinions', itemId: id as ItemId, name: name as OpinionsDocument };
}

/**
 * Raised whenever the editor's schema changes: an older page that lacks a node would delete it for
 * everybody, so the door tells such a page to reload.
 */
export const EDITOR_SCHEMA = 1;

/** The node of the opinions editor: a heading's fragment holds bullets, a bullet holds text. */
export const BULLET = 'bullet';

/** Root of the view document: a Y.Map whose keys are those of `viewEntries`. */
export const VIEW_ROOT = 'view';
