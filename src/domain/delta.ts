/**
 * What the printed differences (+65) of a KPI are counted from [K18]: 対当初, 対前年度実績 or
 * 対前年度目標. Finds the base from the figures; where several fit, says so rather than choose.
 */
import Big from 'big.js';
import { amountOf } from './compound.ts';
import { makeNumber } from './rate.ts';
import { deltaBases, type DeltaBase, type Kpi, type Quantity, type SeriesPoint } from './sheet.ts';

/** One printed difference with the figures it could be counted from; null where one is missing. */
export type PrintedDelta = {
  readonly year: SeriesPoint['year'];
  readonly side: 'targetDelta' | 'actualDelta';
  readonly printed: Quantity;
  readonly figure: Quantity;
  readonly bases: Readonly<Record<DeltaBase, Quantity | null>>;
};

/** The readable differences of a KPI in the order of the years, each beside its figure. */
export function deltasOf(kpi: Kpi): readonly PrintedDelta[] {
  const points = inOrder(kpi.series);
  const start = points.find(({ year }) => year === '当初' || year === kpi.baselineYear);
  return points.flatMap((point, index): PrintedDelta[] => {
    const before = points[index - 1];
    const of = (side: 'target' | 'actual'): PrintedDelta[] => {
      const delta = `${side}Delta` as const;
      const [printed, figure] = [point[delta], point[side]];
      if (!printed || !figure || amountOf(printed) === null || amountOf(figure) === null) return [];
      const bases = {
        start: usable(start?.[side] ?? kpi.baseline),
        previousActual: usable(before?.actual),
        previousTarget: usable(before?.target),
      };
      return [{ year: point.year, side: delta, printed, figure, bases }];
    };
    return [...of('target'), ...of('actual')];
  });
}

const usable = (figure: Quantity | null | undefined): Quantity | null =>
  figure && amountOf(figure) !== null ? figure : null;

function inOrder(series: readonly SeriesPoint[]): readonly SeriesPoint[] {
  const rank = ({ year }: SeriesPoint): number =>
    year === '当初' ? -Infinity : (year ?? Infinity);
  return [...series].sort((one, other) =>
    rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0,
  );
}

/** Whether a difference is counted from a base; null where that base has no figure. */
export function fitsBase(delta: PrintedDelta, base: DeltaBase): boolean | null {
  const from = amountOf(delta.bases[base] ?? nothing);
  const figure = amountOf(delta.figure);
  const printed = amountOf(delta.printed);
  if (from === null || figure === null || printed === null) return null;
  // A difference printed with fewer decimals than its figures was rounded.
  const decimals = printed.toFixed().split('.')[1]?.length ?? 0;
  return figure.minus(from).round(decimals, Big.roundHalfUp).eq(printed);
}

const nothing: Quantity = { text: '', value: null, unit: null, qualifier: null };

/** The bases that explain every readable difference of the actuals; empty also without any. */
export function fittingBases(kpi: Kpi): readonly DeltaBase[] {
  const deltas = deltasOf(kpi).filter(({ side }) => side === 'actualDelta');
  return deltaBases.filter(
    (base) =>
      deltas.some((delta) => fitsBase(delta, base) === true) &&
      deltas.every((delta) => fitsBase(delta, base) !== false),
  );
}

/**
 * The base of each KPI of a table. Where several explain a KPI, or a misprint keeps all from it, the
 * one that explains the KPIs of the table is taken, since an office counts in one way; null where
 * that leaves none or more than one.
 */
export function findDeltaBases(kpis: readonly Kpi[]): readonly (DeltaBase | null)[] {
  const fitting = kpis.map(fittingBases);
  const explained = fitting.filter((bases) => bases.length > 0);
  const shared = deltaBases.filter((base) => explained.every((bases) => bases.includes(base)));
  const common = explained.length > 0 ? shared : [];
  return kpis.map((kpi, index) => {
    if (kpi.deltaBase) return kpi.deltaBase;
    const bases = fitting[index] ?? [];
    if (bases.length === 1) return bases[0] ?? null;
    if (bases.length === 0 && !deltasOf(kpi).some(({ side }) => side === 'actualDelta'))
      return null;
    return common.length === 1 ? (common[0] ?? null) : null;
  });
}

/** What a difference comes to from a base, and the arithmetic: `122 − 50 = 72`. */
export function countDelta(
  delta: PrintedDelta,
  base: DeltaBase,
): { readonly value: Big; readonly formula: string } | null {
  const from = amountOf(delta.bases[base] ?? nothing);
  const figure = amountOf(delta.figure);
  if (from === null || figure === null) return null;
  const value = figure.minus(from);
  const behind = from.lt(0) ? `(${makeNumber(from)})` : makeNumber(from);
  return { value, formula: `${makeNumber(figure)} − ${behind} = ${makeNumber(value)}` };
}
