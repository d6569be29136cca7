/** What is called otherwise where nothing is resolved (意見聴取): ratings one by one, then an end. */
import { defineMessages } from '../messages.ts';
import type { ItemState } from '#domain/types.ts';

/** In the place of the same words of the room. */
export const hearingRoom = defineMessages({
  ja: {
    states: {
      waiting: '未着手',
      discussing: '意見聴取中',
      rating: '個別評価中',
      counted: '評価締切',
      revealed: '評価表示',
      decided: '聴取済み',
      deferred: '継続',
    } satisfies Record<ItemState, string>,
    ballot: '個別評価',
    ballotRules: {
      named: '記名・締め切りまで変更できます',
      secret: '無記名・締め切りまで変更できます。締め切ると、誰の評価かは消去されます。',
    },
    cast: '評価を提出する',
    castUnchanged: '提出済みです。選び直すと変更できます。',
    castChanged: '選び直しました。「評価を提出する」を押すと変更されます。',
    castDone: '提出済み',
    yourVote: (choices: readonly string[]) => `あなたの評価：${choices.join('、')}`,
    turnout: (total: number, voted: number) => `${total}人中${voted}人が提出`,
    youHaveNotVoted: 'あなたは未提出',
    youHaveVoted: '提出済み',
    ballotNotOpen: 'この議題の個別評価はまだ始まっていません。',
    ballotCounted: '個別評価は締め切られました。表示を待っています。',
    notElector: 'この個別評価には加わりません。',
    toBallot: '個別評価に進む',
    result: '個別評価の結果',
    votes: (count: number) => `${count}人`,
    noVotes: '評価はありません',
    notVoted: (count: number) => `未評価 ${count}`,
    byPerson: '委員ごとの評価',
    earlierRounds: 'これまでの個別評価',
    decision: '意見聴取の終了',
    divided:
      '2段階以上の開きがあります。意見を交わしてから、もう一度評価することをおすすめします。',
  },
  en: {
    states: {
      waiting: 'not started',
      discussing: 'being heard',
      rating: 'rating one by one',
      counted: 'ratings closed',
      revealed: 'ratings shown',
      decided: 'heard',
      deferred: 'deferred',
    },
    ballot: 'Individual rating',
    ballotRules: {
      named: 'By name, can be changed until it is closed',
      secret: 'Secret, can be changed until it is closed; then whose rating it was is destroyed',
    },
    cast: 'Hand in the rating',
    castUnchanged: 'Your rating is in. Choose again to change it.',
    castChanged: 'You chose again. Press “Hand in the rating” to change it.',
    castDone: 'Handed in',
    yourVote: (choices) => `Your rating: ${choices.join(', ')}`,
    turnout: (total, voted) => `${voted} of ${total} have rated`,
    youHaveNotVoted: 'you have not rated',
    youHaveVoted: 'rated',
    ballotNotOpen: 'Individual rating of this item has not begun.',
    ballotCounted: 'Individual rating is closed and about to be shown.',
    notElector: 'You take no part in this rating.',
    toBallot: 'Go to the rating',
    result: 'Individual ratings',
    votes: (count) => `${count}`,
    noVotes: 'No ratings',
    notVoted: (count) => `Not rated ${count}`,
    byPerson: 'Ratings by person',
    earlierRounds: 'Earlier ratings',
    decision: 'The hearing has ended',
    divided: 'The ratings are two levels apart or more. Consider a discussion and another rating.',
  },
});

/** In the place of the same words of the projector. */
export const hearingScreen = defineMessages({
  ja: {
    turnout: (total: number, voted: number) => `${total}人中${voted}人が提出`,
    voting: '個別評価中です',
    allVoted: '全員が評価を提出しました',
    counted: '個別評価は締め切られました。まもなく結果を表示します。',
    discussing: '意見聴取中です',
    deferred: '継続となりました',
    decidedHow: (_method: string, name: string) => `意見聴取を終えました（${name}）`,
    undecided: '未了',
  },
  en: {
    turnout: (total, voted) => `${voted} of ${total} have rated`,
    voting: 'Rating one by one',
    allVoted: 'Everybody has rated',
    counted: 'The rating is closed. The result follows in a moment.',
    discussing: 'Being heard',
    deferred: 'Deferred',
    decidedHow: (_method, name) => `The hearing was ended by ${name}`,
    undecided: 'not heard',
  },
});

/** In the place of the same words of the console. */
export const hearingConduct = defineMessages({
  ja: {
    openBallot: '個別評価を始める',
    openNextBallot: (round: number) => `第${round}回の個別評価を始める`,
    closeBallot: '個別評価を締め切る',
    revealBallot: '個別評価を表示する',
    decideItem: '意見聴取を終える',
    reopenItem: '意見聴取に戻す',
    withoutBallot: '個別評価を行わずに終える',
    withoutBallotHint: '意見だけを聴いて終えるときに使います。',
    heardHint: '会議としての評価は決めません。意見等と個別評価を、このとおり記録します。',
    openAllStep: 'すべての議題について、委員に個別評価を求めます。',
    openBallotStep: '説明と意見が出そろったら、個別評価を始めます。',
    awaitBallotsStep: (missing: number) => `あと${missing}人の評価を待つか、締め切ってください。`,
    closeBallotStep: '全員の評価がそろいました。締め切ります。',
    revealBallotStep: '個別評価は締め切られました。結果を全員に表示します。',
    decideItemStep: '個別評価と意見等を確かめ、意見聴取を終えます。',
    decideItemByChairStep: '個別評価が表示されています。会長が意見聴取を終えます。',
  },
  en: {
    openBallot: 'Start the individual rating',
    openNextBallot: (round) => `Start individual rating ${round}`,
    closeBallot: 'Close the individual rating',
    revealBallot: 'Show the individual ratings',
    decideItem: 'End the hearing',
    reopenItem: 'Back to the hearing',
    withoutBallot: 'End without individual ratings',
    withoutBallotHint: 'Where only opinions were heard.',
    heardHint: 'No rating is resolved. Opinions and individual ratings are recorded as they are.',
    openAllStep: 'Ask the members for their ratings of all items.',
    openBallotStep: 'Start the individual rating when all has been said.',
    awaitBallotsStep: (missing) => `Wait for ${missing} more, or close the rating.`,
    closeBallotStep: 'Everybody has rated. Close the rating.',
    revealBallotStep: 'The rating is closed. Show it to everybody.',
    decideItemStep: 'Look at the ratings and opinions and end the hearing.',
    decideItemByChairStep: 'The ratings are shown. The chair ends the hearing.',
  },
});

/** In the place of the same words of a ballot. */
export const hearingSecrecy = defineMessages({
  ja: {
    secrecy: '個別評価の方法',
    secrecyHints: {
      named: '結果とともに、誰の評価かを表示します。',
      secret: '締め切ると、誰の評価かは消去されます。',
    },
    secretLimit:
      '委員が5人の会議では、全員が同じ評価なら、無記名でも一人ひとりの評価がわかってしまいます。',
  },
  en: {
    secrecy: 'Kind of rating',
    secrecyHints: {
      named: 'The result shows whose rating was which.',
      secret: 'When it is closed, whose rating was which is destroyed.',
    },
    secretLimit: 'In a committee of five, ratings that all agree are no secret.',
  },
});
