/**
 * The stable words for what the sheet doctor finds in the figures of a table, with the severity
 * each always has. Words about reading a file are those of `formats`, and so are all sentences.
 */
import type { Finding } from './sheet.ts';

/** `error`: the figures contradict each other. `doubt`: may be meant otherwise. `note`: to know. */
export const checkSeverities = {
  'rate-mismatch': 'error', // 10回→13回 printed as 120%
  'rate-copied': 'error', // the actual (66%) printed as the rate
  'rate-undefined': 'error', // a rate printed where the target is 0: 0件→0件, 0%
  'rate-ambiguous': 'doubt', // another reading of the same figures gives another rate
  'rate-truncated': 'note', // 8.88…% printed as 8.8%
  'rate-unchecked': 'note', // a rate printed beside figures that cannot be computed with (なし)
  'zero-target': 'doubt', // a target of 0 where 0 is not said to be the aim
  'unit-mismatch': 'error', // 77名, 43%, 80% in one row
  'unit-differs': 'doubt', // 回 and 件 in one row
  'target-already-met': 'doubt', // the final target was reached in an earlier year
  'not-a-measurement': 'error', // 0人 while mark or note say 未計測
  outlier: 'doubt', // target 10人, actual 1,628人: ask
  'baseline-contradicts': 'error', // 当初 with two figures (73.4 / 74.3)
  'delta-base': 'note', // names what all printed differences of a KPI are counted from
  'delta-bases-mixed': 'doubt', // each difference fits a base, but no base fits them all
  'delta-mismatch': 'error', // a difference that fits no base
  'judgement-mismatch': 'error', // printed 達成 while the figures miss the target, or the reverse
  'judgement-doubtful': 'doubt', // the same where the direction is only supposed from what is counted
  'judged-too-early': 'doubt', // 未達成 printed while the target is that of a later year
  'missing-reason': 'doubt', // 未達成 or 未計測 without a reason where the layout asks for one
  'missing-planned-date': 'doubt', // 未計測 without a date on which it will be measured
  'over-limit': 'error', // more characters than the form takes
  'sum-mismatch': 'error', // a printed total that is not the sum of its lines
  'part-unanswered': 'doubt', // a part of the form that is printed as not answered
  'direction-unconfirmed': 'note', // 望ましい方向 was proposed from the figures or is open
} as const satisfies Record<string, Finding['severity']>;
export type CheckCode = keyof typeof checkSeverities;
export const checkCodes = Object.keys(checkSeverities) as readonly CheckCode[];
