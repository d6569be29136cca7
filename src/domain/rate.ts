/**
 * The rate of a KPI (達成率) and the formula it comes from [K7] [K8] [K15]. A rate never goes without
 * its formula, and where no formula means anything there is none.
 */
import Big from 'big.js';
import { amountOf, relationOf, remarksOf } from './compound.ts';
import type { Direction, Quantity } from './sheet.ts';

type OfTwo = { readonly actual: Quantity; readonly target: Quantity };
/** How a rate was reached, for the UI to put into words. Figures are those that were used. */
export type Formula =
  | ({ readonly kind: 'actualOverTarget' } & OfTwo)
  | ({ readonly kind: 'fromBaseline' } & OfTwo & { readonly baseline: Quantity })
  | ({ readonly kind: 'reduction' } & OfTwo & { readonly baseline: Quantity })
  | { readonly kind: 'none' };
/** The same with the ways in which figures may be meant besides, but are never judged. */
export type Reading =
  | Formula
  /** 実績÷(100＋目標): 150%増 read as 250% of the year before. */
  | ({ readonly kind: 'overIncreased' } & OfTwo)
  /** 目標÷実績, as some offices print it where less is better. */
  | ({ readonly kind: 'targetOverActual' } & OfTwo);

/** A rate in percent, one decimal, with its formula. */
export type Rated<F extends Reading = Formula> = {
  readonly rate: number | null;
  readonly formula: F;
};

export const noFormula: Formula & { readonly kind: 'none' } = { kind: 'none' };

/** [K7]: 実績÷目標 only where nothing is negative; a reduction only from its baseline. */
export function chooseFormula(
  direction: Direction | null,
  actual: Quantity,
  target: Quantity,
  baseline: Quantity | null,
): Formula {
  const [now, to] = [amountOf(actual), amountOf(target)];
  const from = baseline && amountOf(baseline);
  if (now === null || to === null) return noFormula;
  if (direction === 'increase') {
    if (to.gt(0) && now.gte(0) && (from === null || from.gte(0)))
      return { kind: 'actualOverTarget', actual, target };
    if (baseline && from?.lt(to)) return { kind: 'fromBaseline', actual, target, baseline };
  }
  if ((direction === 'decrease' || direction === 'zero') && baseline && from?.gt(to))
    return { kind: 'reduction', actual, target, baseline };
  return noFormula;
}

/**
 * The rates a figure has by each way of reading it, where the words leave more than one [K15]:
 * 150%増 and 対前年比 66% (26.4 and 44.0), 1件（40名） and 1件（22名） (100 and 55).
 */
export function readingsOf(actual: Quantity, target: Quantity): readonly Rated<Reading>[] {
  const rated = (formula: Reading): Rated<Reading> => ({ rate: rateBy(formula), formula });
  if (measureOf(target) === 'change' && measureOf(actual) === 'ratio') {
    return [
      rated({ kind: 'overIncreased', actual, target }),
      rated({ kind: 'actualOverTarget', actual, target }),
    ];
  }
  const remarks = remarksOf(actual, target);
  return remarks
    ? [
        rated({ kind: 'actualOverTarget', actual, target }),
        rated({ kind: 'actualOverTarget', actual: remarks[0], target: remarks[1] }),
      ]
    : [];
}

/** What a figure measures: an amount, a change (10%増), or a share of the year before (対前年比 66%). */
export function measureOf({ qualifier }: Quantity): 'amount' | 'change' | 'ratio' {
  if (/[増減]/.test(qualifier ?? '')) return 'change';
  return /前年度?比/.test(qualifier ?? '') ? 'ratio' : 'amount';
}

/** The rate of a formula in percent, one decimal, half away from zero [K8]; null when it divides by 0. */
export function rateBy(formula: Reading): number | null {
  return percentAt(formula, 1);
}

/** The same at as many decimals as asked, rounded half away from zero, or cut off [K8]. */
export function percentAt(
  formula: Reading,
  decimals: number,
  way: 'rounded' | 'cut' = 'rounded',
): number | null {
  const terms = termsOf(formula);
  if (!terms || terms.whole.eq(0)) return null;
  // One division at the very end: rounding twice would turn 0.0449… into 0.1.
  const scale = new Big(10).pow(decimals);
  const mode = way === 'cut' ? Big.roundDown : Big.roundHalfUp;
  const rate = divided(terms.part.times(100).times(scale), terms.whole, mode).div(scale).toNumber();
  // No real target is that small; a rate that is no number any more is none.
  return Number.isFinite(rate) ? rate : null;
}

/** A quotient as a whole number; big.js itself rounds at twenty decimals first, so it is checked. */
function divided(part: Big, whole: Big, mode: typeof Big.roundDown | typeof Big.roundHalfUp): Big {
  const sign = part.times(whole).lt(0) ? -1 : 1;
  let cut = part.div(whole).round(0, Big.roundDown);
  if (cut.times(whole).abs().gt(part.abs())) cut = cut.minus(sign);
  const rest = part.minus(cut.times(whole)).abs();
  return mode === Big.roundHalfUp && rest.times(2).gte(whole.abs()) ? cut.plus(sign) : cut;
}

/** The figures of a formula with what comes out: `13 ÷ 10 × 100 = 130`, ≒ where it was rounded. */
export function makeFormula(formula: Reading, decimals = 1): string | null {
  const terms = termsOf(formula);
  if (!terms) return null;
  if (terms.whole.eq(0)) return terms.text;
  const rate = percentAt(formula, decimals);
  if (rate === null) return terms.text;
  const exact = new Big(rate).times(terms.whole).eq(terms.part.times(100));
  return `${terms.text} × 100 ${exact ? '=' : '≒'} ${makeNumber(new Big(rate))}`;
}

type Terms = { readonly part: Big; readonly whole: Big; readonly text: string };

function termsOf(formula: Reading): Terms | null {
  if (formula.kind === 'none') return null;
  const [actual, target] = [amountOf(formula.actual), amountOf(formula.target)];
  if (actual === null || target === null) return null;
  const [a, t] = [termOf(formula.actual), termOf(formula.target)];
  switch (formula.kind) {
    case 'actualOverTarget':
      return { part: actual, whole: target, text: `${a} ÷ ${t}` };
    case 'targetOverActual':
      return { part: target, whole: actual, text: `${t} ÷ ${a}` };
    case 'overIncreased':
      return { part: actual, whole: target.plus(100), text: `${a} ÷ (100 + ${behind(t)})` };
    case 'fromBaseline':
    case 'reduction': {
      const baseline = amountOf(formula.baseline);
      if (baseline === null) return null;
      const b = termOf(formula.baseline);
      return formula.kind === 'fromBaseline'
        ? {
            part: actual.minus(baseline),
            whole: target.minus(baseline),
            text: `(${a} − ${behind(b)}) ÷ (${t} − ${behind(b)})`,
          }
        : {
            part: baseline.minus(actual),
            whole: baseline.minus(target),
            text: `(${b} − ${behind(a)}) ÷ (${b} − ${behind(t)})`,
          };
    }
  }
}

/** A figure as it stands in a formula: 1,072,438, -419, (10 × 9). */
function termOf(quantity: Quantity): string {
  if (relationOf(quantity) !== 'product') return makeNumber(amountOf(quantity) ?? new Big(0));
  const factors = (quantity.parts ?? []).map(({ value }) => makeNumber(new Big(value ?? 0)));
  return `(${factors.join(' × ')})`;
}

const behind = (term: string): string => (term.startsWith('-') ? `(${term})` : term);

/** An exact decimal with its thousands grouped. */
export function makeNumber(number: Big): string {
  const [whole = '', decimals] = number.toFixed().split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
