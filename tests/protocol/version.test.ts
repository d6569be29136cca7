/**
 * A hash over everything that crosses the wire. When this fails, a page of yesterday and a server of
 * today do not understand each other: raise PROTOCOL_VERSION and add its line below.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { refusalCodes } from '#domain/refusal.ts';
import type { ItemId, MeetingId } from '#domain/types.ts';
import { doorCodes } from '#protocol/ack.ts';
import { envelopeSchema } from '#protocol/command.ts';
import {
  BULLET,
  EDITOR_SCHEMA,
  FORM_ROOTS,
  KNOWN_FIELDS,
  minutesDocument,
  opinionsDocument,
  sheetDocument,
  VIEW_ROOT,
  viewDocument,
} from '#protocol/documents.ts';
import { ACCESS, CLOSE, MESSAGE, nackCodes } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { viewEntries, viewOf } from '#protocol/view.ts';
import { TestRoom } from '../domain/room.ts';

/** Never change a line of a version that was released; the last one is the version of this tree. */
const known: Readonly<Record<number, string>> = {
  1: 'e5418d137b4c013d',
};

/** A schema as data: kinds, keys, literals, bounds; functions by being there. */
function shapeOf(value: unknown): unknown {
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'function') return 'function';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== '~standard' && key !== '~run');
  return Object.fromEntries(kept.map(([key, each]) => [key, shapeOf(each)]));
}

/** The keys of a value and the kinds of its leaves; a list has the shapes of its members, once. */
function kindsOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [...new Set(value.map((each) => JSON.stringify(kindsOf(each))))].sort();
  }
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, each]) => [key, kindsOf(each)]));
}

const room = () => new TestRoom().open().start().vote({ m1: 4, m2: 4 }).decide(4, 'unanimous');

const shapes = () => ({
  envelope: shapeOf(envelopeSchema),
  view: kindsOf(Object.fromEntries(viewEntries(viewOf(room().meeting)))),
  refusals: [...doorCodes, ...refusalCodes].sort(),
  sync: { MESSAGE, CLOSE, ACCESS, nackCodes: [...nackCodes].sort() },
  documents: {
    BULLET,
    EDITOR_SCHEMA,
    VIEW_ROOT,
    FORM_ROOTS,
    KNOWN_FIELDS,
    names: [
      viewDocument('id' as MeetingId),
      viewDocument('id' as MeetingId, 'observers'),
      opinionsDocument('id' as ItemId),
      minutesDocument('id' as MeetingId),
      sheetDocument('id' as ItemId),
    ],
  },
});

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

test('the shapes on the wire are those of PROTOCOL_VERSION', () => {
  expect({ [PROTOCOL_VERSION]: hashOf(shapes()) }).toEqual({
    [PROTOCOL_VERSION]: known[PROTOCOL_VERSION],
  });
});

test('PROTOCOL_VERSION is the last one known', () => {
  expect(Object.keys(known).map(Number)).toEqual(
    Array.from({ length: PROTOCOL_VERSION }, (_, index) => index + 1),
  );
});

test('the hash sees a bound, a key and a message number', () => {
  const now = shapes();
  const text = JSON.stringify(now.envelope);
  expect(text).toContain('"requirement":2000');
  expect(text).toContain('castBallot');
  expect(hashOf({ ...now, sync: { ...now.sync, MESSAGE: { ...MESSAGE, ack: 110 } } })).not.toBe(
    hashOf(now),
  );
});
