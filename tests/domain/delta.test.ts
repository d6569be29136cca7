import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countDelta, deltasOf, findDeltaBases, fittingBases } from '#domain/delta.ts';
import { checkDeltas } from '#domain/deltacheck.ts';
import { deltaBases, type DeltaBase, type Kpi } from '#domain/sheet.ts';
import { figure, kpiOf, year } from '../fixtures/figures.ts';

/** Years from 当初 on: target, actual, difference of the target, difference of the actual. */
function progress(
  ...rows: readonly (readonly [string, string | null, string | null, string | null])[]
): Kpi {
  const [start, ...others] = rows;
  return kpiOf('数', [
    year('当初', start?.[0] ?? null, start?.[1] ?? null),
    ...others.map(([target, actual, targetDelta, actualDelta], index) =>
      year(2020 + index, target, actual, {
        targetDelta: targetDelta === null ? null : figure(targetDelta),
        actualDelta: actualDelta === null ? null : figure(actualDelta),
      }),
    ),
  ]);
}
const places = progress(
  ['0件', '0件', null, null],
  ['50件', '80件', '+50', '+80'],
  ['60件', '122件', '+10', '+72'],
);
const sales = progress(
  ['0円', '0円', null, null],
  ['0円', '0円', '+0', '+0'],
  ['10,000,000円', '134, 280円', '+10,000,000', '+134,280'],
);
const wish = progress(
  ['73.4%', '74.3%', null, null],
  ['80.0%', '79.0%', '+6.6', '+5.6'],
  ['80.0%', '77.0%', '+0', '-3.0'],
);

describe('[K18] one base explains the differences of a KPI', () => {
  test('the base is found from the figures', () => {
    expect(fittingBases(places)).toEqual(['previousTarget']);
    expect(fittingBases(wish)).toEqual(['previousTarget']);
    expect(fittingBases(sales)).toEqual([...deltaBases]);
    expect(fittingBases(kpiOf('数', [year(2020, '5件', '5件')]))).toEqual([]);
  });
  test('a KPI that every base explains follows the others of its table, or none', () => {
    expect(findDeltaBases([sales, places, wish])).toEqual([
      'previousTarget',
      'previousTarget',
      'previousTarget',
    ]);
    expect(findDeltaBases([sales])).toEqual([null]);
    expect(findDeltaBases([{ ...sales, deltaBase: 'start' }])).toEqual(['start']);
  });
  test('the arithmetic is told', () => {
    const [, last] = deltasOf(places).filter(({ side }) => side === 'actualDelta');
    if (!last) throw new Error('no difference');
    expect(countDelta(last, 'previousTarget')?.formula).toBe('122 − 50 = 72');
    expect(countDelta(last, 'previousActual')?.formula).toBe('122 − 80 = 42');
    expect(countDelta(last, 'start')?.formula).toBe('122 − 0 = 122');
  });
  test('differences printed with fewer decimals were rounded', () => {
    const rounded = progress(['0%', '10.04%', null, null], ['20%', '12.29%', null, '+2.3']);
    expect(fittingBases(rounded)).toEqual(['start', 'previousActual']);
  });
  test('whatever base the differences were made with is among those that are found', () => {
    const figures = fc.array(fc.tuple(fc.nat(500), fc.nat(500)), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(figures, fc.constantFrom(...deltaBases), (rows, base) => {
        const from = (index: number): number => {
          const [first, before] = [rows[0], rows[index - 1]];
          const value: Readonly<Record<DeltaBase, number | undefined>> = {
            start: first?.[1],
            previousActual: before?.[1],
            previousTarget: before?.[0],
          };
          return value[base] ?? NaN;
        };
        const kpi = progress(
          ...rows.map(([target, actual], index) => {
            const delta = index === 0 ? null : String(actual - from(index));
            return [`${target}件`, `${actual}件`, null, delta] as const;
          }),
        );
        expect(fittingBases(kpi)).toContain(base);
        const found = checkDeltas(kpi, findDeltaBases([kpi])[0] ?? null).map(({ code }) => code);
        expect(found.filter((code) => code !== 'baseline-contradicts')).toEqual(['delta-base']);
      }),
    );
  });
});

describe('[F7] printed differences against their figures', () => {
  const codes = (kpi: Kpi, base: DeltaBase | null = findDeltaBases([kpi])[0] ?? null) =>
    checkDeltas(kpi, base).map(({ code, stated, recomputed, formula }) => [
      code,
      stated,
      recomputed,
      formula,
    ]);

  test('the base that is found is named', () => {
    expect(codes(places)).toEqual([['delta-base', '+72', '対前年度目標', '122 − 50 = 72']]);
    expect(codes(sales)).toEqual([
      ['delta-base', '+134,280', '対当初 / 対前年度実績 / 対前年度目標', '134,280 − 0 = 134,280'],
    ]);
  });
  test('one that fits no base is an error, told by the base of the others', () => {
    const wrong = progress(
      ['0件', '0件', null, null],
      ['50件', '80件', '+50', '+80'],
      ['60件', '122件', '+10', '+27'],
    );
    expect(codes(wrong, 'previousTarget')).toEqual([
      ['delta-mismatch', '+27', '72', '122 − 50 = 72'],
      ['delta-base', '+80', '対前年度目標', '80 − 0 = 80'],
    ]);
    const target = progress(['0件', '0件', null, null], ['50件', '80件', '+40', '+80']);
    expect(codes(target, 'previousTarget')[0]).toEqual([
      'delta-mismatch',
      '+40',
      '50',
      '50 − 0 = 50',
    ]);
  });
  test('differences that no one base explains are a doubt', () => {
    const mixed = progress(
      ['1件', '1件', null, null],
      ['50件', '80件', null, '+79'],
      ['60件', '122件', null, '+42'],
      ['70件', '130件', null, '+70'],
    );
    expect(codes(mixed)).toEqual([['delta-bases-mixed', '+79 / +42 / +70', undefined, undefined]]);
  });
  test('a difference without the figures to explain it is let be', () => {
    const alone = kpiOf('数', [year(2020, '5件', '7件', { actualDelta: figure('+3') })]);
    expect(codes(alone)).toEqual([]);
  });
});

describe('[F8] two figures for 当初', () => {
  test('are an error, and the one the differences use is told', () => {
    expect(checkDeltas(wish, 'previousTarget')[1]).toEqual({
      code: 'baseline-contradicts',
      year: '当初',
      side: 'actual',
      stated: '73.4% / 74.3%',
      recomputed: '73.4%',
      formula: '79 − 73.4 = 5.6',
    });
  });
  test('equal ones, or one alone, are none', () => {
    expect(checkDeltas(places, null).map(({ code }) => code)).not.toContain('baseline-contradicts');
    const one = kpiOf('数', [year('当初', null, '5件'), year(2020, '6件', '7件')]);
    expect(checkDeltas(one, null)).toEqual([]);
  });
});
