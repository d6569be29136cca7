import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meetsTarget, proposeDirection } from '#domain/direction.ts';
import { judge } from '#domain/kpi.ts';
import { rateBy } from '#domain/rate.ts';
import {
  directions,
  emptyKpi,
  emptyPoint,
  type Direction,
  type Kpi,
  type Quantity,
  type SeriesPoint,
} from '#domain/sheet.ts';
import { compareUnits } from '#domain/unit.ts';

function quantity(
  value: number | null,
  unit: string | null = '人',
  qualifier: string | null = null,
  text = `${value}${unit ?? ''}${qualifier ?? ''}`,
): Quantity {
  return { text, value, unit, qualifier };
}
function point(year: number, figures: Partial<SeriesPoint>): SeriesPoint {
  return { ...emptyPoint(year), ...figures };
}
/** R1 baseline, R6 actual, R8 final target, judged in R6. */
function kpi(
  baseline: Quantity | null,
  actual: Quantity | null,
  target: Quantity | null,
  direction: Direction | null,
  more: Partial<Kpi> = {},
): Kpi {
  return {
    ...emptyKpi,
    direction,
    baseline,
    baselineYear: 2019,
    finalTarget: target,
    finalTargetYear: 2026,
    series: [point(2019, { actual: baseline }), point(2024, { actual }), point(2026, { target })],
    ...more,
  };
}
const plain = (
  baseline: number | null,
  actual: number,
  target: number,
  direction: Direction | null,
  more: Partial<Kpi> = {},
) =>
  kpi(
    baseline === null ? null : quantity(baseline),
    quantity(actual),
    quantity(target),
    direction,
    more,
  );
const due = { finalTargetYear: 2024 };

describe('[K1] the target of the year comes before the final one', () => {
  test('a yearly target decides, also when the final one is not reached', () => {
    const yearly = plain(0, 50, 100, 'increase', {
      series: [point(2024, { actual: quantity(50), target: quantity(40) })],
    });
    expect(judge(yearly, 2024)).toMatchObject({
      judgement: 'achieved',
      comparedYear: 2024,
      rate: 125,
    });
  });
  test('without one the final target is compared with, and its year told', () => {
    expect(judge(plain(0, 120, 100, 'increase'), 2024)).toMatchObject({
      judgement: 'achieved',
      reason: 'reached',
      comparedYear: 2026,
    });
  });
});

describe('[K2] reaching is in the direction, and equality is 達成', () => {
  test.each([
    ['increase', 99, 100, 'missed'],
    ['increase', 100, 100, 'achieved'],
    ['increase', -180, -180, 'achieved'],
    ['decrease', 100, 100, 'achieved'],
    ['decrease', 101, 100, 'missed'],
    ['decrease', -7, -5, 'achieved'],
    ['decrease', -3, -5, 'missed'],
    ['zero', 0, 0, 'achieved'],
    ['zero', 1, 0, 'missed'],
    ['keep', 100, 100, 'achieved'],
    ['keep', 101, 100, 'unknown'],
  ] as const)('%s: %d against %d is %s', (direction, actual, target, judgement) => {
    expect(judge(plain(null, actual, target, direction, due), 2024).judgement).toBe(judgement);
  });
  test.each([
    ['以上', 'increase', 5, 'achieved'],
    ['超', 'increase', 5, 'missed'],
    ['以下', 'decrease', 5, 'achieved'],
    ['未満', 'decrease', 5, 'missed'],
    ['以上', 'keep', 6, 'achieved'],
    ['以上', 'keep', 4, 'missed'],
  ] as const)('5%s with %s and %d is %s', (qualifier, direction, actual, judgement) => {
    const subject = kpi(null, quantity(actual, '件'), quantity(5, '件', qualifier), direction, due);
    expect(judge(subject, 2024).judgement).toBe(judgement);
  });
});

describe('[K3] nobody guesses the direction', () => {
  test('no direction: unknown, no rate', () => {
    expect(judge(plain(1, 5, 3, null, due), 2024)).toEqual({
      judgement: 'unknown',
      reason: 'direction-open',
      rate: null,
      formula: { kind: 'none' },
      comparedYear: 2024,
      readings: [],
    });
  });
  test('以下 with 増加 contradicts', () => {
    expect(
      judge(kpi(null, quantity(3), quantity(5, '人', '以下'), 'increase', due), 2024),
    ).toMatchObject({ judgement: 'unknown', reason: 'direction-contradicts' });
  });
});

describe('[K4] a target of a later year', () => {
  test('not reached yet is 途中, not 未達成', () => {
    expect(judge(plain(0, 60, 100, 'increase'), 2024)).toMatchObject({
      judgement: 'pending',
      reason: 'final-target-later',
      rate: 60,
      comparedYear: 2026,
    });
  });
  test('reached early is 達成', () => {
    expect(judge(plain(0, 100, 100, 'increase'), 2024).judgement).toBe('achieved');
  });
  test('in its own year and after it is 未達成', () => {
    expect(judge(plain(0, 60, 100, 'increase', { finalTargetYear: 2024 }), 2024).judgement).toBe(
      'missed',
    );
    expect(judge(plain(0, 60, 100, 'increase', { finalTargetYear: 2023 }), 2024).judgement).toBe(
      'missed',
    );
  });
  test('without a year it can only be reached', () => {
    const open = { finalTargetYear: null };
    expect(judge(plain(0, 60, 100, 'increase', open), 2024)).toMatchObject({
      judgement: 'unknown',
      reason: 'target-year-open',
    });
    expect(judge(plain(0, 100, 100, 'increase', open), 2024).judgement).toBe('achieved');
  });
});

describe('[K5] 程度 has no stated width', () => {
  test.each([
    [5253, 'achieved'],
    [5000, 'achieved'],
    [4858, 'unknown'],
    [4500, 'unknown'],
    [4499, 'missed'],
  ] as const)('%d against 5,000人程度 is %s', (actual, judgement) => {
    const subject = kpi(
      quantity(647),
      quantity(actual),
      quantity(5000, '人', '程度'),
      'increase',
      due,
    );
    expect(judge(subject, 2024).judgement).toBe(judgement);
  });
});

describe('[K6] a proposed direction is evidence for a person', () => {
  test.each([
    [plain(-490, -419, -180, null), 'increase', 'figures'],
    [plain(30, 20, 10, null), 'decrease', 'figures'],
    [plain(30, 20, 0, null), 'zero', 'figures'],
    [kpi(quantity(5), null, quantity(5, '人', '以上'), null), 'increase', 'qualifier'],
    [kpi(null, null, quantity(5, '人', '以下'), null), 'decrease', 'qualifier'],
    [
      kpi(quantity(77, '名'), null, quantity(80, '%'), null, {
        label: '定員に対する参加者数の割合',
      }),
      'increase',
      'label',
    ],
    [kpi(null, null, quantity(3), null, { label: '待機児童数' }), 'decrease', 'label'],
    [plain(100, 100, 100, null, { label: '人口の維持' }), 'keep', 'label'],
  ] as const)('%#', (subject, direction, basis) => {
    expect(proposeDirection(subject)).toEqual({ direction, basis });
  });
  test('nothing is proposed where the row is silent or of two minds', () => {
    expect(proposeDirection(kpi(null, null, quantity(3), null, { label: '指数' }))).toBeNull();
    expect(
      proposeDirection(kpi(null, null, quantity(3), null, { label: '相談件数のうち苦情の数' })),
    ).toBeNull();
    expect(proposeDirection(plain(100, 100, 100, null, { label: '数' }))).toBeNull();
  });
});

describe('[K7] the formula that is used is the one that means something', () => {
  test('the migration balance of the published table: 22.9 from the baseline, not 232.8 of the target', () => {
    const subject = plain(-490, -419, -180, 'increase');
    const { rate, formula, judgement } = judge(subject, 2024);
    expect({ rate, kind: formula.kind, judgement }).toEqual({
      rate: 22.9,
      kind: 'fromBaseline',
      judgement: 'pending',
    });
    expect(
      rateBy({ kind: 'actualOverTarget', actual: quantity(-419), target: quantity(-180) }),
    ).toBe(232.8);
  });
  test.each([
    [plain(5, 9, 5, 'increase'), 'actualOverTarget', 180],
    [plain(null, 6, 10, 'increase'), 'actualOverTarget', 60],
    [plain(null, -419, -180, 'increase'), 'none', null],
    [plain(0, 5, 0, 'increase'), 'none', null],
    [plain(30, 20, 10, 'decrease'), 'reduction', 50],
    [plain(30, 40, 10, 'decrease'), 'reduction', -50],
    [plain(null, 20, 10, 'decrease'), 'none', null],
    [plain(30, 10, 0, 'zero'), 'reduction', 66.7],
    [plain(100, 100, 100, 'keep'), 'none', null],
  ] as const)('%#: %s', (subject, kind, rate) => {
    const judged = judge(subject, 2024);
    expect([judged.formula.kind, judged.rate]).toEqual([kind, rate]);
  });
  test('the formula carries the figures as printed', () => {
    const judged = judge(plain(30, 20, 10, 'decrease'), 2024);
    expect(judged.formula).toMatchObject({
      kind: 'reduction',
      baseline: { text: '30人' },
      actual: { text: '20人' },
      target: { text: '10人' },
    });
  });
});

describe('[K8] rates are exact decimals, one place, half away from zero', () => {
  const over = (actual: number, target: number) =>
    rateBy({ kind: 'actualOverTarget', actual: quantity(actual), target: quantity(target) });
  test.each([
    [8, 90, 8.9],
    [52, 60, 86.7],
    [1.005, 1, 100.5],
    [1.0005, 1, 100.1],
    [0.285, 1, 28.5],
    [2.2345, 10, 22.3],
    [1, 3, 33.3],
    [2, 3, 66.7],
  ] as const)('%d of %d is %d', (actual, target, rate) => {
    expect(over(actual, target)).toBe(rate);
  });
  test('half away from zero below zero too', () => {
    expect(
      rateBy({
        kind: 'reduction',
        baseline: quantity(1000),
        actual: quantity(1000.5),
        target: quantity(0),
      }),
    ).toBe(-0.1);
  });
  test('nothing is divided by nothing', () => {
    expect(over(0, 0)).toBeNull();
    expect(
      rateBy({
        kind: 'fromBaseline',
        baseline: quantity(5),
        actual: quantity(6),
        target: quantity(5),
      }),
    ).toBeNull();
  });
});

describe('[K9] figures are compared only in one unit', () => {
  test.each([
    ['人', '人', 'same'],
    ['人', '名', 'same'],
    ['か所', '箇所', 'same'],
    ['人', null, 'same'],
    [null, null, 'same'],
    ['回', '件', 'doubtful'],
    ['%', null, 'doubtful'],
    ['円', null, 'doubtful'],
    ['%', 'ポイント', 'doubtful'],
    ['名', '%', 'different'],
    ['円', '件', 'different'],
    ['円', '千円', 'doubtful'],
  ] as const)('%s and %s are %s', (one, other, comparison) => {
    expect(compareUnits(quantity(1, one), quantity(1, other))).toBe(comparison);
    expect(compareUnits(quantity(1, other), quantity(1, one))).toBe(comparison);
  });
  test('an actual in another unit is not judged', () => {
    expect(
      judge(kpi(null, quantity(113, '名'), quantity(80, '%'), 'increase'), 2024),
    ).toMatchObject({ judgement: 'unknown', reason: 'units-differ', rate: null });
  });
  test('a baseline in another unit is not used', () => {
    const judged = judge(
      kpi(quantity(77, '名'), quantity(43, '%'), quantity(80, '%'), 'increase'),
      2024,
    );
    expect(judged).toMatchObject({
      judgement: 'pending',
      rate: 53.8,
      formula: { kind: 'actualOverTarget' },
    });
  });
});

describe('[K10] a target met before it was due', () => {
  test('can be told only with a direction and in one unit', () => {
    expect(meetsTarget(quantity(7, '件'), quantity(5, '件', '以上'), 'increase')).toBe(true);
    expect(meetsTarget(quantity(4858), quantity(5000, '人', '程度'), 'increase')).toBeNull();
    expect(meetsTarget(quantity(4000), quantity(5000, '人', '程度'), 'increase')).toBe(false);
    expect(meetsTarget(quantity(7), quantity(5), null)).toBeNull();
    expect(meetsTarget(quantity(113, '名'), quantity(80, '%'), 'increase')).toBeNull();
    expect(meetsTarget(quantity(null), quantity(5), 'increase')).toBeNull();
  });
});

describe('[K11] without an actual or a target', () => {
  test.each([
    ['未計測', 'unmeasured', 'actual-unmeasured'],
    ['集計中', 'unmeasured', 'actual-unmeasured'],
    ['—', 'unknown', 'actual-missing'],
    ['なし', 'unknown', 'actual-missing'],
    ['省略', 'unknown', 'actual-missing'],
    ['七割くらい', 'unknown', 'actual-missing'],
  ] as const)('%s is %s', (text, judgement, reason) => {
    expect(
      judge(kpi(null, quantity(null, null, null, text), quantity(5), 'increase'), 2024),
    ).toMatchObject({ judgement, reason, rate: null });
  });
  test('a blank actual, a year outside the table, no target', () => {
    expect(judge(kpi(null, null, quantity(5), 'increase'), 2024).reason).toBe('actual-missing');
    expect(judge(plain(0, 5, 5, 'increase'), 2030).reason).toBe('actual-missing');
    expect(judge(kpi(null, quantity(5), null, 'increase'), 2024)).toMatchObject({
      judgement: 'unknown',
      reason: 'target-missing',
      comparedYear: null,
    });
  });
  test('0 is a measurement', () => {
    expect(judge(plain(null, 0, 5, 'increase', due), 2024)).toMatchObject({
      judgement: 'missed',
      rate: 0,
    });
  });
});

test('any KPI is judged without an exception, and more never makes an increase KPI worse', () => {
  const number = fc
    .double({ min: -1e9, max: 1e9, noNaN: true })
    .map((value) => Math.round(value * 100) / 100);
  const rank = { missed: 0, unmeasured: 0, unknown: 1, pending: 1, achieved: 2 };
  fc.assert(
    fc.property(
      fc.option(number),
      number,
      number,
      number,
      fc.option(fc.constantFrom(...directions)),
      fc.option(fc.constantFrom('以上', '以下', '程度')),
      (baseline, actual, other, target, direction, qualifier) => {
        const of = (value: number) =>
          judge(
            kpi(
              baseline === null ? null : quantity(baseline),
              quantity(value),
              quantity(target, '人', qualifier),
              direction,
              due,
            ),
            2024,
          );
        const [low, high] = [Math.min(actual, other), Math.max(actual, other)].map(of);
        if (direction === 'increase' && low && high)
          expect(rank[high.judgement]).toBeGreaterThanOrEqual(rank[low.judgement]);
        expect(low?.rate === null || Number.isFinite(low?.rate)).toBe(true);
      },
    ),
  );
});
