/**
 * Which figures of a KPI stand under which caption of a result table. Captions the table carries
 * are kept; a table that has none (written from a meeting) gets them from its KPIs.
 */
import type { EvaluationTable, FindingField, Kpi, Quantity, TableCaptions } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { makeShortFiscalYear } from './wareki.ts';

export type FigureColumn = TableCaptions['figures'][number];

/** The figure columns of a table, left to right; at least one, or it is no result table any more. */
export function figureColumns(table: EvaluationTable): readonly FigureColumn[] {
  if (table.captions.figures.length > 0) return table.captions.figures;
  const kpis = table.projects.flatMap((project) => project.kpis);
  const baselines = distinct(kpis.filter((kpi) => kpi.baseline).map((kpi) => kpi.baselineYear));
  const finals = distinct(kpis.filter((kpi) => kpi.finalTarget).map((kpi) => kpi.finalTargetYear));
  const columns: FigureColumn[] = baselines.map((year) => column('基準値', 'baseline', year));
  // A year nobody knows comes last; its columns carry no year.
  for (const year of [...seriesYears(kpis), null]) {
    const points = kpis.flatMap((kpi) => kpi.series.filter((point) => point.year === year));
    if (points.some((point) => point.target) && !finals.includes(year)) {
      columns.push(column('目標値', 'target', year));
    }
    if (points.some((point) => point.actual) && !baselines.includes(year)) {
      columns.push(column('実績値', 'actual', year));
    }
  }
  columns.push(...finals.map((year) => column('最終目標値', 'finalTarget', year)));
  return columns.length > 0 ? columns : [column('実績値', 'actual', table.fiscalYear)];
}

/** The figure of a KPI under a caption, or null where the table has none. */
export function figureAt(kpi: Kpi, figure: FigureColumn): Quantity | null {
  const start = figure.role === 'baseline' ? '当初' : null;
  const point = kpi.series.find((each) => each.year === (figure.year ?? start));
  switch (figure.role) {
    case 'baseline':
      return figure.year === null || figure.year === kpi.baselineYear
        ? (kpi.baseline ?? point?.actual ?? null)
        : (point?.actual ?? null);
    case 'finalTarget':
      return figure.year === null || figure.year === kpi.finalTargetYear
        ? (kpi.finalTarget ?? point?.target ?? null)
        : (point?.target ?? null);
    case 'target':
      return point?.target ?? null;
    case 'actual':
      return point?.actual ?? null;
  }
}

/**
 * A figure on screen: as printed, with its unit where the print has it elsewhere (単位：件), so that a
 * bare 11 does not stand beside 9件.
 */
export function shownFigure({ text, unit }: Quantity): string {
  const isBare = /^[-+△▲]?[\d,]+(\.\d+)?$/u.test(text.normalize('NFKC').replace('−', '-'));
  return isBare && unit !== null ? `${text}${unit}` : text;
}

/** Whether a column holds the figure of a field: a baseline is also the actual of its year. */
export function showsField({ role, year }: FigureColumn, field: FindingField): boolean {
  if (field.side === role && (role === 'baseline' || role === 'finalTarget')) return true;
  if (role === 'baseline') return field.side === 'actual' && field.year === (year ?? '当初');
  const side = role === 'finalTarget' ? 'target' : role;
  return field.side === side && field.year === year;
}

function column(word: string, role: FigureColumn['role'], year: FiscalYear | null): FigureColumn {
  const caption = year === null ? word : `${word} (${makeShortFiscalYear(year)})`;
  return { group: null, caption, role, year };
}

function seriesYears(kpis: readonly Kpi[]): FiscalYear[] {
  const years = kpis.flatMap((kpi) => kpi.series.map((point) => point.year));
  return distinct(years.filter((year) => typeof year === 'number')).sort((a, b) => a - b);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
