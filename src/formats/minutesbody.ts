/**
 * What people wrote, set in type. A paragraph's first characters say what it is: ア a heading, 【 the
 * heading of opinions, ・ an opinion, 委員： who speaks; the rest is running text.
 */
import type { MinutesSection } from '#domain/minutes.ts';
import { isCaption, isOfItem, itemsTitle, written } from './minutesdraft.ts';
import {
  bullet,
  gap,
  heading,
  labelled,
  paragraph,
  subheading,
  type Block,
} from './minutesparts.ts';

/** A longer one would push what was said to the right edge. */
const LABEL = 7;

export function bodyBlocks(sections: readonly MinutesSection[]): Block[] {
  const firstItem = sections.find(isOfItem);
  return sections.flatMap((section) => {
    const { title, paragraphs } = section;
    if (isOfItem(section)) {
      return [
        ...(section === firstItem ? [heading(1, itemsTitle)] : []),
        heading(2, title),
        ...paragraphs.map(blockOf),
      ];
    }
    const blocks = written(section).map(blockOf);
    // Headings keep with what follows: without a line of its own one would drag the next along.
    return [heading(1, title), ...(blocks.length === 0 ? [gap()] : blocks)];
  });
}

function blockOf(text: string): Block {
  if (isCaption(text)) return heading(3, text);
  if (/^【.*】$/u.test(text)) return subheading(text);
  if (text.startsWith('・')) return bullet(text.slice(1));
  const spoken = /^([^：\s。、]+)：(.+)$/su.exec(text);
  const [, label = '', words = ''] = spoken ?? [];
  return spoken && label.length <= LABEL ? labelled(label, words) : paragraph(text);
}
