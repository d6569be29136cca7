/**
 * 評価結果 as a paper, for Word: the header of the published table and its projects over their KPI
 * rows. The workbook has a layout of its own (`resultlayout.ts`), which divides tall cells.
 */
import type { EvaluationTable, ProjectSheet } from '#domain/sheet.ts';
import { figureAt, type FigureColumn, figureColumns } from './figures.ts';
import { opinionRuns } from './opinioncell.ts';
import { cell, figureCell, runsCell, type Paper, type PaperRow } from './paper.ts';
import type { PlacedCell } from './placed.ts';
import { layOutResult } from './resultlayout.ts';

const NAME = '評価結果';

export function resultPaper(table: EvaluationTable): Paper {
  // Only widths, title and header are taken from there; opinions would be measured in vain.
  const bare = table.projects.map((project) => ({ ...project, opinions: [] }));
  const { cells, header, widths } = layOutResult({ ...table, projects: bare });
  const columns = figureColumns(table);
  return {
    name: NAME,
    size: 'A3 landscape',
    widths,
    blocks: [
      ...cells
        .filter(({ style }) => style === 'title')
        .map((each) => ({ kind: 'title' as const, text: textOf(each) })),
      {
        kind: 'table',
        name: NAME,
        spans: widths.map(() => 1),
        header: header.last - header.first + 1,
        rows: [
          ...headerRows(
            cells.filter(({ style }) => style === 'header'),
            header.first,
            header.last,
          ),
          ...table.projects.flatMap((project) => projectRows(project, columns)),
        ],
      },
    ],
  };
}

/** A row of the header may hold no cell of its own: where no group stands over the captions. */
function headerRows(cells: readonly PlacedCell[], first: number, last: number): PaperRow[] {
  return Array.from({ length: last - first + 1 }, (_, index) =>
    cells
      .filter(({ row }) => row === first + index)
      .toSorted((a, b) => a.column - b.column)
      .map((each) => cell('header', textOf(each), each)),
  );
}

function textOf({ content }: PlacedCell): string {
  return content.kind === 'runs' ? '' : content.text;
}

function projectRows(project: ProjectSheet, columns: readonly FigureColumn[]): PaperRow[] {
  const kpis = project.kpis.length > 0 ? project.kpis : [null];
  const rows = kpis.length;
  return kpis.map((kpi, index): PaperRow => {
    const own: PaperRow = [
      cell('left', kpi?.kind),
      cell('left', kpi ? `${kpi.mark ?? ''}${kpi.label ?? ''}` : ''),
      ...columns.map((column) => figureCell(kpi && figureAt(kpi, column))),
    ];
    if (index > 0) return own;
    return [
      cell('center', project.no, { rows }),
      cell('left', project.name, { rows }),
      cell('center', project.sections.join('\n'), { rows }),
      cell('left', project.strategyGoals.join('\n'), { rows }),
      ...own,
      cell('center', project.ratingText, { rows }),
      runsCell(opinionRuns(project.opinions), { rows }),
    ];
  });
}
