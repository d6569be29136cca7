/**
 * A table set in a shape, ready for a workbook, a Word file or the printed page. What the shape has
 * no place for is left out, and nothing is made up.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import { achievementPaper } from './achievementpaper.ts';
import type { Paper } from './paper.ts';
import { pillarPaper } from './pillarpaper.ts';
import { progressPaper } from './progresspaper.ts';
import { reportPapers } from './reportpaper.ts';
import { resultPaper } from './resultpaper.ts';
import type { Shape } from './shape.ts';

export type Order = { readonly table: EvaluationTable; readonly shape: Shape };

/** The papers of a table in a shape: several for the report form, which is filled per project. */
export function papersOf({ table, shape }: Order): readonly Paper[] {
  switch (shape) {
    case 'result-table':
      return [resultPaper(table)];
    case 'report-form':
      return reportPapers(table);
    case 'pillar-report':
      return [pillarPaper(table)];
    case 'progress-report':
      return [progressPaper(table)];
    case 'achievement-list':
      return [achievementPaper(table)];
  }
}
