/**
 * A 事業シート while somebody edits it: every figure a line of its own (kind, year, text). Texts that
 * were not touched keep what was once read from them; new ones are read anew.
 */
import { withoutUndone } from '#domain/correction.ts';
import {
  emptyKpi,
  emptyPoint,
  type Direction,
  type Kpi,
  type ProjectSheet,
  type Quantity,
  type SeriesPoint,
  type StatedJudgement,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { parseQuantity } from '#formats/quantity.ts';

/** `judgement` and `comment` are what the document says of a year; the others are its figures. */
export const figureRoles = [
  'baseline',
  'actual',
  'target',
  'finalTarget',
  'actualDelta',
  'targetDelta',
  'judgement',
  'comment',
] as const;
export type FigureRole = (typeof figureRoles)[number];

export type FigureDraft = {
  key: number;
  role: FigureRole;
  /** `2024`, empty for 当初, `?` where the table said no year. */
  year: string;
  /** As printed; of a judgement its code. */
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
  /** 達成率 as printed. */
  rate: string;
  judgement: StatedJudgement | '';
  readonly original: Kpi | null;
};
/** Lists are texts of one line each while they are edited. */
export type ActivityDraft = {
  key: number;
  name: string;
  quantitative: string;
  qualitative: string;
};
export type PlanDraft = { key: number; year: string; planned: string; done: string };
export type SheetDraft = {
  no: string;
  name: string;
  sections: string;
  goals: string;
  pillar: string;
  overview: string;
  cost: string;
  kpiNote: string;
  kpis: KpiDraft[];
  effects: string;
  activities: ActivityDraft[];
  plans: PlanDraft[];
};

/** The year of a figure of which nobody said the year. */
export const UNDATED = '?';
let lastKey = 0;

export function newFigure(
  role: FigureRole,
  year: FiscalYear | '当初' | null,
  read: Quantity | null = null,
): FigureDraft {
  const dated = role !== 'baseline' && role !== 'finalTarget';
  const typed = typeof year === 'number' ? String(year) : year === null && dated ? UNDATED : '';
  return { key: ++lastKey, role, year: typed, text: read?.text ?? '', read };
}

const newSaid = (role: FigureRole, year: SeriesPoint['year'], text: string): FigureDraft => ({
  ...newFigure(role, year),
  text,
});
export const newActivity = (): ActivityDraft => ({
  key: ++lastKey,
  name: '',
  quantitative: '',
  qualitative: '',
});
export const newPlan = (year: FiscalYear): PlanDraft => ({
  key: ++lastKey,
  year: String(year),
  planned: '',
  done: '',
});

export function newKpi(year: FiscalYear): KpiDraft {
  const figures = [newFigure('baseline', null), newFigure('actual', year)];
  return {
    key: ++lastKey,
    kind: '',
    label: '',
    direction: '',
    comment: '',
    figures: [...figures, newFigure('finalTarget', year)],
    rate: '',
    judgement: '',
    original: null,
  };
}

/** The marks that are written and edited in front of the label; a number stays what it is. */
const circled = /^[①-⑳]/u;

/** Baseline and final target stand in the series as well; here each figure is shown once. */
function figuresOf(kpi: Kpi): FigureDraft[] {
  const { baseline, baselineYear, finalTarget, finalTargetYear } = kpi;
  const series = kpi.series.flatMap(({ year, actual, target, ...said }) => [
    ...(actual && !(baseline && year === (baselineYear ?? '当初'))
      ? [newFigure('actual', year, actual)]
      : []),
    ...(target && !(finalTarget && year === finalTargetYear)
      ? [newFigure('target', year, target)]
      : []),
    ...(said.actualDelta ? [newFigure('actualDelta', year, said.actualDelta)] : []),
    ...(said.targetDelta ? [newFigure('targetDelta', year, said.targetDelta)] : []),
    ...(said.statedJudgement ? [newSaid('judgement', year, said.statedJudgement)] : []),
    ...(said.comment ? [newSaid('comment', year, said.comment)] : []),
  ]);
  return [
    ...(baseline ? [newFigure('baseline', baselineYear, baseline)] : []),
    ...series,
    ...(finalTarget ? [newFigure('finalTarget', finalTargetYear, finalTarget)] : []),
  ];
}

export const kpiDraftOf = (kpi: Kpi): KpiDraft => ({
  key: ++lastKey,
  kind: kpi.kind ?? '',
  label: `${circled.test(kpi.mark ?? '') ? kpi.mark : ''}${kpi.label ?? ''}`,
  direction: kpi.direction ?? '',
  comment: kpi.comment ?? '',
  figures: figuresOf(kpi),
  rate: kpi.statedRate?.text ?? '',
  judgement: kpi.statedJudgement ?? '',
  original: kpi,
});

export const draftOf = (sheet: ProjectSheet): SheetDraft => ({
  no: sheet.no ?? '',
  name: sheet.name ?? '',
  sections: sheet.sections.join('\n'),
  goals: sheet.strategyGoals.join('\n'),
  pillar: sheet.pillar ?? '',
  overview: sheet.overview ?? '',
  cost: sheet.costYen === null ? '' : makeYen(sheet.costYen),
  kpiNote: sheet.kpiNote ?? '',
  kpis: sheet.kpis.map(kpiDraftOf),
  effects: sheet.effects.join('\n'),
  activities: sheet.activities.map(({ name, quantitative, qualitative }) => ({
    key: ++lastKey,
    name,
    quantitative: quantitative.join('\n'),
    qualitative: qualitative.join('\n'),
  })),
  plans: sheet.plans.map(({ year, planned, done }) => ({
    key: ++lastKey,
    year: String(year),
    planned: planned ?? '',
    done: done ?? '',
  })),
});

const makeYen = (yen: number): string => `${yen.toLocaleString('ja-JP')}円`;

/** An amount in whole yen; null for an empty box, undefined for what is no such amount. */
export function yenOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const { value, unit } = parseQuantity(text.trim());
  const factor = unit === '千円' ? 1000 : unit === '円' || unit === null ? 1 : 0;
  const yen = (value ?? Number.NaN) * factor;
  return factor > 0 && Number.isSafeInteger(yen) ? yen : undefined;
}

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

const judgements: readonly StatedJudgement[] = ['achieved', 'missed', 'unmeasured'];

/** What one line puts into the point of its year. */
function saidBy(figure: FigureDraft): Partial<SeriesPoint> | null {
  const { role, text } = figure;
  if (role === 'comment') return orNull(text) === null ? null : { comment: text.trim() };
  if (role === 'judgement') {
    const found = judgements.find((each) => each === text);
    return found ? { statedJudgement: found } : null;
  }
  const read = quantityOf(figure);
  if (!read) return null;
  if (role === 'actualDelta' || role === 'targetDelta') return { [role]: read };
  return role === 'baseline' || role === 'actual' ? { actual: read } : { target: read };
}

function kpiOf(draft: KpiDraft): Kpi {
  const { original } = draft;
  const points = new Map<SeriesPoint['year'], SeriesPoint>();
  for (const { year } of original?.series ?? []) points.set(year, emptyPoint(year));
  let [baseline, baselineYear, finalTarget, finalTargetYear]: [
    Quantity | null,
    FiscalYear | null,
    Quantity | null,
    FiscalYear | null,
  ] = [null, original?.baselineYear ?? null, null, original?.finalTargetYear ?? null];
  for (const figure of draft.figures) {
    const year = Number(figure.year) > 0 ? Number(figure.year) : null;
    if (figure.role === 'baseline') [baseline, baselineYear] = [quantityOf(figure), year];
    if (figure.role === 'finalTarget') [finalTarget, finalTargetYear] = [quantityOf(figure), year];
    const said = saidBy(figure);
    // A final target without a year belongs to no point of the series.
    if (!said || (year === null && figure.role === 'finalTarget')) continue;
    const at = year ?? (figure.year === UNDATED ? null : '当初');
    points.set(at, { ...(points.get(at) ?? emptyPoint(at)), ...said });
  }
  const series = [...points.values()].filter((point) =>
    Object.entries(point).some(([name, figure]) => name !== 'year' && figure !== null),
  );
  const written = circled.exec(draft.label)?.[0];
  const kept = original?.mark ?? null;
  const mark = written ?? (circled.test(kept ?? '') ? null : kept);
  return withoutUndone({
    ...emptyKpi,
    ...original,
    mark,
    kind: orNull(draft.kind),
    label: orNull(draft.label.slice(written?.length ?? 0)),
    direction: draft.direction === '' ? null : draft.direction,
    baseline,
    baselineYear,
    finalTarget,
    finalTargetYear,
    series,
    statedRate: quantityOf({ text: draft.rate, read: original?.statedRate ?? null }),
    statedJudgement: draft.judgement === '' ? null : draft.judgement,
    comment: orNull(draft.comment),
  });
}

export const sheetOf = (draft: SheetDraft, original: ProjectSheet): ProjectSheet => ({
  ...original,
  no: orNull(draft.no),
  name: orNull(draft.name),
  sections: lines(draft.sections),
  strategyGoals: lines(draft.goals),
  pillar: orNull(draft.pillar),
  overview: orNull(draft.overview),
  // What is no amount is told beside the box, and the form is not sent.
  costYen: yenOf(draft.cost) ?? null,
  kpiNote: orNull(draft.kpiNote),
  kpis: draft.kpis.map(kpiOf),
  effects: lines(draft.effects),
  activities: draft.activities.map(({ name, quantitative, qualitative }) => ({
    name: name.trim(),
    quantitative: lines(quantitative),
    qualitative: lines(qualitative),
  })),
  plans: draft.plans.flatMap(({ year, planned, done }) =>
    Number(year) > 0 ? [{ year: Number(year), planned: orNull(planned), done: orNull(done) }] : [],
  ),
});
