/**
 * The fields of the report form (実施報告書) by name: what is written letter by letter, what is chosen,
 * and how much fits. Server, browser and tests take the names from here and make up none.
 */
import type { Direction } from './sheet.ts';

/** The form has fifteen frames; a table of costs or incomes gets twenty rows here. */
export const formKpis = 15;
export const formRows = 20;

export const budgetSides = ['planned', 'settled'] as const;
export type BudgetSide = (typeof budgetSides)[number];
export const budgetFlows = ['costs', 'incomes'] as const;
export type BudgetFlow = (typeof budgetFlows)[number];
export const statedTotals = ['statedCosts', 'statedIncomes', 'statedBalance'] as const;
export type StatedTotal = (typeof statedTotals)[number];

export const headFields = [
  'writtenOn',
  'scheme',
  'cooperation',
  'prefecture',
  'municipality',
  'municipalityCode',
] as const;
export type HeadField = (typeof headFields)[number];

export const kpiTexts = [
  'label',
  'unit',
  'lastTarget',
  'lastActual',
  'target',
  'actual',
  'comment',
] as const;
export const kpiChoices = ['direction', 'kind'] as const;
export type KpiField = (typeof kpiTexts)[number] | (typeof kpiChoices)[number];

/** 推進体制 … where the sheet names no parts of its own. */
export const usualParts = ['推進体制', 'サービス運営', '周知・広報', '評価・改善'] as const;
const PARTS = 20;

/** What the money is counted in. */
export const moneyUnits = ['千円', '円', '万円', '百万円'] as const;
export type MoneyUnit = (typeof moneyUnits)[number];
export const isMoneyUnit = (text: string | null | undefined): text is MoneyUnit =>
  moneyUnits.some((unit) => unit === text);

/** Rows, frames and parts count from 0. */
export const lineField = (
  side: BudgetSide,
  flow: BudgetFlow,
  row: number,
  what: 'name' | 'amount',
): string => `${side}.${flow}.${row}.${what}`;
export const totalField = (side: BudgetSide, total: StatedTotal): string => `${side}.${total}`;
export const kpiField = (frame: number, field: KpiField): string => `kpi.${frame}.${field}`;
export const partField = (part: number): string => `part.${part}`;
export const UNIT_FIELD = 'moneyUnit';

const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

/** Written letter by letter; several people may write in one at once. */
export const textFields: readonly string[] = [
  ...headFields,
  ...budgetSides.flatMap((side) => [
    ...budgetFlows.flatMap((flow) =>
      count(formRows).flatMap((row) => [
        lineField(side, flow, row, 'name'),
        lineField(side, flow, row, 'amount'),
      ]),
    ),
    ...statedTotals.map((total) => totalField(side, total)),
  ]),
  ...count(formKpis).flatMap((frame) => kpiTexts.map((field) => kpiField(frame, field))),
];

/** Chosen from a list; the last choice counts. */
export const choiceFields: readonly string[] = [
  UNIT_FIELD,
  ...count(formKpis).flatMap((frame) => kpiChoices.map((field) => kpiField(frame, field))),
  ...count(PARTS).map(partField),
];

const choices = new Set(choiceFields);
export const isChoiceField = (key: string): boolean => choices.has(key);

/** A choice is one of a few words, or a kind as some table printed it. */
export const CHOICE_LENGTH = 200;

/** What fits into a text field. The 300 characters of a box are told, and not a limit of typing. */
export function lengthLimit(key: string): number {
  if (key.endsWith('.comment')) return 2_000;
  if (key.endsWith('.label') || key === 'scheme') return 400;
  return key.endsWith('.unit') || key === 'municipalityCode' ? 20 : 100;
}

/** Every field with what stands in it; a field that is not named is empty. */
export type FormFields = Readonly<Record<string, string>>;

/** 備考※1 as it is chosen: what the KPI aims at. */
export const aims: readonly Direction[] = ['increase', 'decrease', 'zero', 'keep'];
