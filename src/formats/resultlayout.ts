/**
 * Where everything of a result table stands on its sheet: cells, merges, widths, heights, pages.
 * Pure geometry; it knows the shape of the published table, and nothing of the file format.
 */
import type { EvaluationTable, Kpi, ProjectSheet } from '#domain/sheet.ts';
import { correctionNotes } from './correctionnote.ts';
import { figureAt, figureColumns, type FigureColumn } from './figures.ts';
import { textWidth } from './measure.ts';
import { makeNumberCell } from './numbercell.ts';
import { opinionParts, opinionRuns } from './opinioncell.ts';
import { heightOf, type CellContent, type CellStyle, type PlacedCell } from './placed.ts';
import {
  captionText,
  columnWidths,
  fitsFigure,
  MAX_ROW,
  pageHeight,
  pageStarts,
  total,
} from './sheetpage.ts';
import { makeFiscalYear } from './wareki.ts';

export type ResultLayout = {
  /** Column widths in pixels of 1/96 inch. */
  readonly widths: readonly number[];
  /** Row heights in points, every row of the sheet. */
  readonly heights: readonly number[];
  readonly cells: readonly PlacedCell[];
  /** First and last row repeated on every page. */
  readonly header: { readonly first: number; readonly last: number };
  /** Rows that begin a new page, so that no project is cut in two that fits on one. */
  readonly pageStarts: readonly number[];
};

/** Least height of a row, in points. */
const MIN_ROW = 32;
const HEADER_ROW = 19;
/** Columns before the first figure: No, 事業名, 所管課, 位置づけ, 種別, 指標. */
const FIRST_FIGURE = 6;

const word = {
  no: 'No',
  name: '事業名',
  section: '所管課',
  strategy: '総合戦略における位置づけ',
  kpi: '重要業績評価指標 (KPI)',
  indicator: '指標',
  ratingGroup: '評価結果',
  rating: '評価',
  opinions: '意見等',
  fallbackTitle: '事業評価結果',
};

/** Lays a table out. A project takes its KPI rows, and more where its opinions need them. */
export function layOutResult(table: EvaluationTable): ResultLayout {
  const figures = figureColumns(table);
  const kpis = table.projects.flatMap((project) => project.kpis);
  const widths = columnWidths(
    figures.map((figure) => ({
      caption: figure.caption,
      texts: kpis.map((kpi) => figureAt(kpi, figure)?.text ?? ''),
    })),
  );
  const sheet: Sheet = { figures, widths, heights: [], cells: [] };
  placeTitle(sheet, table);
  const first = sheet.heights.length;
  placeHeader(sheet, table);
  const header = { first, last: sheet.heights.length - 1 };
  const starts = table.projects.map((project) => placeProject(sheet, project));
  // [F14] The value that was taken over stands in the table, the printed one below it.
  for (const text of correctionNotes(table.projects)) placeLine(sheet, text, 'note');
  const { heights, cells } = sheet;
  return {
    widths,
    heights,
    cells,
    header,
    pageStarts: pageStarts(heights, widths, header, starts),
  };
}

type Sheet = {
  readonly figures: readonly FigureColumn[];
  readonly widths: readonly number[];
  readonly heights: number[];
  readonly cells: PlacedCell[];
};

/** A long title goes on two lines, broken at the space that makes them most alike. */
function titleLines(title: string): readonly string[] {
  if (textWidth(title) <= 40) return [title];
  const halves = [...title.matchAll(/[ \u3000]+/g)].map((space) => [
    title.slice(0, space.index),
    title.slice(space.index + space[0].length),
  ]);
  const longest = (lines: readonly string[]) => Math.max(...lines.map(textWidth));
  return halves.sort((a, b) => longest(a) - longest(b))[0] ?? [title];
}

function placeTitle(sheet: Sheet, table: EvaluationTable): void {
  const year = table.fiscalYear === null ? '' : makeFiscalYear(table.fiscalYear);
  const title = table.title ?? `${table.municipality ?? ''}${year}${word.fallbackTitle}`;
  for (const text of titleLines(title)) placeLine(sheet, text, 'title');
  sheet.heights.push(8);
}

/** A line over all columns. */
function placeLine(sheet: Sheet, text: string, style: 'title' | 'note'): void {
  const [row, columns] = [sheet.heights.length, sheet.widths.length];
  place(sheet, { row, column: 0, columns, style, content: plain(text) });
  const least = style === 'title' ? 24 : 0;
  sheet.heights.push(Math.max(least, heightOf(text, total(sheet.widths), style)));
}

function placeHeader(sheet: Sheet, table: EvaluationTable): void {
  const { figures, widths } = sheet;
  const { captions } = table;
  const top = sheet.heights.length;
  const rating = FIRST_FIGURE + figures.length;
  const head = (row: number, column: number, text: string, rows = 1, columns = 1) =>
    place(sheet, { row: top + row, column, rows, columns, style: 'header', content: plain(text) });
  const strategy = captions.strategy ?? word.strategy;
  const ratingWord = captions.rating ?? word.rating;
  const tall = [
    [3, strategy],
    [rating, ratingWord],
  ] as const;
  head(0, 0, word.no, 3);
  head(0, 1, word.name, 3);
  head(0, 2, word.section, 3);
  head(0, 3, strategy, 3);
  head(0, 4, word.kpi, 1, 2 + figures.length);
  head(0, rating, captions.ratingGroup ?? word.ratingGroup, 1, 2);
  head(1, 4, word.indicator, 2, 2);
  head(1, rating, ratingWord, 2);
  head(1, rating + 1, word.opinions, 2);
  figures.forEach(({ group, caption }, index) => {
    const column = FIRST_FIGURE + index;
    head(group === null ? 1 : 2, column, captionText(caption), group === null ? 2 : 1);
    if (group === null || figures[index - 1]?.group === group) return;
    const next = figures.findIndex((each, at) => at > index && each.group !== group);
    head(1, column, group, 1, (next < 0 ? figures.length : next) - index);
  });
  const heights = [
    ...tall.map(([column, text]) => heightOf(text, widths[column] ?? 0, 'header') - 2 * HEADER_ROW),
    ...figures.map(({ caption }, index) =>
      heightOf(captionText(caption), widths[FIRST_FIGURE + index] ?? 0, 'header'),
    ),
  ];
  sheet.heights.push(HEADER_ROW, HEADER_ROW, Math.max(32, ...heights));
}

/** Places one project and answers the row it begins in. */
function placeProject(sheet: Sheet, project: ProjectSheet): number {
  const { figures, widths } = sheet;
  const start = sheet.heights.length;
  const rating = FIRST_FIGURE + figures.length;
  const own: readonly (readonly [column: number, text: string, style: CellStyle])[] = [
    [0, project.no ?? '', 'center'],
    [1, project.name ?? '', 'left'],
    [2, project.sections.join('\n'), 'center'],
    [3, project.strategyGoals.join('\n'), 'left'],
    [rating, project.ratingText ?? '', 'center'],
  ];
  const kpis: readonly (Kpi | null)[] = project.kpis.length > 0 ? project.kpis : [null];
  const kpiHeights = kpis.map((kpi) => (kpi ? kpiHeight(sheet, kpi) : MIN_ROW));
  const parts = opinionParts(
    opinionRuns(project.opinions),
    (text) => heightOf(text, widths.at(-1) ?? 0, 'opinion'),
    { whole: Math.min(MAX_ROW * kpis.length, pageHeight(widths) - 180), row: MAX_ROW },
  );

  const needed = own.map(([column, text, style]) => heightOf(text, widths[column] ?? 0, style));
  const rows = Math.max(kpis.length, parts.length, Math.ceil(Math.max(...needed) / MAX_ROW));
  const heights = Array.from({ length: rows }, (_, index) =>
    Math.max(kpiHeights[index] ?? MIN_ROW, (parts.length > 1 && parts[index]?.height) || 0),
  );
  stretch(heights, Math.max(...needed, (parts.length === 1 && parts[0]?.height) || 0));
  sheet.heights.push(...heights);

  for (const [column, text, style] of own) {
    place(sheet, { row: start, column, rows, style, content: plain(text) });
  }
  kpis.forEach((kpi, index) => placeKpi(sheet, kpi, start + index, 1));
  // Rows added for the opinions hold no KPI: a merge would be read as the KPI once more.
  if (rows > kpis.length) placeKpi(sheet, null, start + kpis.length, rows - kpis.length);
  parts.forEach(({ runs }, index) => {
    const span = index === parts.length - 1 ? rows - index : 1;
    const at = { row: start + index, column: rating + 1, rows: span };
    place(sheet, { ...at, style: 'opinion', content: { kind: 'runs', runs } });
  });
  return start;
}

function kpiHeight({ figures, widths }: Sheet, kpi: Kpi): number {
  const texts = [
    kpi.kind ?? '',
    labelOf(kpi),
    ...figures.map((each) => figureAt(kpi, each)?.text ?? ''),
  ];
  const heights = texts.map((text, index) =>
    heightOf(text, widths[FIRST_FIGURE - 2 + index] ?? 0, 'left'),
  );
  return Math.min(MAX_ROW, Math.max(MIN_ROW, ...heights));
}

function placeKpi(sheet: Sheet, kpi: Kpi | null, row: number, rows: number): void {
  place(sheet, { row, column: 4, rows, style: 'left', content: plain(kpi?.kind ?? '') });
  place(sheet, { row, column: 5, rows, style: 'left', content: plain(kpi ? labelOf(kpi) : '') });
  sheet.figures.forEach((figure, index) => {
    const quantity = kpi && figureAt(kpi, figure);
    const text = quantity?.text ?? '';
    const number = quantity && fitsFigure(text) ? makeNumberCell(quantity) : null;
    const content: CellContent = number ? { kind: 'number', text, ...number } : plain(text);
    place(sheet, { row, column: FIRST_FIGURE + index, rows, style: 'figure', content });
  });
}

function labelOf(kpi: Kpi): string {
  return `${kpi.mark ?? ''}${kpi.label ?? ''}`;
}

/** Raises row heights evenly until they sum up to what a merged cell needs. */
function stretch(heights: number[], needed: number): void {
  const share = (needed - total(heights)) / heights.length;
  if (share <= 0) return;
  heights.forEach((height, index) => {
    heights[index] = Math.min(MAX_ROW, Math.ceil((height + share) * 4) / 4);
  });
}

function plain(text: string): CellContent {
  return { kind: 'text', text };
}

function place(
  sheet: Sheet,
  cell: Pick<PlacedCell, 'row' | 'column' | 'style' | 'content'> & Partial<PlacedCell>,
): void {
  sheet.cells.push({ rows: 1, columns: 1, ...cell });
}
