/**
 * 公表されたもの, found by the address of their page. Whoever asks has no account, so only what
 * `publicationOf` lets through leaves here, and what costs work is made once per state of a meeting.
 */
import type { Meeting } from '#domain/meeting.ts';
import { publicationOf, type Publication } from '#domain/publication.ts';
import { answeredTable } from '#domain/replies.ts';
import type { MeetingId } from '#domain/types.ts';
import { makeOpenData } from '#formats/opendata.ts';
import type { Database } from './db/database.ts';
import { findPublished } from './db/meeting.ts';
import type { Execute } from './execute.ts';

export type Publications = {
  /** Undefined for an address that never was and for one that was taken back, alike. */
  find(slug: string): Publication | undefined;
  /** オープンデータ（CSV） in UTF-8. */
  openData(slug: string): Uint8Array | undefined;
};

/** Published meetings that are kept ready; a council has one or two a year. */
const KEPT = 20;

type Made = { readonly rev: number; readonly last: number; readonly publication: Publication };

export function createPublications(parts: {
  readonly database: Pick<Database, 'read'>;
  readonly execute: Pick<Execute, 'load'>;
}): Publications {
  const { database, execute } = parts;
  const ready = new Map<MeetingId, Made>();
  const files = new Map<MeetingId, { readonly rev: number; readonly csv: Uint8Array }>();

  const load = (slug: string): Meeting | undefined => {
    const id = findPublished(database.read, slug);
    return id && execute.load(id);
  };

  return {
    find(slug) {
      const meeting = load(slug);
      if (!meeting) return undefined;
      const earlier = meeting.previousMeetingId
        ? execute.load(meeting.previousMeetingId)
        : undefined;
      const [rev, last] = [meeting.rev, earlier?.rev ?? 0];
      const known = ready.get(meeting.id);
      if (known?.rev === rev && known.last === last) return known.publication;
      const publication = publicationOf(meeting, earlier);
      if (publication) keep(ready, meeting.id, { rev, last, publication });
      return publication ?? undefined;
    },
    openData(slug) {
      const meeting = load(slug);
      if (!meeting) return undefined;
      const known = files.get(meeting.id);
      if (known?.rev === meeting.rev) return known.csv;
      const { bytes: csv } = makeOpenData(answeredTable(meeting), { encoding: 'utf-8' });
      keep(files, meeting.id, { rev: meeting.rev, csv });
      return csv;
    },
  };
}

function keep<Value>(store: Map<MeetingId, Value>, id: MeetingId, value: Value): void {
  store.delete(id);
  store.set(id, value);
  const [oldest] = store.keys();
  if (store.size > KEPT && oldest !== undefined) store.delete(oldest);
}
