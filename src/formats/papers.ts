/**
 * A table set in a shape, ready for a workbook, a Word file or the printed page. What the shape has
 * no place for is left out, and nothing is made up.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import { achievementPaper } from './achievementpaper.ts';
import { correctionNotes } from './correctionnote.ts';
import type { Paper } from './paper.ts';
import { pillarPaper } from './pillarpaper.ts';
import { progressPaper } from './progresspaper.ts';
import { replyPaper, opinionRows } from './replypaper.ts';
import { reportPapers } from './reportpaper.ts';
import { resultPaper } from './resultpaper.ts';
import type { Shape } from './shape.ts';

export type Order = { readonly table: EvaluationTable; readonly shape: Shape };

/**
 * The papers of a table in a shape: several for the report form, which is filled per project, and
 * behind the results the replies to their opinions.
 */
export function papersOf(order: Order): readonly Paper[] {
  const papers = notedPapers(order);
  return order.shape === 'result-table' ? [...papers, ...repliesBehind(order.table)] : papers;
}

/** 意見への対応, once there are replies. */
export function repliesBehind(table: EvaluationTable): readonly Paper[] {
  const rows = opinionRows(table);
  return rows.length === 0 ? [] : [replyPaper(table.title ?? '', rows)];
}

function notedPapers(order: Order): readonly Paper[] {
  const papers = plainPapers(order);
  const last = papers.at(-1);
  const notes = correctionNotes(order.table.projects);
  if (!last || notes.length === 0) return papers;
  // [F14] The value that was taken over stands in the table, the printed one below it.
  const blocks = [...last.blocks, ...notes.map((text) => ({ kind: 'note' as const, text }))];
  return [...papers.slice(0, -1), { ...last, blocks }];
}

function plainPapers({ table, shape }: Order): readonly Paper[] {
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
