import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { EvaluationTable, Kpi, Quantity } from '#domain/sheet.ts';
import { parseDelimited } from '#formats/delimited.ts';
import { parseProgressReport } from '#formats/progressreport.ts';
import { parsePasted, parseTable, type TableRead } from '#formats/table.ts';
import { damageCells, damageLines, isSilent, misreadings } from '../fixtures/damage.ts';
import { makeCleanHtml, makeCleanRows, noisyText } from '../fixtures/progressreport.ts';
import { makeWorkbook } from '../fixtures/workbook.ts';

const readText = (text: string): TableRead =>
  parseTable({ name: 'a.txt', bytes: new TextEncoder().encode(text) });
function tableOf(read: TableRead): EvaluationTable {
  if (!read.ok) throw new Error(read.code);
  return read.table;
}
const valueOf = (figure: Quantity | null): number | string | null =>
  figure && (figure.value ?? `“${figure.text}”`);
const seriesOf = ({ series }: Kpi) =>
  series.map(({ year, target, actual, targetDelta, actualDelta }) => [
    year,
    ...[target, actual, targetDelta, actualDelta].map(valueOf),
  ]);
const labelsOf = (table: EvaluationTable) =>
  table.projects.map(({ no, name, kpis }) => [no, name, kpis.map(({ label }) => label)]);

describe('a report as extraction leaves it', () => {
  const table = tableOf(readText(noisyText));
  const [a, b, c] = table.projects;

  test('projects with their KPIs, labels put together', () => {
    expect(table).toMatchObject({
      layout: 'progress-report',
      fiscalYear: 2021,
      municipality: null,
    });
    expect(labelsOf(table)).toEqual([
      ['A', '朝霧焼の販路づくり事業', ['朝霧焼の販売額', '体験工房のの来場者数', '新しい器の品数']],
      [
        'B',
        '歩いて暮らすまちづくり事業',
        ['歩く月間の協力店の数', '日帰り客数', 'まちの会社の設立', '住みよさの割合'],
      ],
      ['C', '若い働き手の呼び戻し事業', []],
    ]);
    expect(table.findings).toContainEqual(
      expect.objectContaining({
        code: 'cells-joined',
        severity: 'note',
        kpi: '体験工房のの来場者数',
        stated: '体験工房のの来 | の来場者数',
      }),
    );
  });

  test('figures by year with their differences, blanks inside them read over', () => {
    expect(a?.kpis.map(seriesOf)).toEqual([
      [
        ['当初', 0, 0, null, null],
        [2020, 0, 0, 0, 0],
        [2021, 1000000, 134280, 1000000, 134280],
        [2022, 1500000, null, 500000, null],
      ],
      [
        ['当初', 2672, 2672, null, null],
        [2020, 2700, 2016, 28, -656],
        [2021, 3672, 3482, 972, 782],
        [2022, 5672, null, 2000, null],
      ],
      [
        ['当初', 0, 0, null, null],
        [2020, 0, 0, 0, 0],
        [2021, 5, 33, 5, 33],
        [2022, 10, null, 5, null],
      ],
    ]);
    expect(a?.kpis[0]).toMatchObject({
      unit: '円',
      deltaBase: 'previousTarget',
      baseline: { text: '0 円', value: 0, unit: '円' },
      finalTarget: { text: '1,500,000円', value: 1500000 },
      finalTargetYear: 2022,
    });
    expect(a?.kpis[1]?.series[2]?.target).toEqual({
      text: '3, 672 人',
      value: 3672,
      unit: '人',
      qualifier: null,
    });
    expect(b?.kpis[3]?.series[0]?.actual).toEqual({
      text: '64. 3%',
      value: 64.3,
      unit: '%',
      qualifier: null,
    });
  });

  test('noise is no figure: null, and a finding with the text', () => {
    expect(b?.kpis[1]?.series[2]?.actualDelta).toEqual({
      text: '(=173 <u>101</u>)',
      value: null,
      unit: null,
      qualifier: null,
    });
    expect(
      b?.kpis[2]?.series.map(({ target, actual, targetDelta }) =>
        [target, actual, targetDelta].map(valueOf),
      ),
    ).toEqual([
      [0, 0, null],
      [null, null, null],
      [null, '“<u></u>”', null],
      [1, null, '“1 争未件”'],
    ]);
    expect(
      table.findings.flatMap(({ code, kpi, stated }) =>
        code === 'value-unreadable' ? [[kpi, stated]] : [],
      ),
    ).toEqual([
      ['まちの会社の設立', '<u></u>'],
      ['日帰り客数', '(=173 <u>101</u>)'],
      ['まちの会社の設立', '_'],
      ['まちの会社の設立', '1 争未件'],
    ]);
  });

  test('達成状況 and 未達理由, each under its own KPI', () => {
    expect(a?.kpis.map(({ statedJudgement, comment }) => [statedJudgement, comment])).toEqual([
      ['missed', '窯の直しが長引き、出荷のはじまりが遅れたため。'],
      ['missed', '雨の日が多く団体の客が戻らなかったため。'],
      [null, null],
    ]);
    expect(b?.kpis.map(({ statedJudgement, comment }) => [statedJudgement, comment])).toEqual([
      [null, null],
      ['missed', '団体の旅が戻らず、個人の客も少なかった。'],
      [null, null],
      ['missed', '歩道の工事が続き、不便をかけたため。'],
    ]);
    expect(table.findings).toContainEqual(
      expect.objectContaining({ code: 'text-garbled', stated: "V'o" }),
    );
  });

  test('content, and plans by year with what was done', () => {
    expect(a?.overview).toBe(
      '窯元の手仕事を町の顔として育て、売り先を広げて若い作り手の暮らしを支える。',
    );
    expect(a?.plans).toEqual([
      { year: 2020, planned: '・売り先の調べと計画づくり', done: null },
      {
        year: 2021,
        planned: '・都市部での展示\n・案内冊子の作成',
        done: '駅前の催しに三度出展し、窯元六軒が参加した。冊子は千部を刷った。',
      },
      // A year without actuals has nothing done: the second cell is the rest of the first.
      { year: 2022, planned: '・売り場のある宿を増やす', done: null },
    ]);
  });

  test('no KPIs on purpose is a note and no error', () => {
    expect(c).toMatchObject({ kpis: [], kpiNote: '郡全体での評価のため省略' });
    expect(table.findings.filter(({ project }) => project === 'C')).toEqual([
      expect.objectContaining({
        code: 'kpi-omitted',
        severity: 'note',
        stated: '郡全体での評価のため省略',
      }),
    ]);
  });
});

const cleanText = makeCleanRows()
  .map((row) => row.join('\t'))
  .join('\n');
describe.each<readonly [string, () => EvaluationTable]>([
  ['pasted with merged cells', () => tableOf(parsePasted({ text: '', html: makeCleanHtml() }))],
  [
    'in a workbook',
    () => tableOf(parseTable({ name: 'a.xlsx', bytes: makeWorkbook(makeCleanRows()) })),
  ],
  ['in a text', () => tableOf(readText(cleanText))],
  [
    'in CSV',
    () =>
      tableOf(
        readText(
          makeCleanRows()
            .map((row) => row.map((cell) => `"${cell}"`).join(','))
            .join('\n'),
        ),
      ),
  ],
])('a clean table %s', (_source, read) => {
  const table = read();

  test('is read with its years, deltas and judgements', () => {
    expect(table).toMatchObject({ layout: 'progress-report', fiscalYear: 2023 });
    expect(labelsOf(table)).toEqual([
      ['1', '川べりの市の立て直し事業', ['市の来場者数', '空き店舗の数']],
    ]);
    const [visitors, shops] = table.projects[0]?.kpis ?? [];
    expect(visitors && seriesOf(visitors)).toEqual([
      ['当初', 1000, 1000, null, null],
      [2022, 1200, 1150, 200, 150],
      [2023, 1400, 1420, 200, 220],
      [2024, 1600, null, 200, null],
    ]);
    expect(shops && seriesOf(shops)[2]).toEqual([2023, 16, 15, -2, -3]);
    expect(shops).toMatchObject({
      direction: 'decrease',
      statedJudgement: 'achieved',
      deltaBase: 'previousTarget',
    });
    expect(table.projects[0]?.overview).toBe('月に一度の市を毎週にし、出店の手続きを軽くする。');
  });

  test('has nothing to report but what a person confirms', () => {
    expect([...new Set(table.findings.map(({ code }) => code))].toSorted()).toEqual([
      'delta-base',
      'direction-unconfirmed',
      'municipality-unknown',
    ]);
  });
});

describe('a report with one thing wrong', () => {
  // The reader alone: what the doctor finds in the figures is no excuse for a value that is lost.
  const readGrid = (text: string): EvaluationTable | null => {
    const [grid] = parseDelimited(text);
    return grid ? parseProgressReport(grid) : null;
  };
  const whole = tableOf(readText(noisyText));
  test.each([
    ['line', damageLines(noisyText)],
    ['cell', damageCells(noisyText)],
  ])('in a %s has fewer values and a finding, never a wrong value', (_kind, damages) => {
    expect(damages.length).toBeGreaterThan(100);
    for (const { what, text } of damages) {
      const table = readGrid(text);
      if (!table) throw new Error(`refused ${what}`);
      expect(misreadings(whole, table), what).toEqual([]);
      expect(isSilent(whole, table), what).toBe(false);
    }
  });
});

describe('other reports of the kind', () => {
  test('rows whose empty last cells were dropped are no shifted rows', () => {
    const trimmed = noisyText.replace(/\t+$/gm, '');
    expect(tableOf(readText(trimmed)).projects.map(({ kpis }) => kpis.map(seriesOf))).toEqual(
      tableOf(readText(noisyText)).projects.map(({ kpis }) => kpis.map(seriesOf)),
    );
  });

  test('figure and difference in one cell', () => {
    const text = cleanText
      .replace('1,200人\t1,150人', '1,200人 (+200)\t1,150人 (+150)')
      .replace('\n\t(+200)\t(+150)\t(▲2)\t(▲1)', '');
    const [visitors] = tableOf(readText(text)).projects[0]?.kpis ?? [];
    expect(visitors?.series[1]).toMatchObject({
      target: { text: '1,200人', value: 1200 },
      targetDelta: { text: '(+200)', value: 200 },
      actualDelta: { text: '(+150)', value: 150 },
    });
  });

  test('full-width letters, figures and years', () => {
    const wide = noisyText
      .replace('A 朝霧焼', 'Ａ　朝霧焼')
      .replace('R 3\t1,000,000円', 'Ｒ３\t１,０００,０００円')
      .replace('(+972)', '（＋９７２）');
    const table = tableOf(readText(wide));
    expect(table.projects[0]?.no).toBe('A');
    expect(table.projects[0]?.kpis[0]?.series[2]).toMatchObject({
      year: 2021,
      target: { text: '１,０００,０００円', value: 1000000 },
    });
    expect(table.projects[0]?.kpis[1]?.series[2]?.targetDelta?.value).toBe(972);
  });

  test('the last years with actuals that differ leave the evaluated year open', () => {
    const table = tableOf(
      readText(
        noisyText.replace(
          'R 3\t1,000,000円\t134, 280 円\t3, 672 人\t3,482 人\t5個\t33 個',
          'R 3\t1,000,000円\t\t3, 672 人\t\t5個\t',
        ),
      ),
    );
    expect(table.fiscalYear).toBeNull();
    expect(table.findings).toContainEqual(expect.objectContaining({ code: 'year-unknown' }));
  });

  test('a row with two cells in each other’s place shows by its units and is not read', () => {
    const table = tableOf(readText(noisyText.replace('5個\t33 個', '3,482 人\t33 個')));
    expect(table.projects[0]?.kpis.map(({ series }) => series[2]?.target)).toEqual([
      null,
      null,
      null,
    ]);
    expect(table.findings).toContainEqual(
      expect.objectContaining({ code: 'columns-unclear', project: 'A' }),
    );
  });
});

describe('no progress report', () => {
  test.each([
    ['minutes', '議事録\n\n委員 目標と実績の差をR3とR4で知りたい。\n事務局 次回お示しする。'],
    ['a money table', '年度\t予算\t決算\nR3\t1,000円\t900円\nR4\t1,200円\t1,100円'],
    ['captions without years', '\t目標\t実績\nりんご\t10\t12\nみかん\t5\t4'],
    ['a plan without KPIs', 'A 事業\n(1) 事業内容\n説明\nR 3\t・催し\nR 4\t・催し'],
  ])('%s', (_what, text) => {
    expect(readText(text)).toEqual({ ok: false, code: 'no-evaluation-table' });
  });
});

const seed = new URL('../../../shared/seeds/003_ef483aa61532cefd.txt', import.meta.url);
test.each(
  existsSync(seed) ? ['the real document: five projects, nine KPIs, two without on purpose'] : [],
)('%s', () => {
  const table = tableOf(parseTable({ name: 'seed.txt', bytes: readFileSync(seed) }));
  expect(labelsOf(table)).toEqual([
    [
      'A',
      '小野田ガラスのブランド化推進事業',
      [
        'ブランド化したガラス商品の販売額',
        'きららガラス未来館の来客数',
        'ブランド化したガラス商品数',
      ],
    ],
    [
      'B',
      'PPPを活用した交流・にぎわい創出事業',
      ['スマイルエイジング月間の健康づくり実施箇所数', '観光客数', 'SPC (特定目的会社) の設立'],
    ],
    [
      'C',
      '多世代・異分野地域交流による協創のまちづくり事業',
      [
        '20~39歳の社会動態数(住民基本台帳)',
        '山口東京理科之大学生の市内就職率',
        '山陽小野田市にずっと住みたいと感じる市民の割合',
      ],
    ],
    ['D', 'デジタルの活用によりやまぐちの魅力あるしごとに繋ぐ産業人材定着・還流推進事業', []],
    ['E', '「山口ゆめ回廊」観光を基軸とした交流価値共創プロジェクト', []],
  ]);
  expect(table.projects[2]?.kpis.map(seriesOf)).toEqual([
    [
      ['当初', -65, -65, null, null],
      [2020, 0, -339, 65, -274],
      [2021, 0, -173, 0, '“(=173 <u>101</u>)”'],
      [2022, 0, null, 0, null],
    ],
    [
      ['当初', 4.5, 4.5, null, null],
      [2020, 10, 5.4, 5.5, 0.9],
      [2021, 10, 9.1, 0, -0.9],
      [2022, 10, null, 0, null],
    ],
    [
      ['当初', 73.4, 74.3, null, null],
      [2020, 80, 79, 6.6, 5.6],
      [2021, 80, 77, 0, -3],
      [2022, 80, null, 0, null],
    ],
  ]);
  expect(table.projects.map(({ kpiNote }) => kpiNote)).toEqual([
    null,
    null,
    null,
    '県及び県内市町全体での評価のため省略',
    '県央7市町全体での評価のため省略',
  ]);
  expect(table.projects[1]?.plans.map(({ year }) => year)).toEqual([2020, 2021, 2022]);
});
