/**
 * What stands in the margins of pages: page numbers, and a running title after its first page. Takes
 * away nothing else.
 */
import type { Block } from './pdfpage.ts';

const number = /^[-－−―(（\s]*(?:p\.?\s*)?\d{1,4}\s*(?:[/／]\s*\d{1,4}|ページ|頁)?[-－−―)）\s]*$/i;
/** A running title stands at the same height (pt). */
const near = 3;

export function withoutMargins(pages: readonly (readonly Block[])[]): (readonly Block[])[] {
  const bodies = pages.map((blocks) => {
    const from = blocks.findIndex((block) => !isNumber(block));
    const to = blocks.findLastIndex((block) => !isNumber(block));
    return from < 0 ? [] : blocks.slice(from, to + 1);
  });
  return bodies.map((blocks, page) => {
    const before = bodies[page - 1]?.[0];
    const [first] = blocks;
    const repeats =
      before?.kind === 'prose' &&
      first?.kind === 'prose' &&
      first.text === before.text &&
      Math.abs(first.y - before.y) < near;
    return repeats ? blocks.slice(1) : blocks;
  });
}

function isNumber(block: Block): boolean {
  return block.kind === 'prose' && number.test(block.text);
}
