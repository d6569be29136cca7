/**
 * Cells at their place on a sheet, before any file format: what they hold, which look they have and
 * how much height their text needs. Heights are points, widths pixels of 1/96 inch.
 */
import { LINE_PITCH, lineCount } from './measure.ts';
import type { NumberCell } from './numbercell.ts';
import type { TextRun } from './opinioncell.ts';
import { PADDING } from './sheetpage.ts';

export type CellStyle =
  | 'title'
  | 'heading'
  | 'subheading'
  | 'note'
  | 'plain'
  | 'header'
  | 'label'
  | 'center'
  | 'left'
  | 'figure'
  | 'opinion';

export type CellContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'runs'; readonly runs: readonly TextRun[] }
  | ({ readonly kind: 'number'; readonly text: string } & NumberCell);

/** A cell or a merge, 0-based; every cell of the merge takes the style. */
export type PlacedCell = {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly style: CellStyle;
  readonly content: CellContent;
};

/** Font sizes in points. */
export const sizes: Readonly<Record<CellStyle, number>> = {
  title: 14,
  heading: 12,
  subheading: 10.5,
  note: 9,
  plain: 10,
  header: 9,
  label: 9,
  center: 10,
  left: 10,
  figure: 10,
  opinion: 10,
};

/** Vertical room of a cell, in points. */
const LEADING = 8;
const indented: readonly CellStyle[] = ['left', 'figure', 'opinion', 'plain', 'label'];

/** Height in points that a text needs in a cell of a width in pixels. */
export function heightOf(text: string, width: number, style: CellStyle): number {
  const size = sizes[style];
  const em =
    (width - (indented.includes(style) ? PADDING.indented : PADDING.plain)) / ((size * 96) / 72);
  return Math.ceil(lineCount(text, em) * size * LINE_PITCH) + LEADING;
}
