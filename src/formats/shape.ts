/**
 * 出力の様式: the shapes a table can leave in, whatever layout it came in, and what each is called.
 */
import type { Meeting } from '#domain/meeting.ts';
import { answeredTable } from '#domain/replies.ts';
import { resultTitle } from '#domain/result.ts';
import type { EvaluationTable, Layout } from '#domain/sheet.ts';

/** Any other table leaves as a result table. */
export const shapes = [
  'result-table',
  'report-form',
  'pillar-report',
  'progress-report',
  'achievement-list',
] as const satisfies readonly Layout[];
export type Shape = (typeof shapes)[number];

/** What a document of this shape is called, on the page, in its title and in its file name. */
export const shapeWords: Readonly<Record<Shape, string>> = {
  'result-table': '評価結果一覧',
  'report-form': '実施報告書',
  'pillar-report': '柱別報告',
  'progress-report': '進捗状況',
  'achievement-list': '達成状況一覧',
};

/** The table a meeting gives back ([R2]) with the replies there are, titled for a shape ([R4]). */
export function shapedTable(meeting: Meeting, shape: Shape): EvaluationTable {
  const table = answeredTable(meeting);
  if (shape === 'result-table') return table;
  return { ...table, title: resultTitle(meeting, `事業実績 ${shapeWords[shape]}`) };
}
