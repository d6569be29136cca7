/**
 * The one way from a table to a file in the shape of a layout. Whatever layout a table was read in,
 * it can leave in any: what the shape has no place for is left out, and nothing is made up.
 */
import type { EvaluationTable, Layout } from '#domain/sheet.ts';
import { achievementPaper } from './achievementpaper.ts';
import type { Paper } from './paper.ts';
import { makePaperBook } from './paperbook.ts';
import { makePaperDocument } from './paperdocument.ts';
import { pillarPaper } from './pillarpaper.ts';
import { progressPaper } from './progresspaper.ts';
import { reportPapers } from './reportpaper.ts';
import { resultPaper } from './resultpaper.ts';
import { makeResultWorkbook } from './resultworkbook.ts';

/** The shapes on offer; any other table leaves as a result table. */
export const shapes = [
  'result-table',
  'report-form',
  'pillar-report',
  'progress-report',
  'achievement-list',
] as const satisfies readonly Layout[];
export type Shape = (typeof shapes)[number];

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

/** A table as .xlsx in a shape. */
export function makeWorkbook(order: Order): Uint8Array {
  if (order.shape === 'result-table') return makeResultWorkbook(order.table);
  return makePaperBook(papersOf(order), order.table.title ?? '');
}

/** A table as .docx in a shape. */
export function makeDocument(order: Order): Promise<Uint8Array> {
  return makePaperDocument(papersOf(order), order.table.title ?? '');
}
