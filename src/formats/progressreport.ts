/**
 * The layout `progress-report` (事業の進捗及びKPIの達成度): for each project its content, what was
 * planned by year, and a KPI table with targets, actuals and differences by year. A project without a
 * KPI table on purpose is not an error.
 */
import {
  emptyProject,
  noCaptions,
  type EvaluationTable,
  type Finding,
  type Kpi,
  type YearPlan,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import type { Cell, Grid } from './grid.ts';
import { joinLines } from './lines.ts';
import { makeFinding, type Note } from './notice.ts';
import { readKpis } from './progresskpis.ts';
import { readPlans, type PlanRows } from './progressplans.ts';
import {
  findHeading,
  findPairs,
  findProjectTitle,
  findYearHead,
  isBlank,
  isStartHead,
  onlyText,
  type KpiTable,
  type Title,
} from './progressrows.ts';
import { findEvaluatedYear, findMunicipality } from './title.ts';

type Rows = readonly (readonly Cell[])[];
type Draft = {
  readonly title: Title | null;
  readonly at: string;
  readonly overview: string[];
  readonly plans: PlanRows[];
  readonly tables: KpiTable[];
  readonly said: string[];
  headings: readonly ('overview' | 'kpi')[];
};

/** The report in a grid; null when it holds no table of 目標 and 実績 with the years as rows. */
export function parseProgressReport(grid: Grid): EvaluationTable | null {
  const { rows } = grid;
  const captions = rows.flatMap((row, index) =>
    isKpiCaption(rows, index) && !sameRow(row, rows[index + 1]) ? [index] : [],
  );
  if (captions.length === 0) return null;
  const findings: Finding[] = [];
  const note: Note = (code, about) => findings.push(makeFinding(code, about));
  for (const { code, at, stated } of grid.notices) note(code, { at, stated });
  const { title, drafts } = divide(rows, new Set(captions), note);
  const read = drafts.map((draft) => {
    const name = draft.title?.name ?? null;
    const project = draft.title?.no ?? name;
    if (name === null) note('name-missing', { at: draft.at });
    const kpis = draft.tables.flatMap((table) => readKpis(table, project, note));
    const said = draft.said.join('\n') || null;
    const about = { project, at: draft.at };
    if (kpis.length === 0 && said !== null) note('kpi-omitted', { ...about, stated: said });
    else if (kpis.length === 0) note('no-kpi', about);
    return { draft, project, kpis, said };
  });
  const fiscalYear = findYear(
    title,
    read.flatMap(({ kpis }) => kpis),
    note,
  );
  const municipality = findMunicipality(title);
  if (municipality === null) note('municipality-unknown', { stated: title });
  return {
    layout: 'progress-report',
    title,
    municipality,
    fiscalYear,
    captions: noCaptions,
    projects: read.map(({ draft, project, kpis, said }) => ({
      ...emptyProject,
      no: draft.title?.no ?? null,
      name: draft.title?.name ?? null,
      overview: draft.overview.length > 0 ? joinLines(draft.overview.join('\n')) : null,
      kpis,
      kpiNote: said,
      plans: draft.plans.reduce<readonly YearPlan[]>(
        (plans, each) => [...plans, ...readPlans(each, fiscalYear, project, note)],
        [],
      ),
    })),
    findings,
    places: read.map(({ kpis, draft }) => kpis.map(() => draft.tables[0]?.caption[0]?.at ?? null)),
  };
}

/** A row 目標 | 実績 with a year, or the start, among the heads of the next rows. */
function isKpiCaption(rows: Rows, index: number): boolean {
  const pairs = findPairs(rows[index] ?? []);
  const first = pairs[0]?.target ?? 0;
  if (first === 0) return false;
  return rows.slice(index + 1, index + 5).some((row) => {
    const head = row
      .slice(0, first)
      .map(({ text }) => text)
      .join('');
    return isStartHead(head) || findYearHead(head) !== null;
  });
}

/** The rows of each project, told by titles and headings; what belongs to none is reported. */
function divide(
  rows: Rows,
  captions: ReadonlySet<number>,
  note: Note,
): { readonly title: string | null; readonly drafts: readonly Draft[] } {
  const drafts: Draft[] = [];
  let title: string | null = null;
  let part: 'title' | 'overview' | 'plan' | 'kpi' | 'table' | 'other' = 'title';
  const begin = (found: Title | null, at: string): Draft => {
    const draft: Draft = {
      title: found,
      at,
      overview: [],
      plans: [],
      tables: [],
      said: [],
      headings: [],
    };
    drafts.push(draft);
    return draft;
  };
  const labelRows = new Map<number, number>();
  for (const caption of captions)
    for (const row of labelRowsAbove(rows, caption)) labelRows.set(row, caption);

  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? [];
    if (isBlank(row)) continue;
    const at = row.find(({ text }) => text !== '')?.at ?? '';
    const text = onlyText(row);
    const draft = drafts.at(-1);
    if (captions.has(index)) {
      const end = bodyEnd(rows, index + 1, captions);
      const labels = [...labelRows].filter(([, caption]) => caption === index).map(([at]) => at);
      const holder = draft && draft.tables.length === 0 ? draft : (draft ?? begin(null, at));
      holder.tables.push({
        labels: labels.toSorted((one, other) => one - other).map((at) => rows[at] ?? []),
        caption: row,
        body: rows.slice(index + 1, end),
        pairs: findPairs(row),
      });
      part = 'table';
      index = end - 1;
      continue;
    }
    if (labelRows.has(index)) continue;
    const heading = text === null ? null : findHeading(text);
    const found = text === null || heading !== null ? null : findProjectTitle(text);
    if (found && (leads(rows, index) || follows(draft?.title ?? null, found))) {
      begin(found, at);
      part = 'overview';
    } else if (heading === 'overview' || heading === 'kpi') {
      // A heading that comes again without a title belongs to a project whose title is lost.
      const again =
        draft?.headings.at(-1) === heading &&
        (heading === 'overview' ? draft.overview : [...draft.tables, ...draft.said]).length === 0;
      if (again) continue;
      const seen = draft?.headings.includes(heading) === true;
      const holder =
        !draft || seen || (heading === 'overview' && draft.headings.length > 0)
          ? begin(untitled(rows, index), at)
          : draft;
      holder.headings = [...holder.headings, heading];
      part = heading;
    } else if (heading === 'other') part = 'other';
    else if (part === 'title' || !draft) {
      if (title === null && text !== null && !/。/.test(text) && text.length <= 120) title = text;
      else if (text === null) note('row-unread', { at, stated: shorten(row) });
    } else if (findYearHead(row[0]?.text ?? '') !== null && part !== 'kpi') {
      draft.plans.push({ year: findYearHead(row[0]?.text ?? '') ?? 0, rows: [row] });
      part = 'plan';
    } else if (part === 'plan' && row[0]?.text === '') {
      const plan = draft.plans.at(-1);
      if (plan) draft.plans[draft.plans.length - 1] = { ...plan, rows: [...plan.rows, row] };
    } else if (part === 'overview' && text !== null) draft.overview.push(text);
    else if (part === 'kpi' && text !== null && text.length <= 300) draft.said.push(text);
    else if (part !== 'other' || text === null) {
      if (!nextIsTitle(rows, index))
        note('row-unread', { project: draft.title?.no ?? null, at, stated: shorten(row) });
    }
  }
  return { title, drafts };
}

/** A title is a title because a heading follows it. */
function leads(rows: Rows, index: number): boolean {
  const next = rows.slice(index + 1, index + 6).find((row) => !isBlank(row));
  const text = next ? onlyText(next) : null;
  const heading = text === null ? null : findHeading(text);
  return heading === 'overview' || heading === 'kpi';
}

/** … or because its letter or number is the next one. */
function follows(before: Title | null, { no }: Title): boolean {
  if (!before) return /^[AＡ1①]$/.test(no);
  const [one, other] = [before.no, no];
  return /^\d+$/.test(one)
    ? Number(other) === Number(one) + 1
    : one.length === 1 && other.codePointAt(0) === (one.codePointAt(0) ?? 0) + 1;
}

/** A name without a letter directly above the heading, when it reads like the name of a project. */
function untitled(rows: Rows, index: number): Title | null {
  const text = nameAbove(rows, index);
  return text === null ? null : { no: '', name: text };
}

function nameAbove(rows: Rows, index: number): string | null {
  const above = rows.slice(Math.max(0, index - 4), index).findLast((row) => !isBlank(row));
  const text = above ? onlyText(above) : null;
  return text !== null &&
    text.length <= 80 &&
    /(?:事業|プロジェクト|計画|推進|創出|整備)(?:費)?$/.test(text)
    ? text
    : null;
}

function nextIsTitle(rows: Rows, index: number): boolean {
  const next = rows.findIndex((row, at) => at > index && !isBlank(row));
  return next >= 0 && leads(rows, index) && nameAbove(rows, next) !== null;
}

/** The rows of labels right above a caption row: no head of their own, and not more than four. */
function labelRowsAbove(rows: Rows, caption: number): readonly number[] {
  const first = findPairs(rows[caption] ?? [])[0]?.target ?? 1;
  const found: number[] = [];
  for (let index = caption - 1; index >= Math.max(0, caption - 4); index--) {
    const row = rows[index] ?? [];
    const head = row
      .slice(0, first)
      .map(({ text }) => text.replace(/\s+/g, ''))
      .join('');
    if (isBlank(row) || !/^(?:年度|区分|指標|KPI|指標名|項目)?$/.test(head)) break;
    if (findPairs(row).length > 0 || sameRow(row, rows[index + 1])) continue;
    found.push(index);
  }
  return found;
}

/** Where a KPI table ends: at prose, a heading or the next table. */
function bodyEnd(rows: Rows, from: number, captions: ReadonlySet<number>): number {
  let end = from;
  while (end < rows.length && !captions.has(end)) {
    const row = rows[end] ?? [];
    const text = isBlank(row) ? null : onlyText(row);
    if (text !== null && (findHeading(text) !== null || findProjectTitle(text) !== null)) break;
    if (text !== null && row.length === 1) break;
    end++;
  }
  return end;
}

/** The year the title says, else the last one with actuals, when all KPIs that have any agree on it. */
function findYear(title: string | null, kpis: readonly Kpi[], note: Note): FiscalYear | null {
  const said = findEvaluatedYear(title, []);
  if (said !== null) return said;
  const last = kpis.flatMap(({ series }) => {
    const years = series.flatMap(({ year, actual }) =>
      typeof year === 'number' && actual?.value != null ? [year] : [],
    );
    return years.length > 0 ? [Math.max(...years)] : [];
  });
  const [year] = last;
  if (year === undefined || last.some((other) => other !== year)) {
    note('year-unknown', { stated: title });
    return null;
  }
  note('year-inferred', { stated: `${year}年度` });
  return year;
}

function sameRow(one: readonly Cell[], other: readonly Cell[] | undefined): boolean {
  return one.map(({ text }) => text).join('\t') === other?.map(({ text }) => text).join('\t');
}

function shorten(row: readonly Cell[]): string {
  return row
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join(' | ')
    .slice(0, 100);
}
