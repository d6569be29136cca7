import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paceOf } from '#domain/pace.ts';
import { emptyKpi, type Kpi } from '#domain/sheet.ts';
import { figure, year } from '../fixtures/figures.ts';

const kpi = (from: string, actual: string | null, to: string, more: Partial<Kpi> = {}): Kpi => ({
  ...emptyKpi,
  baseline: figure(from),
  baselineYear: 2019,
  finalTarget: figure(to),
  finalTargetYear: 2026,
  series: [year(2024, null, actual)],
  ...more,
});

test.each([
  ['-490人', '-419人', '-180人', -268.6, 'behind'],
  ['0人', '350人', '490人', 350, 'ahead'],
  ['0人', '349人', '490人', 350, 'behind'],
  ['30件', '15件', '2件', 10, 'behind'],
  ['30件', '9件', '2件', 10, 'ahead'],
  ['0件', null, '70件', 50, null],
  ['0人', '43%', '70人', 50, null],
] as const)('[K17] from %s, now %s, to %s: %d, %s', (from, actual, to, expected, standing) => {
  expect(paceOf(kpi(from, actual, to), 2024)).toMatchObject({ expected, standing });
});

test('[K17] there is no line without two figures in one unit, their years, a way and time to go', () => {
  const whole = kpi('0件', '5件', '70件');
  expect(paceOf(whole, 2026)?.expected).toBe(70);
  expect(paceOf(whole, 2019)).toBeNull();
  expect(paceOf(whole, 2027)).toBeNull();
  expect(paceOf({ ...whole, baselineYear: null }, 2024)).toBeNull();
  expect(paceOf({ ...whole, finalTargetYear: null }, 2024)).toBeNull();
  expect(paceOf({ ...whole, baseline: null }, 2024)).toBeNull();
  expect(paceOf({ ...whole, finalTarget: figure('0件') }, 2024)).toBeNull();
  expect(paceOf({ ...whole, finalTarget: figure('80%') }, 2024)).toBeNull();
  expect(paceOf({ ...whole, finalTarget: figure('—') }, 2024)).toBeNull();
});

test('[K17] the line lies between its ends, and mirrors with its figures', () => {
  const value = fc.integer({ min: -10_000, max: 10_000 });
  fc.assert(
    fc.property(value, value, value, fc.integer({ min: 2020, max: 2026 }), (from, now, to, at) => {
      fc.pre(from !== to);
      const of = (sign: number) =>
        paceOf(
          kpi(`${sign * from}人`, null, `${sign * to}人`, {
            series: [year(at, null, `${sign * now}人`)],
          }),
          at,
        );
      const [pace, mirrored] = [of(1), of(-1)];
      if (!pace || !mirrored) throw new Error('no line');
      expect(pace.expected).toBeGreaterThanOrEqual(Math.min(from, to));
      expect(pace.expected).toBeLessThanOrEqual(Math.max(from, to));
      expect(mirrored.expected + pace.expected).toBe(0);
      expect(mirrored.standing).toBe(pace.standing);
    }),
  );
});
