/**
 * Whether the rows of a KPI table stand under their own columns: by their number of cells, their units
 * and their differences. A row that does not is emptied, and cells that are missing are told.
 */
import type { Quantity, SeriesPoint } from '#domain/sheet.ts';
import { compareUnits } from '#domain/unit.ts';
import type { Cell } from './grid.ts';
import type { Note } from './notice.ts';
import { isBlank } from './progressrows.ts';

export type Figures = readonly {
  readonly target: Quantity | null;
  readonly actual: Quantity | null;
}[];
/** The figures of a year, one entry a KPI, and the differences below them. */
export type YearRow = {
  readonly year: SeriesPoint['year'];
  readonly at: string;
  figures: Figures;
  deltas: Figures | null;
};

/**
 * Rows with a cell too few or too many; null when the captions themselves do not fit the rows. Some
 * programs drop the empty cells at the end of each row; then a short row means nothing.
 */
export function findMisfits(
  body: readonly (readonly Cell[])[],
  caption: readonly Cell[],
): ReadonlySet<readonly Cell[]> | null {
  const rows = body.filter((row) => !isBlank(row));
  const trimmed = rows.every((row) => row.at(-1)?.text !== '');
  const lengths = rows.map(({ length }) => length);
  const usual = trimmed ? caption.length : usualOf(lengths);
  if (caption.length !== usual) return null;
  return new Set(rows.filter(({ length }) => (trimmed ? length > usual : length !== usual)));
}

function usualOf(lengths: readonly number[]): number {
  const count = (length: number): number => lengths.filter((other) => other === length).length;
  return lengths.toSorted((one, other) => count(other) - count(one))[0] ?? 0;
}

/** Empty cells where the rows and columns around them are filled. */
export function reportMissing(
  years: readonly YearRow[],
  labels: readonly (string | null)[],
  project: string | null,
  note: Note,
): void {
  const has = (figure: Quantity | null | undefined): boolean => figure?.value != null;
  const actuals = years.flatMap(({ year, figures }) =>
    typeof year === 'number' && figures.some(({ actual }) => has(actual)) ? [year] : [],
  );
  const last = Math.max(...actuals, 0);
  const differing = years.some(({ deltas }) => deltas !== null);
  if (differing && !years.some(({ year }) => year === '当初'))
    note('value-missing', { project, at: years[0]?.at ?? null, stated: '当初' });
  for (const { year, at, figures, deltas } of years) {
    const past = year === '当初' || (typeof year === 'number' && year <= last);
    if (differing && year !== '当初' && deltas === null)
      note('value-missing', { project, at, stated: `${year} (±)` });
    for (const [index, { target, actual }] of figures.entries()) {
      const about = { project, kpi: labels[index] ?? null, at, stated: String(year) };
      const beside = deltas?.[index];
      if (past && has(target) !== has(actual)) {
        if (target === null || actual === null) note('value-missing', about);
      } else if ((beside?.target && target === null) || (beside?.actual && actual === null))
        note('value-missing', about);
      else if (deltas && ((has(target) && !beside?.target) || (has(actual) && !beside?.actual)))
        note('value-missing', { ...about, stated: `${year} (±)` });
    }
  }
}

/** The unit most figures of a KPI are printed with. */
export function unitOf(years: readonly YearRow[], index: number): string | null {
  const counts = new Map<string, number>();
  for (const { figures } of years)
    for (const figure of [figures[index]?.target, figures[index]?.actual])
      if (figure?.value != null && figure.unit !== null)
        counts.set(figure.unit, (counts.get(figure.unit) ?? 0) + 1);
  return [...counts].toSorted((one, other) => other[1] - one[1])[0]?.[0] ?? null;
}

const counters =
  /[(（](?:単位\s*[:：]\s*)?(人|名|件|円|千円|万円|百万円|%|％|社|団体|世帯|回|か所|箇所|戸|ha|t|個|店|店舗|組|校|台|本|品|点|泊|事業所|事業体|ポイント)[)）]$/;

export function unitInLabel(label: string | null): string | null {
  return counters.exec(label ?? '')?.[1] ?? null;
}

/** A figure with the unit of another KPI says that a cell of the row is lost or one too many. */
export function dropShifted(
  row: YearRow,
  years: readonly YearRow[],
  units: readonly (string | null)[],
  project: string | null,
  note: Note,
): void {
  const unit = (text: string | null): Quantity => ({
    text: '',
    value: 0,
    unit: text,
    qualifier: null,
  });
  const same = (one: string | null, other: string | null): boolean =>
    compareUnits(unit(one), unit(other)) === 'same';
  const foreign = row.figures.some((figures, index) =>
    [figures.target, figures.actual].some(
      (figure) =>
        figure?.value != null &&
        figure.unit !== null &&
        !same(figure.unit, units[index] ?? null) &&
        units.some((other, at) => at !== index && other !== null && same(figure.unit, other)),
    ),
  );
  if (!foreign && !contradicted(row, years)) return;
  const stated = row.figures
    .flatMap(({ target, actual }) => [target?.text ?? '', actual?.text ?? ''])
    .join(' | ');
  note('columns-unclear', { project, at: row.at, stated });
  row.figures = row.figures.map(() => ({ target: null, actual: null }));
  row.deltas = null;
}

/** Two or more target differences of a row can be checked and none fits: the row is a shifted one. */
function contradicted(row: YearRow, years: readonly YearRow[]): boolean {
  const before = years.find(
    ({ year }) => typeof year === 'number' && typeof row.year === 'number' && year === row.year - 1,
  );
  if (!before || !row.deltas) return false;
  const checks = row.figures.flatMap(({ target }, index) => {
    const [from, delta] = [before.figures[index]?.target, row.deltas?.[index]?.target];
    if (target?.value == null || from?.value == null || delta?.value == null) return [];
    return [Math.abs(target.value - from.value - delta.value) <= 1e-6 * Math.abs(target.value)];
  });
  return checks.length >= 2 && checks.every((fits) => !fits);
}
