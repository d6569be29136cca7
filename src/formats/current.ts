/**
 * The one target and the one actual of a KPI that a table of a single year prints. A figure of
 * another year is never passed off as this year's: it stands with its year behind it.
 */
import { judgementWords as words } from '#domain/check.ts';
import { compared, judge } from '#domain/kpi.ts';
import type { Formula } from '#domain/rate.ts';
import type { EvaluationTable, Kpi, Layout, Quantity, SeriesPoint } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { makeShortFiscalYear } from './wareki.ts';

export type Current = { readonly target: Quantity | null; readonly actual: Quantity | null };

/** Target and actual that are compared [K1], a text like — included; another year's says so. */
export function currentOf(kpi: Kpi, evaluated: FiscalYear | null): Current {
  const { point } = compared(kpi, evaluated);
  const year = point?.year ?? null;
  return {
    target:
      withYear(point?.target ?? null, year, evaluated) ??
      withYear(kpi.finalTarget, kpi.finalTargetYear, evaluated),
    actual: withYear(point?.actual ?? null, year, evaluated),
  };
}

function withYear(
  figure: Quantity | null,
  year: SeriesPoint['year'],
  evaluated: FiscalYear | null,
): Quantity | null {
  if (figure === null || typeof year !== 'number' || year === evaluated) return figure;
  return { ...figure, text: `${figure.text}（${makeShortFiscalYear(year)}）` };
}

export const formulaWords: Readonly<Record<Formula['kind'], string>> = {
  actualOverTarget: '実績÷目標',
  fromBaseline: '(実績−基準)÷(目標−基準)',
  reduction: '(基準−実績)÷(基準−目標)',
  none: '',
};
/** On paper a judgement that nobody can make is an empty cell. */
export const judgementWords = { ...words, unknown: '' } as const;
export const judgementMarks = {
  achieved: '○',
  missed: '×',
  unmeasured: '−',
  pending: '途中',
  unknown: '',
} as const;

/**
 * Whether a table says itself which KPIs were reached: it came in this layout, or states any. One
 * from another layout that states none gets Kensho's own judgements.
 */
export function statesJudgements({ layout, projects }: EvaluationTable, own: Layout): boolean {
  return (
    layout === own ||
    projects.some(({ kpis }) =>
      kpis.some(
        ({ statedJudgement, series }) =>
          statedJudgement !== null || series.some((point) => point.statedJudgement !== null),
      ),
    )
  );
}

/** The judgement printed for a KPI: the stated one, or Kensho's [K1]. */
export function judgementOf(
  kpi: Kpi,
  evaluated: FiscalYear | null,
  stated: boolean,
): keyof typeof judgementWords {
  if (stated) return kpi.statedJudgement ?? 'unknown';
  return judge(kpi, evaluated).judgement;
}
