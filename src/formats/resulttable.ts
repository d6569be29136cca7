/**
 * The layout `result-table`: a project over one or more KPI rows, rating and opinions at its right.
 * Joins rows to projects. Never repairs a value; what is doubtful becomes a finding.
 */
import { compareUnits, proposeDirection } from '#domain/kpi.ts';
import type {
  EvaluationTable,
  Finding,
  Kpi,
  ProjectSheet,
  Quantity,
  SeriesPoint,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { checkKpi } from './check.ts';
import { gridLimits, type Grid } from './grid.ts';
import { findHeader, startsHeader, type Header } from './header.ts';
import { makeFinding, type FindingCode } from './notice.ts';
import { parseOpinions } from './opinions.ts';
import { findAbsence, parseQuantity } from './quantity.ts';
import { parseRating } from './rating.ts';
import { readRow, type Row } from './row.ts';
import { findEvaluatedYear, findMunicipality, findTitle } from './title.ts';

export const tableLimits = { projects: 2_000, kpisPerProject: 200, findings: 5_000 } as const;

type Draft = {
  readonly row: Row;
  readonly kpis: { readonly kpi: Kpi; readonly at: string }[];
  ratingText: string | null;
  readonly opinions: { caption: string; text: string; at: string }[];
};
type Note = (code: FindingCode, about?: Parameters<typeof makeFinding>[1]) => void;

/** The table in a grid; null when the grid holds none: no header of this layout, or no project. */
export function parseResultTable(grid: Grid): EvaluationTable | null {
  let header = findHeader(grid);
  if (!header) return null;
  const { captions, columns, top } = header;
  const title = findTitle(grid.rows.slice(0, top));
  const fiscalYear = findEvaluatedYear(title, columns.figures);
  const municipality = findMunicipality(title);
  const findings: Finding[] = [];
  const note: Note = (code, about) => {
    if (findings.length < tableLimits.findings) findings.push(makeFinding(code, about));
    else if (findings.at(-1)?.code !== 'truncated') findings.push(makeFinding('truncated'));
  };
  for (const { code, at, stated } of grid.notices) note(code, { at, stated });
  if (fiscalYear === null) note('year-unknown', { stated: title });
  if (municipality === null) note('municipality-unknown', { stated: title });
  for (const { year, role, caption } of captions.figures) {
    if (year === null && role !== 'baseline') note('column-year-missing', { stated: caption });
  }

  const drafts: Draft[] = [];
  const shiftsSeen = new Set<number>([0]);
  for (let index = header.bottom + 1; index < grid.rows.length; index++) {
    const cells = grid.rows[index] ?? [];
    if (cells.every((cell) => cell.text === '')) continue;
    const repeated: Header | null = startsHeader(cells) ? findHeader(grid, index) : null;
    if (repeated) {
      // Printed again on the next page. Other captions there mean another table or another year.
      if (JSON.stringify(repeated.captions) !== JSON.stringify(captions))
        note('header-differs', { at: cells[0]?.at ?? null });
      header = repeated;
      index = Math.max(index, repeated.bottom);
      continue;
    }
    const row = readRow(cells, header.columns);
    const cutOff = cells.find((cell) => cell.text.length >= gridLimits.cellText);
    if (cutOff) note('text-shortened', { at: cutOff.at });
    if (row.shift !== null && !shiftsSeen.has(row.shift)) {
      shiftsSeen.add(row.shift);
      note('columns-shifted', { at: row.at, stated: String(row.shift) });
    }
    if (startsProject(row, drafts.at(-1))) {
      if (drafts.length >= tableLimits.projects) {
        note('truncated', { at: row.at });
        break;
      }
      if (row.noWasDate)
        note('number-became-date', { project: row.no, at: row.at, stated: row.no });
      drafts.push({ row, kpis: [], ratingText: null, opinions: [] });
    }
    const draft = drafts.at(-1);
    if (!draft || (row.name !== null && !sameProject(row, draft.row)))
      note('row-unread', { at: row.at, stated: preview(row) });
    else join(draft, row, header, fiscalYear, note);
  }
  if (drafts.length === 0) return null;
  reportDuplicates(drafts, note);
  const projects = drafts.map((draft) =>
    close(draft, columns.rating !== undefined, columns.opinions.length > 1, fiscalYear, note),
  );
  return { layout: 'result-table', title, municipality, fiscalYear, captions, projects, findings };
}

function startsProject(row: Row, before: Draft | undefined): boolean {
  if (row.name === null || /^(?:合\s*計|小\s*計|計)$/.test(row.name)) return false;
  if (before && sameProject(row, before.row)) return false;
  return row.shift !== null || row.no !== null || parseRating(row.rating) !== null;
}

/** Exports repeat No and name on each KPI row. */
function sameProject(row: Row, before: Row): boolean {
  return row.name === before.name && (row.no === null || row.no === before.no);
}

function join(
  draft: Draft,
  row: Row,
  header: Header,
  fiscalYear: FiscalYear | null,
  note: Note,
): void {
  const project = draft.row.no ?? draft.row.name;
  if (row.shift !== null && draft.kpis.length < tableLimits.kpisPerProject) {
    draft.kpis.push({ kpi: makeKpi(row, header, fiscalYear, project, note), at: row.at });
  }
  if (row.rating !== '' && row.rating !== draft.ratingText) {
    if (draft.ratingText !== null) note('cell-unused', { project, at: row.at, stated: row.rating });
    else {
      draft.ratingText = row.rating;
      if (parseRating(row.rating) === null && !findAbsence(row.rating))
        note('rating-unknown', { project, at: row.at, stated: row.rating });
    }
  }
  for (const { caption, text } of row.opinions) {
    const held = draft.opinions.find((each) => each.caption === caption);
    if (text === '' || text === held?.text) continue;
    if (!held) draft.opinions.push({ caption, text, at: row.at });
    else {
      held.text = `${held.text}\n${text}`;
      note('opinions-continued', { project, at: row.at });
    }
  }
  for (const cell of row.rest)
    note('cell-unused', { project, at: cell.at, stated: cell.text.slice(0, 100) });
}

function makeKpi(
  row: Row,
  header: Header,
  fiscalYear: FiscalYear | null,
  project: string | null,
  note: Note,
): Kpi {
  const named = readLabel(row.labels);
  const about = { project, kpi: named.label, at: row.at };
  if (named.shared) note('label-shared-cell', { ...about, stated: row.labels[0] ?? null });
  if (named.label === null) note('label-missing', about);

  const series = new Map<FiscalYear | '当初', SeriesPoint>();
  const place = (year: FiscalYear | '当初' | null, figure: Partial<SeriesPoint>): void => {
    if (year === null) return;
    const empty: SeriesPoint = {
      year,
      target: null,
      actual: null,
      targetDelta: null,
      actualDelta: null,
      statedJudgement: null,
    };
    series.set(year, { ...(series.get(year) ?? empty), ...figure });
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
      place(
        column.year ?? fiscalYear,
        column.role === 'actual' ? { actual: figure } : { target: figure },
      );
    }
  }
  const statedJudgement = readJudgement(row.judgement);
  const figures = [
    baseline,
    ...[...series.values()].flatMap(({ actual, target }) => [actual, target]),
    finalTarget,
  ];
  const kpi: Kpi = {
    mark: named.mark,
    kind: named.kind,
    label: named.label,
    unit: commonUnit(figures.filter((figure) => figure !== null)),
    direction: null,
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

function close(
  draft: Draft,
  rated: boolean,
  several: boolean,
  fiscalYear: FiscalYear | null,
  note: Note,
): ProjectSheet {
  const { row, kpis, ratingText } = draft;
  const project = row.no ?? row.name;
  const opinions = draft.opinions.flatMap(({ caption, text, at }) => {
    const read = parseOpinions(text);
    if (read.split) note('opinions-split', { project, at });
    if (read.unheaded && !several) note('opinions-unheaded', { project, at });
    // Two opinion columns: the caption is the heading.
    return read.opinions.map((each) =>
      several && each.heading === '' ? { ...each, heading: `【${caption}】` } : each,
    );
  });
  if (kpis.length === 0) note('no-kpi', { project, at: row.at });
  if (rated && ratingText === null) note('rating-missing', { project, at: row.at });
  for (const { kpi, at } of kpis) {
    for (const { code, about } of checkKpi(kpi, fiscalYear))
      note(code, { project, kpi: kpi.label, at, ...about });
  }
  return {
    no: row.no,
    name: row.name,
    sections: row.section
      .split(/[\n、,，／]/)
      .map((section) => section.trim())
      .filter((section) => section !== ''),
    strategyGoals: row.strategy
      .replace(/[^\S\n]+/g, ' ')
      .split(/[ \n](?=(?:基本目標|基本施策|施策|政策|重点)\s?[\d０-９ⅠⅡⅢⅣⅤ一二三四五])|\n/u)
      .map((goal) => goal.trim())
      .filter((goal) => goal !== ''),
    pillar: null,
    overview: row.overview === '' ? null : row.overview,
    costYen: readYen(row.cost),
    kpis: kpis.map(({ kpi }) => kpi),
    rating: parseRating(ratingText ?? ''),
    ratingText,
    opinions,
  };
}

/** Only an amount that says 円 itself is yen; a bare number may be 千円. */
function readYen(text: string): number | null {
  const { value, unit } = parseQuantity(text);
  return value !== null && unit === '円' && Number.isInteger(value) ? value : null;
}

function reportDuplicates(drafts: readonly Draft[], note: Note): void {
  const seen = new Set<string>();
  for (const { row } of drafts) {
    if (row.no === null) continue;
    if (seen.has(row.no))
      note('number-duplicate', { project: row.no, at: row.at, stated: row.name });
    seen.add(row.no);
  }
}

function preview(row: Row): string {
  return [row.no, row.name, ...row.labels, row.rating].filter(Boolean).join(' ').slice(0, 100);
}
