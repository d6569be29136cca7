/**
 * The layout `result-table`: a project over one or more KPI rows, rating and opinions at its right.
 * Joins rows to projects. Never repairs a value; what is doubtful becomes a finding.
 */
import {
  emptyProject,
  type EvaluationTable,
  type Finding,
  type Kpi,
  type ProjectSheet,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { isCorrectionNote } from './correctionnote.ts';
import { gridLimits, type Grid } from './grid.ts';
import { findHeader, startsHeader, type Header } from './header.ts';
import { makeKpi } from './kpirow.ts';
import { joinBrokenSections } from './lines.ts';
import { makeFinding, type Note } from './notice.ts';
import { parseOpinions } from './opinions.ts';
import { findAbsence, parseQuantity } from './quantity.ts';
import { parseRating } from './rating.ts';
import { beginsReplies } from './replypaper.ts';
import { readRow, type Row } from './row.ts';
import { findEvaluatedYear, findMunicipality, findTitle } from './title.ts';

export const tableLimits = { projects: 2_000, kpisPerProject: 200, findings: 5_000 } as const;

type Draft = {
  readonly row: Row;
  readonly kpis: { readonly kpi: Kpi; readonly at: string }[];
  ratingText: string | null;
  readonly opinions: { caption: string; text: string; at: string }[];
};

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
    // [F14] Our own note below a table; the value it speaks of stands in the table.
    if (cells.every(({ text }) => text === '' || isCorrectionNote(text))) continue;
    // What stands below is said of opinions that have been read above.
    if (beginsReplies(cells.map(({ text }) => text))) break;
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
    if (draft && belongs(row, draft.row)) join(draft, row, fiscalYear, note);
    else note('row-unread', { at: row.at, stated: preview(row) });
  }
  if (drafts.length === 0) return null;
  reportDuplicates(drafts, note);
  const projects = drafts.map((draft) =>
    close(draft, columns.rating !== undefined, columns.opinions.length > 1, note),
  );
  const places = drafts.map(({ kpis }) => kpis.map(({ at }) => at));
  return {
    layout: 'result-table',
    title,
    municipality,
    fiscalYear,
    captions,
    projects,
    findings,
    places,
  };
}

function startsProject(row: Row, before: Draft | undefined): boolean {
  if (before && belongs(row, before.row)) return false;
  if (/^(?:合\s*計|小\s*計|計)$/.test(row.name ?? row.no ?? '')) return false;
  // A number without a name still begins a project when figures follow it.
  if (row.name === null)
    return row.shift !== null && /^[\dA-Z]{1,3}(?:[-－.]\d{1,3})*$/.test(row.no ?? '');
  return row.shift !== null || row.no !== null || parseRating(row.rating) !== null;
}

/** Continuation rows carry neither No nor name, or those of their project again. */
function belongs(row: Row, before: Row): boolean {
  if (row.name === null) return row.no === null || row.no === before.no;
  return row.name === before.name && (row.no === null || row.no === before.no);
}

function join(draft: Draft, row: Row, fiscalYear: FiscalYear | null, note: Note): void {
  const project = draft.row.no ?? draft.row.name;
  const unused = leftOver(row, draft.row).map((text) => ({ at: row.at, text }));
  for (const { at, text } of [...unused, ...row.rest])
    note('cell-unused', { project, at, stated: text.slice(0, 100) });
  if (row.shift !== null) {
    if (draft.kpis.length < tableLimits.kpisPerProject)
      draft.kpis.push({ kpi: makeKpi(row, fiscalYear, project, note), at: row.at });
    else note('truncated', { project, at: row.at });
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
}

function close(draft: Draft, rated: boolean, several: boolean, note: Note): ProjectSheet {
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
  return {
    ...emptyProject,
    no: row.no,
    name: row.name,
    sections: joinBrokenSections(row.section)
      .split(/[\n、,，／]/)
      .map((section) => section.trim())
      .filter((section) => section !== ''),
    strategyGoals: row.strategy
      .replace(/[^\S\n]+/g, ' ')
      .split(/[ \n](?=(?:基本目標|基本施策|施策|政策|重点)\s?[\d０-９ⅠⅡⅢⅣⅤ一二三四五])|\n/u)
      .map((goal) => goal.trim())
      .filter((goal) => goal !== ''),
    overview: row.overview === '' ? null : row.overview,
    costYen: readYen(row.cost),
    kpis: kpis.map(({ kpi }) => kpi),
    rating: parseRating(ratingText ?? ''),
    ratingText,
    opinions,
  };
}

/** Text of known columns that a row further down, or one without a KPI, has no place for. */
function leftOver(row: Row, own: Row): readonly string[] {
  const texts =
    row === own
      ? []
      : (['section', 'strategy', 'overview', 'cost'] as const).map((key) =>
          row[key] === own[key] ? '' : row[key],
        );
  const ofKpi = row.shift === null ? [row.unit, row.rate, row.judgement, row.comment] : [];
  return [...texts, ...ofKpi].filter((text) => text !== '');
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
