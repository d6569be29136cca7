/**
 * The printed rate (達成率) of a KPI against its figures, rules [F1]–[F4]. Calls an error only what no
 * reading of the figures explains.
 */
import Big from 'big.js';
import type { Found } from './check.ts';
import { amountOf, holdsFigure, pairUp, relationOf, remarksOf } from './compound.ts';
import { isAbout } from './direction.ts';
import { compared } from './kpi.ts';
import {
  chooseFormula,
  makeFormula,
  makeNumber,
  measureOf,
  percentAt,
  readingsOf,
  type Reading,
} from './rate.ts';
import type { Kpi, Quantity } from './sheet.ts';
import type { FiscalYear } from './types.ts';
import { compareUnits } from './unit.ts';

/** What is wrong with the printed rate of the evaluated year, if anything. */
export function checkRate(kpi: Kpi, fiscalYear: FiscalYear | null): readonly Found[] {
  const stated = kpi.statedRate;
  if (stated?.value == null || !/^(?:%|倍)?$/.test(stated.unit ?? '')) return [];
  const { point, actual, target } = compared(kpi, fiscalYear);
  const told = (code: Found['code'], readings: readonly Reading[] = []): readonly Found[] => [
    {
      code,
      year: point?.year ?? null,
      side: 'rate',
      stated: stated.text,
      recomputed: ratesIn(readings, stated),
      formula: formulasIn(readings, stated),
    },
  ];
  if (!holdsFigure(actual) || !holdsFigure(target)) return told('rate-unchecked');
  const units = compareUnits(actual, target);
  if (units === 'different' || pairUp(actual, target)?.length !== 1) return told('rate-unchecked');
  const agrees = (reading: Reading): boolean => agreement(stated, reading) !== null;
  const wrong = isCopied(stated, actual) ? 'rate-copied' : 'rate-mismatch';
  if (measureOf(actual) !== measureOf(target)) {
    const readings = readingsOf(actual, target);
    if (readings.length === 0) return told('rate-unchecked');
    const formulas = readings.map(({ formula }) => formula);
    return told(formulas.some(agrees) ? 'rate-ambiguous' : wrong, formulas);
  }

  const own = ownFormula(kpi, actual, target);
  if (own.kind === 'none') {
    const least = kpi.direction === 'decrease' || kpi.direction === 'zero';
    if (amountOf(target)?.eq(0) === true && !least)
      return told('rate-undefined', [{ kind: 'actualOverTarget', actual, target }]);
    const other = otherFormulas(kpi, actual, target).find(agrees);
    return other ? told('rate-ambiguous', [other]) : told('rate-unchecked');
  }
  const agreed = agreement(stated, own);
  const remarks = remarksOf(actual, target);
  const inBrackets: Reading | null = remarks && {
    kind: 'actualOverTarget',
    actual: remarks[0],
    target: remarks[1],
  };
  if (agreed === 'rounded')
    return inBrackets && !agrees(inBrackets) ? told('rate-ambiguous', [inBrackets]) : [];
  if (agreed === 'cut') return told('rate-truncated', [own]);
  if (units === 'doubtful') return told('rate-ambiguous', [own]);
  if (inBrackets && agrees(inBrackets)) return told('rate-ambiguous', [own]);
  if (otherFormulas(kpi, actual, target).some(agrees)) return told('rate-ambiguous', [own]);
  const reached = (percentAt(own, 1) ?? 0) >= 100;
  if (factorsOf(actual, target).some(agrees) && percentOf(stated) >= 100 === reached)
    return told('rate-ambiguous', [own]);
  return told(wrong, [own]);
}

/** The formula of [K7]; where nobody has said which way is better, 実績÷目標 is what a 達成率 is. */
function ownFormula(kpi: Kpi, actual: Quantity, target: Quantity): Reading {
  const { direction } = kpi;
  const chosen = chooseFormula(direction, actual, target, baselineOf(kpi, target));
  if (chosen.kind !== 'none' || direction === 'decrease' || direction === 'zero') return chosen;
  const plain = amountOf(target)?.gt(0) === true && amountOf(actual)?.gte(0) === true;
  return plain ? { kind: 'actualOverTarget', actual, target } : chosen;
}

function otherFormulas(kpi: Kpi, actual: Quantity, target: Quantity): readonly Reading[] {
  const baseline = baselineOf(kpi, target);
  const inverse: readonly Reading[] =
    kpi.direction === 'increase' ? [] : [{ kind: 'targetOverActual', actual, target }];
  const plain: Reading = { kind: 'actualOverTarget', actual, target };
  // From a baseline both formulas are one fraction.
  return baseline
    ? [plain, { kind: 'fromBaseline', actual, target, baseline }, ...inverse]
    : [plain, ...inverse];
}

function baselineOf({ baseline }: Kpi, target: Quantity): Quantity | null {
  const usable = baseline && amountOf(baseline) !== null;
  return usable && compareUnits(baseline, target) === 'same' ? baseline : null;
}

/** 10名 of 10名 and 9回 of 10回, each for itself. */
function factorsOf(actual: Quantity, target: Quantity): readonly Reading[] {
  if (relationOf(actual) !== 'product') return [];
  return (actual.parts ?? []).flatMap((part, index): Reading[] => {
    const other = target.parts?.[index];
    return other ? [{ kind: 'actualOverTarget', actual: part, target: other }] : [];
  });
}

function isCopied(stated: Quantity, actual: Quantity): boolean {
  return amountOf(actual)?.eq(stated.value ?? 0) === true;
}

/** Whether a printed rate is a reading rounded at its own decimals, or cut off there [F1]. */
function agreement(stated: Quantity, reading: Reading): 'rounded' | 'cut' | null {
  const decimals = decimalsOf(stated);
  const value = stated.value ?? 0;
  const exact = percentAt(reading, 1);
  if (exact === null) return null;
  if (isAbout(stated) && Math.abs(exact - percentOf(stated)) <= exact / 10) return 'rounded';
  const ways = ['rounded', 'cut'] as const;
  const asPercent = (way: (typeof ways)[number]) => percentAt(reading, decimals, way) === value;
  // 1.3 without a sign, or 1.3倍, is a share: 130%.
  const asShare = (way: (typeof ways)[number]) =>
    stated.unit !== '%' &&
    new Big(value).times(100).eq(percentAt(reading, decimals - 2, way) ?? Number.MAX_VALUE);
  return ways.find((way) => asPercent(way) || asShare(way)) ?? null;
}

/** A printed rate in percent: 1.3倍 is 130. */
const percentOf = ({ value, unit }: Quantity): number => (value ?? 0) * (unit === '倍' ? 100 : 1);

function decimalsOf({ text }: Quantity): number {
  const shown = /\d[.．](\d+)/u.exec(text.normalize('NFKC'))?.[1];
  return Math.min(shown?.length ?? 0, 6);
}

function ratesIn(readings: readonly Reading[], stated: Quantity): string | null {
  const decimals = Math.max(1, decimalsOf(stated));
  const rates = readings
    .map((reading) => percentAt(reading, decimals))
    .filter((rate) => rate !== null);
  if (rates.length === 0) return null;
  // Beside each other they are printed alike: 26.4% / 44.0%.
  const texts = rates.map((rate) =>
    rates.length > 1 ? rate.toFixed(decimals) : makeNumber(new Big(rate)),
  );
  return texts.map((text) => `${text}%`).join(' / ');
}

function formulasIn(readings: readonly Reading[], stated: Quantity): string | null {
  const decimals = Math.max(1, decimalsOf(stated));
  const texts = readings.flatMap((reading) => makeFormula(reading, decimals) ?? []);
  return texts.length === 0 ? null : texts.join(' / ');
}
