/** The printed differences of a KPI against its figures, and the two figures of a 当初: [F7] [F8]. */
import type { Found } from './check.ts';
import { amountOf } from './compound.ts';
import { countDelta, deltasOf, fitsBase, type PrintedDelta } from './delta.ts';
import { makeNumber } from './rate.ts';
import { deltaBases, type DeltaBase, type Kpi } from './sheet.ts';

/** The bases as offices call them; `findingwords.ts` has them in English. */
export const deltaBaseWords: Readonly<Record<DeltaBase, string>> = {
  start: '対当初',
  previousActual: '対前年度実績',
  previousTarget: '対前年度目標',
};

/** @param base what the differences of the KPI are counted from, as `findDeltaBases` found it */
export function checkDeltas(kpi: Kpi, base: DeltaBase | null): readonly Found[] {
  const deltas = deltasOf(kpi);
  const actuals = deltas.filter(({ side }) => side === 'actualDelta');
  const found = deltas.flatMap((delta) => mismatchOf(delta, base));
  const strays = actuals.filter(
    (delta) => base !== null && fitsBase(delta, base) === false && explains(delta),
  );
  const explained = actuals.some(explains);
  if (strays.length > 0 || (base === null && explained && !oneBase(actuals))) {
    const [first] = strays.length > 0 ? strays : actuals;
    found.push({
      code: 'delta-bases-mixed',
      ...(first && { year: first.year, side: first.side }),
      stated: actuals.map(({ printed }) => printed.text).join(' / '),
    });
  } else if (explained) found.push(nameBase(actuals, base));
  return [...found, ...checkStart(kpi, actuals)];
}

const explains = (delta: PrintedDelta): boolean =>
  deltaBases.some((base) => fitsBase(delta, base) === true);

const oneBase = (deltas: readonly PrintedDelta[]): boolean =>
  deltaBases.some((base) => deltas.every((delta) => fitsBase(delta, base) !== false));

/** A difference that no base explains; an error only where enough figures stood to explain it. */
function mismatchOf(delta: PrintedDelta, base: DeltaBase | null): readonly Found[] {
  const fits = deltaBases.map((each) => fitsBase(delta, each));
  if (fits.includes(true)) return [];
  // Targets are counted from the target before; actuals from the base the others show.
  const own = delta.side === 'targetDelta' ? 'previousTarget' : base;
  const counted = own && countDelta(delta, own);
  if (!counted && fits.includes(null)) return [];
  const { year, side, printed } = delta;
  return [
    {
      code: 'delta-mismatch',
      year,
      side,
      stated: printed.text,
      recomputed: counted ? makeNumber(counted.value) : null,
      formula: counted ? counted.formula : null,
    },
  ];
}

/** Names the base with the last difference as the example; all that fit where none is chosen. */
function nameBase(actuals: readonly PrintedDelta[], base: DeltaBase | null): Found {
  const bases = base
    ? [base]
    : deltaBases.filter((each) => actuals.every((delta) => fitsBase(delta, each) !== false));
  const shown = actuals.findLast((delta) => bases.some((each) => fitsBase(delta, each)));
  const [first] = bases;
  return {
    code: 'delta-base',
    ...(shown && { year: shown.year, side: shown.side }),
    stated: shown?.printed.text ?? null,
    recomputed: bases.map((each) => deltaBaseWords[each]).join(' / '),
    formula: (shown && first && countDelta(shown, first)?.formula) ?? null,
  };
}

/** 当初 73.4 / 74.3: one start, two figures [F8]. */
function checkStart(kpi: Kpi, actuals: readonly PrintedDelta[]): readonly Found[] {
  const start = kpi.series.find(({ year }) => year === '当初');
  if (!start?.target || !start.actual) return [];
  const [target, actual] = [amountOf(start.target), amountOf(start.actual)];
  if (target === null || actual === null || target.eq(actual)) return [];
  const next = actuals.find(
    ({ bases }) => bases.previousTarget === start.target && bases.previousActual === start.actual,
  );
  const used = (['previousTarget', 'previousActual'] as const).filter(
    (base) => next && fitsBase(next, base) === true,
  );
  const base = used.length === 1 ? used[0] : undefined;
  return [
    {
      code: 'baseline-contradicts',
      year: '当初',
      side: 'actual',
      stated: `${start.target.text} / ${start.actual.text}`,
      recomputed: base && next ? (next.bases[base]?.text ?? null) : null,
      formula: base && next ? (countDelta(next, base)?.formula ?? null) : null,
    },
  ];
}
