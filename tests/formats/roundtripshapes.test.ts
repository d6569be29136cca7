/**
 * What goes out in the shape of a layout comes back as it was: fixtures, the published documents
 * where they are present, and generated tables; as workbook and as Word file.
 */
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  emptyKpi,
  emptyPoint,
  emptyProject,
  noCaptions,
  type EvaluationTable,
  type Kpi,
  type ProjectSheet,
} from '#domain/sheet.ts';
import { makeDocument, makeWorkbook } from '#formats/export.ts';
import { parseQuantity } from '#formats/quantity.ts';
import type { Shape } from '#formats/shape.ts';
import { readTable } from '#formats/table.ts';
import { samples } from '../fixtures/shapes.ts';

const kinds = ['xlsx', 'docx'] as const;
type Kind = (typeof kinds)[number];

async function readBack(table: EvaluationTable, kind: Kind): Promise<EvaluationTable> {
  const order = { table, shape: table.layout as Shape };
  const bytes = kind === 'xlsx' ? makeWorkbook(order) : await makeDocument(order);
  const read = await readTable({ name: `table.${kind}`, bytes });
  if (!read.ok) throw new Error(read.code);
  return read.table;
}

/** What a table says, without the doubts that reading it raised and where they stand. */
const said = ({ layout, title, municipality, fiscalYear, projects }: EvaluationTable) => ({
  layout,
  title,
  municipality,
  fiscalYear,
  projects,
});

test.each(samples.flatMap((table) => kinds.map((kind) => [table.layout, kind, table] as const)))(
  'the sample of %s comes back from %s as it went out',
  async (_, kind, table) => {
    const once = await readBack(table, kind);
    // A direction is proposed in reading; everything else is as it was written.
    const proposed = once.projects.map((project, at) => ({
      ...project,
      kpis: project.kpis.map((kpi, index) => ({
        ...kpi,
        direction: table.projects[at]?.kpis[index]?.direction ?? null,
      })),
    }));
    expect({ ...said(once), projects: proposed }).toEqual(said(table));
    expect(said(await readBack(once, kind))).toEqual(said(once));
  },
);

const folder = new URL('../../../shared/seeds/', import.meta.url);
const files = existsSync(folder)
  ? readdirSync(folder).map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(new URL(name, folder))),
    }))
  : [];
test('the published documents come back as they were read', async () => {
  for (const file of files) {
    const read = await readTable(file);
    if (!read.ok) throw new Error(`${file.name}: ${read.code}`);
    for (const kind of kinds)
      expect(said(await readBack(read.table, kind))).toEqual(said(read.table));
  }
});

describe('generated tables', () => {
  const letters = [...'地域事業支援推進観光移住子育てデジタルみらいづくり'];
  const words = (min: number, max: number) =>
    fc
      .array(fc.constantFrom(...letters), { minLength: min, maxLength: max })
      .map((all) => all.join(''));
  const name = words(4, 20).map((text) => `${text}事業`);
  const label = words(3, 16).map((text) => `${text}件数`);
  const sentence = words(8, 60).map((text) => `${text}に取り組み、成果があった。`);
  const figure = (unit: string) =>
    fc
      .oneof(
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: 0, max: 999 }).map((n) => n / 10),
      )
      .map((value) => parseQuantity(`${new Intl.NumberFormat('en-US').format(value)}${unit}`));
  const verdict = fc.constantFrom('achieved', 'missed', 'unmeasured', null);
  const marks = '①②③④⑤⑥⑦⑧';
  const tableOf = (about: Partial<EvaluationTable>): EvaluationTable => ({
    layout: 'generic-table',
    title: null,
    municipality: null,
    fiscalYear: null,
    captions: noCaptions,
    projects: [],
    findings: [],
    ...about,
  });
  const distinct = { selector: (kpi: Kpi) => kpi.label, maxLength: 6, minLength: 1 };

  const achievement = fc
    .array(
      fc.record({
        name,
        overview: sentence,
        costYen: fc.integer({ min: 1000, max: 99_999_999 }),
        sections: fc.array(
          words(2, 5).map((text) => `${text}課`),
          { minLength: 1, maxLength: 2 },
        ),
        kpis: fc.uniqueArray(
          fc
            .record({
              label,
              target: figure('件'),
              actual: figure('件'),
              statedJudgement: verdict,
              comment: fc.option(sentence),
            })
            .map(({ label: text, target, actual, ...rest }): Kpi => ({
              ...emptyKpi,
              ...rest,
              label: text,
              unit: '件',
              series: [{ ...emptyPoint(2024), target, actual }],
            })),
          { ...distinct, minLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((all) =>
      tableOf({
        layout: 'achievement-list',
        title: '検証市 令和6年度事業実績 達成状況一覧',
        municipality: '検証市',
        fiscalYear: 2024,
        projects: all.map((project, index): ProjectSheet => ({
          ...emptyProject,
          ...project,
          no: String(index + 1),
          kpis: project.kpis.map((kpi, at) => ({ ...kpi, mark: marks[at] ?? null })),
        })),
      }),
    );

  const pillar = fc
    .array(
      fc.record({
        name: words(3, 8).map((text) => `${text}づくり`),
        effects: fc.array(sentence, { maxLength: 3 }),
        activities: fc.array(
          fc.record({
            name,
            quantitative: fc.array(
              figure('人').map(({ text }) => `参加者${text}`),
              { minLength: 1, maxLength: 2 },
            ),
            qualitative: fc.array(sentence, { maxLength: 2 }),
          }),
          { maxLength: 3 },
        ),
        kpis: fc.uniqueArray(
          fc
            .record({ label, target: figure('件'), actual: figure('件'), rate: figure('%') })
            .map(({ label: text, target, actual, rate }): Kpi => ({
              ...emptyKpi,
              label: text,
              unit: '件',
              series: [{ ...emptyPoint(null), target, actual }],
              statedRate: rate,
            })),
          distinct,
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) =>
      tableOf({
        layout: 'pillar-report',
        projects: all.map((project, index): ProjectSheet => ({
          ...emptyProject,
          ...project,
          no: String(index + 1),
          pillar: project.name,
          kpis: project.kpis.map((kpi, at) => ({ ...kpi, mark: String(at + 1) })),
        })),
      }),
    );

  const years = [2020, 2021, 2022] as const;
  const progress = fc
    .array(
      fc.record({
        name,
        overview: sentence,
        kpis: fc.uniqueArray(
          fc
            .record({
              label,
              start: figure('人'),
              points: fc.tuple(...years.map(() => fc.tuple(figure('人'), figure('人')))),
              comment: fc.option(sentence),
            })
            .map(({ label: text, start, points, comment }): Kpi => ({
              ...emptyKpi,
              label: text,
              unit: '人',
              comment,
              baseline: start,
              series: [
                { ...emptyPoint('当初'), target: start, actual: start },
                ...years.map((year, index) => ({
                  ...emptyPoint(year),
                  target: points[index]?.[0] ?? null,
                  actual: year === 2022 ? null : (points[index]?.[1] ?? null),
                })),
              ],
            })),
          distinct,
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) =>
      tableOf({
        layout: 'progress-report',
        title: '地方創生推進交付金事業の進捗及び重要業績評価指標(KPI)の達成度の状況について',
        fiscalYear: 2021,
        projects: all.map((project, index): ProjectSheet => ({
          ...emptyProject,
          ...project,
          no: 'ABCD'[index] ?? null,
          plans: [{ year: 2020, planned: '・準備', done: null }],
        })),
      }),
    );

  const report = fc
    .record({
      name,
      kpis: fc.uniqueArray(
        fc
          .record({
            label,
            points: fc.tuple(figure(''), figure(''), figure(''), figure('')),
            judged: verdict,
            comment: sentence,
          })
          .map(({ label: text, points, judged, comment }): Kpi => ({
            ...emptyKpi,
            label: text,
            kind: 'アウトカム',
            unit: '件',
            comment,
            series: [
              { ...emptyPoint(2022), target: points[0], actual: points[1] },
              {
                ...emptyPoint(2023),
                target: points[2],
                actual: points[3],
                statedJudgement: judged,
                comment,
              },
            ],
          })),
        distinct,
      ),
    })
    .map((project) =>
      tableOf({
        layout: 'report-form',
        title: 'デジタル田園都市国家構想推進交付金（デジタル実装タイプTYPE１）事業実施報告書様式',
        municipality: '検証市',
        fiscalYear: 2023,
        projects: [
          {
            ...emptyProject,
            ...project,
            kpis: project.kpis.map((kpi, at) => ({ ...kpi, mark: marks[at] ?? null })),
          },
        ],
      }),
    );

  /** What was generated, to be found again whatever else a reader adds to it. */
  const told = ({ projects }: EvaluationTable) =>
    projects.map((project) => ({
      no: project.no,
      name: project.name,
      overview: project.overview,
      costYen: project.costYen,
      sections: project.sections,
      effects: project.effects,
      activities: project.activities,
      kpis: project.kpis.map((kpi) => ({
        mark: kpi.mark,
        label: kpi.label,
        comment: kpi.comment,
        rate: kpi.statedRate?.text ?? null,
        figures: kpi.series.map(({ year, target, actual }) => [year, target?.text, actual?.text]),
      })),
    }));

  test.each([
    ['achievement-list', achievement],
    ['pillar-report', pillar],
    ['progress-report', progress],
    ['report-form', report],
  ] as const)('%s', async (_, tables) => {
    for (const kind of kinds)
      await fc.assert(
        fc.asyncProperty(tables, async (made) => {
          const once = await readBack(made, kind);
          expect(told(once)).toEqual(told(made));
          expect(said(await readBack(once, kind))).toEqual(said(once));
        }),
        { numRuns: 15 },
      );
  });
});
