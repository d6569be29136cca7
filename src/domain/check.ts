/** What one check of the sheet doctor hands back; where in the table it belongs is added by `examine.ts`. */
import type { CheckCode } from './finding.ts';
import type { FindingSide, Judgement, Layout, Quantity, SeriesPoint } from './sheet.ts';
import type { ReportTotal } from './reportform.ts';
import type { FiscalYear } from './types.ts';

export type Found = {
  readonly code: CheckCode;
  readonly year?: SeriesPoint['year'];
  readonly side?: FindingSide;
  readonly total?: ReportTotal;
  readonly stated?: string | null;
  readonly recomputed?: string | null;
  readonly formula?: string | null;
};

/** What a KPI is examined with besides its own figures. */
export type Circumstances = {
  readonly fiscalYear: FiscalYear | null;
  readonly layout: Layout | null;
  /** What holds for all KPIs of the project, 県全体での評価のため省略. */
  readonly kpiNote: string | null;
};

/** Judgements as offices print them. */
export const judgementWords: Readonly<Record<Judgement, string>> = {
  achieved: '達成',
  missed: '未達成',
  unmeasured: '未計測',
  pending: '途中',
  unknown: '判断できない',
};

/** Several figures as printed, in the order of the row. */
export const quoted = (figures: readonly Quantity[]): string =>
  figures.map(({ text }) => text).join(' / ');
