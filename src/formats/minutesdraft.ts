/**
 * The first draft of 議事録, section by section, from what the record tells; people write on from
 * there together. Also the text as it is locked: sections with their paragraphs, in order.
 */
import type { Item, Meeting } from '#domain/meeting.ts';
import { onCouncil, quorumOf } from '#domain/quorum.ts';
import type { DecisionMethod } from '#domain/types.ts';

/** One stretch of the minutes that is edited on its own. `key` names its place in the document. */
export type MinutesSection = {
  readonly key: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
};

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

const titleOf = ({ sheet }: Item, at: number): string =>
  `3　議事 (${at + 1}) ${[sheet.no, sheet.name].filter((part) => part !== null).join('　')}`;

/** What a secretariat would write first: facts of the record, no word anybody did not say. */
export function draftMinutes(meeting: Meeting): readonly MinutesSection[] {
  const drafts = new Map<string, readonly string[]>([
    ['opening', [quorumSentence(meeting)]],
    ['closing', ['以上で本日の議事を終了し、閉会した。']],
    ...meeting.items.map((item): [string, readonly string[]] => [
      `item-${item.id}`,
      itemParagraphs(meeting, item),
    ]),
  ]);
  return sectionsOf(meeting).map((section) => ({
    ...section,
    paragraphs: drafts.get(section.key) ?? [],
  }));
}

function quorumSentence(meeting: Meeting): string {
  const { present, total, needed, met } = quorumOf(meeting);
  const count = `委員${total}人のうち${present}人が出席`;
  return met
    ? `${count}しており、定足数（${needed}人）に達しているため会議が成立していることを確認した。`
    : `${count}し、定足数（${needed}人）に達していなかった。`;
}

const methods: Readonly<Record<DecisionMethod, string>> = {
  unanimous: '全会一致により',
  majority: '多数により',
  chairOnTie: '可否同数のため会長の決するところにより',
  noObjection: '異議なしと認め',
  chairJudgement: '会長の判断により',
  heard: '',
};

function itemParagraphs(meeting: Meeting, item: Item): readonly string[] {
  const name = (id: string) => meeting.participants.find((person) => person.id === id)?.name ?? '';
  const sections = item.sheet.sections.join('、');
  return [
    ...item.recused.map(({ participantId }) => `※${name(participantId)}は除斥により退席した。`),
    ...(item.state === 'waiting' || sections === '' ? [] : [`${sections}から説明があった。`]),
    ...item.questions.flatMap(({ text, answer }) => [
      `（質問）${text}`,
      ...(answer ? [`（回答）${answer.text}`] : []),
    ]),
    ...(item.decision?.opinions ?? []).flatMap(({ heading, bullets }) =>
      bullets.length === 0 ? [] : [heading, ...bullets.map((text) => `・${text}`)],
    ),
    ...item.objections.map(({ reason }) => `（異議）${reason}`),
    ...item.notes.map(({ kind, reason }) =>
      kind === 'deferred'
        ? `継続審議とした。${reason}`
        : `確定した評価を取り消し、再び審議した。理由：${reason}`,
    ),
    ...decided(meeting, item),
  ];
}

function decided({ criteria }: Meeting, { decision }: Item): readonly string[] {
  if (!decision) return [];
  if (decision.method === 'heard') return ['各委員から評価と意見を聴取した。'];
  const reason = decision.reason === '' ? '' : `（理由：${decision.reason}）`;
  return decision.ratings.map(({ criterionId, optionId }) => {
    const criterion = criteria.find(({ id }) => id === criterionId);
    const label = criterion?.options.find(({ id }) => id === optionId)?.label ?? '';
    return `${methods[decision.method]}、「${criterion?.name ?? ''}」は「${label}」と決定した。${reason}`;
  });
}

/** The text of locked minutes, as it goes into the record. */
export const makeMinutesText = (sections: readonly MinutesSection[]): string =>
  sections.every(({ paragraphs }) => paragraphs.length === 0) ? '' : JSON.stringify(sections);

/** The sections of locked minutes. @throws when the text is none that `makeMinutesText` wrote */
export const parseMinutesText = (text: string): readonly MinutesSection[] =>
  JSON.parse(text) as readonly MinutesSection[];
