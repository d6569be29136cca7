/** The sentences for what does not fit in a record, for pages and for the command line. */
import type { RecordFlaw } from './recordcheck.ts';

export const flawWords: Readonly<Record<RecordFlaw, { readonly ja: string; readonly en: string }>> =
  {
    hash: {
      ja: '書かれたあとに内容が変えられています。',
      en: 'The entry was changed after it was written.',
    },
    chain: {
      ja: '前の記録とつながっていません。',
      en: 'The entry does not follow the one before it.',
    },
    body: { ja: '内容を読み取れません。', en: 'The entry cannot be read.' },
    count: {
      ja: '件数が一致しません。記録の一部が欠けているか、加えられています。',
      en: 'The number of entries differs: some are missing or were added.',
    },
    head: {
      ja: '末尾の照合番号が一致しません。末尾が切り取られたか、全体が作り直されています。',
      en: 'The last hash differs: the tail was cut off, or the whole was computed anew.',
    },
    unreadable: {
      ja: 'この版では読み取れない記録があります。',
      en: 'There is an entry of a kind this version cannot follow.',
    },
    'not-founded': {
      ja: '会議の作成から始まっていません。',
      en: 'The record does not begin with the founding of the meeting.',
    },
    numbering: { ja: '通し番号が続いていません。', en: 'The numbers do not follow each other.' },
    'unknown-item': {
      ja: '存在しない議題または投票についての記録です。',
      en: 'The entry is about an item or a ballot nobody made.',
    },
    'ballots-differ': {
      ja: '示された票が、投票した人の票と一致しません。',
      en: 'The ballots shown are not those of the people who voted.',
    },
    'tally-differs': {
      ja: '集計が票の合計と一致しません。',
      en: 'The tally is not the sum of the ballots.',
    },
    'casting-vote': {
      ja: '可否同数でないのに会長の決裁が行われています。',
      en: 'A tie was broken where there was none.',
    },
    decision: {
      ja: '確定した評価または決定の方法が、投票の結果・会議の性格・異議と合いません。',
      en: 'The decision does not follow from the ballots, the mode or the objections.',
    },
    opinions: {
      ja: '会議にない見出しの意見が確定されています。',
      en: 'Opinions were frozen under a heading the meeting does not have.',
    },
  };
