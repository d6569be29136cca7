/**
 * Pages below each other as the rows of one grid: a table that goes on over the page keeps its
 * columns, its repeated header goes, and what the page has cut becomes one cell again.
 */
import { gridLimits, makeCell, type Cell } from './grid.ts';
import { withoutMargins } from './pdfmargin.ts';
import { fillBoxes, type Block, type Table, type TextBox } from './pdfpage.ts';
import { goesOn } from './pdftext.ts';

/** A cell on its way into the grid; rows are those of the grid. */
type Draft = {
  readonly top: number;
  bottom: number;
  readonly left: number;
  readonly right: number;
  text: string;
  readonly at: string;
};
/** A table over several pages: borders of all its columns, how it begins, what reached the page's end. */
type Chain = {
  xs: readonly number[];
  head: readonly string[] | null;
  last: readonly { readonly box: TextBox; readonly draft: Draft }[];
};

/** Borders nearer than this (pt) on two pages are one column. */
const near = 3;

/** Null when there are more cells than in any table. */
export function makeRows(
  pages: readonly (readonly Block[])[],
): readonly (readonly Cell[])[] | null {
  const clean = withoutMargins(pages);
  const chains = chainTables(clean);
  const drafts: Draft[] = [];
  const widths: number[] = [];
  let cells = 0;
  for (const [page, blocks] of clean.entries()) {
    const at = (row: number): string => `page ${page + 1}, row ${row + 1}`;
    for (const block of blocks) {
      const row = widths.length;
      if (block.kind === 'prose') {
        drafts.push({
          top: row,
          bottom: row + 1,
          left: 0,
          right: 1,
          text: block.text,
          at: at(row),
        });
        widths.push(1);
        continue;
      }
      const chain = chains.get(block);
      if (!chain) continue;
      const height = addTable(block, chain, row, drafts, at);
      const width = chain.xs.length - 1;
      cells += width * height;
      if (cells > gridLimits.cells || row + height > gridLimits.rows) return null;
      for (let added = 0; added < height; added++) widths.push(width);
    }
  }
  return build(drafts, widths);
}

/** Adds the cells of one page of a table; how many rows that makes. */
function addTable(
  table: Table,
  chain: Chain,
  row: number,
  drafts: Draft[],
  at: (row: number) => string,
): number {
  const height = table.frame.ys.length - 1;
  const boxes = fillBoxes(table, chain.xs);
  const texts = Array.from({ length: height }, (_, index) => textOf(boxes, index));
  const head = chain.head ? repeatedRows(chain.head, texts) : 0;
  chain.head ??= texts;
  const before = new Map(chain.last.map((each) => [`${each.box.left} ${each.box.right}`, each]));
  const above = (box: TextBox) =>
    box.top === head ? before.get(`${box.left} ${box.right}`) : undefined;
  const first = boxes.filter(({ top }) => top === head);
  const unnumbered = first[0]?.text === '';
  const cut = unnumbered && isRowCut(first, (box) => above(box)?.box);
  const offset = row - head - (cut ? 1 : 0);
  const last: { box: TextBox; draft: Draft }[] = [];
  for (const box of boxes) {
    if (box.bottom <= head) continue;
    const upper = above(box);
    const open = upper?.box.openBottom === true && (box.openTop || head > 0);
    // A cell over several rows can be cut while the rows beside it are whole.
    const broken = unnumbered && !figure.test(box.text) && runsOn(upper?.box, box);
    let draft = upper && (cut || open || broken) ? upper.draft : null;
    if (upper && draft) {
      draft.text += `${draft.text === '' || runsOn(upper.box, box) ? '' : '\n'}${box.text}`;
      draft.bottom = Math.max(draft.bottom, box.bottom + offset);
    } else if (!(cut && box.top === head && box.bottom === head + 1)) {
      const top = Math.max(box.top + offset, row);
      const { left, right } = box;
      draft = { top, bottom: box.bottom + offset, left, right, text: box.text, at: at(top) };
      drafts.push(draft);
    }
    if (draft && box.bottom === height) last.push({ box, draft });
  }
  chain.last = last;
  return height - head - (cut ? 1 : 0);
}

/**
 * Whether the first row of a page is the rest of the last row of the page before: it has no number of
 * its own and no figure, and text only below text, of which some breaks off in the middle.
 */
function isRowCut(
  first: readonly TextBox[],
  above: (box: TextBox) => TextBox | undefined,
): boolean {
  const written = first.filter(({ text }) => text !== '');
  if (written.length === 0) return false;
  if (written.some((box) => (above(box)?.text ?? '') === '' || figure.test(box.text))) return false;
  return written.some((box) => runsOn(above(box), box) || (above(box)?.lines.length ?? 0) > 2);
}

const figure = /^[▲△−+-]?\s*[\d０-９][\d０-９,，.．]*\D{0,8}$|^[-－−―—ー–]$/u;

/** Whether the last line of a cell was wrapped into the first of another. */
function runsOn(before: TextBox | undefined, next: TextBox): boolean {
  const [end, begin] = [before?.lines.at(-1), next.lines[0]];
  return before !== undefined && end !== undefined && begin !== undefined
    ? goesOn(end, begin, before.room)
    : false;
}

/** How many rows at the top are those of the first page again; two captions make a header. */
function repeatedRows(head: readonly string[], texts: readonly string[]): number {
  let same = 0;
  while (same < Math.min(8, texts.length) && texts[same] === head[same]) same++;
  const captions = texts.slice(0, same).flatMap((text) => text.match(/[^\t]+/g) ?? []);
  return captions.length >= 2 && same < texts.length ? same : 0;
}

function textOf(boxes: readonly TextBox[], row: number): string {
  return boxes
    .filter(({ top }) => top === row)
    .map(({ left, text }) => `${left}${text.replace(/\s/g, '')}`)
    .join('\t');
}

function build(drafts: readonly Draft[], widths: readonly number[]): Cell[][] {
  const rows = widths.map((width, row) =>
    Array.from({ length: width }, () => makeCell('', `row ${row + 1}`)),
  );
  for (const { top, bottom, left, right, text, at } of drafts) {
    const anchor: Cell = { ...makeCell(text, at), rowSpan: bottom - top, colSpan: right - left };
    const covered = { ...makeCell('', at), anchor };
    for (let row = top; row < bottom; row++) {
      const line = rows[row];
      for (let column = left; line && column < Math.min(right, line.length); column++)
        line[column] = row === top && column === left ? anchor : covered;
    }
  }
  return rows;
}

/** The last table of a page and the first of the next are one when their sides agree. */
function chainTables(pages: readonly (readonly Block[])[]): Map<Block, Chain> {
  const chains = new Map<Block, Chain>();
  let open: Chain | null = null;
  for (const blocks of pages) {
    for (const [index, block] of blocks.entries()) {
      const goesOn: boolean =
        block.kind === 'table' && index === 0 && open !== null && alike(open.xs, block.frame.xs);
      if (block.kind === 'prose') open = null;
      else {
        if (!open || !goesOn) open = { xs: block.frame.xs, head: null, last: [] };
        else open.xs = union(open.xs, block.frame.xs);
        chains.set(block, open);
      }
    }
  }
  return chains;
}

function alike(one: readonly number[], other: readonly number[]): boolean {
  const apart = (index: number): number => Math.abs((one.at(index) ?? 0) - (other.at(index) ?? 0));
  return apart(0) <= near && apart(-1) <= near;
}

function union(one: readonly number[], other: readonly number[]): readonly number[] {
  const places: number[] = [];
  for (const at of [...one, ...other].toSorted((a, b) => a - b))
    if (at - (places.at(-1) ?? -Infinity) > near) places.push(at);
  return places;
}
