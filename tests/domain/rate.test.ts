import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '#domain/kpi.ts';
import {
  chooseFormula,
  makeFormula,
  measureOf,
  percentAt,
  rateBy,
  readingsOf,
  type Reading,
} from '#domain/rate.ts';
import type { Direction, Judgement, Quantity } from '#domain/sheet.ts';
import { figure, kpiOf, printedRow, year } from '../fixtures/figures.ts';

const count = (value: number, qualifier: string | null = null): Quantity => ({
  text: `${value}件`,
  value,
  unit: '件',
  qualifier,
});
const over = (actual: number, target: number): Reading => ({
  kind: 'actualOverTarget',
  actual: count(actual),
  target: count(target),
});
/** Figures with two decimals, as offices print them. */
const printed = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100);
const positive = fc.integer({ min: 1, max: 1_000_000 }).map((cents) => cents / 100);
const judged = (actual: number, target: number, direction: Direction | null): Judgement =>
  judge(
    kpiOf('', [], {
      direction,
      series: [{ ...year(2024, null, null), actual: count(actual), target: count(target) }],
    }),
    2024,
  ).judgement;

describe('[K8] a formula is told in the figures that were used', () => {
  test.each([
    [over(13, 10), '13 ÷ 10 × 100 = 130'],
    [over(8, 90), '8 ÷ 90 × 100 ≒ 8.9'],
    [over(134280, 10000000), '134,280 ÷ 10,000,000 × 100 ≒ 1.3'],
    [over(0, 0), '0 ÷ 0'],
    [
      { kind: 'fromBaseline', actual: count(-419), target: count(-180), baseline: count(-490) },
      '(-419 − (-490)) ÷ (-180 − (-490)) × 100 ≒ 22.9',
    ],
    [
      { kind: 'reduction', actual: count(20), target: count(10), baseline: count(30) },
      '(30 − 20) ÷ (30 − 10) × 100 = 50',
    ],
    [
      { kind: 'actualOverTarget', actual: figure('10名×9回'), target: figure('10名×10回') },
      '(10 × 9) ÷ (10 × 10) × 100 = 90',
    ],
    [{ kind: 'targetOverActual', actual: count(8), target: count(10) }, '10 ÷ 8 × 100 = 125'],
    [{ kind: 'none' }, null],
  ] as const satisfies readonly (readonly [Reading, string | null])[])(
    '%#: %s',
    (formula, text) => {
      expect(makeFormula(formula)).toBe(text);
    },
  );

  test.each([
    [1, 'rounded', 8.9],
    [1, 'cut', 8.8],
    [0, 'rounded', 9],
    [3, 'rounded', 8.889],
    [-1, 'rounded', 10],
  ] as const)('8 of 90 at %d decimals %s is %d', (decimals, way, rate) => {
    expect(percentAt(over(8, 90), decimals, way)).toBe(rate);
  });

  test('what is exact says =, what was rounded ≒', () => {
    fc.assert(
      fc.property(printed, positive, (actual, target) => {
        const text = makeFormula(over(actual, target)) ?? '';
        const rate = new Big(rateBy(over(actual, target)) ?? 0);
        expect(text.includes(' = ')).toBe(rate.times(target).eq(new Big(actual).times(100)));
      }),
    );
  });

  test('a rounded rate is the nearest tenth, and halves go away from zero', () => {
    fc.assert(
      fc.property(printed, positive, (actual, target) => {
        const rate = new Big(rateBy(over(actual, target)) ?? NaN);
        // |rate × target − 100 × actual| ≤ half a tenth of the target, in exact decimals.
        const off = rate.times(target).minus(new Big(actual).times(100));
        const half = new Big(target).times('0.05');
        expect(off.abs().lte(half)).toBe(true);
        if (off.abs().eq(half)) expect(off.gt(0)).toBe(actual > 0);
        const cut = new Big(percentAt(over(actual, target), 1, 'cut') ?? NaN);
        expect(cut.abs().lte(rate.abs())).toBe(true);
      }),
    );
  });

  test('a quotient that big.js would round up at twenty decimals is not', () => {
    const nearly = over(999_999_999_999_999, 1_000_000_000_000_000);
    expect(percentAt(nearly, 1, 'cut')).toBe(99.9);
    expect(percentAt(nearly, 1)).toBe(100);
  });
});

describe('[K7] what a rate does not depend on', () => {
  test('the scale of the figures: 円 or 千円', () => {
    fc.assert(
      fc.property(printed, positive, fc.integer({ min: 1, max: 1000 }), (actual, target, scale) => {
        const scaled = over(
          new Big(actual).times(scale).toNumber(),
          new Big(target).times(scale).toNumber(),
        );
        expect(rateBy(scaled)).toBe(rateBy(over(actual, target)));
      }),
    );
  });

  test('the sign: mirrored figures with the direction mirrored have the same rate', () => {
    fc.assert(
      fc.property(printed, printed, printed, (baseline, actual, target) => {
        const down = chooseFormula('decrease', count(actual), count(target), count(baseline));
        fc.pre(down.kind !== 'none');
        const up = chooseFormula('increase', count(-actual), count(-target), count(-baseline));
        // Both negative: never 実績÷目標, unless nothing of it is below 0.
        if (up.kind === 'fromBaseline') expect(rateBy(up)).toBe(rateBy(down));
        else expect(up.kind).toBe('actualOverTarget');
      }),
    );
  });
});

describe('[K2] judging is even-handed', () => {
  test('mirrored figures with the direction mirrored are judged alike', () => {
    fc.assert(
      fc.property(printed, printed, (actual, target) => {
        expect(judged(actual, target, 'increase')).toBe(judged(-actual, -target, 'decrease'));
      }),
    );
  });
  test('equality is 達成 in every direction but for a zero that is none', () => {
    fc.assert(
      fc.property(printed, (value) => {
        for (const direction of ['increase', 'decrease', 'keep'] as const)
          expect(judged(value, value, direction)).toBe('achieved');
        expect(judged(value, value, 'zero')).toBe(value === 0 ? 'achieved' : 'missed');
      }),
    );
  });
  test('a better actual is never judged worse', () => {
    fc.assert(
      fc.property(printed, printed, positive, (actual, target, more) => {
        const better = new Big(actual).plus(more).toNumber();
        if (judged(actual, target, 'increase') === 'achieved')
          expect(judged(better, target, 'increase')).toBe('achieved');
        if (judged(better, target, 'decrease') === 'achieved')
          expect(judged(actual, target, 'decrease')).toBe('achieved');
      }),
    );
  });
  test('the scale does not matter', () => {
    fc.assert(
      fc.property(printed, printed, fc.integer({ min: 1, max: 1000 }), (actual, target, scale) => {
        const by = (value: number) => new Big(value).times(scale).toNumber();
        expect(judged(by(actual), by(target), 'increase')).toBe(judged(actual, target, 'increase'));
      }),
    );
  });
});

describe('[K12] a product counts as its product', () => {
  test.each([
    ['2回×20名/年', '2回×22名', 'achieved', 110],
    ['10名×10回/年', '10名×9回', 'missed', 90],
    ['10名×10回', '20名×5回', 'achieved', 100],
  ] as const)('%s → %s is %s', (target, actual, judgement, rate) => {
    const kpi = kpiOf('研修', [year(null, target, actual)], { direction: 'increase' });
    expect(judge(kpi, null)).toMatchObject({ judgement, rate });
  });
  test('units are compared factor by factor, and a product is no single figure', () => {
    const of = (target: string, actual: string) =>
      judge(kpiOf('研修', [year(null, target, actual)], { direction: 'increase' }), null).reason;
    expect(of('10名×10回', '10回×10名')).toBe('units-differ');
    expect(of('10名×10回', '90名')).toBe('parts-differ');
  });
  test('the order of what is in a factor does not matter for the rate', () => {
    fc.assert(
      fc.property(
        fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 999 }))),
        ([a, b, c, d]) => {
          const rate = (actual: string, target: string) =>
            rateBy({ kind: 'actualOverTarget', actual: figure(actual), target: figure(target) });
          expect(rate(`${a}名×${b}回`, `${c}名×${d}回`)).toBe(
            rateBy(over((a ?? 1) * (b ?? 1), (c ?? 1) * (d ?? 1))),
          );
        },
      ),
    );
  });
});

describe('[K13] a pair is judged when its parts agree', () => {
  test.each([
    ['男:18.51年 女:21.00年', '男:18.18年 女:20.29年', 'missed', 'not-reached'],
    ['男:18.00年 女:20.00年', '女:20.29年 男:18.18年', 'achieved', 'reached'],
    ['男:18.51年 女:20.00年', '男:18.18年 女:20.29年', 'unknown', 'parts-disagree'],
    ['男:18.51年', '男:18.18年 女:20.29年', 'unknown', 'parts-differ'],
    ['20年', '男:18.18年 女:20.29年', 'unknown', 'parts-differ'],
    ['10～12件', '11件', 'unknown', 'parts-differ'],
    ['男:18年 女:20年', '甲:18年 乙:20年', 'unknown', 'parts-differ'],
  ] as const)('%s → %s is %s', (target, actual, judgement, reason) => {
    const kpi = kpiOf('健康寿命', [year(null, target, actual)], { direction: 'increase' });
    expect(judge(kpi, null)).toMatchObject({ judgement, reason, rate: null });
  });
});

describe('[K14] a figure with another in brackets', () => {
  test('1件（40名） → 1件（22名）: two readings, no judgement', () => {
    const { judgement, reason, rate, readings } = judge(
      printedRow('合同研修', '1 件 (40 名)', '1 件 (22 名)', '100%'),
      null,
    );
    expect({ judgement, reason, rate }).toEqual({
      judgement: 'unknown',
      reason: 'reading-open',
      rate: null,
    });
    expect(readings.map((each) => each.rate)).toEqual([100, 55]);
  });
  test('both figures say the same: judged by the first', () => {
    expect(judge(printedRow('合同研修', '1件(40名)', '2件(50名)', '200%'), null)).toMatchObject({
      judgement: 'achieved',
      rate: 200,
    });
  });
});

describe('[K15] words that leave more than one reading', () => {
  test('150%増 → 対前年比 66%: 26.4 or 44.0, not judged', () => {
    const { judgement, reason, rate, readings } = judge(
      printedRow('ふるさと納税販売額', '150%増', '対前年比 66%', '66%'),
      null,
    );
    expect({ judgement, reason, rate }).toEqual({
      judgement: 'unknown',
      reason: 'reading-open',
      rate: null,
    });
    expect(readings.map(({ formula }) => makeFormula(formula))).toEqual([
      '66 ÷ (100 + 150) × 100 = 26.4',
      '66 ÷ 150 × 100 = 44',
    ]);
  });
  test.each([
    ['150%増', '120%', 'unknown', 'reading-open'],
    ['10%増', '12%増', 'achieved', 'reached'],
    ['10%減', '12%減', 'achieved', 'reached'],
    ['10%減', '8%減', 'missed', 'not-reached'],
    ['累計100件', '120件', 'unknown', 'reading-open'],
    ['累計100件', '累計120件', 'achieved', 'reached'],
  ] as const)('%s → %s is %s', (target, actual, judgement, reason) => {
    expect(judge(kpiOf('登録者数', [year(null, target, actual)]), null)).toMatchObject({
      judgement,
      reason,
    });
  });
  test('a KPI known to be cumulative may leave the word out', () => {
    const series = [year(null, '累計100件', '120件')];
    const of = (more: object) => judge(kpiOf('', series, { direction: 'increase', ...more }), null);
    expect(of({ accumulation: 'cumulative' }).judgement).toBe('achieved');
    expect(of({ label: '移住者数（累計）' }).judgement).toBe('achieved');
    expect(of({ accumulation: 'yearly' }).reason).toBe('reading-open');
  });
  test('what a figure measures, and that plain figures have no second reading', () => {
    expect(['5件', '150%増', '対前年比 66%'].map((text) => measureOf(figure(text)))).toEqual([
      'amount',
      'change',
      'ratio',
    ]);
    expect(readingsOf(figure('5件'), figure('6件'))).toEqual([]);
  });
});

describe('[K16] a 0 that was not measured', () => {
  test.each([
    ['unmeasured', null, 'unmeasured'],
    [null, '会員の制度が始まる前のため未計測。', 'unmeasured'],
    [null, '応募がなかった。', 'missed'],
    ['missed', '一部は未計測。', 'missed'],
  ] as const)('%s with %s is %s', (statedJudgement, comment, judgement) => {
    const kpi = kpiOf('会員数', [year(2024, '100人', '0人')], {
      direction: 'increase',
      statedJudgement,
      comment,
    });
    expect(judge(kpi, 2024).judgement).toBe(judgement);
  });
});

describe('[K6] a row that prints its rate says how it counts', () => {
  test.each([
    ['10回', '13回', '130%', 'increase'],
    ['10回', '13回', '120%', 'increase'],
    ['10件', '8件', '125%', 'decrease'],
  ] as const)('%s → %s printed as %s: %s', (target, actual, rate, direction) => {
    expect(printedRow('実施', target, actual, rate).direction).toBe(direction);
  });
  test('what is counted is meant to become more, unless its words or its baseline say otherwise', () => {
    const of = (label: string) => kpiOf(label, [year(2024, '10件', null)]).direction;
    expect(['新たな取組の件数', '苦情件数', '指数'].map(of)).toEqual([
      'increase',
      'decrease',
      null,
    ]);
  });
});

describe('[K1] a table without years', () => {
  test('judges the figures without a year, else the last year with an actual', () => {
    const undated = kpiOf('数', [year(null, '10件', '9件')], { direction: 'increase' });
    expect(judge(undated, null)).toMatchObject({
      judgement: 'missed',
      comparedYear: null,
      rate: 90,
    });
    expect(judge(undated, 2024).judgement).toBe('missed');
    const dated = kpiOf('数', [year(2020, '5件', '5件'), year(2021, '10件', '9件')], {
      direction: 'increase',
    });
    expect(judge(dated, null)).toMatchObject({ judgement: 'missed', comparedYear: 2021 });
  });
});
