/**
 * One row of a result table, told apart by content: exported tables shift cells beside their
 * captions, so the run of figures is searched and everything else stands relative to it. Makes no
 * project; `resulttable.ts` joins rows.
 */
import type { Cell } from './grid.ts';
import type { Columns, FigureColumn } from './header.ts';
import { joinLines } from './lines.ts';
import { findAbsence, parseQuantity } from './quantity.ts';
import { parseRating } from './rating.ts';

export type Row = {
  readonly at: string;
  readonly no: string | null;
  /** No 1-1 that a spreadsheet turned into 1月1日. */
  readonly noWasDate: boolean;
  readonly name: string | null;
  readonly section: string;
  readonly strategy: string;
  readonly overview: string;
  readonly cost: string;
  /** 種別 and 指標, or both in one. */
  readonly labels: readonly string[];
  readonly figures: readonly { readonly column: FigureColumn; readonly cell: Cell }[];
  readonly unit: string;
  readonly rate: string;
  readonly judgement: string;
  readonly comment: string;
  readonly rating: string;
  readonly opinions: readonly { readonly caption: string; readonly text: string }[];
  /** How far the figures stand from their captions; null when the row holds none. */
  readonly shift: number | null;
  /** Cells with text that belong to no known column. */
  readonly rest: readonly Cell[];
};

/** Nearest first, so that a tie stays with the header. */
const shifts = [0, -1, 1, -2, 2, -3, 3] as const;

export function readRow(cells: readonly Cell[], columns: Columns): Row {
  const used = new Set<number>();
  const take = (column: number | undefined): string => {
    if (column === undefined) return '';
    used.add(column);
    return cells[column]?.text ?? '';
  };
  const shift = findShift(cells, columns);
  const moved = shift ?? findVerdictShift(cells, columns);
  const beside = (column: number | undefined): string =>
    column === undefined ? '' : take(column < columns.label ? column : column + moved);

  const name = joinLines(take(columns.name)) || null;
  const printedNo = joinLines(take(columns.no));
  const date = /^(\d{1,2})月(\d{1,2})日$|^(\d{1,2})\/(\d{1,2})$/.exec(printedNo);
  const no = date ? `${date[1] ?? date[3]}-${date[2] ?? date[4]}` : printedNo || null;

  const figureColumns = shift === null ? [] : columns.figures;
  const start = Math.min(...columns.figures.map(({ column }) => column)) + moved;
  // The columns of the project itself are read by position, but only while they stand before the KPI.
  const ownEnd =
    name === null && no === null
      ? 0
      : Math.max(columns.name, columns.section ?? 0, columns.strategy ?? 0) + 1;
  const labelFrom = Math.max(Math.min(columns.label, start - 1), Math.min(ownEnd, columns.label));
  const own = (column: number | undefined): string =>
    column !== undefined && column < labelFrom ? take(column) : '';
  const section = own(columns.section);
  const strategy = own(columns.strategy);
  const overview = own(columns.overview);
  const cost = beside(columns.cost);

  const labels: string[] = [];
  const notLabel = new Set(
    [columns.unit, columns.overview, columns.cost, columns.comment].map((column) => column ?? -1),
  );
  for (let column = labelFrom; column < start && shift !== null; column++) {
    if (notLabel.has(column)) continue;
    used.add(column);
    const text = joinLines(printedIn(cells[column]).text);
    if (text !== '' && text !== labels.at(-1)) labels.push(text);
  }
  const figures = figureColumns.map((column) => {
    used.add(column.column + moved);
    const cell = cells[column.column + moved];
    return { column, cell: printedIn(cell) };
  });
  const row = {
    no,
    noWasDate: date !== null,
    name,
    section,
    strategy,
    overview,
    cost,
    labels,
    figures,
    unit: beside(columns.unit),
    rate: beside(columns.rate),
    judgement: beside(columns.judgement),
    comment: beside(columns.comment),
    rating: joinLines(beside(columns.rating)),
    opinions: columns.opinions.map(({ column, caption }) => ({ caption, text: beside(column) })),
    shift,
  };
  const rest = cells.filter((cell, column) => cell.text !== '' && !used.has(column));
  return { ...row, rest, at: cells.find((cell) => cell.text !== '')?.at ?? '' };
}

const emptyCell: Cell = { text: '', number: null, rowSpan: 1, colSpan: 1, at: '' };

/** How far the run of figures stands from its captions: the place where most cells read as figures. */
function findShift(cells: readonly Cell[], columns: Columns): number | null {
  const first = Math.min(...columns.figures.map(({ column }) => column));
  let best: { shift: number; score: number } | null = null;
  for (const shift of shifts) {
    if (first + shift <= columns.name) continue;
    let score = worth(cells[first + shift - 1]) > 0 ? -1 : 0;
    // 達成率 is a figure too, and would fill the place of one that cannot be read.
    if (columns.rate !== undefined) score += worth(cells[columns.rate + shift]);
    let figures = 0;
    for (const { column } of columns.figures) {
      const cell = cells[column + shift];
      const value = worth(cell);
      score += value;
      if (value >= 1) figures++;
    }
    if (figures > 0 && score > (best?.score ?? 0)) best = { shift, score };
    // Every column a figure: no other place can be better, and a large table is read in half the time.
    if (figures === columns.figures.length && score >= 2 * figures) break;
  }
  return best?.shift ?? null;
}

/** A row without figures still shows by its rating or its opinions how far it is shifted. */
function findVerdictShift(cells: readonly Cell[], columns: Columns): number {
  const { rating } = columns;
  const opinions = columns.opinions[0]?.column;
  return (
    shifts.find(
      (shift) => rating !== undefined && parseRating(cells[rating + shift]?.text ?? '') !== null,
    ) ??
    shifts.find(
      (shift) =>
        opinions !== undefined && /【[^】]{1,60}】/.test(cells[opinions + shift]?.text ?? ''),
    ) ??
    0
  );
}

function worth(cell: Cell | undefined): number {
  const { text } = printedIn(cell);
  if (text === '') return 0.1;
  if (text.length > 120) return -4;
  const quantity = parseQuantity(text);
  if (quantity.value !== null || quantity.parts) return 2;
  if (findAbsence(text)) return 1.5;
  return text.length <= 8 && !text.includes('。') ? -1 : -4;
}

/** A cell merged over several rows speaks for each of them; one merged over columns only for its first. */
function printedIn(cell: Cell | undefined): Cell {
  if (!cell) return emptyCell;
  return cell.text === '' && cell.anchor && cell.anchor.rowSpan > 1 ? cell.anchor : cell;
}
