/** Words of the shared opinions (意見等) and of what stands in the way of writing. */
import { defineMessages } from '../messages.ts';

export const opinions = defineMessages({
  ja: {
    title: '意見等',
    placeholder: 'ここに意見を書いてください。改行すると次の意見になります。',
    hint: '全員で同時に書けます。改行すると次の意見になります。',
    hintKeys: 'Ctrl+Zは自分の入力だけを元に戻します。',
    empty: 'まだ意見はありません。',
    readOnly: {
      decided: 'この議題は確定済みのため編集できません。',
      closed: '会議は閉会したため編集できません。',
      draft: '会議が始まると書けるようになります。',
      role: '閲覧のみです。意見は委員と事務局が書きます。',
      waiting: 'サーバーにつながると書けるようになります。',
    },
    refusedTitle: 'この文章は保存されませんでした',
    forbidden: 'この議題の意見等を見る権限がなくなりました。',
    refusedNext: '必要な文章をコピーしてから、読み込み直してください。',
    copy: '文章をコピー',
    copied: 'コピーしました。',
    copyFailed: 'コピーできませんでした。文章を選んでコピーしてください。',
    discard: '読み込み直す',
  },
  en: {
    title: 'Opinions',
    placeholder: 'Write an opinion here. A new line starts the next one.',
    hint: 'Everybody can write at once. Enter starts the next opinion.',
    hintKeys: 'Ctrl+Z takes back only your own typing.',
    empty: 'No opinions yet.',
    readOnly: {
      decided: 'This item is decided and cannot be edited.',
      closed: 'The meeting is closed; nothing can be edited.',
      draft: 'Writing starts when the meeting is opened.',
      role: 'Read only. The council and the secretariat write the opinions.',
      waiting: 'Writing starts when the server is reached.',
    },
    refusedTitle: 'This text was not saved',
    forbidden: 'You may no longer see the opinions of this item.',
    refusedNext: ' Copy what you need, then load the page again.',
    copy: 'Copy the text',
    copied: 'Copied.',
    copyFailed: 'It could not be copied. Select the text and copy it.',
    discard: 'Load again',
  },
});
