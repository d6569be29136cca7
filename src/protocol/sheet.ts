/** The schema of a 事業シート as a browser may send it: everything bounded, nothing unknown. */
import * as v from 'valibot';
import {
  deltaBases,
  directions,
  findingSides,
  layouts,
  type EvaluationTable,
  type ProjectSheet,
} from '#domain/sheet.ts';

/** Half a surrogate pair has no UTF-8: the file and the documents would each keep another letter. */
export const text = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max),
    v.transform((value) => value.toWellFormed()),
  );
const optional = <Schema extends v.GenericSchema>(schema: Schema) => v.nullable(schema);
const year = v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2200));
const pointYear = optional(v.union([year, v.literal('当初')]));
export const list = <Schema extends v.GenericSchema>(schema: Schema, max: number) =>
  v.pipe(v.array(schema), v.maxLength(max));

const figure = {
  text: text(200),
  value: optional(v.pipe(v.number(), v.finite())),
  unit: optional(text(40)),
  qualifier: optional(text(40)),
};
const quantity = v.strictObject({
  ...figure,
  parts: v.exactOptional(list(v.strictObject(figure), 20)),
});
const stated = optional(v.picklist(['achieved', 'missed', 'unmeasured']));

const kpi = v.strictObject({
  mark: optional(text(20)),
  kind: optional(text(200)),
  label: optional(text(500)),
  unit: optional(text(40)),
  direction: optional(v.picklist(directions)),
  accumulation: optional(v.picklist(['cumulative', 'yearly'])),
  deltaBase: optional(v.picklist(deltaBases)),
  baseline: optional(quantity),
  baselineYear: optional(year),
  finalTarget: optional(quantity),
  finalTargetYear: optional(year),
  series: list(
    v.strictObject({
      year: pointYear,
      target: optional(quantity),
      actual: optional(quantity),
      targetDelta: optional(quantity),
      actualDelta: optional(quantity),
      statedJudgement: stated,
      comment: optional(text(4000)),
    }),
    30,
  ),
  statedRate: optional(quantity),
  statedJudgement: stated,
  comment: optional(text(4000)),
  corrections: v.exactOptional(
    list(
      v.strictObject({ year: pointYear, side: v.picklist(findingSides), stated: text(500) }),
      100,
    ),
  ),
});

const lines = list(text(4000), 100);
const budgetLines = list(v.strictObject({ name: text(200), amount: optional(quantity) }), 40);
const budget = v.strictObject({
  costs: budgetLines,
  incomes: budgetLines,
  statedCosts: optional(quantity),
  statedIncomes: optional(quantity),
  statedBalance: optional(quantity),
});
const report = v.strictObject({
  writtenOn: optional(text(100)),
  prefecture: optional(text(100)),
  municipality: optional(text(100)),
  municipalityCode: optional(text(20)),
  scheme: optional(text(500)),
  cooperation: optional(text(200)),
  planned: budget,
  settled: budget,
  parts: list(v.strictObject({ name: text(200), answered: optional(v.boolean()) }), 20),
  corrections: v.exactOptional(
    list(
      v.strictObject({
        side: v.picklist(['planned', 'settled']),
        total: v.picklist(['statedCosts', 'statedIncomes', 'statedBalance']),
        stated: text(500),
      }),
      6,
    ),
  ),
});

export const sheetSchema = v.strictObject({
  no: optional(text(40)),
  name: optional(text(500)),
  sections: list(text(200), 20),
  strategyGoals: list(text(500), 40),
  pillar: optional(text(500)),
  overview: optional(text(8000)),
  costYen: optional(v.pipe(v.number(), v.safeInteger())),
  kpis: list(kpi, 100),
  kpiNote: optional(text(4000)),
  effects: lines,
  activities: list(
    v.strictObject({ name: text(500), quantitative: lines, qualitative: lines }),
    200,
  ),
  plans: list(
    v.strictObject({ year, planned: optional(text(8000)), done: optional(text(8000)) }),
    30,
  ),
  report: optional(report),
  rating: optional(v.picklist([1, 2, 3, 4])),
  ratingText: optional(text(200)),
  opinions: list(v.strictObject({ heading: text(200), text: text(4000) }), 300),
  layout: v.exactOptional(v.picklist(layouts)),
}) satisfies v.GenericSchema<unknown, ProjectSheet>;

export const captionsSchema = v.strictObject({
  strategy: optional(text(200)),
  figures: list(
    v.strictObject({
      group: optional(text(200)),
      caption: text(200),
      role: v.picklist(['baseline', 'actual', 'target', 'finalTarget']),
      year: optional(year),
    }),
    30,
  ),
  rating: optional(text(200)),
  ratingGroup: optional(text(200)),
}) satisfies v.GenericSchema<unknown, EvaluationTable['captions']>;

/** Enough for the largest real tables with room to spare; the body limit bounds the bytes. */
export const sheetsSchema = list(sheetSchema, 2000);
