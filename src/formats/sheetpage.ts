/**
 * The A3 page a result table is printed on: how wide the columns become and where pages begin.
 * Pixels are 1/96 inch, heights points, as the file format counts them.
 */
import { textWidth } from './measure.ts';

/** Points of paper inside the margins, title and footer kept free. */
export type PageSize = { readonly width: number; readonly height: number };
/** A3 landscape. */
const PAGE: PageSize = { width: 1132, height: 756 };
/** Excel refuses a taller row than 409; kept below it for the sake of rounding. */
export const MAX_ROW = 405;
/** Together the columns are printed at about 89 %, which leaves 9 pt on paper. */
const TARGET_WIDTH = 1700;

const fixed = {
  no: 46,
  name: 130,
  section: 100,
  strategy: 206,
  kind: 96,
  label: 172,
  rating: 132,
};
const MIN_OPINION = 400;
const MIN_FIGURE = 80;
const MAX_FIGURE = 190;

/** Horizontal room a cell keeps for itself, in pixels: indented cells more. */
export const PADDING = { plain: 8, indented: 22 } as const;

/** Column widths in pixels; figure columns take the longest figure printed in them. */
export function columnWidths(
  figures: readonly { caption: string; texts: readonly string[] }[],
): number[] {
  const figureWidths = figures.map(({ caption, texts }) => {
    const body = texts.reduce((widest, text) => Math.max(widest, pixels(textWidth(text), 10)), 0);
    // A caption breaks before its year.
    const lines = captionText(caption).split('\n');
    const head = Math.max(...lines.map((line) => pixels(textWidth(line), 9)));
    return Math.round(Math.min(MAX_FIGURE, Math.max(MIN_FIGURE, body + PADDING.indented, head)));
  });
  const { no, name, section, strategy, kind, label, rating } = fixed;
  const others = [no, name, section, strategy, kind, label, ...figureWidths, rating];
  return [...others, Math.max(MIN_OPINION, TARGET_WIDTH - total(others))];
}

/** 現状値 (R1年度) on two lines; readers take the line break for the space it was. */
export function captionText(caption: string): string {
  return caption.replace(/ (?=[(（])/, '\n');
}

/** Whether a figure fits its column on one line; a number that does not would show as ####. */
export function fitsFigure(text: string): boolean {
  return fitsWidth(text, MAX_FIGURE);
}

/** The same for a column of a width in pixels. */
export function fitsWidth(text: string, width: number): boolean {
  return pixels(textWidth(text), 10) + PADDING.indented <= width;
}

/** Points of sheet height one page holds; a sheet wider than the page is printed smaller. */
export function pageHeight(widths: readonly number[], page: PageSize = PAGE): number {
  return page.height * Math.max(1, (total(widths) * 0.75) / page.width);
}

/**
 * Rows that begin a new page: those of projects that would be cut in two, unless taller than a
 * page themselves. `starts` are the first rows of the projects, `header` the rows repeated.
 */
export function pageStarts(
  heights: readonly number[],
  widths: readonly number[],
  header: { readonly first: number; readonly last: number },
  starts: readonly number[],
  size: PageSize = PAGE,
): number[] {
  const page = pageHeight(widths, size);
  const repeated = total(heights.slice(header.first, header.last + 1));
  const breaks: number[] = [];
  let used = total(heights.slice(0, header.last + 1));
  starts.forEach((start, index) => {
    const rows = heights.slice(start, starts[index + 1] ?? heights.length);
    if (used + total(rows) > page && index > 0) {
      breaks.push(start);
      used = repeated;
    }
    // Excel itself moves a row to the next page when it does not fit.
    for (const row of rows) used = used + row > page ? repeated + row : used + row;
  });
  return breaks;
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function pixels(em: number, size: number): number {
  return (em * size * 96) / 72 + PADDING.plain;
}
