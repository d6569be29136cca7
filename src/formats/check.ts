/**
 * What in the figures of one KPI needs a person. Says only what the figures show: units that differ
 * within the row, a final target already met, a direction nobody has confirmed.
 */
import { meetsTarget } from '#domain/direction.ts';
import { compareUnits } from '#domain/unit.ts';
import type { Kpi, Quantity } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import type { FindingCode } from './notice.ts';

export type Check = {
  readonly code: FindingCode;
  readonly about: { readonly stated: string | null };
};

/** Findings of one KPI by rules [K9] and [K10]. */
export function checkKpi(kpi: Kpi, evaluatedYear: FiscalYear | null): readonly Check[] {
  const checks: Check[] = [];
  const figures = figuresOf(kpi);
  const pairs = figures.flatMap((one, index) =>
    figures.slice(index + 1).map((other) => compareUnits(one, other)),
  );
  const stated = figures.map((figure) => figure.text).join(' / ');
  if (pairs.includes('different')) checks.push({ code: 'unit-mismatch', about: { stated } });
  else if (pairs.includes('doubtful')) checks.push({ code: 'unit-differs', about: { stated } });

  const early = findEarlyActual(kpi, evaluatedYear);
  if (early)
    checks.push({
      code: 'target-already-met',
      about: { stated: `${early.text} / ${kpi.finalTarget?.text ?? ''}` },
    });
  checks.push({ code: 'direction-unconfirmed', about: { stated: kpi.direction } });
  return checks;
}

/** The actual of an earlier year that already reached the final target [K10]. */
function findEarlyActual(kpi: Kpi, evaluatedYear: FiscalYear | null): Quantity | null {
  const target = kpi.finalTarget;
  if (!target || evaluatedYear === null) return null;
  const point = kpi.series.find(
    ({ year, actual }) =>
      typeof year === 'number' &&
      year < evaluatedYear &&
      year !== kpi.baselineYear &&
      actual !== null &&
      meetsTarget(actual, target, kpi.direction) === true,
  );
  return point?.actual ?? null;
}

function figuresOf(kpi: Kpi): readonly Quantity[] {
  const dated = kpi.series.flatMap(({ target, actual }) => [actual, target]);
  const held = new Set(
    [kpi.baseline, ...dated, kpi.finalTarget].filter((figure) => figure !== null),
  );
  return [...held].filter((figure) => figure.value !== null);
}
