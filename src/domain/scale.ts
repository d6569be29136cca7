/** The national four levels and the usual headings, as a meeting starts with them. */
import type { Criterion, Heading } from './meeting.ts';
import type { CriterionId, FiscalYear, HeadingId, OptionId } from './types.ts';

/** domain.md §2, best first: label, short label, meaning by the definition of 2016. */
const levels = [
  ['4', '地方創生に非常に効果があった', '非常に効果があった', '全てのKPIが目標に達した など'],
  ['3', '地方創生に相当程度効果があった', '相当程度効果があった', '一部は未達だが概ね成果が出た'],
  ['2', '地方創生に効果があった', '効果があった', '芳しくないが前進・改善した'],
  ['1', '地方創生に効果がなかった', '効果がなかった', '開始前より悪化した など'],
] as const;

/** 事業効果に対する評価 with the national four levels. */
export const nationalCriterion: Criterion = {
  id: 'effect' as CriterionId,
  name: '事業効果に対する評価',
  options: levels.map(([value, label, shortLabel, meaning]) => ({
    id: `effect-${value}` as OptionId,
    label,
    shortLabel,
    meaning,
  })),
};

/** 【R6実績について】 follows the evaluated year; 令和 began in fiscal 2019. */
export const usualHeadings = (evaluatedYear: FiscalYear): readonly Heading[] => [
  { id: 'results' as HeadingId, text: `【R${evaluatedYear - 2018}実績について】` },
  { id: 'future' as HeadingId, text: '【今後の方針等について】' },
];
