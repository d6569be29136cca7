/** [C1]–[C4] Ratings that do not seem to go together are named, and nothing else is. */
import { describe, expect, test } from 'vitest';
import { consistencyOf } from '#domain/consistency.ts';
import type { Meeting } from '#domain/meeting.ts';
import { emptyKpi, emptyPoint, type Kpi, type Quantity } from '#domain/sheet.ts';
import { TestRoom } from './room.ts';

const figure = (value: number): Quantity => ({
  text: `${value}件`,
  value,
  unit: '件',
  qualifier: null,
});
const kpi = (label: string, actual: number, target = 10): Kpi => ({
  ...emptyKpi,
  label,
  direction: 'increase',
  series: [{ ...emptyPoint(2024), target: figure(target), actual: figure(actual) }],
});

type Level = 1 | 2 | 3 | 4;

/** Items with their KPIs and the level they were decided at; null leaves an item undecided. */
function decided(
  ...items: readonly (readonly [kpis: readonly Kpi[], level: Level | null])[]
): Meeting {
  const names = items.map((_, index) => `i${index + 1}`);
  const room = new TestRoom({ items: names }).open();
  for (const [index, [, level]] of items.entries()) {
    const name = names[index] ?? '';
    if (level !== null) room.start(name).decide(level, 'noObjection', '理由', name);
  }
  const { meeting } = room;
  return {
    ...meeting,
    items: meeting.items.map((item, index) => ({
      ...item,
      sheet: { ...item.sheet, kpis: items[index]?.[0] ?? [] },
    })),
  };
}

const found = (meeting: Meeting, earlier?: Meeting) =>
  consistencyOf(meeting, earlier).map(({ rule, items }) => [
    rule,
    ...items.map(({ name }) => name),
  ]);

describe('[C1] the same KPI', () => {
  test('with the same figures and another rating is asked about', () => {
    const meeting = decided([[kpi('移住者数', 12)], 4], [[kpi('移住者 数', 12)], 2]);
    expect(found(meeting)).toEqual([['sameKpi', '事業 i1', '事業 i2']]);
  });

  test('with other figures, or with the same rating, is not', () => {
    expect(found(decided([[kpi('移住者数', 12)], 4], [[kpi('移住者数', 13)], 2]))).toEqual([]);
    expect(found(decided([[kpi('移住者数', 12)], 4], [[kpi('移住者数', 12)], 4]))).toEqual([]);
    expect(found(decided([[kpi('', 12)], 4], [[kpi('', 12)], 2]))).toEqual([]);
  });
});

describe('[C2] the same rating', () => {
  test('for all KPIs reached and for none is asked about', () => {
    const meeting = decided([[kpi('甲', 12)], 3], [[kpi('乙', 2), kpi('丙', 3)], 3]);
    expect(consistencyOf(meeting)).toMatchObject([
      {
        rule: 'sameRating',
        items: [
          { achieved: 1, judged: 1 },
          { achieved: 0, judged: 2 },
        ],
      },
    ]);
  });

  test('is not where one reached some, or nothing can be judged', () => {
    const some = [kpi('乙', 12), kpi('丙', 3)];
    expect(found(decided([[kpi('甲', 12)], 3], [some, 3]))).toEqual([]);
    expect(found(decided([[kpi('甲', 12)], 3], [[], 3]))).toEqual([]);
  });
});

describe('[C3] since last year', () => {
  test('two levels are a drift, one is none', () => {
    const last = decided([[], 4], [[], 3]);
    const now = decided([[], 2], [[], 2]);
    expect(found(now, last)).toEqual([['drift', '事業 i1']]);
    expect(consistencyOf(now, last)).toMatchObject([
      { levels: -2, lastYear: '地方創生に非常に効果があった' },
    ]);
    expect(found(now)).toEqual([]);
  });
});

test('[C4] what is not decided is compared with nothing', () => {
  const meeting = decided([[kpi('移住者数', 12)], 4], [[kpi('移住者数', 12)], null]);
  expect(found(meeting, decided([[], null], [[], 1]))).toEqual([]);
});
