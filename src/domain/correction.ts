/**
 * Taking over a recomputed value in place of the printed one [F14]. What was printed is kept beside
 * it; nothing is taken over that is not one plain value.
 */
import { judgementWords } from './check.ts';
import type {
  Correction,
  Finding,
  Kpi,
  ProjectSheet,
  Quantity,
  SeriesPoint,
  StatedJudgement,
} from './sheet.ts';
import type { ReportForm, ReportTotal } from './reportform.ts';

const judgements = ['achieved', 'missed', 'unmeasured'] as const satisfies StatedJudgement[];

/**
 * The sheet with the recomputed value of a finding in its cell, or null where the finding has no
 * single value, or its cell holds something else by now than what the finding is about.
 */
export function acceptRecomputed(sheet: ProjectSheet, finding: Finding): ProjectSheet | null {
  const { field, recomputed, stated } = finding;
  if (field?.total) return withTotal(sheet, field.total, stated, recomputed);
  const kpi = field?.kpi == null ? undefined : sheet.kpis[field.kpi];
  if (!kpi || !field?.side || stated === null || recomputed === null) return null;
  const accepted = replaced(kpi, field.year, field.side, stated, recomputed);
  if (!accepted) return null;
  const correction: Correction = { year: field.year, side: field.side, stated };
  // What was printed first stays, however often the figures change afterwards.
  const known = correctionAt(kpi, field.year, field.side) !== undefined;
  const corrections = [...(kpi.corrections ?? []), ...(known ? [] : [correction])];
  const next: Kpi = { ...accepted, corrections };
  return { ...sheet, kpis: sheet.kpis.map((each, index) => (index === field.kpi ? next : each)) };
}

/** [F13] The sum of the lines in the place of a printed total of the report form. */
function withTotal(
  sheet: ProjectSheet,
  { side, total }: ReportTotal,
  stated: string | null,
  recomputed: string | null,
): ProjectSheet | null {
  const { report } = sheet;
  const old = report?.[side][total];
  const sum = recomputed === null ? null : makeFigure(recomputed, old?.unit ?? null);
  if (!report || !old || !sum || old.text !== stated) return null;
  const known = totalCorrectionAt(report, { side, total }) !== undefined;
  const corrections = [
    ...(report.corrections ?? []),
    ...(known ? [] : [{ side, total, stated: old.text }]),
  ];
  const budget = { ...report[side], [total]: sum };
  return { ...sheet, report: { ...report, [side]: budget, corrections } };
}

/** What was printed as a total where the sum now stands. */
export const totalCorrectionAt = (report: ReportForm, { side, total }: ReportTotal) =>
  report.corrections?.find((each) => each.side === side && each.total === total);

/** What was printed where a recomputed value now stands. */
export const correctionAt = (
  kpi: Kpi,
  year: SeriesPoint['year'],
  side: Correction['side'],
): Correction | undefined =>
  kpi.corrections?.find((each) => each.year === year && each.side === side);

/** A KPI without the corrections that somebody took back by writing the printed value again. */
export function withoutUndone(kpi: Kpi): Kpi {
  const { corrections, ...rest } = kpi;
  const kept = corrections?.filter((each) => each.stated !== textAt(kpi, each));
  return kept && kept.length > 0 ? { ...rest, corrections: kept } : rest;
}

/** The same for the totals of a form. */
export function withoutUndoneTotals(report: ReportForm): ReportForm {
  const { corrections, ...rest } = report;
  const kept = corrections?.filter(
    ({ side, total, stated }) => report[side][total]?.text !== stated,
  );
  return kept && kept.length > 0 ? { ...rest, corrections: kept } : rest;
}

function textAt(kpi: Kpi, { year, side }: Correction): string | null {
  const point = kpi.series.find((each) => each.year === year);
  switch (side) {
    case 'rate':
      return kpi.statedRate?.text ?? null;
    case 'judgement': {
      const judgement = point?.statedJudgement ?? kpi.statedJudgement;
      return judgement && judgementWords[judgement];
    }
    case 'targetDelta':
    case 'actualDelta':
      return point?.[side]?.text ?? null;
    case 'actual':
      return point?.target && point.actual ? `${point.target.text} / ${point.actual.text}` : null;
    default:
      return null;
  }
}

function replaced(
  kpi: Kpi,
  year: SeriesPoint['year'],
  side: Correction['side'],
  stated: string,
  recomputed: string,
): Kpi | null {
  const point = kpi.series.find((each) => each.year === year);
  switch (side) {
    case 'rate': {
      const rate = makeFigure(recomputed, '%');
      return rate && kpi.statedRate?.text === stated ? { ...kpi, statedRate: rate } : null;
    }
    case 'judgement': {
      const judgement = judgements.find((each) => judgementWords[each] === recomputed);
      const printed = (value: StatedJudgement | null | undefined) =>
        value != null && judgementWords[value] === stated;
      if (!judgement) return null;
      if (point && printed(point.statedJudgement))
        return withPoint(kpi, { ...point, statedJudgement: judgement });
      return printed(kpi.statedJudgement) ? { ...kpi, statedJudgement: judgement } : null;
    }
    case 'targetDelta':
    case 'actualDelta': {
      const old = point?.[side];
      const delta = makeFigure(recomputed, old?.unit ?? null);
      return point && delta && old?.text === stated
        ? withPoint(kpi, { ...point, [side]: delta })
        : null;
    }
    case 'actual': {
      // 当初 with two figures: the one that the differences use stands for both [F8].
      if (!point?.target || !point.actual) return null;
      const both = [point.target, point.actual];
      const used = both.find(({ text }) => text === recomputed);
      if (!used || stated !== both.map(({ text }) => text).join(' / ')) return null;
      const inBaseline = both.some(({ text }) => text === kpi.baseline?.text);
      const next = withPoint(kpi, { ...point, target: used, actual: used });
      return inBaseline ? { ...next, baseline: used } : next;
    }
    default:
      return null;
  }
}

const withPoint = (kpi: Kpi, point: SeriesPoint): Kpi => ({
  ...kpi,
  series: kpi.series.map((each) => (each.year === point.year ? point : each)),
});

/** 1,234.5 or 130% as the doctor writes them; two values beside each other are none. */
function makeFigure(text: string, unit: string | null): Quantity | null {
  const value = Number(text.replace(/%$/, '').replaceAll(',', ''));
  return text.trim() === '' || !Number.isFinite(value)
    ? null
    : { text, value, unit, qualifier: null };
}
