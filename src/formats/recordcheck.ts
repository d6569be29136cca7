/**
 * Reads 会議記録（JSON） back and checks it: the chain of hashes, what the file says of itself, and
 * the events by the rules of the field. It needs no database; the caller brings SHA-256.
 */
import { auditRecord, type Flaw } from '#domain/audit.ts';
import type { EventBody, MeetingEvent } from '#domain/event.ts';
import type { MeetingId, ParticipantId } from '#domain/types.ts';
import { recordFormat, type RecordEntry } from './recordfile.ts';
import type { Seal } from './recordseal.ts';

/** SHA-256 of a text in UTF-8, hexadecimal. */
export type Digest = (text: string) => string;

export type RecordFlaw =
  | Flaw
  | 'hash' // an event was changed after it was written
  | 'chain' // an event does not follow the one before it
  | 'body' // the text of an event is no JSON
  | 'count' // the file names another number of events, or holds fewer than were printed
  | 'head' // the file names another last hash, or the printed one is not in it
  | 'unreadable'; // an event of a kind nobody can follow
export type RecordFinding = { readonly seq: number | null; readonly flaw: RecordFlaw };

export type ReadRecord = {
  readonly meetingId: MeetingId;
  readonly count: number;
  readonly head: string | null;
  readonly entries: readonly RecordEntry[];
};

/** The record in a file, or undefined when the file is none. Says nothing of whether it fits. */
export function parseRecordFile(bytes: Uint8Array): ReadRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  const file = value as Partial<Record<string, unknown>> | null;
  if (file?.['format'] !== recordFormat || typeof file['meetingId'] !== 'string') return undefined;
  const { count, head, events } = file;
  if (typeof count !== 'number' || !Array.isArray(events)) return undefined;
  if (!(head === null || typeof head === 'string') || !events.every(isEntry)) return undefined;
  return { meetingId: file['meetingId'] as MeetingId, count, head, entries: events };
}

function isEntry(value: unknown): value is RecordEntry {
  const entry = value as Partial<Record<keyof RecordEntry, unknown>> | null;
  return (
    typeof entry === 'object' &&
    typeof entry?.seq === 'number' &&
    typeof entry.at === 'number' &&
    (entry.actor === null || typeof entry.actor === 'string') &&
    [entry.kind, entry.body, entry.prev, entry.hash].every((text) => typeof text === 'string')
  );
}

/**
 * Everything that does not fit. `printed` is what stands in the minutes or on the closing screen:
 * only that can show that a tail was cut off or that the whole was computed anew. A record goes on
 * after it was printed, so the printed hash is that of the event of the printed number.
 */
export function checkRecord(
  record: ReadRecord,
  digest: Digest,
  printed: Partial<Seal> = {},
): readonly RecordFinding[] {
  const { entries, meetingId } = record;
  const found: RecordFinding[] = [];
  let previous = '0'.repeat(64);
  for (const { seq, at, actor, kind, body, prev, hash } of entries) {
    if (prev !== previous) found.push({ seq, flaw: 'chain' });
    const own = digest(prev + JSON.stringify([meetingId, seq, at, actor, kind, body]));
    if (own !== hash) found.push({ seq, flaw: 'hash' });
    previous = hash;
  }
  const last = entries.at(-1)?.hash ?? null;
  const missing = printed.count !== undefined && printed.count > entries.length;
  if (record.count !== entries.length || missing) found.push({ seq: null, flaw: 'count' });
  const wrong = printed.head !== undefined && sealedAt(record, printed) === undefined;
  if (record.head !== last || wrong) found.push({ seq: null, flaw: 'head' });
  return [...found, ...checkEvents(record)];
}

/** The number of the event whose hash was printed, or undefined where the record has none such. */
export function sealedAt({ entries }: ReadRecord, printed: Partial<Seal>): number | undefined {
  const { count, head } = printed;
  const found = entries.findIndex(({ hash }) => hash === head) + 1;
  return found > 0 && (count ?? found) === found ? found : undefined;
}

function checkEvents({ entries, meetingId }: ReadRecord): readonly RecordFinding[] {
  const events: MeetingEvent[] = [];
  for (const { seq, at, actor, kind, body } of entries) {
    try {
      const rest: unknown = JSON.parse(body);
      if (typeof rest !== 'object' || rest === null) return [{ seq, flaw: 'body' }];
      events.push({
        meetingId,
        seq,
        at,
        actor: actor as ParticipantId | null,
        body: { kind, ...rest } as EventBody,
      });
    } catch {
      return [{ seq, flaw: 'body' }];
    }
  }
  try {
    return auditRecord(events);
  } catch {
    // The shape of an event is not one the rules know: what follows cannot be judged.
    return [{ seq: null, flaw: 'unreadable' }];
  }
}
