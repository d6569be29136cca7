/**
 * What the sheet doctor finds, in Japanese and English: `what` for a whole kind, `told` for one finding
 * with its figures. Words for what reading a file notices are in `findingwords.ts`.
 */
import type { CheckCode } from '#domain/finding.ts';

export type FindingWords = {
  /** What every finding of this kind says. */
  readonly what: string;
  /** The same with the figures; {stated}, {recomputed} and {formula} stand for those of a finding. */
  readonly told?: string;
};

export const checkWordsJa: Readonly<Record<CheckCode, FindingWords>> = {
  'rate-mismatch': {
    what: '印刷された達成率が計算と合いません。',
    told: '達成率は{recomputed}と計算されます（{formula}）。印刷は{stated}です。',
  },
  'rate-copied': {
    what: '達成率の欄に実績値がそのまま書かれています。',
    told: '達成率の欄の{stated}は実績値と同じです。計算では{recomputed}です（{formula}）。',
  },
  'rate-undefined': {
    what: '目標が0のため、達成率は計算できません。',
    told: '目標が0のため、達成率は計算できません（{formula}）。印刷は{stated}です。',
  },
  'rate-ambiguous': {
    what: '達成率は、数値の読み方によって変わります。',
    told: '印刷の達成率は{stated}ですが、{recomputed}とも計算できます（{formula}）。',
  },
  'rate-truncated': {
    what: '達成率が四捨五入ではなく切り捨てで書かれています。',
    told: '達成率は四捨五入で{recomputed}です（{formula}）。印刷の{stated}は切り捨てです。',
  },
  'rate-unchecked': {
    what: '達成率を確かめられません。',
    told: '印刷の達成率{stated}は、目標と実績から計算して確かめることができません。',
  },
  'zero-target': {
    what: '目標値が0です。',
    told: '目標値が「{stated}」です。0を目指す指標か確かめてください。',
  },
  'unit-mismatch': {
    what: '同じ行の中で単位が違います。',
    told: '同じ行の中で単位が違います（{stated}）。',
  },
  'unit-differs': {
    what: '同じ行の中で単位の書き方が違います。同じ意味か確かめてください。',
    told: '同じ行の中で単位の書き方が違います（{stated}）。同じ意味か確かめてください。',
  },
  'target-already-met': {
    what: '最終目標値に、評価する年度より前に達しています。',
    told: '最終目標値に、評価する年度より前に達しています（{stated}）。',
  },
  'not-a-measurement': {
    what: '計測していない実績が0と書かれています。',
    told: '実績は「{stated}」ですが、未計測とも書かれています。計測していなければ0は実績になりません。',
  },
  outlier: {
    what: '目標と実績が大きくかけ離れています。桁や単位を確かめてください。',
    told: '目標と実績が大きくかけ離れています（{stated}）。桁や単位を確かめてください。',
  },
  'baseline-contradicts': {
    what: '当初の値が2通り書かれています。',
    told: '当初の値が2通り書かれています（{stated}）。増減は{recomputed}から計算されています（{formula}）。',
  },
  'delta-base': {
    what: '増減が何に対するものかを、数値から判断しました。',
    told: '増減は「{recomputed}」で計算されています（{formula}）。',
  },
  'delta-bases-mixed': {
    what: '増減の比べ方が年度によって違います。',
    told: '増減の比べ方が年度によって違います（{stated}）。',
  },
  'delta-mismatch': {
    what: '増減が計算と合いません。',
    told: '増減は{recomputed}と計算されます（{formula}）。印刷は{stated}です。',
  },
  'judgement-mismatch': {
    what: '印刷された判定が数値と合いません。',
    told: '数値からは「{recomputed}」です（{formula}）。印刷は「{stated}」です。',
  },
  'judgement-doubtful': {
    what: '多いほど良い指標であれば、印刷された判定が数値と合いません。',
    told: '多いほど良い指標であれば、数値からは「{recomputed}」です（{formula}）。印刷は「{stated}」です。',
  },
  'judged-too-early': {
    what: '後の年度の目標に対して未達成と書かれています。',
    told: '目標は後の年度のものなので「{recomputed}」です（{formula}）。印刷は「{stated}」です。',
  },
  'missing-reason': {
    what: '未達成または未計測の理由が書かれていません。',
    told: '「{stated}」の理由が書かれていません。',
  },
  'missing-planned-date': {
    what: '未計測の指標に、いつ計測する予定かが書かれていません。',
  },
  'over-limit': {
    what: '文字数が上限を超えています。',
    told: '{stated}文字あります。上限は{recomputed}文字です。',
  },
  'sum-mismatch': {
    what: '合計が内訳と合いません。',
    told: '合計は{recomputed}と計算されます（{formula}）。印刷は{stated}です。',
  },
  'part-unanswered': {
    what: '回答されていない項目があります。',
    told: '「{stated}」が回答されていません。',
  },
  'direction-unconfirmed': {
    what: '望ましい方向は数値などからの提案です。表で確かめてください。',
  },
};

export const checkWordsEn: Readonly<Record<CheckCode, FindingWords>> = {
  'rate-mismatch': {
    what: 'The printed rate is not what the figures give.',
    told: 'The rate comes to {recomputed} ({formula}). Printed is {stated}.',
  },
  'rate-copied': {
    what: 'The actual figure stands in the column of the rate.',
    told: 'The rate {stated} is the actual figure itself. It comes to {recomputed} ({formula}).',
  },
  'rate-undefined': {
    what: 'The target is 0, so there is no rate.',
    told: 'The target is 0, so there is no rate ({formula}). Printed is {stated}.',
  },
  'rate-ambiguous': {
    what: 'The rate depends on how the figures are read.',
    told: 'Printed is {stated}; the figures can also give {recomputed} ({formula}).',
  },
  'rate-truncated': {
    what: 'The rate was cut off, not rounded.',
    told: 'The rate rounds to {recomputed} ({formula}). The printed {stated} is cut off.',
  },
  'rate-unchecked': {
    what: 'The rate cannot be checked.',
    told: 'The printed rate {stated} cannot be computed from target and actual.',
  },
  'zero-target': {
    what: 'The target is 0.',
    told: 'The target is “{stated}”. Check whether 0 is what is aimed at.',
  },
  'unit-mismatch': {
    what: 'The units in this row differ.',
    told: 'The units in this row differ ({stated}).',
  },
  'unit-differs': {
    what: 'The units in this row are written differently. Check that they mean the same.',
    told: 'The units in this row are written differently ({stated}). Check that they mean the same.',
  },
  'target-already-met': {
    what: 'The final target was reached before the evaluated year.',
    told: 'The final target was reached before the evaluated year ({stated}).',
  },
  'not-a-measurement': {
    what: 'An actual that was not measured is given as 0.',
    told: 'The actual is “{stated}”, yet it is said not to be measured. 0 would be a measurement.',
  },
  outlier: {
    what: 'Target and actual are far apart. Check digits and unit.',
    told: 'Target and actual are far apart ({stated}). Check digits and unit.',
  },
  'baseline-contradicts': {
    what: 'The start has two different figures.',
    told: 'The start has two figures ({stated}). The differences use {recomputed} ({formula}).',
  },
  'delta-base': {
    what: 'What the differences are counted from was found from the figures.',
    told: 'The differences are counted from {recomputed} ({formula}).',
  },
  'delta-bases-mixed': {
    what: 'The differences are not all counted from the same base.',
    told: 'The differences are not all counted from the same base ({stated}).',
  },
  'delta-mismatch': {
    what: 'A difference is not what the figures give.',
    told: 'The difference comes to {recomputed} ({formula}). Printed is {stated}.',
  },
  'judgement-mismatch': {
    what: 'The printed judgement is not what the figures give.',
    told: 'The figures say {recomputed} ({formula}). Printed is {stated}.',
  },
  'judgement-doubtful': {
    what: 'If more is better here, the printed judgement is not what the figures give.',
    told: 'If more is better here, the figures say {recomputed} ({formula}). Printed is {stated}.',
  },
  'judged-too-early': {
    what: 'Judged as missed against the target of a later year.',
    told: 'The target is that of a later year: {recomputed} ({formula}). Printed is {stated}.',
  },
  'missing-reason': {
    what: 'No reason is given for missing the target or not measuring.',
    told: 'No reason is given ({stated}).',
  },
  'missing-planned-date': {
    what: 'Not measured, and nothing says when it will be.',
  },
  'over-limit': {
    what: 'The text is longer than the form takes.',
    told: '{stated} characters; the form takes {recomputed}.',
  },
  'sum-mismatch': {
    what: 'A total is not the sum of its lines.',
    told: 'The total comes to {recomputed} ({formula}). Printed is {stated}.',
  },
  'part-unanswered': {
    what: 'A part of the form is not answered.',
    told: '“{stated}” is not answered.',
  },
  'direction-unconfirmed': {
    what: 'The desired direction is a proposal. Check it in the table.',
  },
};
