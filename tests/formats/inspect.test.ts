import { Ajv2020 } from 'ajv/dist/2020.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emptyKpi, emptyPoint, emptyProject, noCaptions } from '#domain/sheet.ts';
import type { EvaluationTable } from '#domain/sheet.ts';
import { findingCodes, makeFinding } from '#formats/notice.ts';
import { inspectFile, makeInspection, type Inspection } from '#formats/inspect.ts';
import { parseQuantity } from '#formats/quantity.ts';
import { makeCleanRows, noisyText } from '../fixtures/progressreport.ts';
import { form, makeFormRows, makeFormText } from '../fixtures/reportform.ts';
import { disorderedRows, makeDelimited } from '../fixtures/resulttable.ts';
import { makeWorkbook } from '../fixtures/workbook.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../docs/inspect.schema.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
// What is tested is the published file itself, by somebody else's reading of it.
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
function faultsOf(value: unknown): readonly string[] {
  return validate(JSON.parse(JSON.stringify(value)))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
async function inspectionOf(name: string, content: string | Uint8Array): Promise<Inspection> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const read = await inspectFile({ name, bytes });
  if (!read.ok) throw new Error(read.code);
  return read.inspection;
}

const table: EvaluationTable = {
  layout: 'achievement-list',
  title: '令和6年度 事業一覧',
  municipality: '見本市',
  fiscalYear: 2024,
  captions: noCaptions,
  projects: [
    {
      ...emptyProject,
      no: '1',
      name: '見守り事業',
      kpis: [
        {
          ...emptyKpi,
          mark: '①',
          label: '参加者数',
          direction: 'increase',
          series: [
            {
              ...emptyPoint(2024),
              target: parseQuantity('10人以上'),
              actual: parseQuantity('13人'),
              statedJudgement: 'missed',
            },
            { ...emptyPoint(2023), actual: parseQuantity('男3人/女4人') },
            { ...emptyPoint('当初'), actual: parseQuantity('未計測') },
            { ...emptyPoint(null), actual: parseQuantity('—') },
          ],
        },
      ],
      plans: [{ year: 2024, planned: '講座', done: null }],
      opinions: [{ heading: '【今後】', text: '続けてほしい。' }],
      activities: [{ name: '講座', quantitative: ['3回'], qualitative: ['好評'] }],
    },
  ],
  findings: [
    {
      ...makeFinding('value-unreadable', { project: '1', kpi: '参加者数', stated: '1O人' }),
      field: { project: 0, kpi: 0, year: 2024, side: 'actual' },
    },
  ],
};

describe('the object', () => {
  const inspection = makeInspection(table);
  const [kpi] = inspection.projects[0]?.kpis ?? [];

  test('has the published members and no other', () => {
    expect(Object.keys(inspection)).toEqual([
      'layout',
      'title',
      'municipality',
      'fiscalYear',
      'projects',
      'findings',
    ]);
    expect(Object.keys(inspection.projects[0] ?? {})).toEqual([
      'no',
      'name',
      'sections',
      'strategyGoals',
      'pillar',
      'overview',
      'costYen',
      'kpis',
      'rating',
      'ratingText',
      'opinions',
      'activities',
    ]);
    expect(Object.keys(kpi ?? {})).toEqual([
      'mark',
      'kind',
      'label',
      'unit',
      'direction',
      'baseline',
      'finalTarget',
      'series',
      'statedRate',
      'statedJudgement',
      'judgement',
      'rate',
      'formula',
      'comment',
    ]);
    expect(Object.keys(kpi?.series[0] ?? {})).toEqual([
      'year',
      'target',
      'actual',
      'targetDelta',
      'actualDelta',
      'statedJudgement',
    ]);
    expect(Object.keys(inspection.findings[0] ?? {})).toEqual([
      'code',
      'severity',
      'project',
      'kpi',
      'message',
      'stated',
      'recomputed',
      'formula',
      'at',
    ]);
  });

  test('prints the text beside every number, and the figures of a compound as parts', () => {
    expect(kpi?.series.map(({ target, actual }) => [target, actual])).toEqual([
      [
        { text: '10人以上', value: 10, unit: '人', qualifier: '以上' },
        { text: '13人', value: 13, unit: '人', qualifier: null },
      ],
      [
        null,
        expect.objectContaining({
          text: '男3人/女4人',
          parts: [expect.objectContaining({ value: 3 }), expect.objectContaining({ value: 4 })],
        }),
      ],
      [null, { text: '未計測', value: null, unit: null, qualifier: null }],
      [null, { text: '—', value: null, unit: null, qualifier: null }],
    ]);
  });

  test('judges by the rules of the domain, whatever is printed [K1]', () => {
    expect(kpi).toMatchObject({ judgement: 'achieved', rate: 130, formula: '13 ÷ 10 × 100 = 130' });
    expect(kpi?.series[0]?.statedJudgement).toBe('missed');
  });

  test('tells every finding in a Japanese sentence', () => {
    const messages = makeInspection({
      ...table,
      findings: findingCodes.map((code) => makeFinding(code)),
    }).findings;
    expect(messages).toHaveLength(findingCodes.length);
    for (const { code, message } of messages) {
      expect(message, code).toMatch(/[\u3041-\u30fa\u4e00-\u9fff].*。$/);
      expect(message, code).not.toMatch(/\{|undefined|null/);
    }
  });
});

const seeds = new URL('../../../shared/seeds/', import.meta.url);
const documents: readonly (readonly [string, string | Uint8Array])[] = [
  ['a result table', makeDelimited(disorderedRows(), '\t')],
  ['a report form as text', makeFormText(form)],
  ['a report form as a workbook', makeWorkbook(makeFormRows(form))],
  ['a progress report as text', noisyText],
  ['a progress report as a workbook', makeWorkbook(makeCleanRows())],
  ...(existsSync(seeds) ? readdirSync(seeds) : [])
    .filter((name) => name.endsWith('.txt'))
    .map((name) => [name, readFileSync(new URL(name, seeds))] as const),
];

describe('the published schema', () => {
  test('holds for an object made by hand', () => {
    expect(faultsOf(makeInspection(table))).toEqual([]);
  });

  test.each(documents)('holds for %s', async (name, content) => {
    const inspection = await inspectionOf(name, content);
    expect(inspection.projects.length).toBeGreaterThan(0);
    expect(faultsOf(inspection)).toEqual([]);
  });

  test.each<readonly [string, (inspection: Inspection) => unknown]>([
    ['a member too many', (inspection) => ({ ...inspection, captions: {} })],
    ['a member too few', (inspection) => ({ ...inspection, title: undefined })],
    ['an unknown layout', (inspection) => ({ ...inspection, layout: 'minutes' })],
    ['a year in a wareki', (inspection) => ({ ...inspection, fiscalYear: 'R6' })],
    [
      'a number without its text',
      (inspection) => ({
        ...inspection,
        projects: inspection.projects.map((project) => ({
          ...project,
          kpis: project.kpis.map((kpi) => ({ ...kpi, baseline: 12 })),
        })),
      }),
    ],
    [
      'a finding without a message',
      (inspection) => ({ ...inspection, findings: [{ ...inspection.findings[0], message: '' }] }),
    ],
  ])('does not hold for %s', (_what, change) => {
    expect(faultsOf(change(makeInspection(table)))).not.toEqual([]);
  });
});

describe('refusals', () => {
  test.each([
    ['file-empty', ''],
    ['no-evaluation-table', '第1回会議録\n委員 目標は達成できましたか。\n事務局 はい。'],
    ['no-evaluation-table', '費目,予算額,決算額\n人件費,100,90\n物件費,50,45'],
  ])('%s', async (code, text) => {
    expect(await inspectFile({ name: 'a.txt', bytes: new TextEncoder().encode(text) })).toEqual({
      ok: false,
      code,
    });
  });
});

describe.each(existsSync(seeds) ? ['the real documents'] : [])('%s', () => {
  const count = async (prefix: string) => {
    const name = readdirSync(seeds).find((each) => each.startsWith(prefix)) ?? '';
    const { layout, projects } = await inspectionOf(name, readFileSync(new URL(name, seeds)));
    const sum = (of: (project: Inspection['projects'][number]) => number): number =>
      projects.reduce((total, project) => total + of(project), 0);
    return {
      layout,
      projects: projects.length,
      kpis: sum(({ kpis }) => kpis.length),
      opinions: sum(({ opinions }) => opinions.length),
      activities: sum(({ activities }) => activities.length),
    };
  };
  test.each([
    ['000', { layout: 'result-table', projects: 9, kpis: 16, opinions: 38, activities: 0 }],
    ['001', { layout: 'report-form', projects: 1, kpis: 5, opinions: 0, activities: 0 }],
    ['002', { layout: 'pillar-report', projects: 6, kpis: 48, opinions: 0, activities: 17 }],
    ['003', { layout: 'progress-report', projects: 5, kpis: 9, opinions: 0, activities: 0 }],
    ['004', { layout: 'achievement-list', projects: 6, kpis: 23, opinions: 0, activities: 0 }],
  ])('%s', async (prefix, expected) => {
    expect(await count(prefix)).toEqual(expected);
  });
});
