/**
 * What the figures of one KPI show among themselves: units, sizes, a target met too early, a 0 that
 * was not measured, a direction nobody has confirmed. [F5] [F9]–[F11], [K10].
 */
import { quoted, type Circumstances, type Found } from './check.ts';
import { amountOf, relationOf } from './compound.ts';
import { meetsTarget } from './direction.ts';
import { compared, isNoMeasurement } from './kpi.ts';
import { measureOf } from './rate.ts';
import type { FindingSide, Kpi, Quantity, SeriesPoint } from './sheet.ts';
import type { FiscalYear } from './types.ts';
import { compareUnits } from './unit.ts';

type Place = { readonly year: SeriesPoint['year']; readonly side: FindingSide };
type Placed = Place & { readonly figure: Quantity };

export function checkFigures(kpi: Kpi, { fiscalYear }: Circumstances): readonly Found[] {
  return [
    ...checkUnits(kpi),
    ...checkEarly(kpi, fiscalYear),
    ...kpi.series
      .filter((point) => isNoMeasurement(kpi, point))
      .map((point): Found => ({
        code: 'not-a-measurement',
        year: point.year,
        side: 'actual',
        stated: point.actual?.text ?? null,
      })),
    ...checkSizes(kpi, fiscalYear),
    { code: 'direction-unconfirmed', stated: kpi.direction },
  ];
}

/** [F5]: the figure that differs from the first one is the place. */
function checkUnits(kpi: Kpi): readonly Found[] {
  const figures = figuresOf(kpi);
  const pairs = figures.flatMap((one, index) =>
    figures.slice(index + 1).flatMap((other) => {
      const alike = countersIn(one.figure) === countersIn(other.figure);
      return alike ? [{ other, units: compareUnits(one.figure, other.figure) }] : [];
    }),
  );
  const stated = quoted(figures.map(({ figure }) => figure));
  const different = pairs.find(({ units }) => units === 'different');
  const doubtful = pairs.find(({ units }) => units === 'doubtful');
  const worst = different ?? doubtful;
  if (!worst) return [];
  const { year, side } = worst.other;
  return [{ code: different ? 'unit-mismatch' : 'unit-differs', year, side, stated }];
}

const countersIn = (figure: Quantity): number =>
  relationOf(figure) === 'single' ? 1 : (figure.parts?.length ?? 1);

/** Every figure once, in the order of the row. */
function figuresOf({ baseline, series, finalTarget }: Kpi): readonly Placed[] {
  const all: readonly (Place & { readonly figure: Quantity | null })[] = [
    { year: null, side: 'baseline', figure: baseline },
    ...series.flatMap(({ year, actual, target }) => [
      { year, side: 'target' as const, figure: target },
      { year, side: 'actual' as const, figure: actual },
    ]),
    { year: null, side: 'finalTarget', figure: finalTarget },
  ];
  const seen = new Set<Quantity>();
  return all.flatMap(({ figure, ...place }) => {
    if (!figure || seen.has(figure)) return [];
    seen.add(figure);
    const holds = figure.value !== null || (figure.parts?.length ?? 0) > 1;
    return holds ? [{ ...place, figure }] : [];
  });
}

/** The actual of an earlier year that already reached the final target [K10]. */
function checkEarly(kpi: Kpi, fiscalYear: FiscalYear | null): readonly Found[] {
  const target = kpi.finalTarget;
  if (!target || fiscalYear === null) return [];
  const point = kpi.series.find(
    ({ year, actual }) =>
      typeof year === 'number' &&
      year < fiscalYear &&
      year !== kpi.baselineYear &&
      actual !== null &&
      meetsTarget(actual, target, kpi.direction) === true,
  );
  return point?.actual
    ? [
        {
          code: 'target-already-met',
          year: point.year,
          side: 'actual',
          stated: quoted([point.actual, target]),
        },
      ]
    : [];
}

const LARGE = 10;
const SMALL = 1000;

function checkSizes(kpi: Kpi, fiscalYear: FiscalYear | null): readonly Found[] {
  const { point, actual, target } = compared(kpi, fiscalYear);
  const to = target && amountOf(target);
  if (!target || !to) return [];
  const place = { year: point?.year ?? null } as const;
  if (to.eq(0)) {
    const aimed = kpi.direction === 'decrease' || kpi.direction === 'zero';
    const below = kpi.baseline && amountOf(kpi.baseline)?.lt(0);
    return aimed || below
      ? []
      : [{ code: 'zero-target', ...place, side: 'target', stated: target.text }];
  }
  const now = actual && amountOf(actual);
  if (!actual || !now?.gt(0) || !to.gt(0)) return [];
  if (compareUnits(actual, target) === 'different' || measureOf(actual) !== measureOf(target))
    return [];
  const less = kpi.direction === 'decrease' || kpi.direction === 'zero';
  const far = now.gte(to.times(LARGE)) || (!less && now.times(SMALL).lte(to));
  return far
    ? [{ code: 'outlier', ...place, side: 'actual', stated: quoted([target, actual]) }]
    : [];
}
