/** Under which captions the figures of one sheet stand on screen, and when a line per year is better. */
import { noCaptions, type Kpi, type ProjectSheet, type Quantity } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { figureAt, figureColumns, type FigureColumn } from '#formats/figures.ts';

/** So many stand beside each other on a laptop. */
const WIDEST = 6;

/**
 * @param columns of the table the project came with; they serve unless they leave out some of its
 * figures. null: there is no such table.
 */
export function columnsOf(
  sheet: ProjectSheet,
  columns: readonly FigureColumn[] | null,
  year: FiscalYear,
): readonly FigureColumn[] {
  const all = columns && holdsAll(sheet, columns) ? columns : ownColumns(sheet, year);
  if (all.length <= WIDEST) return all;
  return all.filter((column) => sheet.kpis.some((kpi) => figureAt(kpi, column)));
}

function holdsAll({ kpis }: ProjectSheet, columns: readonly FigureColumn[]): boolean {
  const isHeld = (kpi: Kpi, figure: Quantity | null) =>
    !figure || columns.some((column) => figureAt(kpi, column)?.text === figure.text);
  return kpis.every((kpi) =>
    kpi.series.every(({ actual, target }) => isHeld(kpi, actual) && isHeld(kpi, target)),
  );
}

const ownColumns = (sheet: ProjectSheet, fiscalYear: FiscalYear) =>
  figureColumns({
    layout: 'result-table',
    title: null,
    municipality: null,
    fiscalYear,
    captions: noCaptions,
    projects: [sheet],
    findings: [],
  });

/** More columns than a page can set beside each other, or facts that belong to a single year. */
export const isByYear = (sheet: ProjectSheet, columns: readonly FigureColumn[]): boolean =>
  columns.length > WIDEST ||
  sheet.kpis.some(({ series }) =>
    series.some(
      ({ targetDelta, actualDelta, statedJudgement, comment }) =>
        targetDelta ?? actualDelta ?? statedJudgement ?? comment,
    ),
  );
