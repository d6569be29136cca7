/**
 * The KPI table of a pillar: NO, 当初目標内容, KPI目標, KPI成果, KPI達成率. Reads one row at a time; where a
 * cell is lost and two readings are possible, the figures stay null with a finding.
 */
import { proposeDirection } from '#domain/direction.ts';
import { emptyKpi, emptyPoint, type Kpi, type Quantity } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import type { Cell } from './grid.ts';
import { joinLines } from './lines.ts';
import type { Note } from './notice.ts';
import { findAbsence, parseQuantity } from './quantity.ts';
import { parseYear } from './year.ts';

export type KpiColumns = {
  readonly no?: number;
  readonly label: number;
  readonly target: number;
  readonly actual: number;
  readonly rate?: number;
  readonly comment?: number;
  /** The year a caption of the figures names. */
  readonly year: FiscalYear | null;
};

const words = {
  no: /^(?:NO\.?|№|番号|項番)$/i,
  label:
    /目標内容|目標項目|^(?:重要業績評価)?指標(?:名|内容)?$|^(?:評価)?項目$|^取組内容$|^KPI(?:名|項目|内容|指標)?$/i,
  target: /^(?:KPI)?(?:数値)?目標(?:数値|値)?(?:\(.*\))?$/i,
  actual: /^(?:KPI)?(?:成果|実績)(?:数値|値)?(?:\(.*\))?$/i,
  rate: /達成(?:率|度)(?:\((?!再計算).*\))?$/,
  comment: /^(?:備考|摘要|説明|コメント)$/,
} as const satisfies Record<string, RegExp>;
type Word = keyof typeof words;

/** The columns of a header row, or null where the row is none. */
export function findKpiColumns(cells: readonly Cell[]): KpiColumns | null {
  const found: Partial<Record<Word, number>> = {};
  const years = new Set<FiscalYear>();
  for (const [column, { text }] of cells.entries()) {
    if (text === '' || text.length > 40) continue;
    const year = parseYear(text);
    const plain = text
      .normalize('NFKC')
      .replace(/(?:令和|平成|[RH])\s*(?:元|\d+)\s*年度?|\d{4}\s*年度?/g, '')
      .replace(/\s+/g, '');
    for (const [word, pattern] of Object.entries(words) as [Word, RegExp][]) {
      if (!pattern.test(plain)) continue;
      found[word] ??= column;
      if (year !== null && (word === 'target' || word === 'actual')) years.add(year);
      break;
    }
  }
  const { label, target, actual } = found;
  if (label === undefined || target === undefined || actual === undefined) return null;
  return {
    ...found,
    label,
    target,
    actual,
    year: years.size === 1 ? ([...years][0] ?? null) : null,
  };
}

export type KpiRow = {
  readonly no: number | null;
  readonly label: string | null;
  readonly target: Quantity | null;
  readonly actual: Quantity | null;
  readonly rate: Quantity | null;
  readonly comment: string | null;
};

/** The row under the header, or null where it holds neither name nor figure. */
export function readKpiRow(
  cells: readonly Cell[],
  columns: KpiColumns,
  about: { readonly project: string | null; readonly at: string },
  note: Note,
): KpiRow | null {
  const shift = inOrder(columns) ? findShift(cells, columns) : 0;
  const at = (column: number | undefined): string =>
    column === undefined ? '' : textAt(cells, column + shift);
  const before = cells.slice(0, Math.max(0, columns.target + shift)).map(({ text }) => text);
  const own = inOrder(columns)
    ? before.filter((text) => text !== '')
    : [textAt(cells, columns.no), textAt(cells, columns.label)].filter((text) => text !== '');
  const numbered = own.findIndex((text) => numberOf(text) !== null);
  const no = numberOf(own[numbered] ?? '');
  const label = joinLines(own.filter((_, index) => index !== numbered).join(' ')) || null;
  const texts = [at(columns.target), at(columns.actual), at(columns.rate)] as const;
  if (label === null && texts.every((text) => text === '')) return null;
  const named = { ...about, kpi: label };
  if (label === null) note('label-missing', named);
  if (shift !== 0) note('columns-shifted', { ...named, stated: String(shift) });

  const read = (text: string): Quantity | null => {
    const figure = text === '' ? null : parseQuantity(text);
    if (figure && figure.value === null && !figure.parts && findAbsence(text) === null)
      note('value-unreadable', { ...named, stated: text });
    return figure;
  };
  let [target, actual, rate] = texts.map(read);
  // A share where the actual stands and nothing where the rate stands: one figure is lost, and
  // nobody can say which of the two the other one is.
  if (columns.rate !== undefined && !rate && actual?.unit === '%' && target?.unit !== '%') {
    note('columns-unclear', { ...named, stated: texts.filter((text) => text !== '').join(' / ') });
    [target, actual, rate] = [null, null, actual];
  } else if (!target || !actual)
    note('value-missing', { ...named, stated: texts.filter((text) => text !== '').join(' / ') });
  return {
    no,
    label,
    target: target ?? null,
    actual: actual ?? null,
    rate: rate ?? null,
    comment: at(columns.comment) || null,
  };
}

/** A KPI of its row; `year` is that of the report, or null where it says none. */
export function makePillarKpi(row: KpiRow, year: FiscalYear | null): Kpi {
  const { target, actual } = row;
  const kpi: Kpi = {
    ...emptyKpi,
    mark: row.no === null ? null : String(row.no),
    label: row.label,
    unit: target?.unit ?? actual?.unit ?? null,
    series: target || actual ? [{ ...emptyPoint(year), target, actual }] : [],
    statedRate: row.rate,
    comment: row.comment,
  };
  return { ...kpi, direction: proposeDirection(kpi)?.direction ?? null };
}

function inOrder({ no, label, target, actual, rate }: KpiColumns): boolean {
  const order = [no ?? -1, label, target, actual, rate ?? actual + 1];
  return order.every((column, index) => index === 0 || column > (order[index - 1] ?? 0));
}

/** How far the figures stand from their captions; a tie stays with the header. */
function findShift(cells: readonly Cell[], { target, actual, rate }: KpiColumns): number {
  const worth = (text: string): number =>
    text === '' ? 0 : isFigure(text) ? 1 : numberOf(text) === null ? -2 : 0;
  const score = (shift: number): number => {
    const share = rate === undefined ? '' : textAt(cells, rate + shift);
    const beside = textAt(cells, target + shift - 1);
    return (
      worth(textAt(cells, target + shift)) +
      worth(textAt(cells, actual + shift)) +
      (share === '' ? 0 : /[%％]$/.test(share) || findAbsence(share) ? 2 : -3) -
      (beside !== '' && numberOf(beside) === null && isFigure(beside) ? 2 : 0)
    );
  };
  return [0, -1, 1].reduce((best, shift) => (score(shift) > score(best) ? shift : best));
}

function isFigure(text: string): boolean {
  const { value, parts } = parseQuantity(text);
  return value !== null || parts !== undefined || findAbsence(text) !== null;
}

/** 12, (12) or 12. as a running number. */
function numberOf(text: string): number | null {
  const digits = /^\(?(\d{1,3})[).]?$/.exec(text.normalize('NFKC').trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The text of a cell; one merged over several rows speaks for each of them. */
function textAt(cells: readonly Cell[], column: number | undefined): string {
  const cell = column === undefined ? undefined : cells[column];
  if (!cell) return '';
  return cell.text === '' && cell.anchor && cell.anchor.rowSpan > 1 ? cell.anchor.text : cell.text;
}
