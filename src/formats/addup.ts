/** Sums of printed amounts. It adds only amounts that were all read, in one unit. */
import type { Quantity } from '#domain/sheet.ts';
import type { BudgetLine } from '#domain/reportform.ts';
import { makeQuantity } from './quantity.ts';

/** The sum of the amounts, or null where there is none to add or one could not be read. */
export function addUp(lines: readonly BudgetLine[]): Quantity | null {
  const amounts = lines.flatMap(({ amount }) => (amount === null ? [] : [amount]));
  const [first] = amounts;
  if (!first || amounts.some(({ value, unit }) => value === null || unit !== first.unit))
    return null;
  // Yen and thousands of yen are whole numbers: nothing is rounded here.
  const sum = amounts.reduce((total, { value }) => total + (value ?? 0), 0);
  return { ...makeQuantity(sum), unit: first.unit };
}
