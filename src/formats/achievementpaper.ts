/**
 * 達成状況一覧 as a paper: one row a project, its KPIs ①②③④ inside the cells, ○×−, 決算額. It prints
 * what the sheets say; a mark is given only to a KPI that has none.
 */
import type { EvaluationTable, Kpi, ProjectSheet } from '#domain/sheet.ts';
import { currentOf, judgementMarks, judgementOf, statesJudgements } from './current.ts';
import { cell, figureCell, type Paper, type PaperRow } from './paper.ts';
import { makeQuantity } from './quantity.ts';

const NAME = '達成状況一覧';
const columns = [
  ['No.', 44],
  ['事業名', 150],
  ['事業概要', 250],
  ['決算額', 146],
  ['KPI設定', 270],
  ['KPI目標値', 165],
  ['KPI実績値', 120],
  ['評価\n(達成○\n未達成×)', 72],
  ['未達成の要因、改善点、今後の展望等', 390],
  ['担当課', 110],
] as const;

export function achievementPaper(table: EvaluationTable): Paper {
  const stated = statesJudgements(table, 'achievement-list');
  return {
    name: NAME,
    size: 'A3 landscape',
    widths: columns.map(([, width]) => width),
    blocks: [
      ...(table.title === null ? [] : [{ kind: 'title', text: table.title } as const]),
      {
        kind: 'table',
        name: NAME,
        spans: columns.map(() => 1),
        header: 1,
        rows: [
          columns.map(([caption]) => cell('header', caption)),
          ...table.projects.map((project) => projectRow(table, project, stated)),
        ],
      },
    ],
  };
}

function projectRow(table: EvaluationTable, project: ProjectSheet, stated: boolean): PaperRow {
  const { kpis } = project;
  const marks = marksOf(kpis);
  const lines = (of: (kpi: Kpi) => string | null | undefined) =>
    kpis
      .map((kpi, index) => ({ mark: marks[index] ?? '', text: of(kpi) ?? '' }))
      .filter(({ text }) => text !== '')
      .map(({ mark, text }) => `${mark}${text}`)
      .join('\n');
  const now = (kpi: Kpi) => currentOf(kpi, table.fiscalYear);
  return [
    cell('center', project.no),
    cell('left', project.name),
    cell('left', project.overview),
    figureCell(project.costYen === null ? null : makeQuantity(project.costYen, '円')),
    cell('left', lines(({ label }) => label) || project.kpiNote),
    cell(
      'left',
      lines((kpi) => now(kpi).target?.text),
    ),
    cell(
      'left',
      lines((kpi) => now(kpi).actual?.text),
    ),
    cell(
      'left',
      lines((kpi) => judgementMarks[judgementOf(kpi, table.fiscalYear, stated)]),
    ),
    cell(
      'left',
      lines(({ comment }) => comment),
    ),
    cell('center', project.sections.join('\n')),
  ];
}

/** ① … ⑳ for KPIs without a mark of their own, by their place; a single one needs none. */
function marksOf(kpis: readonly Kpi[]): readonly string[] {
  const lone = kpis.length === 1;
  return kpis.map(({ mark }, index) => mark ?? (lone ? '' : circled(index)));
}

export function circled(index: number): string {
  return index < 20 ? String.fromCodePoint(0x2460 + index) : `(${index + 1})`;
}
