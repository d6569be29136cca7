/** The chart of a KPI: what is drawn where, and what is left out, for figures of every sort. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyKpi, emptyPoint, type Kpi } from '#domain/sheet.ts';
import { parseQuantity } from '#formats/quantity.ts';
import { chartOf, datedOf, HEIGHT, WIDTH } from '../../src/lib/sheet/chart.ts';

const q = (text: string) => parseQuantity(text);
const kpiOf = (kpi: Partial<Kpi>): Kpi => ({ ...emptyKpi, label: '指標', ...kpi });
const series = (...figures: readonly (readonly [number, string | null, string | null])[]) =>
  figures.map(([year, target, actual]) => ({
    ...emptyPoint(year),
    target: target === null ? null : q(target),
    actual: actual === null ? null : q(actual),
  }));
const marksOf = (kpi: Kpi) => chartOf(kpi, 2024)?.points.map(({ mark, at }) => `${mark} ${at}`);

describe('what is drawn', () => {
  test('baseline and final target are drawn once, though they stand in the series too', () => {
    const kpi = kpiOf({
      baseline: q('-490人'),
      baselineYear: 2019,
      finalTarget: q('-180人'),
      finalTargetYear: 2026,
      series: series([2019, null, '-490人'], [2024, null, '-419人'], [2026, '-180人', null]),
    });
    expect(marksOf(kpi)).toEqual(['baseline 2019', 'actual 2024', 'finalTarget 2026']);
  });

  test('a smaller value stands lower, also below zero and where less is better', () => {
    const chart = chartOf(
      kpiOf({ series: series([2023, '-5分', '-3分'], [2024, '-5分', '-7分']) }),
      2024,
    );
    const heights = chart?.points.map(({ figure, y }) => [figure.text, y] as const);
    const at = (text: string) => heights?.find(([each]) => each === text)?.[1] ?? 0;
    expect(at('-7分')).toBeGreaterThan(at('-5分'));
    expect(at('-5分')).toBeGreaterThan(at('-3分'));
    expect(chart?.zero).toBeNull();
  });

  test('one point stands in the middle, a target of 0 on the line of zero', () => {
    const [point] = chartOf(kpiOf({ series: series([2024, null, '7件']) }), 2024)?.points ?? [];
    expect(point?.x).toBe(WIDTH / 2);
    const chart = chartOf(kpiOf({ series: series([2024, '0件', '3件']) }), 2024);
    expect(chart?.points.find(({ mark }) => mark === 'target')?.y).toBe(chart?.zero);
  });

  test('当初 stands before the first year, figures without a year in the evaluated one', () => {
    const start = { ...emptyPoint('当初'), target: q('70.0'), actual: q('73.4') };
    const undated = { ...emptyPoint(null), actual: q('75.0') };
    const kpi = kpiOf({ series: [start, undated] });
    expect(marksOf(kpi)).toEqual(['baseline 当初', 'actual 2024']);
    const [first, second] = chartOf(kpi, 2024)?.points ?? [];
    expect(first?.x).toBeLessThan(second?.x ?? 0);
  });

  test('another unit is left out and counted, words are no figure, nothing is no chart', () => {
    const kpi = kpiOf({
      series: series([2023, null, '77名'], [2024, null, '43%'], [2025, null, '未計測']),
    });
    expect(marksOf(kpi)).toEqual(['actual 2024']);
    expect(chartOf(kpi, 2024)?.leftOut).toBe(1);
    expect(datedOf(kpi, 2024)).toHaveLength(3);
    expect(chartOf(kpiOf({ series: series([2024, '—', '未計測']) }), 2024)).toBeUndefined();
    expect(chartOf(kpiOf({}), 2024)).toBeUndefined();
  });
});

test('whatever the figures, everything stays inside and no two labels cover each other', () => {
  const figure = fc.option(
    fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.constant(0)).map((value) => `${value}人`),
  );
  const point = fc.tuple(fc.integer({ min: 2000, max: 2040 }), figure, figure);
  const made = fc.record({
    points: fc.uniqueArray(point, { maxLength: 20, selector: ([year]) => year }),
    baseline: figure,
    final: figure,
    finalYear: fc.option(fc.integer({ min: 2000, max: 2040 })),
  });
  fc.assert(
    fc.property(made, ({ points, baseline, final, finalYear }) => {
      const kpi = kpiOf({
        baseline: baseline === null ? null : q(baseline),
        finalTarget: final === null ? null : q(final),
        finalTargetYear: finalYear,
        series: series(...points),
      });
      const chart = chartOf(kpi, 2024);
      for (const { x, y } of chart?.points ?? []) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(WIDTH);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(HEIGHT);
      }
      for (const [index, { x, y, text }] of (chart?.labels ?? []).entries())
        for (const other of chart?.labels.slice(index + 1) ?? []) {
          const apart =
            Math.abs(y - other.y) >= 12 ||
            x + text.length * 6 <= other.x ||
            other.x + other.text.length * 6 <= x;
          expect(apart).toBe(true);
        }
    }),
  );
});
