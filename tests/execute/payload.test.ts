/**
 * Every command with something in it that should not be there: nothing ends, nothing is a bug of
 * ours, and nothing takes effect for somebody who may do nothing.
 */
import { expect, test } from 'vitest';
import type { CommandType } from '#domain/command.ts';
import { Chance } from '../fuzz/chance.ts';
import { examples } from '../protocol/commands.ts';
import { seeds, size, timeFor } from '../size.ts';
import { SampleMeeting } from './house.ts';

const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)]);

const strange: readonly ((chance: Chance) => unknown)[] = [
  () => null,
  () => undefined,
  () => '',
  () => -1,
  () => 0.5,
  () => Number.NaN,
  () => 2 ** 53,
  () => 10n,
  () => true,
  () => [],
  () => ({}),
  () => new Date(0),
  () => Buffer.from('bytes'),
  () => deep(2000),
  () => JSON.parse('{"__proto__": {"ok": true}, "constructor": {"prototype": 1}}') as unknown,
  (chance) => '\u0000\ud800\u202e'.repeat(chance.below(50)),
  (chance) => 'x'.repeat(chance.below(100_000)),
  (chance) => Array.from({ length: chance.below(7000) }, () => 1),
];

/** A copy with one place of it changed. */
function spoiled(value: unknown, chance: Chance): unknown {
  if (chance.happens(0.25) || typeof value !== 'object' || value === null) {
    return chance.one(strange)(chance);
  }
  const entries: [string, unknown][] = Object.entries(value);
  if (entries.length === 0) return chance.one(strange)(chance);
  const [key, each] = chance.one(entries);
  const drawn = chance.next();
  if (Array.isArray(value)) {
    return drawn < 0.2
      ? [...(value as unknown[]), each]
      : value.with(Number(key), spoiled(each, chance));
  }
  const copy: Record<string, unknown> = { ...value };
  if (drawn < 0.1) delete copy[key];
  else if (drawn < 0.2) copy[`${key}2`] = each;
  else if (drawn < 0.3) copy[key] = chance.one(entries)[1];
  else copy[key] = spoiled(each, chance);
  return copy;
}

const COUNT = size(500, 20_000);
const [seed] = seeds(1);

test.each(Object.keys(examples) as CommandType[])(
  `%s, ${COUNT} times`,
  { timeout: timeFor(30_000) },
  async (type) => {
    const chance = new Chance((seed ?? 1) + type.length);
    const meeting = await SampleMeeting.open();
    const { house } = meeting;
    const observer = meeting.guest('observer');
    const before = meeting.state;
    const events = house.rows('select count(*) as n from meeting_event');
    const answers = new Map<string, number>();
    for (let n = 0; n < COUNT; n++) {
      let envelope: unknown = { meetingId: meeting.id, id: house.newId(), command: examples[type] };
      for (let times = 1 + chance.below(2); times > 0; times--)
        envelope = spoiled(envelope, chance);
      const ack = house.app.execute(envelope as Parameters<typeof house.app.execute>[0], observer);
      const answer = ack.ok ? 'ok' : ack.refused;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    // Malformed, or well-formed by accident and then refused: an observer of a draft may do nothing.
    expect([seed, answers.get('ok'), answers.get('internal')]).toEqual([
      seed,
      undefined,
      undefined,
    ]);
    expect(answers.get('malformed')).toBeGreaterThan(COUNT / 2);
    expect(meeting.state).toBe(before);
    expect(house.rows('select count(*) as n from meeting_event')).toEqual(events);
    expect(house.lines.filter((line) => line.includes('failed'))).toEqual([]);
  },
);
