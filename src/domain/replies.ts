/**
 * 意見への対応: every frozen opinion with what the section in charge replied to it ([R9]), and how far
 * each section is. Names nobody who wrote an opinion or a reply.
 */
import type { Meeting } from './meeting.ts';
import type { Day, HeadingId, ItemId } from './types.ts';

export type OpinionReply = { readonly text: string; readonly due: Day | null };

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
