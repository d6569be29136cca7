/**
 * Figures made of several (男 12 / 女 8, 10名×9回, 1件（40名）): which number stands for the whole, if
 * one does, and which parts are compared with which [K12] [K13] [K14].
 */
import Big from 'big.js';
import type { Quantity } from './sheet.ts';

/** How the parts of a figure belong together; `single` also where a remark is added (1件（40名）). */
export type Relation = 'single' | 'product' | 'range' | 'pair';

export function relationOf({ text, value, parts }: Quantity): Relation {
  if (value !== null || !parts || parts.length < 2) return 'single';
  if (/[×✕✖*]|\d\D{0,8}[xXｘＸ]\s*\d/u.test(text)) return 'product';
  return /[~～〜]/.test(text) ? 'range' : 'pair';
}

/**
 * The number of a figure, exactly: its value, the product of its parts [K12]; 減 counts downwards.
 * null for pairs, ranges and what holds no figure.
 */
export function amountOf(quantity: Quantity): Big | null {
  const sign = isDecrease(quantity) ? -1 : 1;
  if (quantity.value !== null) return new Big(quantity.value).times(sign);
  if (relationOf(quantity) !== 'product') return null;
  let product = new Big(sign);
  for (const { value } of quantity.parts ?? []) {
    if (value === null) return null;
    product = product.times(value);
  }
  return product;
}

/** Whether there is anything to compare with: a value, or parts that all have one. */
export function holdsFigure(quantity: Quantity | null | undefined): quantity is Quantity {
  if (!quantity) return false;
  if (quantity.value !== null) return true;
  return (
    (quantity.parts ?? []).length > 0 &&
    quantity.parts?.every(({ value }) => value !== null) === true
  );
}

/** 10%減 and the like: the printed number is how much less. */
export function isDecrease({ qualifier, value }: Quantity): boolean {
  return /減/.test(qualifier ?? '') && (value ?? 0) > 0;
}

/**
 * What is compared with what: one pair for single figures and products, part by part for pairs
 * [K13]. null where the parts do not correspond.
 */
export function pairUp(
  actual: Quantity,
  target: Quantity,
): readonly (readonly [actual: Quantity, target: Quantity])[] | null {
  const [one, other] = [relationOf(actual), relationOf(target)];
  if (one === 'range' || other === 'range') return null;
  if (one !== 'pair' && other !== 'pair') return one === other ? [[actual, target]] : null;
  if (one !== other) return null;
  const [actuals, targets] = [actual.parts ?? [], target.parts ?? []];
  if (actuals.length !== targets.length) return null;
  const pairs: (readonly [Quantity, Quantity])[] = [];
  for (const [index, part] of actuals.entries()) {
    const label = labelOf(part);
    const same = targets.filter((each) => labelOf(each) === label);
    // Without labels the order is all there is; with labels it decides nothing.
    const partner = label === '' ? targets[index] : same.length === 1 ? same[0] : undefined;
    if (!partner || labelOf(partner) !== label) return null;
    pairs.push([part, partner]);
  }
  return pairs;
}

/** 男 of `男:18.51年`; empty where the part begins with its figure. */
export function labelOf({ text }: Quantity): string {
  return /^[^\d０-９▲△−+-]*/u.exec(text.trim())?.[0].replace(/[\s:：]/gu, '') ?? '';
}

/** What is added in brackets in the same unit on both sides: 40名 and 22名 of 1件（40名） → 1件（22名） [K14]. */
export function remarksOf(
  actual: Quantity,
  target: Quantity,
): readonly [actual: Quantity, target: Quantity] | null {
  if (actual.value === null || target.value === null) return null;
  const [one, other] = [actual.parts?.[1], target.parts?.[1]];
  return one?.value != null && other?.value != null && one.unit === other.unit
    ? [one, other]
    : null;
}
