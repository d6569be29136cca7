/** Amounts in yen: only where the figure or its caption says 円, 千円 … itself. */
import { parseQuantity } from './quantity.ts';

const factors: Readonly<Record<string, number>> = {
  円: 1,
  千円: 1_000,
  万円: 10_000,
  百万円: 1_000_000,
};

/** The amount in yen, or null: a bare number under a caption without 円 may be 千円. */
export function readYen(text: string, caption: string): number | null {
  const { value, unit } = parseQuantity(text.replace(/\s*\n\s*/g, ''));
  const said = /[(【[:](?:単位:)?\s*((?:千|万|百万)?円)/.exec(caption.normalize('NFKC'))?.[1];
  const factor = factors[unit ?? said ?? ''];
  const yen = value !== null && factor !== undefined ? Math.round(value * factor) : Number.NaN;
  return Number.isSafeInteger(yen) ? yen : null;
}
