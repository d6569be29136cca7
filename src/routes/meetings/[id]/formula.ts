/** The rate of a KPI with the formula it comes from, in words; never without its formula. */
import { makeFormula, type Rated, type Reading } from '#domain/rate.ts';
import type { projectSheet } from '$lib/messages/projectsheet.ts';

export function formulaIn(
  t: ReturnType<typeof projectSheet>,
  { rate, formula }: Rated<Reading>,
): string {
  const figures = makeFormula(formula);
  if (rate === null || figures === null) return t.noRate;
  return t.rate(rate.toFixed(1), t.formulas[formula.kind], figures);
}
