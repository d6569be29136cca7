/**
 * The way of a KPI from its baseline towards the target, as points of a small drawing. Geometry
 * only: it judges nothing, and figures that are no numbers or differ in unit are left out.
 */
import type { Kpi, Quantity } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { compareUnits } from '#domain/unit.ts';

export type PathPoint = {
  readonly year: FiscalYear;
  readonly figure: Quantity;
  readonly x: number;
  readonly y: number;
};
export type Path = { readonly actuals: readonly PathPoint[]; readonly target: PathPoint | null };

type Dated = { readonly year: FiscalYear; readonly figure: Quantity };

/** Size of the drawing and the margin for its dots. */
export const WIDTH = 112;
export const HEIGHT = 44;
const MARGIN = 8;

/** Undefined where fewer than two figures could be joined. */
export function pathOf(kpi: Kpi): Path | undefined {
  const target = dated(kpi.finalTargetYear, kpi.finalTarget);
  const actuals = actualsOf(kpi).filter(
    ({ figure }) => !target || compareUnits(figure, target.figure) === 'same',
  );
  const all = target ? [...actuals, target] : actuals;
  if (actuals.length === 0 || all.length < 2) return undefined;
  const place = scale(all);
  return { actuals: actuals.map(place), target: target && place(target) };
}

function actualsOf(kpi: Kpi): Dated[] {
  const series = kpi.series.flatMap(({ year, actual }) =>
    year === '当初' ? [] : (dated(year, actual) ?? []),
  );
  const baseline = dated(kpi.baselineYear, kpi.baseline);
  const start = baseline && !series.some(({ year }) => year === baseline.year) ? [baseline] : [];
  return [...start, ...series].sort((one, other) => one.year - other.year);
}

function dated(year: FiscalYear | null, figure: Quantity | null): Dated | null {
  return year !== null && figure?.value != null ? { year, figure } : null;
}

function scale(all: readonly Dated[]): (point: Dated) => PathPoint {
  const years = all.map(({ year }) => year);
  const values = all.map(({ figure }) => figure.value ?? 0);
  const across = line(Math.min(...years), Math.max(...years), MARGIN, WIDTH - MARGIN);
  const up = line(Math.min(...values), Math.max(...values), HEIGHT - MARGIN, MARGIN);
  return ({ year, figure }) => ({ year, figure, x: across(year), y: up(figure.value ?? 0) });
}

/** Maps a range onto another; a range without width goes to the middle. */
const line = (from: number, to: number, start: number, end: number) => (value: number) =>
  Math.round(
    (from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start)) * 10,
  ) / 10;
