/**
 * The one neutral table between file formats and layouts: rows of cells with text, spans and a
 * reference back into the file. Knows nothing about evaluation, fonts or formulas.
 */
import type { FindingCode } from './notice.ts';

export type Cell = {
  /** As displayed, line breaks as \n, not trimmed of anything but the outer white space. */
  readonly text: string;
  /** The stored number when the file keeps one beside the text (workbooks only). */
  readonly number: number | null;
  readonly rowSpan: number;
  readonly colSpan: number;
  /** `Sheet1!E7` or `line 12`. */
  readonly at: string;
  /** The cell whose merge covers this one. */
  readonly anchor?: Cell;
};

export type Grid = {
  /** The sheet, where the file has sheets. */
  readonly name: string | null;
  readonly rows: readonly (readonly Cell[])[];
  /** What was left out while reading, already known to need a person. */
  readonly notices: readonly {
    readonly code: FindingCode;
    readonly at: string;
    readonly stated: string | null;
  }[];
};

/** Bounds of any grid, whatever file it comes from: beyond them a file is refused. */
export const gridLimits = {
  rows: 20_000,
  columns: 256,
  cells: 1_000_000,
  cellText: 20_000,
} as const;

export function makeCell(text: string, at: string, number: number | null = null): Cell {
  return { text: text === '' ? '' : clean(text), number, rowSpan: 1, colSpan: 1, at };
}

/** Control characters would travel into XML and JSON exports and break them there. */
function clean(text: string): string {
  return (
    text
      .slice(0, gridLimits.cellText)
      .replace(/\r\n?|\u2028|\u2029|\u0085|\v|\f/g, '\n')
      .replace(/_x000[dD]_/g, '')
      .replace(/(?![\n\t])\p{Cc}|\p{Cs}|[\uFEFF\uFFFE\uFFFF]/gu, '')
      // Long runs of white space say nothing and make patterns slow.
      .replace(/[^\S\n]{3,}/g, '  ')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}
