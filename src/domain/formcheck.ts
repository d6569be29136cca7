/** The report form beside its KPIs: totals that are no sums, parts not answered. [F13]. */
import Big from 'big.js';
import type { Found } from './check.ts';
import { isNoAmount } from './formtotal.ts';
import { makeNumber } from './rate.ts';
import type { Quantity } from './sheet.ts';
import type { Budget, BudgetLine, ReportForm, ReportTotal } from './reportform.ts';

export function checkForm({ planned, settled, parts }: ReportForm): readonly Found[] {
  return [
    ...checkBudget(planned, 'planned'),
    ...checkBudget(settled, 'settled'),
    ...parts
      .filter(({ answered }) => answered === false)
      .map(({ name }): Found => ({ code: 'part-unanswered', stated: name })),
  ];
}

function checkBudget(budget: Budget, side: ReportTotal['side']): readonly Found[] {
  const { costs, incomes, statedCosts, statedIncomes, statedBalance } = budget;
  const [cost, income] = [sumOf(costs), sumOf(incomes)];
  const [spent, earned] = [amount(statedCosts) ?? cost?.sum, amount(statedIncomes) ?? income?.sum];
  return [
    ...(cost ? compare({ side, total: 'statedCosts' }, statedCosts, cost.sum, cost.formula) : []),
    ...(income
      ? compare({ side, total: 'statedIncomes' }, statedIncomes, income.sum, income.formula)
      : []),
    ...(spent && earned
      ? compare(
          { side, total: 'statedBalance' },
          statedBalance,
          earned.minus(spent),
          `${makeNumber(earned)} − ${makeNumber(spent)} = ${makeNumber(earned.minus(spent))}`,
        )
      : []),
  ];
}

function compare(
  total: ReportTotal,
  stated: Quantity | null,
  sum: Big,
  formula: string,
): readonly Found[] {
  const printed = amount(stated);
  return !printed || printed.eq(sum)
    ? []
    : [
        {
          code: 'sum-mismatch',
          total,
          stated: stated?.text ?? null,
          recomputed: makeNumber(sum),
          formula,
        },
      ];
}

/** The sum of the lines; null where one of them cannot be read. */
function sumOf(
  lines: readonly BudgetLine[],
): { readonly sum: Big; readonly formula: string } | null {
  const amounts = lines.map((line) => amount(line.amount) ?? none(line.amount));
  if (!amounts.every((each) => each !== null)) return null;
  const sum = amounts.reduce((total, each) => total.plus(each), new Big(0));
  const terms = amounts.map((each) => (each.lt(0) ? `(${makeNumber(each)})` : makeNumber(each)));
  return { sum, formula: `${terms.length === 0 ? '0' : terms.join(' + ')} = ${makeNumber(sum)}` };
}

const amount = (quantity: Quantity | null): Big | null =>
  quantity?.value == null ? null : new Big(quantity.value);

/** In a column of amounts a dash or a blank is no amount; anything else unread stays unread. */
const none = (quantity: Quantity | null): Big | null =>
  quantity === null || isNoAmount(quantity) ? new Big(0) : null;
