/** Words of 意見の整理: order, tags, similar opinions. */
import type { Tag } from '#protocol/documents.ts';
import { defineMessages } from '../messages.ts';

export const board = defineMessages({
  ja: {
    title: '意見を整理する',
    hint: '並べ替え、種類、似た意見の統合は、全員の画面に反映されます。種類は印刷されません。',
    list: (heading: string) => `${heading}の意見`,
    up: (text: string) => `「${text}」を上へ`,
    down: (text: string) => `「${text}」を下へ`,
    first: 'いちばん上です。',
    last: 'いちばん下です。',
    occupied: 'ほかの人が書いているため、いまは動かせません。',
    keys: 'Alt＋↑・Alt＋↓でも動かせます。',
    moved: (position: number) => `${position}番目に移動しました。`,
    tag: '種類',
    tagOf: (text: string) => `「${text}」の種類`,
    none: '（なし）',
    tags: { merit: '評価', problem: '課題', wish: '要望', kpi: 'KPIの妥当性' } satisfies Record<
      Tag,
      string
    >,
    count: (bullets: number, letters: number) => `${bullets}件・${letters}文字`,
    similar: '似た意見',
    merge: '1つにまとめる',
    mergeOf: (one: string, other: string) => `「${one}」と「${other}」を1つにまとめる`,
    merged: '2つの意見を1つにまとめました。',
    empty: 'まだ意見はありません。',
  },
  en: {
    title: 'Put the opinions in order',
    hint: 'Order, kinds and merging show on everybody’s screen. Kinds are not printed.',
    list: (heading) => `Opinions under ${heading}`,
    up: (text) => `Move “${text}” up`,
    down: (text) => `Move “${text}” down`,
    first: 'It is at the top.',
    last: 'It is at the bottom.',
    occupied: 'Somebody else is writing there.',
    keys: 'Alt+↑ and Alt+↓ move it too.',
    moved: (position) => `Moved to position ${position}.`,
    tag: 'Kind',
    tagOf: (text) => `Kind of “${text}”`,
    none: '(none)',
    tags: { merit: 'Merit', problem: 'Problem', wish: 'Wish', kpi: 'Fitness of the KPI' },
    count: (bullets, letters) => `${bullets} opinions, ${letters} characters`,
    similar: 'Similar opinions',
    merge: 'Merge them',
    mergeOf: (one, other) => `Merge “${one}” and “${other}”`,
    merged: 'Two opinions are one now.',
    empty: 'No opinions yet.',
  },
});
