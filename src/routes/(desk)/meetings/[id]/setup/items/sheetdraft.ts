/**
 * A 事業シート while somebody edits it: every figure a line of its own (kind, year, text). Texts that
 * were not touched keep what was once read from them; new ones are read anew.
 */
import {
  emptyKpi,
  emptyPoint,
  type Direction,
  type Kpi,
  type ProjectSheet,
  type Quantity,
  type SeriesPoint,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { parseQuantity } from '#formats/quantity.ts';

export const figureRoles = ['baseline', 'actual', 'target', 'finalTarget'] as const;
export type FigureRole = (typeof figureRoles)[number];

export type FigureDraft = {
  key: number;
  role: FigureRole;
  /** `2024`, empty for 当初, `?` where the table said no year. */
  year: string;
  text: string;
  readonly read: Quantity | null;
};
export type KpiDraft = {
  key: number;
  kind: string;
  label: string;
  direction: Direction | '';
  comment: string;
  figures: FigureDraft[];
  readonly original: Kpi | null;
};
export type SheetDraft = {
  no: string;
  name: string;
  sections: string;
  goals: string;
  overview: string;
  kpis: KpiDraft[];
};

/** The year of a figure of which nobody said the year. */
export const UNDATED = '?';
let lastKey = 0;

export function newFigure(
  role: FigureRole,
  year: FiscalYear | '当初' | null,
  read: Quantity | null = null,
): FigureDraft {
  const dated = role === 'actual' || role === 'target';
  const typed = typeof year === 'number' ? String(year) : year === null && dated ? UNDATED : '';
  return { key: ++lastKey, role, year: typed, text: read?.text ?? '', read };
}

export function newKpi(year: FiscalYear): KpiDraft {
  const figures = [newFigure('baseline', null), newFigure('actual', year)];
  return {
    key: ++lastKey,
    kind: '',
    label: '',
    direction: '',
    comment: '',
    figures: [...figures, newFigure('finalTarget', year)],
    original: null,
  };
}

/** The marks that are written and edited in front of the label; a number stays what it is. */
const circled = /^[①-⑳]/u;

/** Baseline and final target stand in the series as well; here each figure is shown once. */
function figuresOf(kpi: Kpi): FigureDraft[] {
  const { baseline, baselineYear, finalTarget, finalTargetYear } = kpi;
  const series = kpi.series.flatMap(({ year, actual, target }) => [
    ...(actual && !(baseline && year === (baselineYear ?? '当初'))
      ? [newFigure('actual', year, actual)]
      : []),
    ...(target && !(finalTarget && year === finalTargetYear)
      ? [newFigure('target', year, target)]
      : []),
  ]);
  return [
    ...(baseline ? [newFigure('baseline', baselineYear, baseline)] : []),
    ...series,
    ...(finalTarget ? [newFigure('finalTarget', finalTargetYear, finalTarget)] : []),
  ];
}

export const draftOf = (sheet: ProjectSheet): SheetDraft => ({
  no: sheet.no ?? '',
  name: sheet.name ?? '',
  sections: sheet.sections.join('\n'),
  goals: sheet.strategyGoals.join('\n'),
  overview: sheet.overview ?? '',
  kpis: sheet.kpis.map((kpi) => ({
    key: ++lastKey,
    kind: kpi.kind ?? '',
    label: `${circled.test(kpi.mark ?? '') ? kpi.mark : ''}${kpi.label ?? ''}`,
    direction: kpi.direction ?? '',
    comment: kpi.comment ?? '',
    figures: figuresOf(kpi),
    original: kpi,
  })),
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What a figure means now; null when its text is empty. */
export function quantityOf({ text, read }: Pick<FigureDraft, 'text' | 'read'>): Quantity | null {
  if (text.trim() === '') return null;
  return read?.text === text ? read : parseQuantity(text);
}

function kpiOf(draft: KpiDraft): Kpi {
  const points = new Map<SeriesPoint['year'], SeriesPoint>();
  // Deltas and printed judgements are not edited here and stay with their year.
  for (const point of draft.original?.series ?? [])
    points.set(point.year, { ...point, actual: null, target: null });
  let [baseline, baselineYear, finalTarget, finalTargetYear]: [
    Quantity | null,
    FiscalYear | null,
    Quantity | null,
    FiscalYear | null,
  ] = [null, draft.original?.baselineYear ?? null, null, draft.original?.finalTargetYear ?? null];
  for (const figure of draft.figures) {
    const read = quantityOf(figure);
    const year = Number(figure.year) > 0 ? Number(figure.year) : null;
    if (figure.role === 'baseline') [baseline, baselineYear] = [read, year];
    if (figure.role === 'finalTarget') [finalTarget, finalTargetYear] = [read, year];
    // A final target without a year belongs to no point of the series.
    if (!read || (year === null && figure.role === 'finalTarget')) continue;
    const at = year ?? (figure.year === UNDATED ? null : '当初');
    const side = figure.role === 'baseline' || figure.role === 'actual' ? 'actual' : 'target';
    points.set(at, { ...(points.get(at) ?? emptyPoint(at)), [side]: read });
  }
  const series = [...points.values()].filter((point) =>
    Object.entries(point).some(([name, figure]) => name !== 'year' && figure !== null),
  );
  const written = circled.exec(draft.label)?.[0];
  const kept = draft.original?.mark ?? null;
  const mark = written ?? (circled.test(kept ?? '') ? null : kept);
  return {
    ...emptyKpi,
    ...draft.original,
    mark,
    kind: orNull(draft.kind),
    label: orNull(draft.label.slice(written?.length ?? 0)),
    direction: draft.direction === '' ? null : draft.direction,
    baseline,
    baselineYear,
    finalTarget,
    finalTargetYear,
    series,
    comment: orNull(draft.comment),
  };
}

export const sheetOf = (draft: SheetDraft, original: ProjectSheet): ProjectSheet => ({
  ...original,
  no: orNull(draft.no),
  name: orNull(draft.name),
  sections: lines(draft.sections),
  strategyGoals: lines(draft.goals),
  overview: orNull(draft.overview),
  kpis: draft.kpis.map(kpiOf),
});
