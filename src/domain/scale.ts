/** The scales bodies use (domain.md §2) and the usual headings, as a meeting starts with them. */
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
  asksReason: false,
};

/** 【R6実績について】 follows the evaluated year; 令和 began in fiscal 2019. */
export const usualHeadings = (evaluatedYear: FiscalYear): readonly Heading[] => [
  { id: 'results' as HeadingId, text: `【R${evaluatedYear - 2018}実績について】` },
  { id: 'future' as HeadingId, text: '【今後の方針等について】' },
];

/** By the definition of 2015, which looks at each KPI by itself. */
const meanings2015 = [
  '指標が目標値を上回った',
  '目標値には達しないが、おおむね7～8割に達した',
  '目標値に達しないが、開始前より改善した',
  '開始前より悪化した',
] as const;

const scale = (
  id: string,
  name: string,
  levels: readonly (readonly [label: string, meaning?: string, shortLabel?: string])[],
): Criterion => ({
  id: id as CriterionId,
  name,
  options: levels.map(([label, meaning = '', shortLabel = label], index) => ({
    id: `${id}-${index + 1}` as OptionId,
    label,
    shortLabel,
    meaning,
  })),
  asksReason: false,
});

/** Scales to start a criterion from, best first; ids are given anew when one is taken. */
export const scaleTemplates = {
  national2016: nationalCriterion,
  national2015: {
    ...nationalCriterion,
    options: nationalCriterion.options.map((option, index) => ({
      ...option,
      meaning: meanings2015[index] ?? '',
    })),
  },
  maru3: scale('maru3', '評価', [
    ['○', 'よい'],
    ['×', '十分でない'],
    ['−', '評価できない'],
  ]),
  maru4: scale('maru4', '評価', [
    ['◎', '非常によい'],
    ['○', 'よい'],
    ['△', 'やや不十分'],
    ['×', '不十分'],
  ]),
  letters: scale('letters', '評価', [
    ['A', '目標を上回る成果'],
    ['B', '目標どおりの成果'],
    ['C', '目標を下回る成果'],
    ['D', '成果がみられない'],
  ]),
  numbers: scale('numbers', '評価', [
    ['1', 'もっともよい'],
    ['2'],
    ['3'],
    ['4'],
    ['5', 'もっともよくない'],
  ]),
  numbersUp: scale('numbersUp', '評価', [
    ['5', 'もっともよい'],
    ['4'],
    ['3'],
    ['2'],
    ['1', 'もっともよくない'],
  ]),
  effective: scale('effective', '総合戦略のKPI達成への有効性', [
    ['総合戦略のKPI達成に有効であった', '', '有効であった'],
    ['総合戦略のKPI達成に有効とは言えない', '', '有効とは言えない'],
  ]),
  policy: {
    ...scale('policy', '今後の方針', [['発展'], ['改善'], ['継続'], ['中止'], ['終了']]),
    asksReason: true,
  },
} as const satisfies Record<string, Criterion>;
export type ScaleTemplate = keyof typeof scaleTemplates;
