/** What the door lets through: every command of the examples, and nothing that was spoilt. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { commandSchema, envelopeSchema } from '#protocol/command.ts';
import { examples } from './commands.ts';
import { spoil } from './mutation.ts';

// Chance belongs to the test: the same cases in every run.
fc.configureGlobal({ seed: 20250820 });

const accepts = (value: unknown) => v.safeParse(commandSchema, value).success;
const all = Object.values(examples);

describe('every command', () => {
  test('has an example, and every example a schema', () => {
    const types = commandSchema.options.map(({ entries }) => entries.type.literal);
    expect(Object.keys(examples).sort()).toEqual([...types].sort());
  });

  for (const example of all) {
    test(`${example.type} passes unchanged, also as JSON`, () => {
      expect(v.parse(commandSchema, example)).toEqual(example);
      expect(v.parse(commandSchema, JSON.parse(JSON.stringify(example)))).toEqual(example);
    });

    test(`${example.type} is refused when one place is spoilt`, () => {
      const passed = [...spoil(example)].filter(([, value]) => accepts(value));
      expect(passed.map(([name]) => name)).toEqual([]);
    });
  }

  test('of another type, or of two types at once, is refused', () => {
    const types = ['joinMeeting', 'meetingFounded', '', 'toString', '__proto__', 'constructor'];
    for (const type of types)
      expect([type, accepts({ ...examples.closeMeeting, type })]).toEqual([type, false]);
    expect(accepts({ ...examples.closeBallot, ...examples.reopenItem })).toBe(false);
  });

  test('survives whatever a browser could send without an exception', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
        expect(v.safeParse(envelopeSchema, value).success).toBe(false);
      }),
    );
  });
});

describe('fields', () => {
  const renamed = (name: string) => ({
    ...examples.addParticipant,
    seat: { ...examples.addParticipant.seat, name },
  });
  const dated = (heldOn: string) => ({
    ...examples.changeDetails,
    details: { ...examples.changeDetails.details, heldOn },
  });

  test('a name is trimmed, not empty, one line, without control characters', () => {
    expect(v.parse(commandSchema, renamed('　田中 誠 '))).toEqual(renamed('田中 誠'));
    for (const name of ['', ' ', '　', 'a\nb', 'a\u0000b', 'a\u007fb', 'x'.repeat(101)]) {
      expect([name, accepts(renamed(name))]).toEqual([name, false]);
    }
    expect(accepts(renamed('x'.repeat(100)))).toBe(true);
    // Hostile to a page that prints without escaping, and nobody else's business: it is a name.
    expect(accepts(renamed('<img src=x onerror=alert(1)>'))).toBe(true);
  });

  test('half a surrogate pair is replaced: UTF-8 cannot hold it', () => {
    expect(v.parse(commandSchema, renamed('𠮷\ud842'))).toEqual(renamed('𠮷\ufffd'));
    const reason = { ...examples.reopenItem, reason: 'x\udfb7' };
    expect(v.parse(commandSchema, reason)).toMatchObject({ reason: 'x\ufffd' });
  });

  test('a day is one of the calendar', () => {
    const days = ['2025-02-28', '2024-02-29', '2025-12-31'];
    const none = [
      '2025-02-29',
      '2025-02-30',
      '2025-13-01',
      '2025-00-10',
      '2025-1-1',
      '令和7年',
      '2025-08-20T00:00',
    ];
    expect(days.map((day) => accepts(dated(day)))).toEqual(days.map(() => true));
    expect(none.filter((day) => accepts(dated(day)))).toEqual([]);
  });

  test('ids are 1 to 64 letters, digits, - and _; the id of a command has 8 at least', () => {
    const start = (itemId: string) => ({ ...examples.startItem, itemId });
    expect(['a', 'A-b_9', 'x'.repeat(64)].map((id) => accepts(start(id)))).toEqual([
      true,
      true,
      true,
    ]);
    const bad = ['', 'x'.repeat(65), '../etc', 'a b', "a'b", 'ａ', 'a\n', 'a/b', 'opinions/x'];
    expect(bad.filter((id) => accepts(start(id)))).toEqual([]);
    const envelope = (id: string) => ({ meetingId: 'm-1', id, command: examples.closeMeeting });
    expect(v.safeParse(envelopeSchema, envelope('12345678')).success).toBe(true);
    expect(v.safeParse(envelopeSchema, envelope('1234567')).success).toBe(false);
    expect(v.safeParse(envelopeSchema, { ...envelope('12345678'), extra: 1 }).success).toBe(false);
  });

  test('criteria, their options and headings have an id each of its own', () => {
    const [criterion] = examples.changeCriteria.criteria;
    const [heading] = examples.changeHeadings.headings;
    if (!criterion || !heading) throw new Error('the examples have one of each');
    const twice = { ...examples.changeCriteria, criteria: [criterion, criterion] };
    const options = [...criterion.options, ...criterion.options];
    const inside = { ...examples.changeCriteria, criteria: [{ ...criterion, options }] };
    const headings = { ...examples.changeHeadings, headings: [heading, heading] };
    expect([twice, inside, headings].map(accepts)).toEqual([false, false, false]);
  });
});
