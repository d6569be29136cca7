/**
 * What `kensho inspect` prints: an evaluation table as one plain object, each KPI judged, each finding
 * with a sentence. The shape is published in docs/inspect.schema.json; nothing else is in it.
 */
import { judge } from '#domain/kpi.ts';
import { makeFormula } from '#domain/rate.ts';
import type {
  Activity,
  EvaluationTable,
  Finding,
  Judgement,
  Kpi,
  ProjectSheet,
  Quantity,
  SeriesPoint,
  SheetOpinion,
} from '#domain/sheet.ts';
import type { Budget } from '#domain/reportform.ts';
import type { FiscalYear } from '#domain/types.ts';
import { makeFindingText } from './findingtext.ts';
import type { FileRefusal } from './notice.ts';
import { readTable } from './table.ts';

export type InspectedValue = Pick<Quantity, 'text' | 'value' | 'unit' | 'qualifier'> & {
  readonly parts?: readonly InspectedValue[];
};
type Valued<Name extends string> = { readonly [Key in Name]: InspectedValue | null };

export type InspectedPoint = Pick<SeriesPoint, 'year' | 'statedJudgement'> &
  Valued<'target' | 'actual' | 'targetDelta' | 'actualDelta'>;

export type InspectedKpi = Pick<
  Kpi,
  'mark' | 'kind' | 'label' | 'unit' | 'direction' | 'statedJudgement' | 'comment'
> &
  Valued<'baseline' | 'finalTarget' | 'statedRate'> & {
    readonly series: readonly InspectedPoint[];
    readonly judgement: Judgement;
    /** Percent, one decimal; null where no formula applies. */
    readonly rate: number | null;
    /** `13 ÷ 10 × 100 = 130` */
    readonly formula: string | null;
  };

export type InspectedLine = { readonly name: string; readonly amount: InspectedValue | null };
/** 収支 of one side; the totals are those printed. */
export type InspectedBudget = {
  readonly costs: readonly InspectedLine[];
  readonly incomes: readonly InspectedLine[];
} & Valued<'statedCosts' | 'statedIncomes' | 'statedBalance'>;

export type InspectedProject = Pick<
  ProjectSheet,
  | 'no'
  | 'name'
  | 'sections'
  | 'strategyGoals'
  | 'pillar'
  | 'overview'
  | 'costYen'
  | 'rating'
  | 'ratingText'
> & {
  readonly kpis: readonly InspectedKpi[];
  readonly opinions: readonly SheetOpinion[];
  readonly activities: readonly Activity[];
  /** 予算 and 決算 of the report form; absent in every other layout. */
  readonly budget?: { readonly planned: InspectedBudget; readonly settled: InspectedBudget };
};

export type InspectedFinding = Omit<Finding, 'field'> & { readonly message: string };

export type Inspection = Pick<
  EvaluationTable,
  'layout' | 'title' | 'municipality' | 'fiscalYear'
> & {
  readonly projects: readonly InspectedProject[];
  readonly findings: readonly InspectedFinding[];
};

/** Reads a file and tells what is in it, or why nothing could be read. Never rejects. */
export async function inspectFile(file: {
  readonly name: string;
  readonly bytes: Uint8Array;
}): Promise<
  | { readonly ok: true; readonly inspection: Inspection }
  | { readonly ok: false; readonly code: FileRefusal }
> {
  const read = await readTable(file);
  return read.ok ? { ok: true, inspection: makeInspection(read.table) } : read;
}

/** The table as an object of the published shape; messages are Japanese. */
export function makeInspection(table: EvaluationTable): Inspection {
  const { layout, title, municipality, fiscalYear } = table;
  return {
    layout,
    title,
    municipality,
    fiscalYear,
    projects: table.projects.map((project) => makeProject(project, fiscalYear)),
    findings: table.findings.map((finding) => ({
      code: finding.code,
      severity: finding.severity,
      project: finding.project,
      kpi: finding.kpi,
      message: makeFindingText(finding, 'ja'),
      stated: finding.stated,
      recomputed: finding.recomputed,
      formula: finding.formula,
      at: finding.at,
    })),
  };
}

function makeProject(project: ProjectSheet, fiscalYear: FiscalYear | null): InspectedProject {
  return {
    no: project.no,
    name: project.name,
    sections: project.sections,
    strategyGoals: project.strategyGoals,
    pillar: project.pillar,
    overview: project.overview,
    costYen: project.costYen,
    kpis: project.kpis.map((kpi) => makeKpi(kpi, fiscalYear)),
    rating: project.rating,
    ratingText: project.ratingText,
    opinions: project.opinions.map(({ heading, text, reply }) => ({
      heading,
      text,
      ...(reply && { reply: { text: reply.text, due: reply.due } }),
    })),
    activities: project.activities.map(({ name, quantitative, qualitative }) => ({
      name,
      quantitative,
      qualitative,
    })),
    ...(project.report && {
      budget: {
        planned: makeBudget(project.report.planned),
        settled: makeBudget(project.report.settled),
      },
    }),
  };
}

function makeBudget(budget: Budget): InspectedBudget {
  const lines = (all: Budget['costs']) =>
    all.map(({ name, amount }) => ({ name, amount: makeValue(amount) }));
  return {
    costs: lines(budget.costs),
    incomes: lines(budget.incomes),
    statedCosts: makeValue(budget.statedCosts),
    statedIncomes: makeValue(budget.statedIncomes),
    statedBalance: makeValue(budget.statedBalance),
  };
}

function makeKpi(kpi: Kpi, fiscalYear: FiscalYear | null): InspectedKpi {
  const { judgement, rate, formula } = judge(kpi, fiscalYear);
  return {
    mark: kpi.mark,
    kind: kpi.kind,
    label: kpi.label,
    unit: kpi.unit,
    direction: kpi.direction,
    baseline: makeValue(kpi.baseline),
    finalTarget: makeValue(kpi.finalTarget),
    series: kpi.series.map((point) => ({
      year: point.year,
      target: makeValue(point.target),
      actual: makeValue(point.actual),
      targetDelta: makeValue(point.targetDelta),
      actualDelta: makeValue(point.actualDelta),
      statedJudgement: point.statedJudgement,
    })),
    statedRate: makeValue(kpi.statedRate),
    statedJudgement: kpi.statedJudgement,
    judgement,
    rate,
    formula: makeFormula(formula),
    comment: kpi.comment,
  };
}

function makeValue(quantity: Quantity | null): InspectedValue | null {
  if (!quantity) return null;
  const { text, value, unit, qualifier, parts } = quantity;
  return {
    text,
    value,
    unit,
    qualifier,
    ...(parts && { parts: parts.flatMap((part) => makeValue(part) ?? []) }),
  };
}
