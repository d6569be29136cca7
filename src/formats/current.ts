/**
 * The one target and the one actual of a KPI that a table of a single year prints. A figure of
 * another year is never passed off as this year's: it stands with its year behind it.
 */
import { judge } from '#domain/kpi.ts';
import type { Kpi, Quantity, SeriesPoint } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { makeShortFiscalYear } from './wareki.ts';

export type Current = { readonly target: Quantity | null; readonly actual: Quantity | null };

/** Target and actual of the evaluated year; where the year has no target, the final one. */
export function currentOf(kpi: Kpi, evaluated: FiscalYear | null): Current {
  const point = kpi.series.find(({ year }) => year === evaluated);
  if (point || evaluated !== null) {
    const final = withYear(kpi.finalTarget, kpi.finalTargetYear, evaluated);
    return { target: point?.target ?? final, actual: point?.actual ?? null };
  }
  const last = latest(kpi);
  return {
    target: withYear(last?.target ?? null, last?.year ?? null, null) ?? kpi.finalTarget,
    actual: withYear(last?.actual ?? null, last?.year ?? null, null),
  };
}

/** Where nobody knows the evaluated year: the last year that has a figure. */
function latest({ series }: Kpi): SeriesPoint | undefined {
  return series
    .filter(({ year, target, actual }) => typeof year === 'number' && (target ?? actual) !== null)
    .toSorted((a, b) => Number(a.year) - Number(b.year))
    .at(-1);
}

function withYear(
  figure: Quantity | null,
  year: SeriesPoint['year'],
  evaluated: FiscalYear | null,
): Quantity | null {
  if (figure === null || typeof year !== 'number' || year === evaluated) return figure;
  return { ...figure, text: `${figure.text}（${makeShortFiscalYear(year)}）` };
}

export const judgementWords = {
  achieved: '達成',
  missed: '未達成',
  unmeasured: '未計測',
  pending: '途中',
  unknown: '',
} as const;
export const judgementMarks = {
  achieved: '○',
  missed: '×',
  unmeasured: '−',
  pending: '途中',
  unknown: '',
} as const;

/**
 * The judgement a table prints for a KPI: the stated one. A table in which nobody states any (it
 * comes from another layout) gets Kensho's own [K1].
 */
export function judgementOf(
  kpi: Kpi,
  evaluated: FiscalYear | null,
  stated: boolean,
): keyof typeof judgementWords {
  if (stated) return kpi.statedJudgement ?? 'unknown';
  return evaluated === null ? 'unknown' : judge(kpi, evaluated).judgement;
}
