/** リハーサル: the mark on every page, making one, wiping one. */
import { defineMessages } from '../messages.ts';

export const rehearsal = defineMessages({
  ja: {
    mark: 'リハーサル',
    note: '練習用の会議です。ここでの評価や意見は、本番の会議には残りません。',
    make: 'リハーサルを作る',
    making: {
      title: 'リハーサルを作る',
      text: '会議を写した練習用の会議を作ります。本番の会議は変わりません。終わったら、会議一覧の「リハーサルを消去する」で、すべて消せます。',
      model: 'どの会議で練習しますか',
      sample: 'サンプル会議',
      sampleHint: '9事業・16KPIの例',
      modelHint: '事業・参加者・評価項目を写します。招待は、もう一度送ってください。',
      done: 'リハーサルを作りました。参加する人を招待するか、会議室を開いてください。',
      unknown: 'その会議は見つかりませんでした。もう一度選んでください。',
      cancel: 'やめる',
    },
    wipe: 'リハーサルを消去する',
    wiping: {
      title: 'リハーサルを消去しますか',
      text: (title: string) =>
        `「${title}」を消去します。評価・意見・議事録・記録がすべて消え、元に戻せません。開いている人の画面も閉じます。`,
      yes: '消去する',
      cancel: 'やめる',
      done: 'リハーサルを消去しました。',
      refused: 'リハーサルではない会議は消去できません。',
    },
  },
  en: {
    mark: 'Rehearsal',
    note: 'This meeting is for practice. Ratings and opinions given here do not reach a real meeting.',
    make: 'Make a rehearsal',
    making: {
      title: 'Make a rehearsal',
      text: 'Makes a meeting for practice as a copy of another one, which stays as it is. When you have finished, “Wipe the rehearsal” in the list of meetings removes all of it.',
      model: 'Which meeting do you want to practise with?',
      sample: 'The sample meeting',
      sampleHint: 'Nine projects with sixteen KPIs',
      modelHint: 'Copies projects, people and criteria. Invitations have to be sent again.',
      done: 'The rehearsal has been made. Invite those who take part, or open the room.',
      unknown: 'That meeting was not found. Please choose again.',
      cancel: 'Cancel',
    },
    wipe: 'Wipe the rehearsal',
    wiping: {
      title: 'Wipe the rehearsal?',
      text: (title) =>
        `“${title}” will be wiped. Ratings, opinions, minutes and record all go and cannot be brought back. Whoever has it open is sent away.`,
      yes: 'Wipe',
      cancel: 'Cancel',
      done: 'The rehearsal has been wiped.',
      refused: 'A meeting that is no rehearsal cannot be wiped.',
    },
  },
});
