/**
 * Where a KPI should stand on its way to a final target [K17]. A straight line is an aid for reading
 * and nothing more: 途中 stays 途中.
 */
import Big from 'big.js';
import { amountOf } from './compound.ts';
import type { Kpi, Quantity } from './sheet.ts';
import type { FiscalYear } from './types.ts';
import { compareUnits } from './unit.ts';

export type Pace = {
  readonly from: { readonly year: FiscalYear; readonly figure: Quantity };
  readonly to: { readonly year: FiscalYear; readonly figure: Quantity };
  /** Where the straight line stands in the year, one decimal, half away from zero. */
  readonly expected: number;
  /** `ahead` at the line or beyond it in the direction of the target; null without an actual. */
  readonly standing: 'ahead' | 'behind' | null;
};

/**
 * The straight line from the baseline to the final target at a year between the two. null without
 * both figures in one unit, without their years, without a way to go, or outside those years.
 */
export function paceOf(kpi: Kpi, year: FiscalYear): Pace | null {
  const { baseline, baselineYear, finalTarget, finalTargetYear } = kpi;
  if (!baseline || !finalTarget || baselineYear === null || finalTargetYear === null) return null;
  const [from, to] = [amountOf(baseline), amountOf(finalTarget)];
  if (from === null || to === null || from.eq(to)) return null;
  if (compareUnits(baseline, finalTarget) !== 'same') return null;
  if (year <= baselineYear || year > finalTargetYear) return null;
  // from + (to − from) × years gone ÷ years in all, with the one division at the end.
  const years = finalTargetYear - baselineYear;
  const scaled = from.times(years).plus(to.minus(from).times(year - baselineYear));
  const actual = kpi.series.find((point) => point.year === year)?.actual;
  const now = actual && compareUnits(actual, finalTarget) === 'same' ? amountOf(actual) : null;
  const order = now ? now.times(years).cmp(scaled) : null;
  return {
    from: { year: baselineYear, figure: baseline },
    to: { year: finalTargetYear, figure: finalTarget },
    expected: scaled.times(10).div(years).round(0, Big.roundHalfUp).div(10).toNumber(),
    standing: order === null ? null : order === 0 || order > 0 === to.gt(from) ? 'ahead' : 'behind',
  };
}
