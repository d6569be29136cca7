/**
 * What scanning and text extraction do to figures and running text, undone where only one reading is
 * possible: spaces inside a number, a text cut by a cell border. Repairs no lost or garbled character.
 */
import type { Quantity } from '#domain/sheet.ts';
import { parseQuantity } from './quantity.ts';

/** One printed figure, also with white space around its decimal point (`74. 3%`); text as printed. */
export function readFigure(text: string): Quantity {
  const printed = text.trim();
  const tidy = printed.replace(/(\d)\s+([.．])\s*(?=\d)|(\d)([.．])\s+(?=\d)/g, '$1$3.');
  return { ...parseQuantity(tidy), text: printed };
}

/**
 * A printed difference: in brackets or with a sign. What has neither is no difference, and its value
 * stays null.
 */
export function readDelta(text: string): Quantity {
  const printed = text.trim();
  const inner = /^[(（]\s*(.*?)\s*[)）]$/s.exec(printed)?.[1];
  if (inner === undefined && !/^[+＋\-−▲△±]/.test(printed))
    return { text: printed, value: null, unit: null, qualifier: null };
  return { ...readFigure(inner ?? printed), text: printed };
}

/** Signs without sense where Japanese text is expected: `V'o`, `\ \`_\``, markup of an underline. */
export function isGarbled(text: string): boolean {
  return (
    !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) &&
    /['`\\<>_^~|\u00c0-\u024f]/.test(text)
  );
}

/**
 * How many characters the end of one text shares with the start of the next, at most twelve. A single
 * kana may well be meant twice (…なかった | ため); only a larger piece was cut in two by a border.
 */
export function findOverlap(left: string, right: string): number {
  for (let length = Math.min(12, left.length, right.length); length > 1; length--)
    if (left.endsWith(right.slice(0, length))) return length;
  const [first = ''] = right;
  return left.endsWith(first) && /[\p{Script=Han}\p{Script=Katakana}]/u.test(first) ? 1 : 0;
}
