/**
 * One frame of the report form as a KPI and back: two years, the aim, the box. Figures whose text was
 * not touched keep what was read from them, and so do printed judgements ([W8]).
 */
import {
  aims,
  kpiChoices,
  kpiField,
  kpiTexts,
  type FormFields,
  type KpiField,
} from '#domain/formfield.ts';
import { judge } from '#domain/kpi.ts';
import {
  emptyKpi,
  emptyPoint,
  type Kpi,
  type Quantity,
  type SeriesPoint,
  type StatedJudgement,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { circled } from './achievementpaper.ts';
import { parseQuantity } from './quantity.ts';

/** What a KPI says in its frame, field by field. */
export function frameFields(
  kpi: Kpi,
  frame: number,
  year: FiscalYear,
): Readonly<Record<string, string>> {
  const [last, point] = [pointOf(kpi, year - 1), pointOf(kpi, year)];
  const values: Readonly<Record<KpiField, string | null | undefined>> = {
    label: kpi.label,
    unit: kpi.unit,
    direction: kpi.direction,
    kind: kpi.kind,
    lastTarget: last?.target?.text,
    lastActual: last?.actual?.text,
    target: point?.target?.text,
    actual: point?.actual?.text,
    comment: point?.comment,
  };
  return Object.fromEntries(
    [...kpiTexts, ...kpiChoices].map((field) => [kpiField(frame, field), values[field] ?? '']),
  );
}

/** The KPI of a frame; null where nobody has written, or everything was taken out again. */
export function frameKpi(
  fields: FormFields,
  old: Kpi | null,
  frame: number,
  year: FiscalYear,
): Kpi | null {
  const of = (field: Parameters<typeof kpiField>[1]): string | null =>
    orNull(fields[kpiField(frame, field)]);
  if ([...kpiTexts, ...kpiChoices].every((field) => of(field) === null)) {
    // A KPI of which the form shows nothing was not taken out by anybody.
    const hidden = old && Object.values(frameFields(old, frame, year)).every((text) => text === '');
    return hidden ? old : null;
  }
  const chosen = of('direction');
  const kpi: Kpi = {
    ...emptyKpi,
    ...old,
    mark: old?.mark ?? circled(frame),
    label: of('label'),
    unit: of('unit'),
    direction: aims.find((aim) => aim === chosen) ?? null,
    kind: of('kind'),
  };
  const last = pointFor(kpi, old, year - 1, of('lastTarget'), of('lastActual'));
  const point = pointFor(kpi, old, year, of('target'), of('actual'), of('comment'));
  const whole = { ...kpi, series: withPoints(kpi.series, [last, point]) };
  return withJudgements(whole, old, year);
}

function pointFor(
  kpi: Kpi,
  old: Kpi | null,
  year: FiscalYear,
  target: string | null,
  actual: string | null,
  comment?: string | null,
): SeriesPoint {
  const before = (old && pointOf(old, year)) ?? emptyPoint(year);
  const sameUnit = (old?.unit ?? null) === kpi.unit;
  const read = (text: string | null, was: Quantity | null): Quantity | null => {
    if (text === null) return null;
    if (was?.text === text && sameUnit) return was;
    const figure = parseQuantity(text);
    return figure.value !== null && figure.unit === null ? { ...figure, unit: kpi.unit } : figure;
  };
  return {
    ...before,
    target: read(target, before.target),
    actual: read(actual, before.actual),
    comment: comment === undefined ? before.comment : comment,
  };
}

/** Points in their old order, new years behind; a year of which nothing is left goes. */
function withPoints(
  series: readonly SeriesPoint[],
  points: readonly SeriesPoint[],
): readonly SeriesPoint[] {
  const all = [
    ...series.map((old) => points.find(({ year }) => year === old.year) ?? old),
    ...points.filter(({ year }) => !series.some((old) => old.year === year)),
  ];
  return all.filter((point) =>
    Object.entries(point).some(([name, value]) => name !== 'year' && value !== null),
  );
}

/** [W8], and what stands out of the series again: baseline, final target, comment. */
function withJudgements(kpi: Kpi, old: Kpi | null, year: FiscalYear): Kpi {
  const series = kpi.series.map((point) => {
    if (point.year !== year && point.year !== year - 1) return point;
    const before = old && pointOf(old, point.year);
    const same =
      before?.target === point.target &&
      before.actual === point.actual &&
      old?.direction === kpi.direction;
    return same ? point : { ...point, statedJudgement: verdict(kpi, point.year) };
  });
  const now = series.find((point) => point.year === year);
  const was = old && pointOf(old, year);
  const follows = (mine: unknown, theirs: unknown) => (mine ?? null) === (theirs ?? null);
  const dated = (at: FiscalYear | null) => series.find((point) => at !== null && point.year === at);
  const baseline =
    old?.baselineYear != null && old.baseline?.text === pointOf(old, old.baselineYear)?.actual?.text
      ? (dated(old.baselineYear)?.actual ?? old.baseline)
      : kpi.baseline;
  const finalTarget =
    old?.finalTargetYear != null &&
    old.finalTarget?.text === pointOf(old, old.finalTargetYear)?.target?.text
      ? (dated(old.finalTargetYear)?.target ?? old.finalTarget)
      : kpi.finalTarget;
  return {
    ...kpi,
    series,
    baseline,
    finalTarget,
    comment: follows(old?.comment, was?.comment) ? (now?.comment ?? null) : kpi.comment,
    statedJudgement: follows(old?.statedJudgement, was?.statedJudgement)
      ? (now?.statedJudgement ?? null)
      : kpi.statedJudgement,
  };
}

function verdict(kpi: Kpi, year: FiscalYear): StatedJudgement | null {
  const { judgement } = judge(kpi, year);
  return judgement === 'pending' || judgement === 'unknown' ? null : judgement;
}

const pointOf = (kpi: Kpi, year: FiscalYear): SeriesPoint | null =>
  kpi.series.find((point) => point.year === year) ?? null;

/** Blank is nothing; anything else stays as it was typed. */
export const orNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text;
