/** [F14]: a recomputed value takes the place of the printed one, which stays beside it. */
import { describe, expect, test } from 'vitest';
import {
  acceptRecomputed,
  correctionAt,
  totalCorrectionAt,
  withoutUndone,
  withoutUndoneTotals,
} from '#domain/correction.ts';
import { examineSheet } from '#domain/examine.ts';
import {
  emptyKpi,
  emptyPoint,
  emptyProject,
  type Finding,
  type Kpi,
  type ProjectSheet,
} from '#domain/sheet.ts';
import type { ReportForm } from '#domain/reportform.ts';
import { parseQuantity } from '#formats/quantity.ts';

const q = (text: string) => parseQuantity(text);
const sheetOf = (kpi: Partial<Kpi>): ProjectSheet => ({
  ...emptyProject,
  name: '事業',
  kpis: [{ ...emptyKpi, label: '指標', direction: 'increase', ...kpi }],
});
const classes = (rate: string) =>
  sheetOf({
    series: [{ ...emptyPoint(2024), target: q('10回'), actual: q('13回') }],
    statedRate: q(rate),
  });
function findingOf(sheet: ProjectSheet, code: string): Finding {
  const found = examineSheet(sheet, 2024).find((finding) => finding.code === code);
  if (!found) throw new Error(`no ${code}`);
  return found;
}

describe('[F14] taking over', () => {
  test('a rate: 120% gives way to 130%, stays beside it, and the doctor is content', () => {
    const sheet = classes('120%');
    const next = acceptRecomputed(sheet, findingOf(sheet, 'rate-mismatch'));
    const kpi = next?.kpis[0];
    expect(kpi?.statedRate).toEqual({ text: '130%', value: 130, unit: '%', qualifier: null });
    expect(kpi && correctionAt(kpi, 2024, 'rate')?.stated).toBe('120%');
    expect(examineSheet(next ?? sheet, 2024).filter(({ severity }) => severity !== 'note')).toEqual(
      [],
    );
  });

  test('a judgement and a difference, each in the year it is of', () => {
    const judged = sheetOf({
      series: [
        { ...emptyPoint(2024), target: q('10回'), actual: q('13回'), statedJudgement: 'missed' },
      ],
    });
    const mended = acceptRecomputed(judged, findingOf(judged, 'judgement-mismatch'))?.kpis[0];
    expect(mended?.series[0]?.statedJudgement).toBe('achieved');
    expect(mended?.corrections).toEqual([{ year: 2024, side: 'judgement', stated: '未達成' }]);
    const delta: Finding = {
      ...findingOf(judged, 'judgement-mismatch'),
      code: 'delta-mismatch',
      stated: '+5',
      recomputed: '1,200',
      field: { project: 0, kpi: 0, year: 2024, side: 'actualDelta' },
    };
    const grown = sheetOf({
      series: [{ ...emptyPoint(2024), actual: q('1,300人'), actualDelta: q('+5') }],
    });
    expect(acceptRecomputed(grown, delta)?.kpis[0]?.series[0]?.actualDelta).toEqual({
      text: '1,200',
      value: 1200,
      unit: q('+5').unit,
      qualifier: null,
    });
  });

  test('当初 with two figures: the one the differences use stands for both', () => {
    const sheet = sheetOf({
      baseline: q('74.3'),
      series: [{ ...emptyPoint('当初'), target: q('73.4'), actual: q('74.3') }],
    });
    const finding: Finding = {
      ...findingOf(sheet, 'baseline-contradicts'),
      recomputed: '73.4',
    };
    const kpi = acceptRecomputed(sheet, finding)?.kpis[0];
    expect([kpi?.series[0]?.target?.text, kpi?.series[0]?.actual?.text]).toEqual(['73.4', '73.4']);
    expect(kpi?.baseline?.text).toBe('73.4');
    expect(kpi?.corrections?.[0]?.stated).toBe('73.4 / 74.3');
  });

  test('the first printed value stays when the figures change again', () => {
    const sheet = classes('120%');
    const once = acceptRecomputed(sheet, findingOf(sheet, 'rate-mismatch'));
    const [kpi] = once?.kpis ?? [];
    if (!kpi) throw new Error('a kpi');
    const series = [{ ...emptyPoint(2024), target: q('10回'), actual: q('14回') }];
    const changed = { ...sheet, kpis: [{ ...kpi, series }] };
    const twice = acceptRecomputed(changed, findingOf(changed, 'rate-mismatch'));
    expect(twice?.kpis[0]?.statedRate?.text).toBe('140%');
    expect(twice?.kpis[0]?.corrections).toEqual([{ year: 2024, side: 'rate', stated: '120%' }]);
  });

  test('is taken back by writing the printed value again', () => {
    const sheet = classes('120%');
    const [kpi] = acceptRecomputed(sheet, findingOf(sheet, 'rate-mismatch'))?.kpis ?? [];
    if (!kpi) throw new Error('a kpi');
    expect(withoutUndone(kpi)).toEqual(kpi);
    const [before] = sheet.kpis;
    expect(withoutUndone({ ...kpi, statedRate: q('120%') })).toEqual(before);
    expect(withoutUndone({ ...kpi, statedRate: q('125%') }).corrections).toHaveLength(1);
  });

  test('is refused for two values, for none, and for a cell that has changed meanwhile', () => {
    const sheet = classes('120%');
    const finding = findingOf(sheet, 'rate-mismatch');
    for (const recomputed of ['26.4% / 44.0%', '', null])
      expect(acceptRecomputed(sheet, { ...finding, recomputed })).toBeNull();
    expect(acceptRecomputed(classes('125%'), finding)).toBeNull();
    expect(acceptRecomputed({ ...sheet, kpis: [] }, finding)).toBeNull();
  });
});

describe('[F13] [F14] taking over a sum', () => {
  const line = (name: string, amount: string) => ({ name, amount: q(amount) });
  const budget = {
    costs: [line('謝金', '1,500'), line('印刷費', '400')],
    incomes: [line('交付金', '1,900')],
    statedCosts: q('2,000'),
    statedIncomes: q('1,900'),
    statedBalance: q('0'),
  };
  const form: ReportForm = {
    writtenOn: null,
    prefecture: null,
    municipality: null,
    municipalityCode: null,
    scheme: null,
    cooperation: null,
    planned: budget,
    settled: budget,
    parts: [],
  };
  const sheet: ProjectSheet = { ...emptyProject, name: '事業', report: form };
  const sums = (each: ProjectSheet) =>
    examineSheet(each, 2024).filter(({ code }) => code === 'sum-mismatch');

  test('changes the total of its own side alone, and keeps what was printed', () => {
    const wrong = sums(sheet).find(
      ({ field }) => field?.total?.side === 'settled' && field.total.total === 'statedCosts',
    );
    const next = wrong && acceptRecomputed(sheet, wrong)?.report;
    if (!next) throw new Error('nothing taken over');
    expect(next.planned).toEqual(budget);
    expect(next.settled).toEqual({ ...budget, statedCosts: q('1,900') });
    expect(totalCorrectionAt(next, { side: 'settled', total: 'statedCosts' })?.stated).toBe(
      '2,000',
    );
    expect(sums({ ...sheet, report: next }).map(({ field }) => field?.total?.side)).toEqual([
      'planned',
      'planned',
    ]);
    expect(withoutUndoneTotals(next)).toEqual(next);
    expect(withoutUndoneTotals({ ...next, settled: budget })).toEqual(form);
  });

  test('takes over nothing where the total says something else by now, or there is no form', () => {
    const [wrong] = sums(sheet);
    if (!wrong) throw new Error('no finding');
    const changed = { ...form, planned: { ...budget, statedCosts: q('1,950') } };
    expect(acceptRecomputed({ ...sheet, report: changed }, wrong)).toBeNull();
    expect(acceptRecomputed({ ...sheet, report: null }, wrong)).toBeNull();
    expect(acceptRecomputed(sheet, { ...wrong, recomputed: null })).toBeNull();
  });
});
