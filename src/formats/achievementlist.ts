/**
 * The layout `achievement-list`: one row a project, its KPIs ①②③④ inside the cells, ○×− and 決算額. A
 * row whose cells do not hold what their columns say keeps only what is certain.
 */
import { datedRoles, type ColumnRole } from '#domain/mapping.ts';
import {
  emptyProject,
  noCaptions,
  type EvaluationTable,
  type Finding,
  type ProjectSheet,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { fitRow, type FittedRow } from './achievementfit.ts';
import { readMarkedKpis } from './achievementkpi.ts';
import { findColumnHeader, isHeaderRow, type ColumnHeader } from './columnheader.ts';
import type { Grid } from './grid.ts';
import { joinLines } from './lines.ts';
import { splitMarks } from './marked.ts';
import { makeFinding, type Note } from './notice.ts';
import { parseOpinions } from './opinions.ts';
import { parseRating } from './rating.ts';
import { findEvaluatedYear, findMunicipality, findTitle } from './title.ts';
import { readYen } from './yen.ts';

const limits = { projects: 2_000, findings: 5_000 } as const;
const kpiRoles: readonly ColumnRole[] = [
  ...datedRoles,
  'kind',
  'label',
  'unit',
  'rate',
  'judgement',
  'comment',
];

/** A project with the texts of its columns; those of a continued row are joined by line breaks. */
type Draft = { readonly at: string; readonly texts: string[] };

/** The list in a grid; null where no cell holds several marked KPIs. */
export function parseAchievementList(grid: Grid): EvaluationTable | null {
  const header = findColumnHeader(grid);
  if (!header || !hasMarkedCells(grid, header)) return null;
  const findings: Finding[] = [];
  const note: Note = (code, about) => {
    if (findings.length < limits.findings) findings.push(makeFinding(code, about));
    else if (findings.at(-1)?.code !== 'truncated') findings.push(makeFinding('truncated'));
  };
  for (const { code, at, stated } of grid.notices) note(code, { at, stated });
  const title = findTitle(grid.rows.slice(0, header.top));
  const municipality = findMunicipality(title);
  const fiscalYear = findEvaluatedYear(
    title,
    header.columns.flatMap(({ role, year }, column) =>
      role === 'actual' && typeof year === 'number' ? [{ column, role, year }] : [],
    ),
  );
  if (fiscalYear === null) note('year-unknown', { stated: title });
  if (municipality === null) note('municipality-unknown', { stated: title });
  for (const { role, caption } of header.columns)
    if (role === null && caption !== '') note('caption-unknown', { stated: caption });

  const drafts = readDrafts(grid, header, note);
  const rows = drafts.map(({ at, texts }) => ({ at, row: fitRow(texts, header) }));
  const known = new Set(rows.flatMap(({ row }) => sectionsOf(row.texts.section)));
  const projects = rows.map(({ at, row }) => makeProject(row, at, header, fiscalYear, known, note));
  if (projects.every(({ kpis }) => kpis.length === 0)) return null;
  return {
    layout: 'achievement-list',
    title,
    municipality,
    fiscalYear,
    captions: noCaptions,
    projects,
    findings,
    places: projects.map(({ kpis }, index) => kpis.map(() => rows[index]?.at ?? null)),
  };
}

/** Two marks in one cell of the KPIs: that, and nothing else, tells this layout from a plain table. */
function hasMarkedCells(grid: Grid, { bottom, columns }: ColumnHeader): boolean {
  return grid.rows
    .slice(bottom + 1, bottom + 200)
    .some((cells) =>
      columns.some(
        ({ role }, column) =>
          (role === 'label' || role === 'target' || role === 'actual') &&
          splitMarks(cells[column]?.text ?? '').parts.size > 1,
      ),
    );
}

function readDrafts(grid: Grid, { bottom, columns }: ColumnHeader, note: Note): readonly Draft[] {
  const drafts: Draft[] = [];
  const own = columns.findIndex(({ role }) => role === 'no');
  const named = columns.findIndex(({ role }) => role === 'name');
  const label = columns.findIndex(({ role }) => role === 'label');
  for (const cells of grid.rows.slice(bottom + 1)) {
    const texts = cells.map(({ text }) => text);
    const at = cells.find(({ text }) => text !== '')?.at ?? '';
    const filled = texts.filter((text) => text !== '');
    if (filled.length === 0 || isHeaderRow(cells)) continue;
    const first = texts[own] || texts[named] || '';
    const previous = drafts.at(-1);
    if (filled.length === 1 || /^(?:合\s*計|小\s*計|総?\s*計)$/.test(first)) {
      note('row-unread', { at, stated: filled[0]?.slice(0, 100) ?? null });
      continue;
    }
    // ① again without No and name is another project that has lost both.
    const restarts =
      splitMarks(texts[label] ?? '').parts.has(1) &&
      splitMarks(previous?.texts[label] ?? '').parts.has(1);
    if (first !== '' || !previous || restarts) {
      if (drafts.length < limits.projects) drafts.push({ at, texts });
      else note('truncated', { at });
      continue;
    }
    note('row-continued', { project: previous.texts[own] || previous.texts[named] || null, at });
    for (const [column, text] of texts.entries())
      if (text !== '') previous.texts[column] = `${previous.texts[column] ?? ''}\n${text}`.trim();
  }
  return drafts;
}

function makeProject(
  { texts, cells, clear }: FittedRow,
  at: string,
  header: ColumnHeader,
  fiscalYear: FiscalYear | null,
  sections: ReadonlySet<string>,
  note: Note,
): ProjectSheet {
  const no = joinLines(texts.no) || null;
  const name = joinLines(texts.name) || null;
  const project = no ?? name;
  if (!clear)
    note('columns-unclear', {
      project,
      at,
      stated: cells.map((text) => text.slice(0, 20)).join(' / '),
    });
  if (name === null) note('name-missing', { project, at });
  const kpis = readMarkedKpis(
    header.columns.flatMap(({ role, year, caption }, column) =>
      role === null || !kpiRoles.includes(role)
        ? []
        : [
            {
              role,
              year: year ?? (role === 'target' || role === 'actual' ? fiscalYear : null),
              caption,
              text: cells[column] ?? '',
            },
          ],
    ),
    (code, stated, kpi) => note(code, { project, at, stated, kpi }),
  );
  if (kpis.length === 0) note('no-kpi', { project, at });
  const costYen = readYen(
    texts.cost,
    header.columns.find(({ role }) => role === 'cost')?.caption ?? '',
  );
  if (texts.cost !== '' && costYen === null)
    note('value-unreadable', { project, at, stated: texts.cost });
  return {
    ...emptyProject,
    no,
    name,
    sections: splitSections(texts.section, sections),
    strategyGoals: texts.goal
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    overview: joinLines(texts.overview) || null,
    costYen,
    kpis,
    rating: parseRating(texts.rating),
    ratingText: joinLines(texts.rating) || null,
    opinions: parseOpinions(texts.opinions).opinions,
  };
}

function sectionsOf(text: string): readonly string[] {
  return text.split(/[\s、,・／/]+/).filter((each) => each !== '');
}

/** 商工観光課 誘致戦略課; written without a gap only where the list has the second by itself. */
function splitSections(text: string, known: ReadonlySet<string>): readonly string[] {
  return sectionsOf(text).flatMap((each) => {
    const other = [...known].find((one) => one !== each && each.endsWith(one));
    const first = other === undefined ? '' : each.slice(0, -other.length);
    return other !== undefined && /[課室局部係]$/.test(first) ? [first, other] : [each];
  });
}
