/**
 * How a KPI is judged; the rules are [K1]… in SPEC.md. Decides nothing about a rating: that is
 * people's work. Says "unknown" rather than guess.
 */
import { amountOf, holdsFigure, pairUp } from './compound.ts';
import { meets, meetsTarget, type Met } from './direction.ts';
import {
  chooseFormula,
  measureOf,
  noFormula,
  rateBy,
  readingsOf,
  type Rated,
  type Reading,
} from './rate.ts';
import type { Judgement, Kpi, Quantity, SeriesPoint } from './sheet.ts';
import type { FiscalYear } from './types.ts';
import { compareUnits } from './unit.ts';

/** Why a judgement came out as it did: one word the UI translates. */
export const judgementReasons = [
  'reached', // 達成: the target of the year, or the final one
  'not-reached', // 未達成
  'final-target-later', // 途中: the target is that of a later year
  'actual-unmeasured', // 未計測
  'actual-missing', // blank, −, 省略, unreadable
  'target-missing',
  'direction-open', // nobody has said which way is better
  'units-differ',
  'target-year-open', // not reached, and no year says by when it should be
  'about-target', // 程度: below the figure, but not far
  'keep-band-open', // 維持: another figure, and no width is stated
  'direction-contradicts', // 以下 with 増加, 以上 with 減少
  'reading-open', // 150%増 beside 対前年比 66%: the words leave more than one reading
  'parts-differ', // 男/女 on one side, one figure on the other; a range
  'parts-disagree', // 男 reached, 女 not
] as const;
export type JudgementReason = (typeof judgementReasons)[number];

export type Judged = Rated & {
  readonly judgement: Judgement;
  readonly reason: JudgementReason;
  /** The year of the target that was compared with; null also where nobody says which it is. */
  readonly comparedYear: FiscalYear | null;
  /** Where the words leave more than one reading: the rate of each [K15]. */
  readonly readings: readonly Rated<Reading>[];
};

/** What of a KPI is compared with what in a year [K1]. */
export type Compared = {
  readonly point: SeriesPoint | null;
  readonly actual: Quantity | null;
  readonly target: Quantity | null;
  readonly comparedYear: FiscalYear | null;
  /** Whether the target is one of this year or of an earlier one; null where nobody says. */
  readonly due: boolean | null;
};

/** The figures of the evaluated year; of a table that names no year, those without one. */
export function compared(kpi: Kpi, evaluatedYear: FiscalYear | null): Compared {
  const point = pointOf(kpi, evaluatedYear);
  const actual = point?.actual ?? null;
  const own = point?.target;
  if (holdsFigure(own)) {
    const comparedYear = typeof point?.year === 'number' ? point.year : evaluatedYear;
    return { point, actual, target: own, comparedYear, due: true };
  }
  const year = kpi.finalTarget ? kpi.finalTargetYear : null;
  const due = year === null || evaluatedYear === null ? null : year <= evaluatedYear;
  return { point, actual, target: kpi.finalTarget, comparedYear: year, due };
}

function pointOf(kpi: Kpi, evaluatedYear: FiscalYear | null): SeriesPoint | null {
  const dated = kpi.series.find(({ year }) => year === evaluatedYear);
  if (dated || evaluatedYear === null) return dated ?? lastOf(kpi);
  return kpi.series.find(({ year }) => year === null) ?? null;
}

/** Where nothing says which year is evaluated: the last one that has an actual. */
function lastOf({ series, baselineYear }: Kpi): SeriesPoint | null {
  const years = series.filter(({ year }) => typeof year === 'number' && year !== baselineYear);
  return years
    .filter(({ actual }) => actual)
    .reduce<SeriesPoint | null>(
      (last, point) => (last && Number(last.year) > Number(point.year) ? last : point),
      null,
    );
}

/**
 * Judges the actual of a year against that year's target, else against the final one [K1]–[K15].
 * Without a year (a table that names none) the figures without a year are judged, else the last.
 */
export function judge(kpi: Kpi, evaluatedYear: FiscalYear | null): Judged {
  const { point, actual, target, comparedYear, due } = compared(kpi, evaluatedYear);
  const judged = (
    judgement: Judgement,
    reason: JudgementReason,
    { rate, formula }: Rated = { rate: null, formula: noFormula },
    readings: readonly Rated<Reading>[] = [],
  ): Judged => ({ judgement, reason, rate, formula, comparedYear, readings });

  if (actual && (isUnmeasured(actual) || isNoMeasurement(kpi, point)))
    return judged('unmeasured', 'actual-unmeasured');
  if (!holdsFigure(actual)) return judged('unknown', 'actual-missing');
  if (!holdsFigure(target)) return judged('unknown', 'target-missing');
  const pairs = pairUp(actual, target);
  if (!pairs) return judged('unknown', 'parts-differ');
  if (pairs.some(([one, other]) => compareUnits(one, other) !== 'same'))
    return judged('unknown', 'units-differ');
  const readings = readingsOf(actual, target);
  if (readingOpen(kpi, actual, target, readings))
    return judged('unknown', 'reading-open', undefined, readings);
  const rated = pairs.length === 1 ? findRate(kpi, actual, target) : undefined;
  const met = together(pairs.map(([one, other]) => meets(one, other, kpi.direction)));
  if (met === 'reached') return judged('achieved', met, rated);
  if (met === 'direction-open' || met === 'direction-contradicts')
    return judged('unknown', met, rated);
  if (due === null) return judged('unknown', 'target-year-open', rated);
  if (!due) return judged('pending', 'final-target-later', rated);
  return judged(met === 'not-reached' ? 'missed' : 'unknown', met, rated);
}

const unmeasured =
  /^[(（]?(?:未計測|未測定|未実施|未調査|計測中|測定中|集計中|調査中|未集計|未確定|算定中|計測不能|測定不能|把握不能)/;
const saidUnmeasured = /未計測|未測定|計測(?:して|できて)い?な|測定(?:して|できて)い?な/;

function isUnmeasured({ value, parts, text }: Quantity): boolean {
  return value === null && !parts && unmeasured.test(text);
}

/** A 0 beside a printed 未計測 or − is no measurement [K16]; any other 0 is one [K11]. */
export function isNoMeasurement(kpi: Kpi, point: SeriesPoint | null): boolean {
  if (point?.actual?.value !== 0) return false;
  const stated = point.statedJudgement ?? kpi.statedJudgement;
  if (stated !== null) return stated === 'unmeasured';
  return saidUnmeasured.test(`${point.comment ?? ''}${kpi.comment ?? ''}`);
}

/** 増 beside no 増, 累計 beside no 累計, a remark that says otherwise than the figure [K14] [K15]. */
function readingOpen(
  kpi: Kpi,
  actual: Quantity,
  target: Quantity,
  readings: readonly Rated<Reading>[],
): boolean {
  if (measureOf(actual) !== measureOf(target)) return true;
  const [one, other] = [actual, target].map(({ qualifier }) => /累計/.test(qualifier ?? ''));
  const cumulative = kpi.accumulation === 'cumulative' || /累計/.test(kpi.label ?? '');
  if (one !== other && !cumulative) return true;
  const met = readings.map(({ formula }) =>
    formula.kind === 'none'
      ? null
      : meetsTarget(formula.actual, formula.target, kpi.direction ?? 'increase'),
  );
  return new Set(met).size > 1;
}

/** Parts are judged together only when all of them agree [K13]. */
function together(all: readonly Met[]): Met | 'parts-disagree' {
  const [first = 'direction-open', ...others] = all;
  return others.every((each) => each === first) ? first : 'parts-disagree';
}

/** The rate of a KPI [K7]; a baseline in another unit is left out. */
function findRate(kpi: Kpi, actual: Quantity, target: Quantity): Rated {
  const { baseline, direction } = kpi;
  const usable =
    baseline && amountOf(baseline) !== null && compareUnits(baseline, target) === 'same';
  const formula = chooseFormula(direction, actual, target, usable ? baseline : null);
  return { rate: rateBy(formula), formula };
}
