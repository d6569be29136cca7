/** Names of the Yjs documents, and what each may hold; the door of `server/sync` admits no other. */
import type { ItemId, MeetingId } from '#domain/types.ts';
import type { Audience } from './view.ts';

/** `meeting/<id>`, `meeting/<id>/<audience>`: a view, written by the server alone. */
export type ViewDocument = `meeting/${string}`;
/** `opinions/<itemId>`: the opinions of one item, written together. */
export type OpinionsDocument = `opinions/${string}`;
/** `minutes/<meetingId>`: the minutes of a meeting, written together. */
export type MinutesDocument = `minutes/${string}`;
/** `sheet/<itemId>`: the report form of one project, written together by those in charge of it. */
export type SheetDocument = `sheet/${string}`;
export type DocumentName = ViewDocument | OpinionsDocument | MinutesDocument | SheetDocument;

/** Ids are 8 to 64 letters, digits, - and _; anything else never reaches the database. */
const pattern =
  /^(?:(meeting)\/([\w-]{8,64})(?:\/([\w-]{8,64}))?|(opinions|minutes|sheet)\/([\w-]{8,64}))$/;

export type DocumentRef =
  | {
      readonly kind: 'meeting';
      readonly meetingId: MeetingId;
      readonly audience: Audience;
      readonly name: ViewDocument;
    }
  | { readonly kind: 'opinions'; readonly itemId: ItemId; readonly name: OpinionsDocument }
  | { readonly kind: 'sheet'; readonly itemId: ItemId; readonly name: SheetDocument }
  | { readonly kind: 'minutes'; readonly meetingId: MeetingId; readonly name: MinutesDocument };

/** The view of those who take part has no audience in its name. */
export const viewDocument = (id: MeetingId, audience: Audience = 'everybody'): ViewDocument =>
  audience === 'everybody' ? `meeting/${id}` : `meeting/${id}/${audience}`;
export const opinionsDocument = (id: ItemId): OpinionsDocument => `opinions/${id}`;
export const sheetDocument = (id: ItemId): SheetDocument => `sheet/${id}`;
export const minutesDocument = (id: MeetingId): MinutesDocument => `minutes/${id}`;

/** The document a name means, or undefined when it is no name of ours. */
export function parseDocumentName(name: string): DocumentRef | undefined {
  const match = pattern.exec(name);
  if (!match) return undefined;
  const [, meeting, meetingId, audience = 'everybody', kind, id] = match;
  if (meeting) {
    if (match[3] === 'everybody') return undefined;
    return {
      kind: 'meeting',
      meetingId: meetingId as MeetingId,
      audience: audience as Audience,
      name: name as ViewDocument,
    };
  }
  if (kind === 'sheet') return { kind, itemId: id as ItemId, name: name as SheetDocument };
  return kind === 'minutes'
    ? { kind, meetingId: id as MeetingId, name: name as MinutesDocument }
    : { kind: 'opinions', itemId: id as ItemId, name: name as OpinionsDocument };
}

/**
 * Raised whenever the editor's schema changes: an older page that lacks a node would delete it for
 * everybody, so the door tells such a page to reload.
 */
export const EDITOR_SCHEMA = 2;

/** The node of the opinions editor: a heading's fragment holds bullets, a bullet holds text. */
export const BULLET = 'bullet';

/** Attribute of a bullet: what kind of opinion it is; never printed. */
export const TAG = 'tag';
/** 評価, 課題, 要望, KPIの妥当性. */
export const tags = ['merit', 'problem', 'wish', 'kpi'] as const;
export type Tag = (typeof tags)[number];
export const isTag = (value: unknown): value is Tag => tags.some((tag) => tag === value);

/** Root of the view document: a Y.Map whose keys are those of `viewEntries`. */
export const VIEW_ROOT = 'view';

/** Roots of a sheet document: texts letter by letter, choices, and what the sheet said last. */
export const FORM_ROOTS = { texts: 'texts', choices: 'choices', known: 'known' } as const;
/** The one key of the root `known`: the fields of the sheet as JSON. The server alone writes it. */
export const KNOWN_FIELDS = 'fields';
