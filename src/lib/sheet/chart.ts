/**
 * The drawing of one KPI: actuals, targets, baseline and final target as marks and lines with labels.
 * Geometry only: it judges nothing, and figures that are no numbers or of another unit are left out.
 */
import { amountOf } from '#domain/compound.ts';
import type { Kpi, Quantity, SeriesPoint } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { compareUnits } from '#domain/unit.ts';

export const marks = ['baseline', 'actual', 'target', 'finalTarget'] as const;
export type Mark = (typeof marks)[number];

/** `at` is the year, 当初 before all years, or null for a target of no stated year. */
export type Dated = {
  readonly mark: Mark;
  readonly at: SeriesPoint['year'];
  readonly figure: Quantity;
};
export type ChartPoint = Dated & { readonly x: number; readonly y: number };
/** `x` is where the text begins. */
export type ChartLabel = {
  readonly x: number;
  readonly y: number;
  readonly text: string;
};
export type Chart = {
  readonly points: readonly ChartPoint[];
  /** Through baseline and actuals, and through baseline and targets; for `points` of a polyline. */
  readonly actuals: string;
  readonly targets: string;
  /** Height of the line of 0, where 0 is among the values. */
  readonly zero: number | null;
  readonly ticks: readonly { readonly at: SeriesPoint['year']; readonly x: number }[];
  readonly labels: readonly ChartLabel[];
  /** Figures that stand in another unit and are not drawn. */
  readonly leftOut: number;
};

export const WIDTH = 320;
export const HEIGHT = 148;
const SIDE = 26;
const TOP = 26;
const BOTTOM = 46;
const LETTER = 12;

/**
 * Undefined where no figure can be drawn. @param year the evaluated one: figures without a year are
 * of it [K1].
 */
export function chartOf(kpi: Kpi, year: FiscalYear): Chart | undefined {
  const all = datedOf(kpi, year).filter(({ figure }) => amountOf(figure) !== null);
  const measure =
    (kpi.finalTarget && amountOf(kpi.finalTarget) && kpi.finalTarget) ?? all.at(-1)?.figure;
  const drawn = all.filter(
    ({ figure }) => measure && compareUnits(figure, measure) !== 'different',
  );
  if (drawn.length === 0) return undefined;
  const columns = columnsOf(drawn);
  const values = drawn.map(valueOf);
  const up = scale(Math.min(...values), Math.max(...values), HEIGHT - BOTTOM, TOP);
  const place = (dated: Dated): ChartPoint => ({
    ...dated,
    x: columns.get(dated.at) ?? WIDTH / 2,
    y: up(valueOf(dated)),
  });
  const points = drawn.map(place);
  const through = (...of: Mark[]) => {
    const line = points.filter(({ mark }) => of.includes(mark)).sort((a, b) => a.x - b.x);
    return line.length > 1 ? line.map(({ x, y }) => `${x},${y}`).join(' ') : '';
  };
  const hasZero = Math.min(...values) <= 0 && Math.max(...values) >= 0;
  return {
    points,
    actuals: through('baseline', 'actual'),
    targets: through('baseline', 'target', 'finalTarget'),
    zero: hasZero ? up(0) : null,
    ticks: [...columns].map(([at, x]) => ({ at, x })),
    labels: labelsOf(points, hasZero ? up(0) : null),
    leftOut: all.length - drawn.length,
  };
}

/** Every dated figure once, in the order of time; also those that cannot be drawn. */
export function datedOf(kpi: Kpi, year: FiscalYear): readonly Dated[] {
  const dated: Dated[] = [];
  const add = (mark: Mark, at: SeriesPoint['year'], figure: Quantity | null) => {
    if (figure) dated.push({ mark, at, figure });
  };
  const start = kpi.baselineYear ?? '当初';
  add('baseline', start, kpi.baseline);
  for (const point of kpi.series) {
    const at = point.year ?? year;
    if (!(kpi.baseline && at === start))
      add(at === '当初' ? 'baseline' : 'actual', at, point.actual);
    const isFinal = kpi.finalTarget && at === kpi.finalTargetYear;
    // The target of the start is the start itself, printed in the column of targets.
    if (!isFinal && at !== '当初') add('target', at, point.target);
  }
  add('finalTarget', kpi.finalTargetYear, kpi.finalTarget);
  return dated.sort((one, other) => rank(one.at) - rank(other.at));
}

const rank = (at: SeriesPoint['year']): number =>
  at === '当初' ? Number.NEGATIVE_INFINITY : (at ?? Number.POSITIVE_INFINITY);

const valueOf = ({ figure }: Dated): number => amountOf(figure)?.toNumber() ?? 0;

/** Years stand at their distance; 当初 and a target of no stated year one step outside. */
function columnsOf(drawn: readonly Dated[]): ReadonlyMap<SeriesPoint['year'], number> {
  const kept = [...new Set(drawn.map(({ at }) => at))];
  const years = kept.filter((at) => typeof at === 'number');
  const [first, last] = years.length > 0 ? [Math.min(...years), Math.max(...years)] : [0, 0];
  const step = Math.max(1, Math.round((last - first) / 5));
  const placeOf = (at: SeriesPoint['year']) => (at === '当初' ? first - step : (at ?? last + step));
  const places = kept.map(placeOf);
  const across = scale(Math.min(...places), Math.max(...places), SIDE, WIDTH - SIDE);
  return new Map(kept.map((at) => [at, across(placeOf(at))]));
}

/** Maps a range onto another; a range without width goes to the middle. */
const scale = (from: number, to: number, start: number, end: number) => (value: number) =>
  Math.round(
    (from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start)) * 10,
  ) / 10;

/** The figures that matter, with unit, where they cover neither a mark nor each other. */
function labelsOf(points: readonly ChartPoint[], zero: number | null): readonly ChartLabel[] {
  const last = points.findLast(({ mark }) => mark === 'actual');
  const wanted = [
    last,
    points.find(({ mark }) => mark === 'finalTarget'),
    points.find(({ mark }) => mark === 'baseline'),
    points.findLast(({ mark }) => mark === 'target'),
  ].filter((point) => point !== undefined);
  const taken: Box[] = points.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }));
  // The line of zero has its own 0 at the left.
  if (zero !== null) taken.push({ x: 0, y: zero - 14, width: 10, height: 14 });
  const labels: ChartLabel[] = [];
  for (const { x, y, figure } of wanted) {
    const width = widthOf(figure.text);
    const left = Math.min(Math.max(x - width / 2, 0), WIDTH - width);
    const found = [y - 10, y + 20, y - 24, y + 34]
      .map((base) => ({ x: left, y: base - LETTER, width, height: LETTER + 2 }))
      .filter((box) => box.y >= 0 && box.y + box.height <= HEIGHT - 18)
      .find((box) => !taken.some((other) => overlap(box, other)));
    if (!found) continue;
    taken.push(found);
    labels.push({ x: left, y: found.y + LETTER, text: figure.text });
  }
  return labels;
}

type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Japanese letters are as wide as high, digits and Latin ones a little over half of that. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[ -~]/.test(letter) ? 0.62 : 1.02) * LETTER, 0);
