/**
 * A document before it becomes a file: title, headings, lines and tables of cells. Each layout is set
 * once as papers; workbook, Word file and printed page all draw from them, so they say the same.
 */
import type { Quantity } from '#domain/sheet.ts';
import type { TextRun } from './opinioncell.ts';

/** `label` is the shaded caption of a form's field; `plain` has no border. */
export type PaperStyle = 'header' | 'label' | 'left' | 'center' | 'figure' | 'plain';

export type PaperCell = {
  readonly text: string;
  readonly style: PaperStyle;
  /** Where given, the text is its figure; a workbook holds it as a number. */
  readonly quantity: Quantity | null;
  /** Lines of which some are bold; they say the same as `text`. */
  readonly runs: readonly TextRun[] | null;
  readonly rows: number;
  readonly columns: number;
};

/** A row lists its own cells only; what a cell above or to the left covers is left out. */
export type PaperRow = readonly PaperCell[];

export type PaperTable = {
  readonly kind: 'table';
  /** How many of the paper's columns each column of this table takes. */
  readonly spans: readonly number[];
  /** The first rows that are printed again on each page. */
  readonly header: number;
  readonly rows: readonly PaperRow[];
  /** What a screen reader calls it. */
  readonly name: string;
};

export type PaperBlock =
  | { readonly kind: 'title' | 'text' | 'note' | 'bullet'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | PaperTable;

export type PaperSize = 'A3 landscape' | 'A4 portrait';

export type Paper = {
  /** Name of the sheet in a workbook. */
  readonly name: string;
  readonly size: PaperSize;
  /** Column widths in pixels of 1/96 inch; tables take one or more of them for a column. */
  readonly widths: readonly number[];
  readonly blocks: readonly PaperBlock[];
};

/** A cell of text in a style; spans default to one. */
export function cell(
  style: PaperStyle,
  text: string | null | undefined,
  spans: { readonly rows?: number; readonly columns?: number } = {},
): PaperCell {
  const { rows = 1, columns = 1 } = spans;
  return { text: text ?? '', style, quantity: null, runs: null, rows, columns };
}

/** A figure as printed; none is an empty cell. */
export function figureCell(
  quantity: Quantity | null | undefined,
  spans: { readonly rows?: number; readonly columns?: number } = {},
): PaperCell {
  return { ...cell('figure', quantity?.text, spans), quantity: quantity ?? null };
}

/** A cell whose lines are partly bold. */
export function runsCell(
  runs: readonly TextRun[],
  spans: { readonly rows?: number; readonly columns?: number } = {},
): PaperCell {
  return { ...cell('left', runs.map(({ text }) => text).join('\n'), spans), runs };
}

/** A cell and where it stands in its table, 0-based, in columns of the table. */
export type PaperPlace = {
  readonly cell: PaperCell;
  readonly row: number;
  readonly column: number;
};

/** Where the cells of a table stand once the spans above and beside them are counted. */
export function placeCells({ rows, spans }: PaperTable): readonly PaperPlace[] {
  const places: PaperPlace[] = [];
  /** Per column, the first row that is free. */
  const free = spans.map(() => 0);
  rows.forEach((cells, row) => {
    let column = 0;
    for (const each of cells) {
      while ((free[column] ?? 0) > row) column += 1;
      places.push({ cell: each, row, column });
      for (let at = column; at < column + each.columns; at += 1) free[at] = row + each.rows;
      column += each.columns;
    }
  });
  return places;
}
