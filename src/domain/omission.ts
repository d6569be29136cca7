/**
 * 回答漏れチェック of the report form: what is still to be written, field by field, and what 減少KPI,
 * 0目標KPI and 未計測 then require: [W1]–[W6]. Judges a KPI by `kpi.ts` and by nothing else.
 */
import {
  budgetFlows,
  budgetSides,
  kpiField,
  lineField,
  partField,
  totalField,
  type BudgetSide,
  type MoneyUnit,
} from './formfield.ts';
import { amountIn, isNoAmount, totalsOf, type FormBudget } from './formtotal.ts';
import { boxLimit, countCharacters, namesDate } from './judgementcheck.ts';
import { judge } from './kpi.ts';
import type { Kpi, Quantity, SeriesPoint } from './sheet.ts';
import type { FiscalYear } from './types.ts';

/** What stands in the form, row by row and frame by frame; null where nobody has written. */
export type ReportDraft = {
  readonly unit: MoneyUnit;
  readonly planned: FormBudget;
  readonly settled: FormBudget;
  readonly kpis: readonly (Kpi | null)[];
  readonly parts: readonly { readonly name: string; readonly answered: boolean | null }[];
};

/** What is missing: one word the page puts into a sentence. */
export const omissionCodes = [
  'costs-missing',
  'line-unnamed',
  'amount-missing',
  'amount-unread',
  'total-differs',
  'kpi-missing',
  'label-missing',
  'unit-missing',
  'direction-missing',
  'target-missing',
  'target-unread',
  'actual-missing',
  'actual-unread',
  'zero-target-expected', // 0目標KPI, and the target is another figure
  'minus-differs', // 減少KPI with a minus sign on one side only
  'achieved-text-missing',
  'missed-text-missing',
  'unmeasured-text-missing',
  'planned-date-missing',
  'over-limit',
  'part-open',
] as const;
export type OmissionCode = (typeof omissionCodes)[number];
export type Omission = { readonly field: string; readonly code: OmissionCode };

export type Omissions = {
  readonly budget: readonly Omission[];
  readonly kpis: readonly Omission[];
  /** One entry a part, in the order of the form. */
  readonly parts: readonly (readonly Omission[])[];
};

export function findOmissions(draft: ReportDraft, year: FiscalYear): Omissions {
  const written = draft.kpis.flatMap((kpi, frame) => (kpi ? [{ kpi, frame }] : []));
  return {
    budget: budgetSides.flatMap((side) => budgetOmissions(draft[side], side, draft.unit)),
    kpis:
      written.length === 0
        ? [{ field: kpiField(0, 'label'), code: 'kpi-missing' }]
        : written.flatMap(({ kpi, frame }) => frameOmissions(kpi, frame, year)),
    parts: draft.parts.map(({ answered }, part) =>
      answered === true ? [] : [{ field: partField(part), code: 'part-open' }],
    ),
  };
}

/** [W2] [W3] A side has at least one cost; a line has a name and an amount, – counts as none. */
function budgetOmissions(budget: FormBudget, side: BudgetSide, unit: MoneyUnit): Omission[] {
  const found: Omission[] = [];
  if (!budget.costs.some((line) => line !== null))
    found.push({ field: lineField(side, 'costs', 0, 'name'), code: 'costs-missing' });
  for (const flow of budgetFlows) {
    for (const [row, line] of budget[flow].entries()) {
      if (!line) continue;
      const amountField = lineField(side, flow, row, 'amount');
      if (line.name.trim() === '')
        found.push({ field: lineField(side, flow, row, 'name'), code: 'line-unnamed' });
      if (!line.amount) found.push({ field: amountField, code: 'amount-missing' });
      else if (!isNoAmount(line.amount) && amountIn(line.amount, unit) === null)
        found.push({ field: amountField, code: 'amount-unread' });
    }
  }
  const totals = totalsOf(budget, unit);
  for (const [total, stated] of [
    [totals.costs, 'statedCosts'],
    [totals.incomes, 'statedIncomes'],
    [totals.balance, 'statedBalance'],
  ] as const) {
    if (total.differs) found.push({ field: totalField(side, stated), code: 'total-differs' });
  }
  return found;
}

/** [W4]–[W6] One frame somebody has begun. */
function frameOmissions(kpi: Kpi, frame: number, year: FiscalYear): readonly Omission[] {
  const point = pointOf(kpi, year);
  const last = pointOf(kpi, year - 1);
  const found: Omission[] = [];
  const miss = (field: Parameters<typeof kpiField>[1], code: OmissionCode): void =>
    void found.push({ field: kpiField(frame, field), code });

  if (kpi.label === null) miss('label', 'label-missing');
  const unitSaid = [point?.target, point?.actual, kpi.finalTarget].some((each) => each?.unit);
  if (kpi.unit === null && !unitSaid) miss('unit', 'unit-missing');
  if (kpi.direction === null) miss('direction', 'direction-missing');
  const target = point?.target ?? null;
  if (target && !holdsFigure(target)) miss('target', 'target-unread');
  if (!target && !kpi.finalTarget) miss('target', 'target-missing');
  if (kpi.direction === 'zero' && target?.value != null && target.value !== 0)
    miss('target', 'zero-target-expected');
  const actual = point?.actual ?? null;
  const { judgement, reason } = judge(kpi, year);
  if (!actual) miss('actual', 'actual-missing');
  else if (!holdsFigure(actual) && judgement !== 'unmeasured') miss('actual', 'actual-unread');
  else if (kpi.direction === 'decrease' && minusDiffers(target, actual))
    miss('actual', 'minus-differs');
  if (last?.target && !holdsFigure(last.target)) miss('lastTarget', 'target-unread');
  const lastUnread =
    last?.actual &&
    !holdsFigure(last.actual) &&
    judge(kpi, year - 1).reason !== 'actual-unmeasured';
  if (lastUnread) miss('lastActual', 'actual-unread');

  const text = point?.comment ?? '';
  if (text.trim() === '') {
    if (judgement === 'achieved') miss('comment', 'achieved-text-missing');
    if (judgement === 'missed') miss('comment', 'missed-text-missing');
    if (judgement === 'unmeasured') miss('comment', 'unmeasured-text-missing');
  } else if (reason === 'actual-unmeasured' && !namesDate(text, year))
    miss('comment', 'planned-date-missing');
  if (countCharacters(text) > boxLimit) miss('comment', 'over-limit');
  return found;
}

const pointOf = (kpi: Kpi, year: FiscalYear): SeriesPoint | null =>
  kpi.series.find((point) => point.year === year) ?? null;

const holdsFigure = ({ value, parts }: Quantity): boolean =>
  value !== null || (parts?.some((part) => part.value !== null) ?? false);

/** [W5] −5 時間 beside 7 時間: one of them is the change, the other the size. */
const minusDiffers = (target: Quantity | null, actual: Quantity): boolean =>
  target?.value != null && actual.value !== null && target.value < 0 && actual.value > 0;
