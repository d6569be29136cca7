/** The rate of a KPI with the formula it comes from, in words; never without its formula. */
import type { Judged } from '#domain/kpi.ts';
import type { projectSheet } from '$lib/messages/projectsheet.ts';

export function formulaIn(t: ReturnType<typeof projectSheet>, { rate, formula }: Judged): string {
  if (rate === null || formula.kind === 'none') return t.noRate;
  const percent = rate.toFixed(1);
  const actual = formula.actual.text;
  const target = formula.target.text;
  switch (formula.kind) {
    case 'actualOverTarget':
      return t.actualOverTarget(percent, actual, target);
    case 'fromBaseline':
      return t.fromBaseline(percent, actual, formula.baseline.text, target);
    case 'reduction':
      return t.reduction(percent, actual, formula.baseline.text, target);
  }
}
