/** [W7] [W8]: a sheet as the fields of the report form, and back, without losing a word. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  kpiField,
  lineField,
  textFields,
  choiceFields,
  type FormFields,
} from '#domain/formfield.ts';
import { emptyKpi, emptyPoint, emptyProject, type Kpi, type ProjectSheet } from '#domain/sheet.ts';
import { parseQuantity } from '#formats/quantity.ts';
import { draftOf, fieldsOf, sheetOf } from '#formats/reportfields.ts';
import { sheetSchema } from '#protocol/sheet.ts';
import * as v from 'valibot';

const YEAR = 2023;
const amount = (text: string) => ({ ...parseQuantity(text), unit: '千円' });

const measured: Kpi = {
  ...emptyKpi,
  mark: '①',
  kind: 'アウトカム',
  label: '満足度',
  unit: '点',
  direction: 'increase',
  series: [
    { ...emptyPoint(2021), actual: parseQuantity('5') },
    { ...emptyPoint(2022), target: parseQuantity('6'), actual: parseQuantity('6.8') },
    {
      ...emptyPoint(YEAR),
      target: parseQuantity('7'),
      actual: parseQuantity('6.8'),
      statedJudgement: 'achieved', // printed, and wrong
      comment: '委託先が替わった。',
    },
  ],
  statedJudgement: 'achieved',
  comment: '委託先が替わった。',
};

const sheet: ProjectSheet = {
  ...emptyProject,
  no: '1',
  name: '通信基盤の構築',
  sections: ['政策課'],
  strategyGoals: ['基本目標1'],
  kpis: [measured],
  opinions: [{ heading: '【実績】', text: 'よい' }],
  report: {
    writtenOn: '2024年6月19日',
    prefecture: '福島県',
    municipality: 'みほん町',
    municipalityCode: '00001',
    scheme: '令和3年度補正',
    cooperation: '単独',
    planned: {
      costs: [{ name: '運用経費', amount: amount('2,000') }],
      incomes: [],
      statedCosts: amount('2,000'),
      statedIncomes: parseQuantity('-'),
      statedBalance: amount('-2,000'),
    },
    settled: {
      costs: [{ name: '運用経費', amount: parseQuantity('-') }],
      incomes: [],
      statedCosts: parseQuantity('-'),
      statedIncomes: null,
      statedBalance: null,
    },
    parts: [{ name: '推進体制', answered: true }],
  },
};

const typed = (more: FormFields, from: ProjectSheet = sheet): ProjectSheet =>
  sheetOf({ ...fieldsOf(from, YEAR), ...more }, from, YEAR);

test('[W7] a form that is opened and left changes nothing', () => {
  for (const one of [sheet, emptyProject, { ...sheet, report: null }])
    expect(sheetOf(fieldsOf(one, YEAR), one, YEAR)).toBe(one);
});

test('one field changes one field', () => {
  const now = typed({ writtenOn: '2024年7月1日' });
  expect(now).toEqual({ ...sheet, report: { ...sheet.report, writtenOn: '2024年7月1日' } });
});

test('what the form has no field for stays: other years, goals, opinions, more than it holds', () => {
  const many = Array.from({ length: 17 }, (_, index) => ({ ...measured, label: `KPI ${index}` }));
  const lines = Array.from({ length: 25 }, (_, index) => ({
    name: `費目${index}`,
    amount: amount('1'),
  }));
  const report = sheet.report && {
    ...sheet.report,
    planned: { ...sheet.report.planned, costs: lines },
  };
  const big = { ...sheet, kpis: many, report };
  const now = typed({ [kpiField(0, 'actual')]: '7' }, big);
  expect(now.kpis.map(({ label }) => label)).toEqual(many.map(({ label }) => label));
  expect(now.report?.planned.costs).toEqual(lines);
  expect(now.kpis[0]?.series[0]).toEqual(measured.series[0]);
  expect([now.strategyGoals, now.opinions]).toEqual([sheet.strategyGoals, sheet.opinions]);
});

describe('[W8] 達成状況', () => {
  const last = (one: ProjectSheet) => one.kpis[0]?.series.find(({ year }) => year === YEAR);
  test('a printed one stays while the figures do', () => {
    expect(last(typed({ [kpiField(0, 'comment')]: '書き直した。' }))?.statedJudgement).toBe(
      'achieved',
    );
  });

  test('a new figure or another aim is judged by the core', () => {
    expect(last(typed({ [kpiField(0, 'actual')]: '6' }))?.statedJudgement).toBe('missed');
    expect(last(typed({ [kpiField(0, 'direction')]: 'decrease' }))?.statedJudgement).toBe(
      'achieved',
    );
    const unmeasured = last(typed({ [kpiField(0, 'actual')]: '未計測' }));
    expect(unmeasured?.statedJudgement).toBe('unmeasured');
    expect(typed({ [kpiField(0, 'actual')]: '6' }).kpis[0]?.statedJudgement).toBe('missed');
  });
});

test('full-width digits are digits, and take the unit of their KPI', () => {
  const point = typed({ [kpiField(0, 'actual')]: '７．５' }).kpis[0]?.series[2];
  expect(point?.actual).toMatchObject({ text: '７．５', value: 7.5, unit: '点' });
});

test('a budget line takes the unit of the form, gaps close, 決算額 follows in yen', () => {
  const now = typed({
    [lineField('settled', 'costs', 0, 'amount')]: '１，５００',
    [lineField('settled', 'costs', 3, 'name')]: '委託料',
    [lineField('settled', 'costs', 3, 'amount')]: '250',
  });
  expect(
    now.report?.settled.costs.map(({ name, amount: paid }) => [name, paid?.value, paid?.unit]),
  ).toEqual([
    ['運用経費', 1500, '千円'],
    ['委託料', 250, '千円'],
  ]);
  expect(now.costYen).toBe(1_750_000);
});

test('a new KPI gets its mark, an emptied one goes', () => {
  const two = typed({ [kpiField(1, 'label')]: 'アクセス数', [kpiField(1, 'target')]: '5000' });
  expect(two.kpis.map(({ mark, label }) => [mark, label])).toEqual([
    ['①', '満足度'],
    ['②', 'アクセス数'],
  ]);
  const fields = fieldsOf(two, YEAR);
  const emptied = Object.fromEntries(
    Object.entries(fields).map(([key, text]) => [key, key.startsWith('kpi.0.') ? '' : text]),
  );
  expect(sheetOf(emptied, two, YEAR).kpis.map(({ label }) => label)).toEqual(['アクセス数']);
});

test('a baseline and a final target of these years follow their figures', () => {
  const dated: Kpi = {
    ...measured,
    baseline: parseQuantity('6.8'),
    baselineYear: 2022,
    finalTarget: parseQuantity('7'),
    finalTargetYear: YEAR,
  };
  const now = typed(
    { [kpiField(0, 'lastActual')]: '6.5', [kpiField(0, 'target')]: '8' },
    { ...sheet, kpis: [dated] },
  );
  expect([now.kpis[0]?.baseline?.value, now.kpis[0]?.finalTarget?.value]).toEqual([6.5, 8]);
});

test('whatever is typed is a sheet the wire takes, and says the same when it is opened again', () => {
  const keys = [...textFields, ...choiceFields].filter((key) => !/^part\.|moneyUnit/.test(key));
  const words = fc.oneof(
    fc.constantFrom('', '未計測', '12', '１２件', '-5', '▲3', '−', '10名×9回', '男12 女8', '増加'),
    fc.string({ maxLength: 20, unit: 'grapheme' }),
  );
  const some = fc.dictionary(fc.constantFrom(...keys), words, { maxKeys: 40 });
  fc.assert(
    fc.property(some, (fields) => {
      const now = typed(fields, emptyProject);
      expect(v.safeParse(sheetSchema, now).success).toBe(true);
      const again = fieldsOf(now, YEAR);
      expect(sheetOf(again, now, YEAR)).toBe(now);
      const kpis = draftOf(fields, emptyProject, YEAR).kpis.filter((kpi) => kpi !== null);
      expect(now.kpis).toHaveLength(kpis.length);
    }),
  );
});
