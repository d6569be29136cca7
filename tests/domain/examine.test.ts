/**
 * The table "Published figures that do not recompute": each of its rows is found with its severity,
 * and of the figures around them nothing is called an error. The figures are those of published
 * documents; the comments are our own.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { examine, examineSheet } from '#domain/examine.ts';
import { checkCodes, checkSeverities } from '#domain/finding.ts';
import { boxLimit, countCharacters } from '#domain/judgementcheck.ts';
import {
  directions,
  emptyKpi,
  emptyProject,
  type Finding,
  type Kpi,
  type Layout,
  type ProjectSheet,
} from '#domain/sheet.ts';
import type { Budget } from '#domain/reportform.ts';
import { figure, kpiOf, markedRow, printedRow, sheetOf, year } from '../fixtures/figures.ts';

type Told = readonly [
  code: string,
  severity: string,
  stated: string | null,
  recomputed: string | null,
  formula: string | null,
];
const told = ({ code, severity, stated, recomputed, formula }: Finding): Told => [
  code,
  severity,
  stated,
  recomputed,
  formula,
];
/** Every finding but the note that a direction was proposed, which each KPI has. */
function findingsOf(
  sheet: ProjectSheet,
  fiscalYear: number | null = null,
  layout: Layout | null = null,
): readonly Finding[] {
  return examineSheet(sheet, fiscalYear, layout).filter(
    ({ code }) => code !== 'direction-unconfirmed',
  );
}
const of = (kpi: Kpi, fiscalYear: number | null = null, layout: Layout | null = null) =>
  findingsOf(sheetOf(kpi), fiscalYear, layout).map(told);

describe('[F1] [F2] [F3] [F4] S2: the printed rate', () => {
  test.each([
    [
      'S2 4-1 英語公営塾 10回→13回: 120%, recomputed 130%',
      printedRow('英語公営塾の実施', '10 回/年', '13 回', '120%'),
      [['rate-mismatch', 'error', '120%', '130%', '13 ÷ 10 × 100 = 130']],
    ],
    [
      'S2 4-6 10名×10回→10名×9回: 100%, recomputed 90%',
      printedRow('意見交換の実施', '10 名×10 回/年', '10 名×9 回', '100%'),
      [['rate-mismatch', 'error', '100%', '90%', '(10 × 9) ÷ (10 × 10) × 100 = 90']],
    ],
    [
      'S2 2-9 150%増→対前年比66%: the actual was copied as the rate',
      printedRow('ふるさと納税販売額', '150%増', '対前年比 66%', '66%'),
      [
        [
          'rate-copied',
          'error',
          '66%',
          '26.4% / 44.0%',
          '66 ÷ (100 + 150) × 100 = 26.4 / 66 ÷ 150 × 100 = 44',
        ],
      ],
    ],
    [
      'S2 3-9 0件→0件: 0%, undefined',
      printedRow('政策連携締結', '0件', '0件', '0%'),
      [
        ['rate-undefined', 'error', '0%', null, '0 ÷ 0'],
        ['zero-target', 'doubt', '0件', null, null],
      ],
    ],
    [
      'S2 1-5 8/90: 8.8% printed truncated, a note and not an error',
      printedRow('説明会・講演会回数', '90 回以上', '8 回', '8.8%'),
      [['rate-truncated', 'note', '8.8%', '8.9%', '8 ÷ 90 × 100 ≒ 8.9']],
    ],
    [
      'S2 2-10 52/60: 86.6% printed truncated, a note and not an error',
      printedRow('町内産品占有率', '60%以上', '52%', '86.6%'),
      [['rate-truncated', 'note', '86.6%', '86.7%', '52 ÷ 60 × 100 ≒ 86.7']],
    ],
    [
      'S2 1-10: 100%, 55% by 名, a doubt and not an error',
      printedRow('合同研修', '1 件 (40 名)', '1 件 (22 名)', '100%'),
      [['rate-ambiguous', 'doubt', '100%', '55%', '22 ÷ 40 × 100 = 55']],
    ],
    [
      'S2 4-5: 100%, 110% by product, a doubt and not an error',
      printedRow('派遣型合同研修の実施', '2 回×20 名/年', '2 回×22 名', '100%'),
      [['rate-ambiguous', 'doubt', '100%', '110%', '(2 × 22) ÷ (2 × 20) × 100 = 110']],
    ],
  ] as const satisfies readonly (readonly [string, Kpi, readonly Told[]])[])(
    '%s',
    (_, kpi, found) => {
      expect(of(kpi, null, 'pillar-report')).toEqual(found);
    },
  );

  test('S2 units: 回/件, 事業者/社, 社/件, 名/回 in one row are each a doubt', () => {
    const rows = [
      ['6 回', '0 件', '0%'],
      ['2 事業者', '0 社', '0%'],
      ['10 社', '6 件', '60%'],
      ['10 名', '0 回', '0%'],
    ] as const;
    for (const [target, actual, rate] of rows) {
      expect(of(printedRow('支援', target, actual, rate))).toEqual([
        ['unit-differs', 'doubt', `${target} / ${actual}`, null, null],
      ]);
    }
  });

  test('no wolf is cried over rows that recompute', () => {
    const rows = [
      ['200 件以上', '107 件', '53.5%'],
      ['10 件以上', '32 件', '320%'],
      ['20 件', '20 件', '100%'],
      ['10 回', '9 回', '90%'],
      ['10 名', '0 名', '0%'],
      ['5 事業者', '16 事業者', '320%'],
      ['3件', '4件', '133%'],
      ['200名', '430名', '215%'],
      ['50名', '54名', '108%'],
      ['5 回/年', '4 回', '80%'],
      ['困りごと収集 10 件', '10 件', '100%'],
      ['10件', '13件', '1.3倍'],
      ['10件', '13件', '約130%'],
    ] as const;
    for (const [target, actual, rate] of rows)
      expect([target, of(printedRow('取組', target, actual, rate))]).toEqual([target, []]);
  });

  test('a rate beside what is no figure cannot be checked, which is a note', () => {
    expect(of(printedRow('商品開発', '5 商品', 'なし', '0%'))).toEqual([
      ['rate-unchecked', 'note', '0%', null, null],
    ]);
    expect(of(printedRow('取組', '男:5人 女:5人', '男:4人 女:6人', '100%'))[0]?.[0]).toBe(
      'rate-unchecked',
    );
  });

  test('a rate by another formula is a doubt; in doubtful units never more than that', () => {
    const baseline = { baseline: figure('50件'), baselineYear: 2019 };
    const series = [year(2024, '100件', '75件')];
    const rate = (statedRate: string, more: Partial<Kpi>) =>
      of(kpiOf('件数', series, { ...baseline, ...more, statedRate: figure(statedRate) }), 2024);
    expect(rate('75%', { direction: 'increase' })).toEqual([]);
    expect(rate('50%', { direction: 'increase' })).toEqual([
      ['rate-ambiguous', 'doubt', '50%', '75%', '75 ÷ 100 × 100 = 75'],
    ]);
    expect(rate('60%', { direction: 'increase' })[0]?.[0]).toBe('rate-mismatch');
    expect(of(printedRow('支援', '10 社', '6 件', '70%')).map(([code]) => code)).toEqual([
      'rate-ambiguous',
      'unit-differs',
    ]);
  });

  test('less is better: no rate without a baseline, so nothing to hold against a printed one', () => {
    const row = (rate: string) =>
      of(kpiOf('苦情件数', [year(2024, '10件', '8件')], { statedRate: figure(rate) }), 2024);
    expect(row('125%').map(([code]) => code)).toEqual(['rate-ambiguous']);
    expect(row('120%').map(([code]) => code)).toEqual(['rate-unchecked']);
  });
});

describe('[F5] S0: one row, two units', () => {
  /** R1 baseline, R5 and R6 actuals, R8 final target. */
  const row = (label: string, r1: string, r5: string, r6: string, r8: string): Kpi => {
    const [baseline, final] = [figure(r1), figure(r8)];
    return kpiOf(
      label,
      [
        { ...year(2019, null, null), actual: baseline },
        year(2023, null, r5),
        year(2024, null, r6),
        { ...year(2026, null, null), target: final },
      ],
      { baseline, baselineYear: 2019, finalTarget: final, finalTargetYear: 2026 },
    );
  };
  const rows: Readonly<Record<string, readonly Kpi[]>> = {
    '1-1': [
      row('新規コンテンツ開発数', '5件', '7件', '9件', '5件以上'),
      row('イベント来場者数', '647人', '4,858人', '5,253人', '5,000人程度'),
      row('興味関心度', '—', '82%', '82%', '85%以上'),
    ],
    '1-2': [row('人口の社会動態', '-490人', '-620人', '-419人', '-180人')],
    '2-1': [
      row('移住者数(累計)', '—', '220世帯', '254世帯', '224世帯'),
      row('移住相談件数(年間)', '—', '363件', '323件', '240件'),
    ],
    '2-2': [row('移住者数(累計)', '—', '220世帯', '254世帯', '224世帯')],
    '3-1': [
      row('医療機関等数', '—', '5施設', '6施設', '10施設'),
      row('受診者数', '—', '64名', '61名', '120名'),
    ],
    '3-2': [row('登録者数', '—', '129人', '179人', '400人')],
    '3-3': [row('登録者数（累計）', '9,825', '28,873', '33,383', '27,306')],
    '3-4': [row('登録者数（累計）', '9,825', '28,873', '33,383', '27,306')],
    '4-1': [
      row('前向きになった参加者の割合', '75%', '92%', '100%', '100%'),
      row('募集定員に対する参加者数の割合', '77名', '113名', '43%', '80%'),
      row('参加した割合', '—', '42%', '44%', '80%'),
      row('受講し登録した人の割合', '—', '58%', '83%', '50%'),
    ],
  };
  const projects = Object.entries(rows).map(([no, kpis]) => ({ ...emptyProject, no, kpis }));
  const found = [...examine({ projects, fiscalYear: 2024, layout: 'result-table' })];

  test('S0 4-1 77名, 113名, 43 %, 80 %: the unit changes inside the row', () => {
    expect(found.filter(({ severity }) => severity === 'error').map(told)).toEqual([
      ['unit-mismatch', 'error', '77名 / 113名 / 43% / 80%', null, null],
    ]);
  });
  test('[K10] S0 1-1, 2-1, 3-3, 3-4, 4-1: target already met before the year, and no other', () => {
    const early = found.filter(({ code }) => code === 'target-already-met');
    expect(early.map(({ project, severity, stated }) => [project, severity, stated])).toEqual([
      ['1-1', 'doubt', '7件 / 5件以上'],
      ['2-1', 'doubt', '363件 / 240件'],
      ['3-3', 'doubt', '28,873 / 27,306'],
      ['3-4', 'doubt', '28,873 / 27,306'],
      ['4-1', 'doubt', '58% / 50%'],
    ]);
  });
  test('nothing else but that directions are proposed', () => {
    const codes = found.map(({ code }) => code);
    expect(codes.filter((code) => code === 'direction-unconfirmed')).toHaveLength(16);
    expect(codes.filter((code) => !/^(?:direction-|target-already|unit-mis)/.test(code))).toEqual(
      [],
    );
  });
  test('each finding stands at its cell', () => {
    const [unit] = found.filter(({ code }) => code === 'unit-mismatch');
    expect(unit?.field).toEqual({ project: 8, kpi: 1, year: 2024, side: 'actual' });
  });
});

describe('[F8] [F7] S3: yearly targets, actuals and differences', () => {
  type Row = readonly [string, string | null, string | null, string | null];
  const progress = (label: string, ...[start, ...others]: readonly Row[]): Kpi =>
    kpiOf(
      label,
      [
        year('当初', start?.[0] ?? null, start?.[1] ?? null),
        ...others.map(([target, actual, targets, actuals], index) =>
          year(2020 + index, target, actual, {
            targetDelta: targets === null ? null : figure(targets),
            actualDelta: actuals === null ? null : figure(actuals),
          }),
        ),
      ],
      {
        baseline: figure(start?.[1] ?? ''),
        finalTarget: figure(others.at(-1)?.[0] ?? ''),
        finalTargetYear: 2022,
        comment: '人の流れが戻り切らなかった。',
      },
    );
  const kpis = [
    progress(
      '販売額',
      ['0 円', '0 円', null, null],
      ['0 円', '0 円', '(+0)', '(+0)'],
      ['10,000,000円', '134, 280 円', '(+10, 000, 000)', '(+134,280)'],
      ['15,000,000円', null, '(+5, 000, 000)', null],
    ),
    progress(
      '来客数',
      ['12,672 人', '12,672 人', null, null],
      ['12,672 人', '8,016人', '(+0)', '(-4, 656)'],
      ['13,672 人', '13,482 人', '(+1, 000)', '(+810)'],
      ['15,672 人', null, '(+2, 000)', null],
    ),
    progress(
      '実施箇所数',
      ['0件', '0 件', null, null],
      ['50 件', '80 件', '(+50)', '(+80)'],
      ['60 件', '122 件', '(+10)', '(+72)'],
    ),
    progress(
      '社会動態数',
      ['-65 人', '-65 人', null, null],
      ['0人', '-339 人', '(+65)', '(-274)'],
      ['0人', '-173 人', '(+0)', '(=173 101)'],
    ),
    progress(
      '市内就職率',
      ['4.5%', '4.5%', null, null],
      ['10.0%', '5.4%', '(+5.5)', '(+0.9)'],
      ['10.0%', '9.1%', '(+0)', '(-0.9)'],
    ),
    progress(
      '住み続けたい割合',
      ['73.4%', '74.3%', null, null],
      ['80.0%', '79.0%', '(+6.6)', '(+5.6)'],
      ['80.0%', '77.0%', '(+0)', '(-3.0)'],
    ),
  ];
  const found = findingsOf(sheetOf(...kpis), 2021, 'progress-report');

  test('S3 C-3 当初 73.4 / 74.3: its own deltas use 73.4', () => {
    expect(found.filter(({ severity }) => severity === 'error').map(told)).toEqual([
      ['baseline-contradicts', 'error', '73.4% / 74.3%', '73.4%', '79 − 73.4 = 5.6'],
    ]);
  });
  test('S3: all readable actual deltas are counted from the target before: a base, not an error', () => {
    const bases = found.filter(({ code }) => code === 'delta-base');
    expect(bases.map(({ severity, recomputed }) => [severity, recomputed])).toEqual(
      kpis.map(() => ['note', '対前年度目標']),
    );
  });
  test('a figure misprinted in it is found', () => {
    const [, second] = kpis;
    if (!second) throw new Error('no KPI');
    const series = second.series.map((point) =>
      point.year === 2021 ? { ...point, actualDelta: figure('(+801)') } : point,
    );
    const misprinted = sheetOf(...kpis.map((kpi) => (kpi === second ? { ...kpi, series } : kpi)));
    const wrong = findingsOf(misprinted, 2021).filter(({ code }) => code === 'delta-mismatch');
    expect(wrong.map(told)).toEqual([
      ['delta-mismatch', 'error', '+801', '810', '13,482 − 12,672 = 810'],
    ]);
    expect(wrong[0]?.field).toEqual({ project: 0, kpi: 1, year: 2021, side: 'actualDelta' });
  });
});

describe('[F9] [F10] [F6] S4: marks', () => {
  test('S4 6② 0人 and −: the note says 未計測, 0 is no measurement', () => {
    const row = markedRow('会員数', '300人', '0人', 'unmeasured', 'R7から始めるため未計測。');
    expect(of(row, null, 'achievement-list')).toEqual([
      ['not-a-measurement', 'error', '0人', null, null],
    ]);
    expect(of(markedRow('会員数', '300人', '0人', 'missed', '応募なし。'))).toEqual([]);
  });
  test('S4 2④ target 10人, actual 1,628人: an outlier, ask', () => {
    expect(of(markedRow('利用者数', '10人', '1,628人', 'achieved'))).toEqual([
      ['outlier', 'doubt', '10人 / 1,628人', null, null],
    ]);
    expect(of(markedRow('利用者数', '10人', '99人', 'achieved'))).toEqual([]);
    expect(of(markedRow('販売額', '5,000,000円', '4,900円', 'missed'))[0]?.[0]).toBe('outlier');
  });
  test('marks that agree with their figures give no finding', () => {
    const rows = [
      ['75社', '63社', 'missed'],
      ['750名', '750名', 'achieved'],
      ['12件', '11件', 'missed'],
      ['45%', '38.7%', 'missed'],
      ['男:18.51年 女:21.00年', '男:18.18年 女:20.29年', 'missed'],
      ['715,000人', '725, 929人', 'achieved'],
      ['460万円', '467.66万円', 'achieved'],
    ] as const;
    for (const [target, actual, mark] of rows)
      expect([target, of(markedRow('参加者数', target, actual, mark, '理由。'))]).toEqual([
        target,
        [],
      ]);
  });
  test('a mark against its figures is an error, or a doubt where the direction is only supposed', () => {
    expect(of(markedRow('参加者数', '75社', '63社', 'achieved'))).toEqual([
      ['judgement-mismatch', 'error', '達成', '未達成', '63 < 75'],
    ]);
    expect(of(markedRow('取組の団体数', '75社', '63社', 'achieved'))).toEqual([
      ['judgement-doubtful', 'doubt', '達成', '未達成', '63 < 75'],
    ]);
    expect(of(markedRow('参加者数', '75社', '未計測', 'missed', '理由。'))[0]?.[0]).toBe(
      'judgement-mismatch',
    );
  });
  test('未達成 against the target of a later year is a doubt', () => {
    const kpi = kpiOf('登録者数', [year(2024, null, '179人')], {
      finalTarget: figure('400人'),
      finalTargetYear: 2026,
      statedJudgement: 'missed',
    });
    expect(of(kpi, 2024)).toEqual([['judged-too-early', 'doubt', '未達成', '途中', '179 < 400']]);
  });
  test('the judgement of each year is examined', () => {
    const kpi = kpiOf('満足度', [
      year(2022, '6', '6.8', { statedJudgement: 'missed' }),
      year(2023, '7', '6.8', { statedJudgement: 'missed' }),
    ]);
    const [first, ...others] = findingsOf(sheetOf(kpi), 2023);
    expect(first).toMatchObject({ code: 'judgement-mismatch', field: { year: 2022 } });
    expect(others).toEqual([]);
  });
});

describe('[F11] a target of 0', () => {
  test.each([
    ['increase', null, ['zero-target']],
    ['zero', null, []],
    ['decrease', null, []],
    ['increase', '-65人', []],
  ] as const)('%s from %s: %j', (direction, baseline, codes) => {
    const kpi = kpiOf('人数', [year(2024, '0人', '0人')], {
      direction,
      baseline: baseline === null ? null : figure(baseline),
    });
    expect(of(kpi, 2024).map(([code]) => code)).toEqual(codes);
  });
});

describe('[F12] what has to be written beside a figure', () => {
  const missed = (comment: string | null, layout: Layout) =>
    of(markedRow('参加者数', '10人', '5人', 'missed', comment), 2024, layout);
  const unmeasured = (comment: string | null) =>
    of(markedRow('参加者数', '10人', '未計測', 'unmeasured', comment), 2024, 'report-form');

  test('a reason where the layout asks for one', () => {
    expect(missed(null, 'achievement-list')).toEqual([
      ['missing-reason', 'doubt', '未達成', null, null],
    ]);
    expect(missed('周知が遅れた。', 'achievement-list')).toEqual([]);
    expect(missed(null, 'result-table')).toEqual([]);
    expect(missed(null, 'pillar-report')).toEqual([]);
    const noted = { ...sheetOf(markedRow('数', '10人', '5人', 'missed')), kpiNote: '全体で評価。' };
    expect(findingsOf(noted, 2024, 'progress-report')).toEqual([]);
  });
  test.each([
    [null, 'missing-reason'],
    ['機器が届かなかった。', 'missing-planned-date'],
    ['2024年度から始める予定だった。', 'missing-planned-date'],
    ['2025年度に計測する。', null],
    ['令和７年６月に計測する。', null],
    ['R7より計測予定。', null],
    ['次年度に計測する。', null],
  ] as const)('未計測 with %j: %s', (comment, code) => {
    expect(unmeasured(comment).map(([each]) => each)).toEqual(code === null ? [] : [code]);
  });
  test('a form takes 300 characters a box, line breaks not counted', () => {
    const long = (length: number) => `${'あ'.repeat(length - 1)}\n。`;
    expect(countCharacters(long(boxLimit))).toBe(boxLimit);
    expect(missed(long(boxLimit), 'report-form')).toEqual([]);
    expect(missed(long(boxLimit + 1), 'report-form')).toEqual([
      ['over-limit', 'error', '301', '300', null],
    ]);
    expect(missed(long(boxLimit + 1), 'achievement-list')).toEqual([]);
  });
});

describe('[F13] totals of the report form', () => {
  const budget = (costs: readonly string[], total: string, balance: string): Budget => ({
    costs: costs.map((amount, index) => ({ name: `経費${index}`, amount: figure(amount) })),
    incomes: [],
    statedCosts: figure(total),
    statedIncomes: figure('-'),
    statedBalance: figure(balance),
  });
  const none = budget(['-'], '-', '-');
  const report = (planned: Budget, answered: boolean | null = true): ProjectSheet => ({
    ...emptyProject,
    name: '事業',
    report: {
      writtenOn: null,
      prefecture: null,
      municipality: null,
      municipalityCode: null,
      scheme: null,
      cooperation: null,
      planned,
      settled: none,
      parts: [{ name: '推進体制', answered }],
    },
  });
  const found = (planned: Budget, answered?: boolean | null) =>
    findingsOf(report(planned, answered), 2023, 'report-form').map(told);

  test('a total that is the sum of its lines, a dash as none', () => {
    expect(found(budget(['2,000'], '2,000', '-2,000'))).toEqual([]);
    expect(found(budget(['1,500', '-', '500'], '2,000', '-2,000'))).toEqual([]);
    expect(found(budget(['約二千'], '2,000', '-2,000'))).toEqual([]);
  });
  test('a total that is not, and a balance that is not', () => {
    expect(found(budget(['1,500', '400'], '2,000', '-2,000'))).toEqual([
      ['sum-mismatch', 'error', '2,000', '1,900', '1,500 + 400 = 1,900'],
    ]);
    expect(found(budget(['2,000'], '2,000', '2,000'))).toEqual([
      ['sum-mismatch', 'error', '2,000', '-2,000', '0 − 2,000 = -2,000'],
    ]);
  });
  test('a part that is not answered is a doubt; one that says nothing is let be', () => {
    expect(found(none, false)).toEqual([['part-unanswered', 'doubt', '推進体制', null, null]]);
    expect(found(none, null)).toEqual([]);
  });
});

test('a finding has the severity of its code, and where the row stands in the file', () => {
  const projects = [sheetOf(printedRow('数', '10回', '13回', '120%'))];
  const table = { projects, fiscalYear: null, layout: null, places: [['Sheet1!E7']] };
  for (const { code, severity, at } of examine(table)) {
    const known = checkCodes.find((each) => each === code);
    expect(known && checkSeverities[known]).toBe(severity);
    expect(at).toBe('Sheet1!E7');
  }
});

test('no figures make the doctor stumble, and every finding keeps the severity of its code', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const text = fc.constantFrom('5', '1.25', '▲3', '10名×9回', '男:1 女:2', '1～2', '—', '');
  const qualifier = fc.option(
    fc.constantFrom('以上', '以下', '程度', '増', '減', '累計', '対前年比'),
  );
  const unit = fc.option(fc.constantFrom('件', '回/年', '%', '円', '倍'));
  const single = fc.record({ text, value: fc.option(number), unit, qualifier });
  const quantity = fc.option(
    fc.oneof(
      single,
      fc.record({
        text,
        value: fc.option(number),
        unit,
        qualifier,
        parts: fc.array(single, { maxLength: 3 }),
      }),
    ),
  );
  const stated = fc.option(fc.constantFrom('achieved', 'missed', 'unmeasured' as const));
  const point = fc.record({
    year: fc.option(fc.constantFrom('当初' as const, 2023, 2024)),
    target: quantity,
    actual: quantity,
    targetDelta: quantity,
    actualDelta: quantity,
    statedJudgement: stated,
    comment: fc.option(fc.string()),
  });
  const kpi = fc.record({
    direction: fc.option(fc.constantFrom(...directions)),
    accumulation: fc.option(fc.constantFrom('cumulative', 'yearly' as const)),
    baseline: quantity,
    finalTarget: quantity,
    finalTargetYear: fc.option(fc.constantFrom(2024, 2026)),
    series: fc.array(point, { maxLength: 4 }),
    statedRate: quantity,
    statedJudgement: stated,
  });
  fc.assert(
    fc.property(
      fc.array(kpi, { maxLength: 3 }),
      fc.constantFrom(null, 2024),
      (kpis, fiscalYear) => {
        const sheet = sheetOf(...kpis.map((each): Kpi => ({ ...emptyKpi, ...each })));
        for (const { code, severity, field } of examineSheet(sheet, fiscalYear, 'report-form')) {
          const known = checkCodes.find((each) => each === code);
          expect(known && checkSeverities[known]).toBe(severity);
          expect(field?.kpi).toBeLessThan(kpis.length);
        }
      },
    ),
  );
});
