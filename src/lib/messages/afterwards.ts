/** Words of what is done after a meeting: publishing it, and the next one. */
import { defineMessages } from '../messages.ts';

export const afterwards = defineMessages({
  ja: {
    title: '会議のあと',
    replies: '意見への対応',
    replied: (done: number, total: number) => `${total}件中${done}件が対応済み`,
    minutes: '議事録',
    record: '会議記録',
    consistency: '整合の確認',
    publication: '公表',
    publicationText:
      '公表すると、評価・KPI・意見等・対応方針が、誰でも見られるページに載ります。委員の氏名や票は載りません。',
    publish: '公表する',
    published: '公表しています',
    copy: 'アドレスをコピー',
    copied: 'コピーしました。',
    copyFailed: 'コピーできませんでした。アドレスを選んでコピーしてください。',
    unpublish: '公表を取り消す',
    unpublishTitle: '公表を取り消しますか',
    unpublishText:
      '公表したページは開けなくなります。もう一度公表すると、アドレスが変わります。取り消した理由は会議記録に残ります。',
    reason: '取り消す理由',
    reasonMissing: '取り消す理由を入力してください。',
    done: {
      published: '公表しました。',
      unpublished: '公表を取り消しました。',
    },
    next: '来年度の会議',
    nextText:
      '委員・評価項目・見出し・事業を引き継いで、来年度の会議を準備します。今年度の実績は昨年度の値として残ります。',
    makeNext: '来年度の会議を作る',
    nextThere: '来年度の会議へ',
  },
  en: {
    title: 'After the meeting',
    replies: 'Replies to the opinions',
    replied: (done, total) => `${done} of ${total} replied to`,
    minutes: 'Minutes',
    record: 'Record of the meeting',
    consistency: 'Consistency',
    publication: 'Publication',
    publicationText:
      'Ratings, KPIs, opinions and replies are put on a page that everybody can read. No names of members and no ballots.',
    publish: 'Publish',
    published: 'Published',
    copy: 'Copy the address',
    copied: 'Copied.',
    copyFailed: 'It could not be copied. Select the address and copy it.',
    unpublish: 'Take the publication back',
    unpublishTitle: 'Take the publication back?',
    unpublishText:
      'The public page can no longer be opened. Published again it has another address. The reason stays in the record.',
    reason: 'Reason',
    reasonMissing: 'Please give the reason.',
    done: { published: 'Published.', unpublished: 'The publication was taken back.' },
    next: 'Next year’s meeting',
    nextText:
      'Prepares next year’s meeting with the same members, criteria, headings and projects. This year’s actuals stay as those of last year.',
    makeNext: 'Make next year’s meeting',
    nextThere: 'To next year’s meeting',
  },
});
