/**
 * The Yjs documents of a meeting as the meeting sees them: what they begin with, and what people
 * have written in them. Knows no connection and no frame.
 */
import type * as Y from 'yjs';
import type { FrozenOpinions, Meeting } from '#domain/meeting.ts';
import type { MinutesSection } from '#domain/minutes.ts';
import type { ItemId } from '#domain/types.ts';
import { draftMinutes, sectionsOf } from '#formats/minutesdraft.ts';
import { fieldsOf } from '#formats/reportfields.ts';
import {
  minutesDocument,
  opinionsDocument,
  type DocumentName,
  type DocumentRef,
} from '#protocol/documents.ts';
import { seedForm } from './sync/form.ts';
import { codeOf, isOutage } from './sync/house.ts';
import { readMinutes, seedMinutes } from './sync/minutes.ts';
import { readOpinions, seedOpinions } from './sync/opinions.ts';
import type { Sync } from './sync/seams.ts';

type Parts = {
  /** The door asks for a seed, so it is there later than this. */
  readonly sync: () => Pick<Sync, 'read' | 'check'>;
  readonly meetingOf: (ref: DocumentRef) => Meeting | undefined;
  /** Hears of a document in memory that is not what its log says. */
  readonly differs: (document: DocumentName, code: string) => void;
};

export type Documents = {
  /** Fills a document that has never existed; false when there is none to create. */
  readonly seed: (ref: DocumentRef, doc: Y.Doc) => boolean;
  readonly opinions: (meeting: Meeting, itemId: ItemId) => readonly FrozenOpinions[];
  readonly minutes: (meeting: Meeting) => readonly MinutesSection[];
  /** [R14] The minutes are drafted when the meeting is closed. */
  readonly draftMinutes: (meeting: Meeting) => void;
  /** Whether the opinions in memory are not what their log says, or cannot be opened. */
  readonly differ: (itemId: ItemId) => boolean;
};

export function createDocuments({ sync, meetingOf, differs }: Parts): Documents {
  /** While a draft is made: the opinions of items nobody has decided, which it cannot ask for itself. */
  let standing: Parameters<typeof draftMinutes>[1];

  const opinions: Documents['opinions'] = (meeting, itemId) => {
    const headings = meeting.headings.map(({ id }) => id);
    return sync().read(opinionsDocument(itemId), (doc) =>
      readOpinions(doc, headings).map(({ headingId, bullets }) => ({
        headingId,
        heading: meeting.headings.find(({ id }) => id === headingId)?.text ?? '',
        bullets,
      })),
    );
  };
  const minutes: Documents['minutes'] = (meeting) =>
    sync().read(minutesDocument(meeting.id), (doc) => readMinutes(doc, sectionsOf(meeting)));

  return {
    opinions,
    minutes,
    seed(ref, doc) {
      const meeting = meetingOf(ref);
      if (!meeting) return false;
      if (ref.kind === 'meeting') return true;
      if (ref.kind === 'minutes') {
        seedMinutes(doc, draftMinutes(meeting, standing));
        return true;
      }
      const item = meeting.items.find(({ id }) => id === ref.itemId);
      if (!item) return false;
      if (ref.kind === 'sheet') seedForm(doc, fieldsOf(item.sheet, meeting.evaluatedYear));
      else
        seedOpinions(
          doc,
          meeting.headings.map(({ id }) => id),
        );
      return true;
    },
    draftMinutes(meeting) {
      const open = meeting.items.filter(({ decision }) => decision === null);
      const found = new Map(open.map(({ id }) => [id, opinions(meeting, id)]));
      standing = (itemId) => found.get(itemId) ?? [];
      try {
        minutes(meeting);
      } finally {
        standing = undefined;
      }
    },
    differ(itemId) {
      const document = opinionsDocument(itemId);
      let code: string | undefined;
      try {
        code = sync().check(document);
      } catch (error) {
        if (isOutage(error)) throw error;
        // What cannot be opened does not agree with anything.
        code = codeOf(error);
      }
      if (code !== undefined) differs(document, code);
      return code !== undefined;
    },
  };
}
