/** [W2]–[W6]: totals of the report form, and what 回答漏れチェック finds in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { totalsOf, type FormBudget } from '#domain/formtotal.ts';
import { countCharacters } from '#domain/judgementcheck.ts';
import { findOmissions, type ReportDraft } from '#domain/omission.ts';
import { emptyKpi, emptyPoint, type Kpi, type Quantity, type SeriesPoint } from '#domain/sheet.ts';
import type { BudgetLine } from '#domain/reportform.ts';

const YEAR = 2023;

const figure = (value: number, unit: string | null = null): Quantity => ({
  text: String(value),
  value,
  unit,
  qualifier: null,
});
const words = (text: string): Quantity => ({ text, value: null, unit: null, qualifier: null });
const line = (name: string, amount: Quantity | null): BudgetLine => ({ name, amount });

const budget = (part: Partial<FormBudget> = {}): FormBudget => ({
  costs: [line('運用', figure(2000, '千円'))],
  incomes: [],
  statedCosts: null,
  statedIncomes: null,
  statedBalance: null,
  ...part,
});

const kpi = (point: Partial<SeriesPoint> = {}, part: Partial<Kpi> = {}): Kpi => ({
  ...emptyKpi,
  label: '申請の割合',
  unit: '％',
  direction: 'increase',
  series: [
    {
      ...emptyPoint(YEAR),
      target: figure(20),
      actual: figure(66),
      comment: '手続きを増やした。',
      ...point,
    },
  ],
  ...part,
});

const draft = (part: Partial<ReportDraft> = {}): ReportDraft => ({
  unit: '千円',
  planned: budget(),
  settled: budget(),
  kpis: [kpi()],
  parts: [{ name: '推進体制', answered: true }],
  ...part,
});

const codesOf = (one: Kpi) =>
  findOmissions(draft({ kpis: [one] }), YEAR).kpis.map(
    ({ field, code }) => `${field.replace('kpi.0.', '')}: ${code}`,
  );

test('a form in which everything is written lacks nothing', () => {
  expect(findOmissions(draft(), YEAR)).toEqual({ budget: [], kpis: [], parts: [[]] });
});

describe('[W2] totals', () => {
  test('add up by themselves, – and blank count as none', () => {
    const incomes = [line('交付金', figure(1200, '千円')), null, line('負担金', words('−'))];
    const found = totalsOf(budget({ incomes }), '千円');
    expect([found.costs.sum, found.incomes.sum, found.balance.sum]).toEqual([2000, 1200, -800]);
  });

  test('stay open where a line cannot be read, and where it is in another unit', () => {
    for (const amount of [words('約二千'), figure(2_000_000, '円')]) {
      const found = totalsOf(budget({ costs: [line('運用', amount)] }), '千円');
      expect([found.costs.sum, found.balance.sum]).toEqual([null, null]);
    }
  });

  test('are compared with what is written, to the last decimal', () => {
    const costs = [line('a', figure(0.1)), line('b', figure(0.2))];
    const of = (stated: number) =>
      totalsOf(budget({ costs, statedCosts: figure(stated, '千円') }), '千円').costs.differs;
    expect([of(0.3), of(0.30001)]).toEqual([false, true]);
  });

  test('do not depend on the order of the lines', () => {
    const amounts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 20 });
    fc.assert(
      fc.property(amounts, (values) => {
        const costs = values.map((value) => line('x', figure(value / 10)));
        const sum = (lines: FormBudget['costs']) =>
          totalsOf(budget({ costs: lines }), '千円').costs.sum;
        expect(sum(costs.toReversed())).toBe(sum(costs));
      }),
    );
  });
});

test('[W3] both sides have a cost, a line has a name and an amount, a written total agrees', () => {
  const planned = budget({ costs: [null, line('', figure(5)), line('委託', null)] });
  const settled = budget({
    costs: [line('委託', words('未定'))],
    incomes: [line('寄附', figure(3, '千円'))],
    statedIncomes: figure(4, '千円'),
  });
  expect(findOmissions(draft({ planned, settled }), YEAR).budget).toEqual([
    { field: 'planned.costs.1.name', code: 'line-unnamed' },
    { field: 'planned.costs.2.amount', code: 'amount-missing' },
    { field: 'settled.costs.0.amount', code: 'amount-unread' },
    { field: 'settled.statedIncomes', code: 'total-differs' },
  ]);
  const none = findOmissions(draft({ planned: budget({ costs: [null] }) }), YEAR).budget;
  expect(none).toEqual([{ field: 'planned.costs.0.name', code: 'costs-missing' }]);
});

describe('[W4] a frame that was begun', () => {
  test('asks for label, unit, aim, target and actual, in this order', () => {
    const begun = { ...emptyKpi, kind: 'アウトカム' };
    expect(codesOf(begun)).toEqual([
      'label: label-missing',
      'unit: unit-missing',
      'direction: direction-missing',
      'target: target-missing',
      'actual: actual-missing',
    ]);
  });

  test('an empty frame is no omission while another is written', () => {
    const found = findOmissions(draft({ kpis: [null, kpi(), null] }), YEAR);
    expect(found.kpis).toEqual([]);
    expect(findOmissions(draft({ kpis: [null] }), YEAR).kpis).toEqual([
      { field: 'kpi.0.label', code: 'kpi-missing' },
    ]);
  });

  test('the box is asked for by the judgement of the core', () => {
    expect(codesOf(kpi({ comment: null }))).toEqual(['comment: achieved-text-missing']);
    expect(codesOf(kpi({ comment: ' ', actual: figure(3) }))).toEqual([
      'comment: missed-text-missing',
    ]);
  });

  test('a final target stands in for a target of the year', () => {
    const later = { finalTarget: figure(90), finalTargetYear: 2026 };
    expect(codesOf(kpi({ target: null }, later))).toEqual([]);
    expect(codesOf(kpi({ target: null }))).toEqual(['target: target-missing']);
  });

  test('last year is asked for nothing; words there are asked about, 未計測 is not', () => {
    const last = (actual: Quantity | null) =>
      codesOf({ ...kpi(), series: [...kpi().series, { ...emptyPoint(YEAR - 1), actual }] });
    expect(last(null)).toEqual([]);
    expect(last(words('未計測'))).toEqual([]);
    expect(last(words('多い'))).toEqual(['lastActual: actual-unread']);
  });

  test('words and dashes are no actual', () => {
    for (const text of ['多数', '−', 'なし'])
      expect(codesOf(kpi({ actual: words(text) }))).toContain('actual: actual-unread');
  });
});

describe('[W5]', () => {
  test('未計測 wants a reason, and a date to come', () => {
    const unmeasured = (comment: string | null) =>
      codesOf(kpi({ actual: words('未計測'), comment }));
    expect(unmeasured(null)).toEqual(['comment: unmeasured-text-missing']);
    expect(unmeasured('データを受け取れなかった。')).toEqual(['comment: planned-date-missing']);
    expect(unmeasured('2023年度は測れなかった。')).toEqual(['comment: planned-date-missing']);
    expect(unmeasured('データを受け取れなかった。令和6年9月に計測する。')).toEqual([]);
  });

  test('0目標KPI: the target is 0', () => {
    const zero = (target: number) =>
      codesOf(kpi({ target: figure(target), actual: figure(0) }, { direction: 'zero' }));
    expect(zero(0)).toEqual([]);
    expect(zero(5)).toEqual(['target: zero-target-expected']);
  });

  test('減少KPI: minus signs on both sides or on none', () => {
    const less = (target: number, actual: number) =>
      codesOf(kpi({ target: figure(target), actual: figure(actual) }, { direction: 'decrease' }));
    expect(less(-5, -7)).toEqual([]);
    expect(less(25, 23)).toEqual([]);
    expect(less(-5, 7)).toEqual(['actual: minus-differs']);
  });
});

test('[W6] 300 characters fit, line breaks not counted; more are told', () => {
  const full = `${'あ'.repeat(150)}\n${'い'.repeat(150)}`;
  expect(countCharacters(full)).toBe(300);
  expect(codesOf(kpi({ comment: full }))).toEqual([]);
  expect(codesOf(kpi({ comment: `${full}う` }))).toEqual(['comment: over-limit']);
});

test('a part is answered when somebody says so', () => {
  const parts = [true, false, null].map((answered) => ({ name: 'x', answered }));
  expect(findOmissions(draft({ parts }), YEAR).parts).toEqual([
    [],
    [{ field: 'part.1', code: 'part-open' }],
    [{ field: 'part.2', code: 'part-open' }],
  ]);
});
