/**
 * The layout `generic-table`: any table whose columns are known, from its header words or by hand. One
 * row a KPI, projects over one or more rows. Takes no column nobody named, and says so.
 */
import { datedRoles, type ColumnRole, type MappedColumn, type Mapping } from '#domain/mapping.ts';
import {
  emptyProject,
  noCaptions,
  type EvaluationTable,
  type Finding,
  type Kpi,
  type ProjectSheet,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { readMarkedKpis, type KpiCell } from './achievementkpi.ts';
import { findColumnHeader, isHeaderRow } from './columnheader.ts';
import type { Cell, Grid } from './grid.ts';
import { joinBrokenSections, joinLines } from './lines.ts';
import { captionsOf } from './mapping.ts';
import { makeFinding, type Note } from './notice.ts';
import { parseOpinions } from './opinions.ts';
import { findAbsence, parseQuantity } from './quantity.ts';
import { parseRating } from './rating.ts';
import { findEvaluatedYear, findMunicipality, findTitle } from './title.ts';
import { unfoldYears } from './yearrows.ts';
import { readYen } from './yen.ts';

const limits = { projects: 2_000, kpis: 100, findings: 5_000 } as const;
const kpiRoles: readonly ColumnRole[] = [
  ...datedRoles,
  'kind',
  'label',
  'unit',
  'rate',
  'judgement',
  'comment',
];

type Column = MappedColumn & { readonly caption: string; readonly index: number };
type Row = { readonly at: string; readonly cells: readonly Cell[] };
type Draft = { readonly row: Row; readonly rows: Row[] };

/** The table in a grid by its header words; null where they name no KPI, or no figure is there. */
export function parseGenericTable(printed: Grid): EvaluationTable | null {
  const grid = unfoldYears(printed) ?? printed;
  const header = findColumnHeader(grid);
  if (!header) return null;
  const table = readMapped(grid, {
    headerFrom: header.top,
    dataFrom: header.bottom + 1,
    columns: header.columns,
  });
  if (!table) return null;
  const figures = table.projects
    .flatMap(({ kpis }) => kpis)
    .flatMap(({ baseline, finalTarget, series }) => [
      baseline,
      finalTarget,
      ...series.flatMap(({ target, actual }) => [target, actual]),
    ])
    .filter((figure) => figure !== null);
  const read = figures.filter((figure) => figure.value !== null || figure.parts);
  // Words where figures should stand: minutes and plans in columns are no evaluation table.
  const told = read.length + figures.filter(({ text }) => findAbsence(text)).length;
  return read.length > 0 && told * 2 >= figures.length ? table : null;
}

/** The table by a mapping, proposed or made by hand; null where it names no project and no KPI. */
export function readMapped(grid: Grid, mapping: Mapping): EvaluationTable | null {
  const findings: Finding[] = [];
  const note: Note = (code, about) => {
    if (findings.length < limits.findings) findings.push(makeFinding(code, about));
    else if (findings.at(-1)?.code !== 'truncated') findings.push(makeFinding('truncated'));
  };
  for (const { code, at, stated } of grid.notices) note(code, { at, stated });
  const captions = captionsOf(grid, mapping);
  const all = mapping.columns.map((column, index) => ({
    ...column,
    index,
    caption: captions[index] ?? '',
  }));
  const title = findTitle(grid.rows.slice(0, mapping.headerFrom));
  const municipality = findMunicipality(title);
  const fiscalYear = findEvaluatedYear(
    title,
    all.flatMap(({ role, year, index }) =>
      role === 'actual' && typeof year === 'number' ? [{ column: index, role, year }] : [],
    ),
  );
  if (fiscalYear === null) note('year-unknown', { stated: title });
  if (municipality === null) note('municipality-unknown', { stated: title });
  for (const { role, caption } of all)
    if (role === null && caption !== '') note('caption-unknown', { stated: caption });
  const columns = settle(all, fiscalYear, note);

  const drafts = readDrafts(grid, mapping.dataFrom, columns, note);
  const made = drafts.map((draft) => makeProject(draft, columns, note));
  if (made.every(({ project, places }) => places.length === 0 && project.name === null))
    return null;
  return {
    layout: 'generic-table',
    title,
    municipality,
    fiscalYear,
    captions: noCaptions,
    projects: made.map(({ project }) => project),
    findings,
    places: made.map(({ places }) => places),
  };
}

/** Two columns of one kind and year would be one figure: neither is taken. */
function settle(
  all: readonly Column[],
  fiscalYear: FiscalYear | null,
  note: Note,
): readonly Column[] {
  const known = all.filter(({ role }) => role !== null);
  const dated = known.map((column) => {
    const { role, year } = column;
    const ofYear = role === 'target' || role === 'actual';
    const alone = known.filter((other) => other.role === role && other.year === null).length === 1;
    const taken = known.some((other) => other.role === role && other.year === fiscalYear);
    return ofYear && year === null && alone && !taken ? { ...column, year: fiscalYear } : column;
  });
  return dated.filter((column) => {
    const twins = dated.filter(({ role, year }) => role === column.role && year === column.year);
    if (twins.length === 1 || column.role === 'opinions') return true;
    note(
      column.role !== null && datedRoles.includes(column.role)
        ? 'column-year-missing'
        : 'caption-unknown',
      {
        stated: column.caption,
      },
    );
    return column.role !== null && !datedRoles.includes(column.role) && twins[0] === column;
  });
}

function readDrafts(
  grid: Grid,
  dataFrom: number,
  columns: readonly Column[],
  note: Note,
): readonly Draft[] {
  const drafts: Draft[] = [];
  const at = (role: ColumnRole): number =>
    columns.find((column) => column.role === role)?.index ?? -1;
  const [no, name] = [at('no'), at('name')];
  const owner = { no: '', name: '' };
  for (const cells of grid.rows.slice(dataFrom)) {
    const filled = cells.filter(({ text }) => text !== '');
    const [first] = filled;
    if (!first || isHeaderRow(cells)) continue;
    const row = { at: first.at, cells };
    const own = { no: textAt(cells, no), name: textAt(cells, name) };
    const sum = /^(?:合\s*計|小\s*計|総?\s*計)$/;
    // A line over all columns groups the projects below it; it is none.
    if (filled.length === 1 && (cells.length > 2 || first.colSpan > 1) && own.name === '') {
      note('row-unread', { at: row.at, stated: first.text.slice(0, 100) });
      continue;
    }
    if (sum.test(own.name) || sum.test(own.no)) {
      note('row-unread', { at: row.at, stated: own.name || own.no });
      continue;
    }
    // Without names the numbers count KPIs, not projects.
    const same =
      name < 0 ||
      ((own.name === '' || own.name === owner.name) && (own.no === '' || own.no === owner.no));
    if (drafts.length === 0 || !same) {
      if (drafts.length >= limits.projects) {
        note('truncated', { at: row.at });
        break;
      }
      drafts.push({ row, rows: [] });
      Object.assign(owner, own);
    }
    drafts.at(-1)?.rows.push(row);
  }
  return drafts;
}

function makeProject(
  { row, rows }: Draft,
  columns: readonly Column[],
  note: Note,
): { readonly project: ProjectSheet; readonly places: readonly string[] } {
  const column = (role: ColumnRole): Column | undefined =>
    columns.find((each) => each.role === role);
  const own = (role: ColumnRole): string => textAt(row.cells, column(role)?.index);
  const numbered = column('name') === undefined;
  const markOf = (cells: readonly Cell[]): string | null =>
    joinLines(textAt(cells, column('no')?.index)).slice(0, 20) || null;
  const no = numbered ? null : joinLines(own('no')) || null;
  const name = joinLines(own('name')) || null;
  const project = no ?? name;
  if (name === null && column('name')) note('name-missing', { project, at: row.at });
  const kpis: Kpi[] = [];
  const places: string[] = [];
  for (const { at, cells } of rows) {
    const read = readMarkedKpis(kpiCells(cells, columns), (code, stated, kpi) => {
      if (code !== 'label-missing' || column('label')) note(code, { project, at, stated, kpi });
    });
    if (kpis.length + read.length > limits.kpis) note('truncated', { project, at });
    else
      kpis.push(
        ...read.map((kpi) => (numbered ? { ...kpi, mark: kpi.mark ?? markOf(cells) } : kpi)),
      );
    places.push(...read.map(() => at));
    for (const { role, index, caption } of columns) {
      const text = textAt(cells, index);
      const ofProject =
        role !== null &&
        !kpiRoles.includes(role) &&
        role !== 'opinions' &&
        !(numbered && role === 'no');
      if (ofProject && text !== '' && text !== textAt(row.cells, index) && cells !== row.cells)
        note('cell-unused', { project, at, stated: `${caption}: ${text.slice(0, 80)}` });
    }
  }
  if (kpis.length === 0) note('no-kpi', { project, at: row.at });
  const cost = own('cost');
  const costYen = readYen(cost, column('cost')?.caption ?? '');
  if (cost !== '' && costYen === null)
    note('value-unreadable', { project, at: row.at, stated: cost });
  const sheet: ProjectSheet = {
    ...emptyProject,
    no,
    name,
    sections: joinBrokenSections(own('section'))
      .split(/[\n、,・／/]|(?<=[課室局部係])\s+/)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    strategyGoals: own('goal')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    overview: joinLines(own('overview')) || null,
    costYen,
    kpis,
    rating: parseRating(own('rating')),
    ratingText: joinLines(own('rating')) || null,
    opinions: columns
      .filter(({ role }) => role === 'opinions')
      .flatMap(({ index, caption }) => {
        const texts = rows.map(({ cells }) => textAt(cells, index)).filter((text) => text !== '');
        return parseOpinions([...new Set(texts)].join('\n')).opinions.map((each) =>
          each.heading === '' && caption !== '' ? { ...each, heading: `【${caption}】` } : each,
        );
      }),
  };
  return { project: sheet, places };
}

/** The cells of a KPI that say something; years that are still to come are empty and not missing. */
function kpiCells(cells: readonly Cell[], columns: readonly Column[]): readonly KpiCell[] {
  const read = columns.flatMap(({ role, year, caption, index }): KpiCell[] => {
    const cell = cells[index];
    if (role === null || !cell || !kpiRoles.includes(role)) return [];
    // A cell merged over several rows speaks for each of them.
    const text =
      cell.text === '' && (cell.anchor?.rowSpan ?? 1) > 1 ? (cell.anchor?.text ?? '') : cell.text;
    return text === '' ? [] : [{ role, year, caption, text }];
  });
  // A mark of absence alone (−) in a row without a name is no KPI.
  const said = read.some(
    ({ role, text }) =>
      role === 'label' || (datedRoles.includes(role) && parseQuantity(text).value !== null),
  );
  return said ? read : [];
}

function textAt(cells: readonly Cell[], column: number | undefined): string {
  return column === undefined ? '' : (cells[column]?.text ?? '');
}
