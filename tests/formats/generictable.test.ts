/** Tables of no known layout: read by their header words, or refused. */
import { utils, write } from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import type { EvaluationTable } from '#domain/sheet.ts';
import { parseGenericTable } from '#formats/generictable.ts';
import { parseTable } from '#formats/table.ts';
import { pillarRows } from '../fixtures/pillarreport.ts';
import { gridOf, type Merge } from '../fixtures/grid.ts';

type Rows = readonly (readonly string[])[];
function read(
  rows: Rows,
  merges: readonly Merge[] = [],
  name: string | null = null,
): EvaluationTable {
  const table = parseGenericTable(gridOf(rows, merges, name));
  if (!table) throw new Error('refused');
  return table;
}
function makeBook(sheets: readonly (readonly [string, Rows])[]): Uint8Array {
  const book = utils.book_new();
  for (const [name, rows] of sheets)
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
}
const found = (table: EvaluationTable) => table.findings.map(({ code, stated }) => [code, stated]);
const brief = (table: EvaluationTable) =>
  table.projects.map(({ no, name, kpis }) => [
    no,
    name,
    kpis.map(({ label, series }) => [
      label,
      ...series.map(({ year, target, actual }) => [
        year,
        target?.text ?? null,
        actual?.text ?? null,
      ]),
    ]),
  ]);

const title = '白川村 令和6年度事業評価シート';
/** One row a KPI, two header rows, years side by side; project cells merged over their rows. */
const yearly: Rows = [
  [title],
  [
    '番号',
    '取組名',
    '担当課',
    '指標名',
    '単位',
    '基準値',
    '目標値',
    '',
    '実績値',
    '',
    '達成率',
    '備考',
  ],
  ['', '', '', '', '', '(R1)', 'R5', 'R6', 'R5', 'R6', '', ''],
  ['1', '移住相談窓口', '総務課', '相談件数', '件', '10', '20', '30', '18', '33', '110%', ''],
  ['', '', '', '移住者数', '人', '2', '4', '6', '4', '未計測', '', '翌年度に調査'],
  ['2', '特産品開発', '産業課\n観光課', '新商品数', '品', '－', '2', '3', '1', '３', '100%', ''],
];
const merges: readonly Merge[] = [
  [0, 0, 1, 12],
  ...[0, 1, 2, 3, 4, 10, 11].map((column): Merge => [1, column, 2, 1]),
  [1, 6, 1, 2],
  [1, 8, 1, 2],
  [3, 0, 2, 1],
  [3, 1, 2, 1],
  [3, 2, 2, 1],
];

describe.each([
  ['as text', [], null],
  ['as a worksheet with merged cells', merges, '評価'],
] as [string, Merge[], string | null][])('a table of yearly columns %s', (_, merged, name) => {
  const table = read(yearly, merged, name);

  test('title and projects', () => {
    expect(table).toMatchObject({
      layout: 'generic-table',
      title,
      municipality: '白川村',
      fiscalYear: 2024,
    });
    expect(brief(table)).toEqual([
      [
        '1',
        '移住相談窓口',
        [
          ['相談件数', [2019, null, '10'], [2023, '20', '18'], [2024, '30', '33']],
          ['移住者数', [2019, null, '2'], [2023, '4', '4'], [2024, '6', '未計測']],
        ],
      ],
      ['2', '特産品開発', [['新商品数', [2019, null, '－'], [2023, '2', '1'], [2024, '3', '３']]]],
    ]);
    expect(table.projects.map(({ sections }) => sections)).toEqual([
      ['総務課'],
      ['産業課', '観光課'],
    ]);
    expect(found(table)).toEqual([]);
  });

  test('figures with the unit of their column, the text as printed, rate and remark', () => {
    const [visits, people] = table.projects[0]?.kpis ?? [];
    expect(visits).toMatchObject({
      unit: '件',
      baseline: { text: '10', value: 10, unit: '件' },
      baselineYear: 2019,
      statedRate: { text: '110%', value: 110 },
      comment: null,
    });
    expect(people).toMatchObject({ statedRate: null, comment: '翌年度に調査' });
  });
});

test('one row a project, without KPI names: the figures are read all the same', () => {
  const table = read([
    ['事業名', '目標値', '実績値', '評価'],
    ['空き家バンク', '30件', '6件', 'C'],
    ['移住フェア', '75名', '80名', 'A'],
  ]);
  expect(brief(table)).toEqual([
    [null, '空き家バンク', [[null, [null, '30件', '6件']]]],
    [null, '移住フェア', [[null, [null, '75名', '80名']]]],
  ]);
  expect(table.projects.map(({ rating, ratingText }) => [rating, ratingText])).toEqual([
    [null, 'C'],
    [null, 'A'],
  ]);
  expect(found(table)).toEqual([
    ['year-unknown', null],
    ['municipality-unknown', null],
  ]);
});

test('KPIs without projects are those of one project, and their numbers are marks', () => {
  const table = read([
    ['NO', '当初目標内容', 'KPI目標', 'KPI成果', 'KPI達成率'],
    ['1', '壁新聞発行', '6回', '0件', '0%'],
    ['2', '大学との連携協定', '2件', '3件', '150%'],
  ]);
  expect(table.projects).toMatchObject([
    { no: null, name: null, kpis: [{ mark: '1' }, { mark: '2', statedRate: { value: 150 } }] },
  ]);
});

test('columns in another order, full-width captions, a header printed again, a sum', () => {
  const header = ['実績値（Ｒ６）', 'ＫＰＩ', '目標値（Ｒ６）', '所管課', '事業名', 'Ｎｏ'];
  const table = read([
    header,
    ['9件', '相談件数', '10件', '総務課', '窓口', '1'],
    header,
    ['8人', '移住者数', '7人', '総務課', '体験', '2'],
    ['17', '', '17', '', '合計', ''],
  ]);
  expect(brief(table)).toEqual([
    ['1', '窓口', [['相談件数', [2024, '10件', '9件']]]],
    ['2', '体験', [['移住者数', [2024, '7人', '8人']]]],
  ]);
  expect(found(table)).toContainEqual(['row-unread', '合計']);
});

describe('what cannot be told is left out with a finding', () => {
  test('a column nobody understands', () => {
    const table = read([
      ['事業名', '指標', '目標', '実績', 'ランク外順位'],
      ['窓口', '相談件数', '10件', '9件', '3'],
    ]);
    expect(found(table)).toContainEqual(['caption-unknown', 'ランク外順位']);
  });

  test('the same caption twice without years', () => {
    const table = read([
      ['事業名', '指標', '当初値', '目標値', '実績値', '目標値', '実績値'],
      ['窓口', '相談件数', '5件', '10件', '9件', '20件', '21件'],
      ['体験', '移住者数', '0人', '1人', '1人', '2人', '2人'],
    ]);
    expect(brief(table)).toEqual([
      [null, '窓口', [['相談件数', ['当初', null, '5件']]]],
      [null, '体験', [['移住者数', ['当初', null, '0人']]]],
    ]);
    expect(found(table).filter(([code]) => code === 'column-year-missing')).toHaveLength(4);
  });

  test('a caption further left does not date a final target', () => {
    const table = read([
      ['事業名', '指標', 'R6年度', '', ''],
      ['', '', '目標', '実績', '最終目標'],
      ['窓口', '相談件数', '10件', '9件', '20件'],
    ]);
    expect(table.projects[0]?.kpis).toMatchObject([
      {
        finalTarget: { value: 20 },
        finalTargetYear: null,
        series: [{ year: 2024, target: { value: 10 }, actual: { value: 9 } }],
      },
    ]);
  });

  test('a figure that is none, and an amount of which nobody says the unit', () => {
    const table = read([
      ['事業名', '事業費', '指標', '目標', '実績'],
      ['窓口', '1,200', '相談件数', '10件', '約束なし'],
      ['体験', '1,200千円', '参加者数', '10人', '12人'],
    ]);
    expect(table.projects.map(({ costYen }) => costYen)).toEqual([null, 1_200_000]);
    expect(found(table)).toContainEqual(['value-unreadable', '約束なし']);
    expect(found(table)).toContainEqual(['value-unreadable', '1,200']);
  });

  test('a name in another row of the same project', () => {
    const table = read([
      ['No', '事業名', '担当課', '指標', '目標', '実績'],
      ['1', '窓口', '総務課', '相談件数', '10件', '9件'],
      ['', '', '税務課', '満足度', '90%', '80%'],
    ]);
    expect(table.projects).toHaveLength(1);
    expect(found(table)).toContainEqual(['cell-unused', '担当課: 税務課']);
  });
});

test.each<[string, Rows]>([
  [
    'a table of money',
    [
      ['事業名', '予算額', '決算額', '執行率'],
      ['窓口', '100円', '90円', '90%'],
    ],
  ],
  [
    'income and cost',
    [
      ['項目', '予算', '決算'],
      ['会費', '100', '90'],
    ],
  ],
  [
    'minutes in columns',
    [
      ['議題', '発言者', '発言'],
      ['目標', '委員', '実績について質問した。'],
    ],
  ],
  [
    'a plan without figures',
    [
      ['事業名', '指標', '目標', '実績'],
      ['窓口', '満足', '高める', '高まった'],
    ],
  ],
  [
    'an address list',
    [
      ['番号', '氏名', '担当課'],
      ['1', '甲', '総務課'],
    ],
  ],
  ['captions alone', [['事業名', '指標', '目標', '実績']]],
  ['nothing', []],
])('%s is refused', (_, rows) => {
  expect(parseGenericTable(gridOf(rows))).toBeNull();
});

test('beside a table of a known layout a generic one is left, and its sheet is named', () => {
  const bytes = makeBook([
    ['一覧', yearly],
    ['柱', pillarRows],
  ]);
  const file = parseTable({ name: 'a.xlsx', bytes });
  if (!file.ok) throw new Error(file.code);
  expect(file.table.layout).toBe('pillar-report');
  expect(found(file.table)).toContainEqual(['sheet-unread', '一覧']);
});

test('a file is read so only where no other layout fits', () => {
  const text = yearly.map((row) => row.join('\t')).join('\n');
  const file = parseTable({ name: 'a.tsv', bytes: new TextEncoder().encode(text) });
  expect(file.ok && file.table.layout).toBe('generic-table');
});
