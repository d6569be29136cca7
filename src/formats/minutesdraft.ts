/**
 * The first draft of 議事録, section by section, from what the record tells; people write on from
 * there together. Also the text as it is locked: sections with their paragraphs, in order.
 */
import type { FrozenOpinions, Item, Meeting } from '#domain/meeting.ts';
import type { MinutesSection } from '#domain/minutes.ts';
import type { ItemId } from '#domain/types.ts';
import { movementsAfterOpening, quorumAtOpening } from './attended.ts';
import { itemParagraphs } from './minutesdraftitem.ts';
import { speakersOf } from './speakers.ts';
import { makeDate, makeTime } from './wareki.ts';

/** The opinions of an item nobody has decided, as they stand. */
type Standing = (itemId: ItemId) => readonly FrozenOpinions[];

/** Keys and titles in the order of printing; what is in them stands in the document. */
export function sectionsOf(meeting: Meeting): readonly Omit<MinutesSection, 'paragraphs'>[] {
  return [
    { key: 'opening', title: '1　開会' },
    { key: 'greeting', title: '2　あいさつ' },
    ...meeting.items.map((item, at) => ({ key: `item-${item.id}`, title: titleOf(item, at) })),
    { key: 'other', title: '4　その他' },
    { key: 'closing', title: '5　閉会' },
  ];
}

/** Over the items, before the first of them. */
export const itemsTitle = '3　議事';
export const isOfItem = ({ key }: Pick<MinutesSection, 'key'>): boolean => key.startsWith('item-');

const titleOf = ({ sheet }: Item, at: number): string =>
  `(${at + 1}) ${[sheet.no, sheet.name].filter((part) => part !== null).join('　')}`;

/** What a secretariat would write first: facts of the record, no word anybody did not say. */
export function draftMinutes(
  meeting: Meeting,
  standing: Standing = () => [],
): readonly MinutesSection[] {
  const speaker = speakersOf(meeting, meeting.minutes.speakers);
  const drafts = new Map<string, readonly string[]>([
    ['opening', opening(meeting, speaker)],
    ['closing', closing(meeting)],
    ...meeting.items.map((item): [string, readonly string[]] => [
      `item-${item.id}`,
      itemParagraphs(meeting, item, { speaker, standing: standing(item.id) }),
    ]),
  ]);
  return sectionsOf(meeting).map((section) => ({
    ...section,
    paragraphs: drafts.get(section.key) ?? [],
  }));
}

const quorumRules = { moreThanHalf: '過半数', halfOrMore: '半数以上' } as const;

function opening(meeting: Meeting, speaker: ReturnType<typeof speakersOf>): readonly string[] {
  const { openedAt, deadline, gathering } = meeting;
  const council = quorumAtOpening(meeting);
  const rule = `定足数（${quorumRules[meeting.quorumRule]}、${council.needed}人以上）`;
  if (gathering === 'circulated') {
    const until =
      deadline === null ? '' : `回答の期限は、${makeDate(deadline)}${makeTime(deadline)}とした。`;
    return [
      `会議は、書面により開催した。${until}`,
      `${rule}は、議題ごとに、投票した委員の数により確かめた。`,
    ];
  }
  const came = `委員${council.total}人中${council.present}人が出席し、`;
  return [
    ...(openedAt === null ? [] : [`${makeTime(openedAt)}に開会した。`]),
    ...(gathering === 'online' ? ['会議は、オンラインにより開催した。'] : []),
    council.met
      ? `${came}${rule}を満たしているため、会議は成立した。`
      : `${came}${rule}を満たさなかった。`,
    ...movementsAfterOpening(meeting).map(
      ({ participantId, present, at }) =>
        `${makeTime(at)}、${speaker(participantId)}が${present ? '入室' : '退室'}した。`,
    ),
    ...meeting.breaks.map(({ from, to }) => `${makeTime(from)}から${makeTime(to)}まで休憩した。`),
  ];
}

function closing({ closedAt, gathering }: Meeting): readonly string[] {
  const ended =
    closedAt === null ? '' : gathering === 'circulated' ? makeDate(closedAt) : makeTime(closedAt);
  if (gathering === 'circulated') return [`以上のとおり、${ended}に書面による会議を終えた。`];
  return [`以上で本日の議事を終了し、${ended === '' ? '' : `${ended}に`}閉会した。`];
}

/** A part in which nothing happened says so, and does not stand empty. */
export const written = ({ key, paragraphs }: MinutesSection): readonly string[] =>
  paragraphs.length === 0 && key === 'other' ? ['特になし。'] : paragraphs;

/** A line such as ア and 説明: what the lines after it are. */
export const isCaption = (text: string): boolean => /^[アイウエオカキク]\u3000/u.test(text);

/** The text of locked minutes, as it goes into the record. */
export const makeMinutesText = (sections: readonly MinutesSection[]): string =>
  sections.every(({ paragraphs }) => paragraphs.length === 0) ? '' : JSON.stringify(sections);

/** The sections of locked minutes. @throws when the text is none that `makeMinutesText` wrote */
export const parseMinutesText = (text: string): readonly MinutesSection[] =>
  text === '' ? [] : (JSON.parse(text) as readonly MinutesSection[]);
