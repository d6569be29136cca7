/**
 * The KPI of one row: 種別 and 指標, the figures by their columns, the printed judgement. A direction
 * is only proposed here; what cannot be read stays text and becomes a finding.
 */
import { proposeDirection } from '#domain/direction.ts';
import { emptyKpi, emptyPoint, type Kpi, type Quantity, type SeriesPoint } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { compareUnits } from '#domain/unit.ts';
import type { FigureColumn } from './header.ts';
import type { Note } from './notice.ts';
import { findAbsence, parseQuantity } from './quantity.ts';
import type { Row } from './row.ts';

/** The KPI a row holds; `about` project and row, what is doubtful is noted. */
export function makeKpi(
  row: Row,
  fiscalYear: FiscalYear | null,
  project: string | null,
  note: Note,
): Kpi {
  const named = readLabel(row.labels);
  const about = { project, kpi: named.label, at: row.at };
  if (named.shared) note('label-shared-cell', { ...about, stated: row.labels[0] ?? null });
  if (named.label === null) note('label-missing', about);

  // A figure of a year that nobody knows is kept, since the year can still be said; of two such
  // figures nobody could say which is which.
  const isOneOfMany = (role: FigureColumn['role']) =>
    row.figures.filter(({ column }) => column.role === role && column.year === null).length > 1;
  const series = new Map<SeriesPoint['year'], SeriesPoint>();
  const place = (year: SeriesPoint['year'], figure: Partial<SeriesPoint>): void => {
    series.set(year, { ...(series.get(year) ?? emptyPoint(year)), ...figure });
  };
  let baseline: Quantity | null = null;
  let baselineYear: FiscalYear | null = null;
  let finalTarget: Quantity | null = null;
  let finalTargetYear: FiscalYear | null = null;
  for (const { column, cell } of row.figures) {
    if (column.role === 'baseline') baselineYear = column.year;
    if (column.role === 'finalTarget') finalTargetYear = column.year;
    if (cell.text === '') continue;
    const figure = withUnit(parseQuantity(cell.text), row.unit);
    if (figure.value === null && !figure.parts && !findAbsence(cell.text))
      note('value-unreadable', { ...about, at: cell.at || row.at, stated: cell.text });
    if (cell.number !== null && figure.value !== null && !shows(cell.number, figure))
      note('value-rounded', { ...about, at: cell.at, stated: String(cell.number) });
    if (column.role === 'baseline') {
      baseline = figure;
      place(column.year ?? '当初', { actual: figure });
    } else if (column.role === 'finalTarget') {
      finalTarget = figure;
      place(column.year, { target: figure });
    } else {
      const year = column.year ?? fiscalYear;
      if (year === null && isOneOfMany(column.role)) continue;
      place(year, column.role === 'actual' ? { actual: figure } : { target: figure });
    }
  }
  const statedJudgement = readJudgement(row.judgement);
  const figures = [
    baseline,
    ...[...series.values()].flatMap(({ actual, target }) => [actual, target]),
    finalTarget,
  ];
  const kpi: Kpi = {
    ...emptyKpi,
    mark: named.mark,
    kind: named.kind,
    label: named.label,
    unit: commonUnit(figures.filter((figure) => figure !== null)),
    baseline,
    baselineYear,
    finalTarget,
    finalTargetYear,
    series: [...series.values()],
    statedRate: row.rate === '' ? null : parseQuantity(row.rate),
    statedJudgement,
    comment: row.comment === '' ? null : row.comment,
  };
  return { ...kpi, direction: proposeDirection(kpi)?.direction ?? null };
}

const kindWords =
  /^(.{0,20}(?:における)?(?:KPI|ＫＰＩ)|アウト(?:プット|カム)(?:指標)?|成果指標|活動指標|参考指標)$/;
const kindAndLabel =
  /^(.{0,20}(?:における|の)(?:KPI|ＫＰＩ)|アウト(?:プット|カム)(?:指標)?|[【［[(（](?:.{0,16}(?:KPI|ＫＰＩ)|アウト(?:プット|カム))[)）\]］】])\s*[:：]?\s+(.+)$/;

/** 種別 and 指標 stand in two cells, or in one with white space between. */
function readLabel(labels: readonly string[]): {
  mark: string | null;
  kind: string | null;
  label: string | null;
  shared: boolean;
} {
  const [first = '', ...others] = labels;
  const shared = others.length === 0 ? kindAndLabel.exec(first) : null;
  const kind = shared
    ? (shared[1] ?? null)
    : others.length > 0 || kindWords.test(first)
      ? first
      : null;
  const printed = shared ? (shared[2] ?? '') : kind === null ? first : others.join(' ');
  const mark = /^[①-⑳]/u.exec(printed)?.[0] ?? null;
  const label = printed.slice(mark?.length ?? 0).trim();
  return { mark, kind: kind || null, label: label === '' ? null : label, shared: shared !== null };
}

/** A unit column speaks for figures printed without one. */
function withUnit(figure: Quantity, unit: string): Quantity {
  return figure.value !== null && figure.unit === null && unit !== '' && unit.length <= 12
    ? { ...figure, unit }
    : figure;
}

/** Whether the printed figure is the stored number: 82% is stored as 0.82. */
function shows(stored: number, figure: Quantity): boolean {
  const value = figure.value ?? 0;
  const close = (number: number): boolean =>
    Math.abs(number - value) <= Math.abs(value) * 1e-9 + 1e-12;
  return close(stored) || (figure.unit === '%' && close(stored * 100));
}

function commonUnit(figures: readonly Quantity[]): string | null {
  const withUnits = figures.filter((figure) => figure.value !== null);
  const [first] = withUnits;
  return first && withUnits.every((figure) => compareUnits(first, figure) === 'same')
    ? first.unit
    : null;
}

function readJudgement(text: string): Kpi['statedJudgement'] {
  const plain = text.replace(/\s+/g, '');
  if (/^(?:達成|○|〇|◯|達成済み?|達成した)$/.test(plain)) return 'achieved';
  if (/^(?:未達成?|×|✕|非達成|達成できず)$/.test(plain)) return 'missed';
  return findAbsence(plain) === 'unmeasured' ? 'unmeasured' : null;
}
