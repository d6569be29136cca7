/**
 * 会議記録（JSON）: the events of a meeting with the chain of their hashes, exactly as they were
 * hashed, so that anybody can verify them without this program. It adds, leaves out and sorts nothing.
 */
import type { Day, Instant, MeetingId } from '#domain/types.ts';

/** One event; `body` is the JSON text that was hashed, not an object. Times are milliseconds. */
export type RecordEntry = {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string | null;
  readonly kind: string;
  readonly body: string;
  /** Hash of the event before; 64 zeros for the first. */
  readonly prev: string;
  readonly hash: string;
};

export type RecordOrder = {
  readonly meetingId: MeetingId;
  readonly title: string;
  readonly municipality: string;
  readonly heldOn: Day;
  readonly exportedAt: Instant;
  readonly entries: readonly RecordEntry[];
};

export const recordFormat = 'kensho-record/1';
/** How a hash is reached, told in the file itself. */
export const recordHash =
  'SHA-256 (hex) of prev followed by JSON.stringify([meetingId, seq, at, actor, kind, body]), UTF-8';

/** The record as a UTF-8 JSON file, one event a line. */
export function makeRecordFile(order: RecordOrder): Uint8Array {
  const { entries, meetingId, title, municipality, heldOn, exportedAt } = order;
  const head = {
    format: recordFormat,
    hash: recordHash,
    meetingId,
    title,
    municipality,
    heldOn,
    exportedAt,
    count: entries.length,
    head: entries.at(-1)?.hash ?? null,
  };
  const lines = entries.map(({ seq, at, actor, kind, body, prev, hash }) =>
    JSON.stringify({ seq, at, actor, kind, body, prev, hash }),
  );
  const opened = JSON.stringify(head, null, 2).replace(/\n\}$/, ',');
  const text = `${opened}\n  "events": [\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ]\n}\n`;
  return new TextEncoder().encode(text);
}
