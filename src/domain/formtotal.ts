/** 収支 of the report form: totals that add up by themselves, beside those that are written: [W2]. */
import Big from 'big.js';
import type { MoneyUnit } from './formfield.ts';
import type { Quantity } from './sheet.ts';
import type { BudgetLine } from './reportform.ts';

/** A table of costs or incomes as it is typed: null where a row holds nothing. */
export type FormLines = readonly (BudgetLine | null)[];

export type FormBudget = {
  readonly costs: FormLines;
  readonly incomes: FormLines;
  readonly statedCosts: Quantity | null;
  readonly statedIncomes: Quantity | null;
  readonly statedBalance: Quantity | null;
};

/** A sum, or null where one of its lines cannot be added; nothing is guessed then. */
export type Total = {
  readonly sum: number | null;
  /** Whether what is written as the total is another amount. */
  readonly differs: boolean;
};

export type Totals = { readonly costs: Total; readonly incomes: Total; readonly balance: Total };

/** [W2] What the lines of a side add up to in this unit, compared with what is written. */
export function totalsOf(budget: FormBudget, unit: MoneyUnit): Totals {
  const [costs, incomes] = [sumOf(budget.costs, unit), sumOf(budget.incomes, unit)];
  const balance = costs && incomes ? incomes.minus(costs) : null;
  return {
    costs: compare(costs, budget.statedCosts, unit),
    incomes: compare(incomes, budget.statedIncomes, unit),
    balance: compare(balance, budget.statedBalance, unit),
  };
}

function compare(sum: Big | null, stated: Quantity | null, unit: MoneyUnit): Total {
  const written = stated && amountIn(stated, unit);
  return {
    sum: sum === null ? null : sum.toNumber(),
    differs: sum !== null && written !== null && !written.eq(sum),
  };
}

function sumOf(lines: FormLines, unit: MoneyUnit): Big | null {
  let sum = new Big(0);
  for (const line of lines) {
    if (line?.amount == null || isNoAmount(line.amount)) continue;
    const amount = amountIn(line.amount, unit);
    if (amount === null) return null;
    sum = sum.plus(amount);
  }
  return sum;
}

/** An amount in another unit is none in this one: 2,000円 are no 2,000千円. */
export function amountIn({ value, unit }: Quantity, wanted: MoneyUnit): Big | null {
  return value === null || (unit !== null && unit !== wanted) ? null : new Big(value);
}

/** In a column of amounts a dash or a blank is no amount; anything else unread stays unread. */
export const isNoAmount = ({ text, value }: Quantity): boolean =>
  value === null && /^\s*[-‐‑‒–—―−ー－]*\s*$/u.test(text);
