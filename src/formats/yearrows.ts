/**
 * Tables whose columns are years and whose rows say 目標 and 実績: the same table with one row a KPI and a
 * column per figure and year, as everything behind it reads it. Moves cells and repairs none.
 */
import { mappingLimits, type ColumnRole } from '#domain/mapping.ts';
import type { FiscalYear } from '#domain/types.ts';
import { readCaption } from './columnrole.ts';
import { makeCell, type Cell, type Grid } from './grid.ts';
import { findEvaluatedYear, findTitle } from './title.ts';
import { parseYear } from './year.ts';

type YearColumn = { readonly index: number; readonly year: FiscalYear; readonly caption: string };
type Shape = {
  /** The row of the years. */
  readonly header: number;
  readonly years: readonly YearColumn[];
  /** The column that says what a row holds. */
  readonly what: number;
};
type Line = { readonly role: ColumnRole; readonly cells: readonly Cell[] };

/** What a row under the years may hold. Rates and judgements stand once a KPI, not once a year. */
const figures = ['target', 'actual'] as const;
const verdicts = ['rate', 'judgement'] as const;
const isVerdict = (role: ColumnRole) => verdicts.some((each) => each === role);
const words = { target: '目標', actual: '実績', rate: '達成率', judgement: '達成状況' } as const;

/** The table with its years side by side; null for a table of any other shape. */
export function unfoldYears(grid: Grid): Grid | null {
  const shape = findShape(grid);
  if (!shape) return null;
  const { header, years, what } = shape;
  const title = grid.rows.slice(0, header);
  const evaluated = findEvaluatedYear(findTitle(title), []);
  const own = columnsBeside(grid, shape);
  const notices = [...grid.notices];

  const records = readRecords(grid, shape);
  const heads = own.map((column) => captionAt(grid, header, column));
  const yearly = years.flatMap(({ year, index, caption }) =>
    figures.map((role) => ({ role, year, index, caption: `${words[role]} ${caption}` })),
  );
  const said = new Set(records.flat().map(({ role }) => role));
  const stated = verdicts.filter((role) => said.has(role));
  const last = stated.flatMap((role) =>
    years
      .filter(({ year }) => year === evaluated)
      .map((column) => ({ ...column, role, caption: words[role] })),
  );
  const shown = [...yearly, ...last];

  const rows = records.map((lines) => {
    const [first] = lines;
    const plain = own.map((column) => join(lines.map(({ cells }) => cells[column])));
    const values = shown.map(({ role, index }) => {
      const line = lines.find((each) => each.role === role);
      return bare(line?.cells[index]) ?? makeCell('', first?.cells[0]?.at ?? '');
    });
    for (const { role, cells } of lines) {
      const lost = years.filter(({ index, year }) => {
        const unsaid = isVerdict(role) && year !== evaluated;
        return unsaid && (cells[index]?.text ?? '') !== '';
      });
      const [one] = lost;
      if (one)
        notices.push({
          code: 'cell-unused',
          at: cells[one.index]?.at ?? '',
          stated: `${cells[what]?.text ?? ''}: ${lost.map(({ index }) => cells[index]?.text).join(', ')}`,
        });
    }
    return [...plain, ...values];
  });
  const head = [...heads, ...shown.map(({ caption }) => caption)].map((caption) =>
    makeCell(caption, grid.rows[header]?.[0]?.at ?? ''),
  );
  return { name: grid.name, rows: [...aboveHeader(grid, header), head, ...rows], notices };
}

function findShape(grid: Grid): Shape | null {
  const last = Math.min(grid.rows.length, mappingLimits.headerRows);
  for (let header = 0; header < last; header++) {
    const years = (grid.rows[header] ?? []).flatMap(({ text }, index): YearColumn[] => {
      const year = text.length <= 20 && readCaption(text) === null ? parseYear(text) : null;
      return year === null ? [] : [{ index, year, caption: text }];
    });
    // A year that stands twice already has its figures side by side.
    if (years.length < 2 || new Set(years.map(({ year }) => year)).size < years.length) continue;
    const what = findWhat(grid, header, years);
    if (what !== null) return { header, years, what };
  }
  return null;
}

/** The column whose cells are 目標 and 実績 and hardly anything else. */
function findWhat(grid: Grid, header: number, years: readonly YearColumn[]): number | null {
  const [first] = years;
  for (let column = (first?.index ?? 0) - 1; column >= 0; column--) {
    const texts = grid.rows
      .slice(header + 1)
      .map((cells) => cells[column]?.text ?? '')
      .filter((text) => text !== '');
    const roles = texts.map(roleOf);
    const known = roles.filter((role) => role !== null);
    if (figures.every((role) => known.includes(role)) && known.length * 5 >= texts.length * 4)
      return column;
  }
  return null;
}

function roleOf(text: string): ColumnRole | null {
  const role = parseYear(text) === null ? (readCaption(text)?.role ?? null) : null;
  return role !== null && role in words ? role : null;
}

/** The columns that stand once a KPI, in their order. */
function columnsBeside(grid: Grid, { header, years, what }: Shape): readonly number[] {
  const width = Math.max(...grid.rows.slice(header).map((row) => row.length));
  const taken = new Set([what, ...years.map(({ index }) => index)]);
  return Array.from({ length: width }, (_, column) => column).filter((each) => !taken.has(each));
}

/** In the row of the years or, where the header has more rows, in the next one above it. */
function captionAt(grid: Grid, header: number, column: number): string {
  for (let row = header; row >= Math.max(0, header - 2); row--) {
    const cells = grid.rows[row] ?? [];
    if (row < header && cells.filter(({ text }) => text !== '').length < 2) return '';
    const cell = cells[column];
    const text = cell?.text || ((cell?.anchor?.colSpan ?? 1) === 1 ? cell?.anchor?.text : '');
    if (text) return text;
  }
  return '';
}

/** What stands over the whole header: the title, and no row of captions. */
function aboveHeader(grid: Grid, header: number): readonly (readonly Cell[])[] {
  const above = grid.rows.slice(0, header);
  while (above.length > 0 && isCaptionRow(above.at(-1) ?? [])) above.pop();
  return above;
}

const isCaptionRow = (cells: readonly Cell[]): boolean =>
  cells.filter(({ text }) => readCaption(text) !== null).length > 1;

/** The rows of each KPI: a word that stands again, another name or another indicator begins one. */
function readRecords(grid: Grid, { header, years, what }: Shape): readonly (readonly Line[])[] {
  const keys = (grid.rows[header] ?? []).flatMap((_, column) => {
    const role = readCaption(captionAt(grid, header, column))?.role;
    return role === 'no' || role === 'name' || role === 'label' ? [column] : [];
  });
  const records: Line[][] = [];
  for (const cells of grid.rows.slice(header + 1)) {
    // Printed again on the next page.
    if (years.every(({ index, caption }) => cells[index]?.text === caption)) continue;
    if (cells.every(({ text }) => text === '')) continue;
    const role = roleOf(cells[what]?.text ?? '');
    const record = records.at(-1);
    const other =
      record?.some((line) => line.role === role) === true ||
      keys.some((column) => {
        const text = cells[column]?.text ?? '';
        return text !== '' && !record?.some((line) => line.cells[column]?.text === text);
      });
    const line: Line = { role: role ?? 'comment', cells };
    if (record && role !== null && !other) record.push(line);
    else records.push([line]);
  }
  return records;
}

/** What several rows say in one column, each text once. */
function join(cells: readonly (Cell | undefined)[]): Cell {
  const said = cells.flatMap((cell) => (cell && cell.text !== '' ? [cell] : []));
  const [first] = said;
  const texts = [...new Set(said.map(({ text }) => text))];
  if (!first) return cells[0] ?? makeCell('', '');
  return texts.length === 1 ? first : makeCell(texts.join('\n'), first.at);
}

/** A figure belongs to its own row, whatever was merged around it. */
const bare = (cell: Cell | undefined): Cell | undefined =>
  cell && { ...makeCell(cell.text, cell.at), number: cell.number };
