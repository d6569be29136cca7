/**
 * The header of a result table: which column holds what, told by its words. Knows the captions of
 * one header block of up to five rows; reads no project row and assumes no fixed column number.
 */
import type { TableCaptions } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import type { Cell, Grid } from './grid.ts';
import { parseQuantity } from './quantity.ts';
import { parseRating } from './rating.ts';
import { parseYear } from './year.ts';

export type FigureRole = TableCaptions['figures'][number]['role'];
export type FigureColumn = {
  readonly column: number;
  readonly role: FigureRole;
  readonly year: FiscalYear | null;
};

const columnWords = {
  no: /^(?:事業|整理|通し)?(?:No\.?|№|番号)$|^(?:項番|#)$/i,
  name: /^(?:交付(?:金|対象)?)?事業(?:の)?(?:名称?)(?:[(（].*)?$/,
  section: /^(?:所管|担当|主管|実施)(?:部?課|部署|部局|課室|課等|局)?名?$/,
  strategy: /総合戦略.*位置[づ付]け|^位置[づ付]け$|^基本目標$/,
  overview: /^事業(?:の)?(?:概要|内容)$/,
  cost: /^(?:決算額|事業費|総事業費|実績額|交付対象事業費)(?:[(（].*)?$/,
  unit: /^単位$/,
  label: /^(?:重要業績評価)?指標名?(?:[(（]?KPI[)）]?)?$|^KPI(?:名|指標)?$/i,
  rate: /達成率|達成度|進捗率/,
  judgement: /達成状況|^判定$|達成の?(?:可否|有無)/,
  rating:
    /効果に対する評価|^事業の?効果$|^地方創生(?:への|に対する)効果$|^(?:総合|外部|事業|有識者)?評価(?:区分)?$/,
  opinions: /意見|所見|講評/,
  comment: /^備考$|未達成?の?(?:理由|要因)/,
} as const satisfies Record<string, RegExp>;
type Word = keyof typeof columnWords;

export type Columns = Readonly<
  Partial<Record<Exclude<Word, 'name' | 'label' | 'opinions'>, number>>
> & {
  readonly name: number;
  readonly label: number;
  readonly opinions: readonly { readonly column: number; readonly caption: string }[];
  readonly figures: readonly FigureColumn[];
};
export type Header = {
  readonly top: number;
  readonly bottom: number;
  readonly columns: Columns;
  readonly captions: TableCaptions;
};

const depth = 5;

/** The first header at or below a row. */
export function findHeader(grid: Grid, from = 0): Header | null {
  for (let row = from; row < grid.rows.length; row++) {
    const header = startsHeader(grid.rows[row]) ? readHeader(grid, row, from) : null;
    if (header) return header;
  }
  return null;
}

/** Whether a row carries the caption 事業名, which no project row does. */
export function startsHeader(row: readonly Cell[] | undefined): boolean {
  return (
    row?.some((cell) => cell.text.length < 40 && columnWords.name.test(compact(cell.text))) ?? false
  );
}

function readHeader(grid: Grid, row: number, from: number): Header | null {
  let bottom = row;
  for (let next = row; next < Math.min(row + depth, grid.rows.length); next++) {
    const cells = grid.rows[next] ?? [];
    if (next > row && (startsHeader(cells) || isData(cells))) break;
    if (cells.some((cell) => findRole(cell.text) !== null)) bottom = next;
  }
  const above = grid.rows[row - 1] ?? [];
  const top = row > from && above.filter((cell) => cell.text !== '').length > 1 ? row - 1 : row;
  const block = grid.rows.slice(top, bottom + 1);
  const width = Math.max(...block.map((cells) => cells.length));

  const found: Partial<Record<Word, number>> = {};
  const opinions: { column: number; caption: string }[] = [];
  const figures: (FigureColumn & { group: string | null; caption: string })[] = [];
  for (let column = 0; column < width; column++) {
    const leaf = block.findLastIndex((cells) => (cells[column]?.text ?? '') !== '');
    const caption = block[leaf]?.[column]?.text ?? '';
    if (caption === '') continue;
    const group = leaf > 0 ? groupOf(block[leaf - 1] ?? [], column) : null;
    const role =
      findRole(caption) ?? (parseYear(caption) !== null && group ? findRole(group) : null);
    if (role && figures.length < 24) {
      const year = parseYear(caption) ?? (group ? parseYear(group) : null);
      figures.push({ column, role, year, group, caption: oneLine(caption) });
      continue;
    }
    const word = findWord(caption);
    if (word === 'opinions') opinions.push({ column, caption: oneLine(caption) });
    else if (word) found[word] ??= column;
  }
  const { name, label } = found;
  if (name === undefined || label === undefined || opinions.length === 0 || figures.length === 0)
    return null;
  const settled = settleRoles(figures);
  const ratingTop = found.rating === undefined ? null : groupOf(block[0] ?? [], found.rating);
  return {
    top,
    bottom,
    columns: { ...found, name, label, opinions, figures: settled },
    captions: {
      strategy: captionAt(block, found.strategy),
      figures: settled.map(({ group, caption, role, year }) => ({ group, caption, role, year })),
      rating: captionAt(block, found.rating),
      ratingGroup:
        ratingTop && findWord(ratingTop) === null && findRole(ratingTop) === null
          ? ratingTop
          : null,
    },
  };
}

/** A project row: short opinions under 【R6実績について】 would otherwise pass for a caption. */
function isData(cells: readonly Cell[]): boolean {
  return cells.some(({ text }) => parseRating(text) !== null || parseQuantity(text).value !== null);
}

/** A target of a year after every actual is the final target when no column says so itself. */
function settleRoles<F extends FigureColumn>(figures: readonly F[]): readonly F[] {
  if (figures.some((figure) => figure.role === 'finalTarget')) return figures;
  const actuals = figures
    .filter((figure) => figure.role === 'actual')
    .map((figure) => figure.year ?? 0);
  const last = figures.findLast((figure) => figure.role === 'target');
  if (!last?.year || actuals.length === 0 || last.year <= Math.max(...actuals)) return figures;
  return figures.map((figure) => (figure === last ? { ...figure, role: 'finalTarget' } : figure));
}

function findRole(caption: string): FigureRole | null {
  const plain = compact(caption);
  if (
    plain.length > 40 ||
    /[。・]|について|達成|進捗|差|伸び|位置|意見|取組|実施状況|事業の?実績/.test(plain)
  )
    return null;
  if (/最終.*目標|目標.*最終/.test(plain)) return 'finalTarget';
  if (/現状値|現況値|基準値|基準年|当初値|策定時|計画当初/.test(plain)) return 'baseline';
  if (/基本目標|事業目標/.test(plain)) return null;
  if (/目標/.test(plain)) return 'target';
  return /実績/.test(plain) ? 'actual' : null;
}

function findWord(caption: string): Word | null {
  const plain = compact(caption);
  if (plain.length > 60) return null;
  for (const [word, pattern] of Object.entries(columnWords))
    if (pattern.test(plain)) return word as Word;
  return null;
}

/** The caption over a column: its own, or that of a cell to the left which spans so far. */
function groupOf(cells: readonly Cell[], column: number): string | null {
  for (let left = column; left >= 0; left--) {
    const cell = cells[left];
    if (!cell || cell.text === '') continue;
    if (cell.colSpan > 1 && left + cell.colSpan <= column) return null;
    const word = left < column ? findWord(cell.text) : null;
    return word ? null : oneLine(cell.text);
  }
  return null;
}

function captionAt(block: readonly (readonly Cell[])[], column: number | undefined): string | null {
  if (column === undefined) return null;
  const text = block.findLast((cells) => (cells[column]?.text ?? '') !== '')?.[column]?.text;
  return text ? oneLine(text) : null;
}

function compact(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

function oneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .slice(0, 200);
}
