/**
 * 意見への対応 as a paper: one opinion a row, with 対応方針 and 期限. It is a file of its own and stands
 * behind the results once there are replies; it adds no name.
 */
import type { AnsweredOpinion } from '#domain/replies.ts';
import type { EvaluationTable } from '#domain/sheet.ts';
import { cell, type Paper } from './paper.ts';
import { makeDay } from './wareki.ts';

export const REPLIES = '意見への対応';
export const replyColumns = [
  'No',
  '事業名',
  '所管課',
  '見出し',
  '意見等',
  '対応方針',
  '期限',
] as const;
/** Pixels of 1/96 inch, in the order of the columns. */
const widths = [52, 170, 110, 140, 380, 380, 110];
const UNANSWERED = '（未回答）';

export type OpinionRow = Pick<
  AnsweredOpinion,
  'no' | 'name' | 'sections' | 'heading' | 'text' | 'reply'
>;

/** Whether a row of a file is where this paper begins behind the results. */
export const beginsReplies = (texts: readonly string[]): boolean => {
  const said = texts.filter((text) => text !== '');
  const [first = ''] = said;
  const title = first.endsWith(` ${REPLIES}`) && said.every((text) => text === first);
  return title || replyColumns.every((name, at) => said[at] === name);
};

/** Every opinion of a table with its reply; none while nobody has replied to any of them. */
export function opinionRows({ projects }: Pick<EvaluationTable, 'projects'>): OpinionRow[] {
  return projects.flatMap(({ no, name, sections, opinions }) =>
    opinions.flatMap(({ heading, text, reply }) =>
      reply === undefined ? [] : [{ no, name, sections, heading, text, reply }],
    ),
  );
}

export function replyPaper(title: string, opinions: readonly OpinionRow[]): Paper {
  return {
    name: REPLIES,
    size: 'A3 landscape',
    widths,
    blocks: [
      { kind: 'title', text: `${title} ${REPLIES}`.trim() },
      {
        kind: 'table',
        name: REPLIES,
        spans: widths.map(() => 1),
        header: 1,
        rows: [
          replyColumns.map((name) => cell('header', name)),
          ...opinions.map(({ no, name, sections, heading, text, reply }) => [
            cell('center', no),
            cell('left', name),
            cell('center', sections.join('\n')),
            cell('left', heading),
            cell('left', text),
            cell('left', reply?.text ?? UNANSWERED),
            cell('center', reply?.due ? makeDay(reply.due) : ''),
          ]),
        ],
      },
    ],
  };
}
