/**
 * A paper laid on the rows and columns of a sheet: every block at its place, rows as high as their
 * texts, pages that cut nothing which fits on one. Pure geometry, no file format.
 */
import { makeNumberCell } from './numbercell.ts';
import {
  placeCells,
  type Paper,
  type PaperBlock,
  type PaperCell,
  type PaperPlace,
  type PaperSize,
  type PaperTable,
} from './paper.ts';
import { heightOf, type CellContent, type CellStyle, type PlacedCell } from './placed.ts';
import { fitsWidth, MAX_ROW, pageHeight, pageStarts, total, type PageSize } from './sheetpage.ts';

export type PaperLayout = {
  readonly widths: readonly number[];
  /** Row heights in points, every row of the sheet. */
  readonly heights: readonly number[];
  readonly cells: readonly PlacedCell[];
  /** Rows repeated on every page; null where no single header holds for the whole sheet. */
  readonly header: { readonly first: number; readonly last: number } | null;
  readonly pageStarts: readonly number[];
};

/** Points of paper inside the margins, with the footer kept free. */
export const pages: Readonly<Record<PaperSize, PageSize>> = {
  'A3 landscape': { width: 1132, height: 756 },
  'A4 portrait': { width: 537, height: 756 },
};

const GAP = 8;
/** Least height of a table row, in points; captions are lower. */
const MIN_ROW = 24;
const MIN_HEADER = 20;
const lineStyles: Readonly<Record<Exclude<PaperBlock['kind'], 'table' | 'heading'>, CellStyle>> = {
  title: 'title',
  text: 'plain',
  bullet: 'plain',
  note: 'note',
};

type Sheet = {
  readonly paper: Paper;
  readonly heights: number[];
  readonly cells: PlacedCell[];
  /** Rows in front of which a page may well begin. */
  readonly starts: number[];
};

/** Lays out a paper; only a paper with a single table repeats that table's header. */
export function layOutPaper(paper: Paper): PaperLayout {
  const sheet: Sheet = { paper, heights: [], cells: [], starts: [] };
  const tables = paper.blocks.filter((block) => block.kind === 'table');
  let header: PaperLayout['header'] = null;
  let before: PaperBlock | undefined;
  for (const block of paper.blocks) {
    if (block.kind === 'table') {
      const first = placeTable(sheet, block, before?.kind !== 'heading');
      if (tables.length === 1 && block.header > 0)
        header = { first, last: first + block.header - 1 };
    } else placeLine(sheet, block, before);
    before = block;
  }
  const { heights, cells } = sheet;
  const { widths } = paper;
  const page = pages[paper.size];
  const at = header ?? { first: 0, last: -1 };
  const body = at.last + 1;
  const starts = [body, ...new Set(sheet.starts.filter((row) => row > body))];
  return {
    widths,
    heights,
    cells,
    header,
    pageStarts: pageStarts(heights, widths, at, starts, page),
  };
}

/** A line over all columns. What stands under a heading stays with it. */
function placeLine(
  sheet: Sheet,
  block: Exclude<PaperBlock, PaperTable>,
  before: PaperBlock | undefined,
): void {
  const style: CellStyle =
    block.kind === 'heading'
      ? block.level === 3
        ? 'subheading'
        : 'heading'
      : lineStyles[block.kind];
  if (block.kind === 'heading' && before && before.kind !== 'heading') sheet.heights.push(GAP);
  if (before?.kind !== 'heading') sheet.starts.push(sheet.heights.length);
  const text = block.kind === 'bullet' ? `・${block.text}` : block.text;
  const columns = sheet.paper.widths.length;
  const width = total(sheet.paper.widths);
  const needed = heightOf(text, width, style);
  const rows = split(needed);
  const at = { row: sheet.heights.length, column: 0, rows: rows.length, columns, style };
  sheet.cells.push({ ...at, content: { kind: 'text', text } });
  sheet.heights.push(...rows);
  if (block.kind === 'title') sheet.heights.push(GAP);
}

/** Places a table and answers its first row on the sheet. */
function placeTable(sheet: Sheet, table: PaperTable, free: boolean): number {
  const first = sheet.heights.length;
  const edges = table.spans.reduce<number[]>(
    (all, span) => [...all, (all.at(-1) ?? 0) + span],
    [0],
  );
  const from = (column: number) => edges[column] ?? 0;
  const places = placeCells(table);
  const needs = rowNeeds(sheet.paper, table, places, from);
  if (free) sheet.starts.push(first);
  const tall = total(needs) > pageHeight(sheet.paper.widths, pages[sheet.paper.size]);
  const only = sheet.paper.blocks.filter(({ kind }) => kind === 'table').length === 1;
  // A text too tall for one row of a workbook takes several, and with it all cells beside it.
  const starts: number[] = [];
  const covered = new Set(
    places.flatMap(({ row, cell }) =>
      Array.from({ length: cell.rows - 1 }, (_, index) => row + 1 + index),
    ),
  );
  for (const [index, need] of needs.entries()) {
    starts.push(sheet.heights.length);
    // A table is cut only where it must be, and then where nothing from above reaches into the row.
    if ((only || tall) && index > table.header && !covered.has(index))
      sheet.starts.push(sheet.heights.length);
    sheet.heights.push(...split(need));
  }
  starts.push(sheet.heights.length);
  for (const { cell, row, column } of places) {
    const top = starts[row] ?? 0;
    sheet.cells.push({
      row: top,
      column: from(column),
      rows: (starts[row + cell.rows] ?? sheet.heights.length) - top,
      columns: from(column + cell.columns) - from(column),
      style: cell.style,
      content: contentOf(cell, widthOf(sheet.paper, cell, column, from)),
    });
  }
  sheet.heights.push(GAP);
  return first;
}

/** Height of each row: its own texts, and its share of those that reach over several rows. */
function rowNeeds(
  paper: Paper,
  table: PaperTable,
  places: readonly PaperPlace[],
  from: (column: number) => number,
): number[] {
  const needs: number[] = table.rows.map((_, row) => (row < table.header ? MIN_HEADER : MIN_ROW));
  const heights = places.map(({ cell, row, column }) => {
    const width = widthOf(paper, cell, column, from);
    const line = cell.quantity !== null && isLine(cell.text, width);
    return { cell, row, need: heightOf(line ? '' : cell.text, width, cell.style) };
  });
  for (const { cell, row, need } of heights.toSorted((a, b) => a.cell.rows - b.cell.rows)) {
    const rows = needs.slice(row, row + cell.rows);
    const share = (need - total(rows)) / rows.length;
    if (share <= 0) continue;
    rows.forEach((height, index) => {
      needs[row + index] = Math.ceil((height + share) * 4) / 4;
    });
  }
  return needs;
}

function widthOf(
  paper: Paper,
  cell: PaperCell,
  column: number,
  from: (column: number) => number,
): number {
  return total(paper.widths.slice(from(column), from(column + cell.columns)));
}

/** Rows of equal height, none taller than a workbook allows. */
function split(height: number): number[] {
  const count = Math.max(1, Math.ceil(height / MAX_ROW));
  return Array.from({ length: count }, () => Math.ceil((height / count) * 4) / 4);
}

/** Whether a figure stays on one line; `measure.ts` reckons digits a fifth wider than any font has them. */
function isLine(text: string, width: number): boolean {
  return !text.includes('\n') && fitsWidth(text, width * 1.15);
}

function contentOf({ text, quantity, runs }: PaperCell, width: number): CellContent {
  if (runs) return { kind: 'runs', runs };
  const number = quantity && isLine(text, width) ? makeNumberCell(quantity) : null;
  return number ? { kind: 'number', text, ...number } : { kind: 'text', text };
}
