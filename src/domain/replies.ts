/**
 * 意見への対応: every frozen opinion with what the section in charge replied to it ([R9]), and how far
 * each section is. Names nobody who wrote an opinion or a reply.
 */
import type { Meeting } from './meeting.ts';
import { resultTable } from './result.ts';
import type { EvaluationTable, OpinionReply } from './sheet.ts';
import type { HeadingId, ItemId } from './types.ts';

/** One opinion of a decided item. */
export type AnsweredOpinion = {
  readonly itemId: ItemId;
  readonly no: string | null;
  readonly name: string | null;
  readonly sections: readonly string[];
  readonly headingId: HeadingId;
  readonly heading: string;
  /** Which one under its heading, from 0. */
  readonly bullet: number;
  readonly text: string;
  readonly reply: OpinionReply | null;
};

/** In the order of the items, their headings and the opinions under them. */
export const answeredOpinions = ({ items }: Pick<Meeting, 'items'>): readonly AnsweredOpinion[] =>
  items.flatMap(({ id: itemId, sheet, decision, replies }) =>
    (decision?.opinions ?? []).flatMap(({ headingId, heading, bullets }) =>
      bullets.map((text, bullet) => {
        const found = replies.find(
          (each) => each.headingId === headingId && each.bullet === bullet,
        );
        return {
          itemId,
          no: sheet.no,
          name: sheet.name,
          sections: sheet.sections,
          headingId,
          heading,
          bullet,
          text,
          reply: found ? { text: found.text, due: found.due } : null,
        };
      }),
    ),
  );

/** 評価結果 [R2] with the reply to each opinion, for those who may read replies. */
export function answeredTable(meeting: Meeting): EvaluationTable {
  const table = resultTable(meeting);
  if (meeting.items.every(({ replies }) => replies.length === 0)) return table;
  const projects = table.projects.map((project, at) => {
    const item = meeting.items[at];
    const answers = item ? answeredOpinions({ items: [item] }) : [];
    // The frozen opinions come first; behind them may stand what is no opinion ([R17]).
    const opinions = project.opinions.map((opinion, index) => {
      const answer = answers[index];
      return answer ? { ...opinion, reply: answer.reply } : opinion;
    });
    return { ...project, opinions };
  });
  return { ...table, projects };
}

export type SectionProgress = {
  /** 所管課; empty where a project names none. */
  readonly section: string;
  readonly total: number;
  readonly replied: number;
};

/** How many opinions each section has replied to. What several are in charge of counts for each. */
export function replyProgress(opinions: readonly AnsweredOpinion[]): readonly SectionProgress[] {
  const found = new Map<string, { total: number; replied: number }>();
  for (const { sections, reply } of opinions) {
    for (const section of sections.length > 0 ? sections : ['']) {
      const { total, replied } = found.get(section) ?? { total: 0, replied: 0 };
      found.set(section, { total: total + 1, replied: replied + (reply ? 1 : 0) });
    }
  }
  return [...found].map(([section, counts]) => ({ section, ...counts }));
}
