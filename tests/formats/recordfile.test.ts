/** [R1] The record as a file: what was hashed, so that anybody can check it with a few lines. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Day, MeetingId } from '#domain/types.ts';
import { makeRecordFile, recordFormat, type RecordEntry } from '#formats/recordfile.ts';

type File = { readonly meetingId: string; readonly head: string; readonly count: number } & {
  readonly format: string;
  readonly events: readonly RecordEntry[];
};
const hashOf = (meetingId: string, { prev, seq, at, actor, kind, body }: RecordEntry) =>
  createHash('sha256')
    .update(prev)
    .update(JSON.stringify([meetingId, seq, at, actor, kind, body]))
    .digest('hex');

const bodies = [
  '{"details":{"title":"検証会議"}}',
  '{"text":"一行目\\n二行目 \\u2028 \\"引用\\""}',
  '{}',
];
const entries: RecordEntry[] = [];
for (const [index, body] of bodies.entries()) {
  const prev = entries.at(-1)?.hash ?? '0'.repeat(64);
  const entry = { seq: index + 1, at: 1_700_000_000_000 + index, actor: null, kind: 'noted', body };
  entries.push({ ...entry, prev, hash: hashOf('meeting', { ...entry, prev, hash: '' }) });
}
const order = {
  meetingId: 'meeting' as MeetingId,
  title: '検証会議',
  municipality: '検証市',
  heldOn: '2025-08-20' as Day,
  exportedAt: 1_700_000_009_000,
};
const read = (all: readonly RecordEntry[]) =>
  JSON.parse(new TextDecoder().decode(makeRecordFile({ ...order, entries: all }))) as File;

test('[R1] each event hashes to what the file says, from the file alone', () => {
  const file = read(entries);
  expect(file).toMatchObject({ format: recordFormat, count: 3, head: entries.at(-1)?.hash });
  expect(file.events).toEqual(entries);
  for (const event of file.events) expect(hashOf(file.meetingId, event)).toBe(event.hash);
});

test('a meeting without events is a file too', () => {
  expect(read([])).toMatchObject({ count: 0, head: null, events: [] });
});

test('docs/record.schema.json names every key of the file and of an event, and no other', () => {
  const path = new URL('../../docs/record.schema.json', import.meta.url);
  type Shape = { required: string[]; properties: Record<string, { pattern?: string }> };
  const schema = JSON.parse(readFileSync(path, 'utf8')) as Shape & {
    $defs: { event: Shape; hash: { pattern: string } };
  };
  const file = read(entries);
  const keysOf = (value: object) => Object.keys(value).toSorted();
  for (const [shape, value] of [
    [schema, file],
    [schema.$defs.event, file.events[0] ?? {}],
  ] as const) {
    expect(shape.required.toSorted()).toEqual(keysOf(value));
    expect(keysOf(shape.properties)).toEqual(keysOf(value));
  }
  expect(file.head).toMatch(new RegExp(schema.$defs.hash.pattern));
});
