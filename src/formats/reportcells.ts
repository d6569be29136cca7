/**
 * The KPI frames of a report form whose cells are known (workbook, Word, ruled PDF, pasted): every
 * figure stands under its caption and every label beside its box, so nothing is told by order.
 */
import type { FiscalYear } from '#domain/types.ts';
import type { Cell, Grid } from './grid.ts';
import { joinLines } from './lines.ts';
import type { Note } from './notice.ts';
import { findFrameMark } from './reportlines.ts';
import type { Frame, FrameYear } from './reportframe.ts';
import { findYears } from './year.ts';

type Role = 'label' | 'flag' | 'kind' | 'unit' | 'target' | 'actual' | 'status';
type Column = {
  readonly role: Role;
  readonly year: FiscalYear | null;
  readonly from: number;
  readonly to: number;
};
type Draft = {
  readonly mark: string;
  readonly at: string;
  readonly texts: Map<string, string>;
  readonly years: (FiscalYear | null)[];
  achieved: string | null;
  missed: string | null;
};

/** Whether the KPI frames of a grid have their captions in cells of their own. */
export function hasFrameCells(grid: Grid): boolean {
  return grid.rows.some((row) => markOf(row) !== null);
}

/** All frames of the form, empty ones too; 例 and 記入例 are passed over. */
export function readCells(grid: Grid, note: Note): readonly Frame[] {
  const drafts: Draft[] = [];
  let columns: readonly Column[] = [];
  let example = false;
  for (const [index, row] of grid.rows.entries()) {
    const texts = row.filter(({ text }) => text !== '');
    if (texts.length === 0) continue;
    const mark = markOf(row);
    if (mark !== null) {
      example = false;
      const at = texts[0]?.at ?? '';
      drafts.push({ mark, at, texts: new Map(), years: [], achieved: null, missed: null });
    } else if (texts.some(({ text }) => /^(?:記入)?例\s*[：:]/.test(text))) example = true;
    const draft = drafts.at(-1);
    const head = columnsOf(row, columns);
    if (head) {
      columns = head;
      for (const { role, year } of head)
        if (role === 'target' && draft && !example) draft.years.push(year);
      continue;
    }
    if (example || !draft) continue;
    const box = texts.find(({ text }) => /「KPI(?:達成|未達成)/.test(compact(text)));
    if (box) {
      columns = [];
      if (compact(box.text).includes('記入例')) continue;
      const side = /「KPI未達成/.test(compact(box.text)) ? 'missed' : 'achieved';
      draft[side] ??= boxText(grid, index, row.indexOf(box), box);
      continue;
    }
    for (const column of columns) {
      const cell = row.slice(column.from, column.to).find(({ text }) => text !== '');
      const key = `${column.role} ${column.year ?? ''}`;
      if (!cell || /\/\s*\d{3}\s*字/.test(cell.text)) continue;
      if (draft.texts.has(key))
        note('row-unread', { kpi: draft.mark, at: cell.at, stated: cell.text.slice(0, 40) });
      else draft.texts.set(key, joinLines(cell.text));
    }
  }
  return drafts.map(close);
}

function close({ mark, at, texts, years, achieved, missed }: Draft): Frame {
  const of = (role: Role, year: FiscalYear | null = null): string | null =>
    texts.get(`${role} ${year ?? ''}`) ?? null;
  return {
    mark,
    at,
    years: years.map((year): FrameYear => ({
      year,
      target: of('target', year),
      actual: of('actual', year),
      status: of('status', year),
    })),
    named: { label: of('label'), flag: of('flag'), kind: of('kind'), unit: of('unit') },
    achieved,
    missed,
  };
}

/** The mark of a row that begins a frame: KPI① in one cell, 目標値 in another. */
function markOf(row: readonly Cell[]): string | null {
  if (!row.some(({ text }) => /目標値/.test(text) && compact(text).length < 40)) return null;
  for (const { text } of row) {
    if (text.length > 12 || text === '') continue;
    const mark = findFrameMark(`${text.trim()}備考`);
    if (mark !== null) return mark;
  }
  return null;
}

/** The columns of a caption row, each as wide as its caption; those of the label stay from above. */
function columnsOf(row: readonly Cell[], before: readonly Column[]): readonly Column[] | null {
  const found: Column[] = [];
  let year: FiscalYear | null = null;
  for (const [column, { text, colSpan }] of row.entries()) {
    const plain = compact(text);
    if (plain === '' || plain.length > 40) continue;
    const role = roleOf(plain);
    if (role === null) continue;
    if (role === 'target' || role === 'actual') {
      const years = new Set(findYears(text).map((each) => each.year));
      year = years.size === 1 ? ([...years][0] ?? null) : null;
    }
    const dated = role === 'target' || role === 'actual' || role === 'status';
    found.push({ role, year: dated ? year : null, from: column, to: column + colSpan });
  }
  if (!found.some(({ role }) => role === 'target')) return null;
  const begins = found.some(({ role }) => role === 'label');
  return begins ? found : [...before.filter(({ role }) => !isDated(role)), ...found];
}

function isDated(role: Role): boolean {
  return role === 'target' || role === 'actual' || role === 'status';
}

function roleOf(plain: string): Role | null {
  if (/^(?:KPI|例[:：])/.test(plain)) return 'label';
  if (/^備考/.test(plain)) return 'flag';
  if (/^種別/.test(plain)) return 'kind';
  if (/^単位/.test(plain)) return 'unit';
  if (/目標値/.test(plain)) return 'target';
  if (/実績値/.test(plain)) return 'actual';
  return /^達成状況/.test(plain) ? 'status' : null;
}

/** The text of a box: the longest cell right of its caption, in the rows the caption spans. */
function boxText(grid: Grid, row: number, column: number, caption: Cell): string | null {
  const rows = grid.rows.slice(row, row + Math.max(1, caption.rowSpan));
  const texts = rows
    .flatMap((cells) => cells.slice(column + Math.max(1, caption.colSpan)))
    .map(({ text }) => text)
    .filter((text) => !/^\d{0,4}\s*(?:\/\s*\d{3}\s*字)?$/.test(text));
  const longest = texts.toSorted((one, other) => other.length - one.length)[0];
  return longest ? joinLines(longest) : null;
}

function compact(text: string): string {
  return text.replace(/\s+/g, '').replace('ＫＰＩ', 'KPI');
}
