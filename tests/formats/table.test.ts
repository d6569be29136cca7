import Encoding from 'encoding-japanese';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { EvaluationTable } from '#domain/sheet.ts';
import { parsePasted, parseTable, type TableRead } from '#formats/table.ts';
import {
  disorderedRows,
  headings,
  makeDelimited,
  opinionsOf,
  orderlyRows,
  projects,
  title,
} from '../fixtures/resulttable.ts';
import { makeHtml, makeWorkbook } from '../fixtures/workbook.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const cp932 = (text: string): Uint8Array =>
  // CP932 has no U+2014; offices get ― (U+2015) there
  Uint8Array.from(
    Encoding.convert(Encoding.stringToCode(text.replaceAll('—', '―')), {
      from: 'UNICODE',
      to: 'SJIS',
    }),
  );
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

function tableOf(read: TableRead): EvaluationTable {
  if (!read.ok) throw new Error(read.code);
  return read.table;
}
const readFile = (name: string, bytes: Uint8Array): EvaluationTable =>
  tableOf(parseTable({ name, bytes }));

const tsv = makeDelimited(disorderedRows(), '\t');
const csv = makeDelimited(disorderedRows(), ',');
const sources: readonly (readonly [string, () => EvaluationTable])[] = [
  ['the published text, .txt', () => readFile('a.txt', utf8(tsv))],
  ['.tsv with BOM', () => readFile('a.tsv', utf8(`\ufeff${tsv}`))],
  ['.tsv in UTF-16', () => readFile('a.tsv', utf16(tsv))],
  ['.csv in UTF-8', () => readFile('a.csv', utf8(csv))],
  ['.csv with BOM', () => readFile('a.csv', utf8(`\ufeff${csv}`))],
  ['.csv in CP932', () => readFile('a.csv', cp932(csv))],
  ['.csv of the orderly table', () => readFile('a.csv', utf8(makeDelimited(orderlyRows(), ',')))],
  ['.xlsx of the disordered table', () => readFile('a.xlsx', makeWorkbook(disorderedRows()))],
  [
    '.xlsx with merged cells',
    () => readFile('a.xlsx', makeWorkbook(orderlyRows(), { merge: true })),
  ],
  [
    'cells pasted as text',
    () => tableOf(parsePasted({ text: makeDelimited(orderlyRows(), '\t') })),
  ],
  [
    'cells pasted as HTML',
    () => tableOf(parsePasted({ text: 'x', html: makeHtml(orderlyRows()) })),
  ],
  ...seed(),
];

/** The real document, where it is at hand, must come out like our own in its shape. */
function seed(): readonly (readonly [string, () => EvaluationTable])[] {
  const file = new URL('../../../shared/seeds/000_7abee824be6b8721.txt', import.meta.url);
  return existsSync(file)
    ? [['the real document', () => readFile('seed.txt', readFileSync(file))]]
    : [];
}

describe.each(sources)('%s', (source, read) => {
  const table = read();

  test('title, municipality, evaluated year and captions', () => {
    expect(table).toMatchObject({
      layout: 'result-table',
      title,
      municipality: '会津若松市',
      fiscalYear: 2024,
    });
    expect(table.captions).toEqual({
      strategy: '第3期総合戦略における位置づけ',
      rating: '事業効果に対する評価',
      ratingGroup: '地方創生事業効果検証会議による評価結果',
      figures: [
        { group: '【第2期総合戦略】', caption: '現状値 (R1年度)', role: 'baseline', year: 2019 },
        { group: '【第2期総合戦略】', caption: '実績値 (R5年度)', role: 'actual', year: 2023 },
        { group: '【第3期総合戦略】', caption: '実績値 (R6年度)', role: 'actual', year: 2024 },
        {
          group: '【第3期総合戦略】',
          caption: '最終目標値 (R8年度)',
          role: 'finalTarget',
          year: 2026,
        },
      ],
    });
  });

  test('nine projects with what the table says of each', () => {
    expect(
      table.projects.map(({ no, name, sections, strategyGoals, ratingText }) => ({
        no,
        name,
        sections,
        strategyGoals,
        ratingText,
      })),
    ).toEqual(
      projects.map(({ no, name, section, goals, rating }) => ({
        no,
        name,
        sections: [section],
        strategyGoals: goals,
        ratingText: rating,
      })),
    );
    expect(table.projects.map(({ rating }) => rating)).toEqual([4, 3, 4, 2, 3, 2, 4, 3, 2]);
  });

  test('sixteen KPIs, every figure as printed', () => {
    const printed = table.projects.map(({ kpis }) =>
      kpis.map(({ kind, label, series }) => [
        kind,
        label,
        ...series.map(({ actual, target }) => (actual ?? target)?.text.replace('―', '—')),
      ]),
    );
    expect(printed).toEqual(projects.map(({ kpis }) => kpis.map((kpi) => [...kpi])));
    expect(printed.flat()).toHaveLength(16);
  });

  test('every figure as read', () => {
    const kpiOf = (no: string, index: number) =>
      table.projects.find((project) => project.no === no)?.kpis[index];
    const values = table.projects.map(({ kpis }) =>
      kpis.map(({ series }) =>
        series.map(({ actual, target }) => (actual ?? target)?.value ?? null),
      ),
    );
    expect(values).toEqual([
      [
        [5, 7, 9, 5],
        [647, 4858, 5253, 5000],
        [null, 82, 82, 85],
      ],
      [[-490, -620, -419, -180]],
      [
        [null, 220, 254, 224],
        [null, 363, 323, 240],
      ],
      [[null, 220, 254, 224]],
      [
        [null, 5, 6, 10],
        [null, 64, 61, 120],
      ],
      [[null, 129, 179, 400]],
      [[9825, 28873, 33383, 27306]],
      [[9825, 28873, 33383, 27306]],
      [
        [75, 92, 100, 100],
        [77, 113, 43, 80],
        [null, 42, 44, 80],
        [null, 58, 83, 50],
      ],
    ]);
    expect(kpiOf('1-1', 0)).toMatchObject({
      unit: '件',
      baselineYear: 2019,
      finalTargetYear: 2026,
      baseline: { text: '5件', value: 5, unit: '件', qualifier: null },
      finalTarget: { text: '5件以上', value: 5, unit: '件', qualifier: '以上' },
    });
    expect(kpiOf('1-1', 1)?.finalTarget).toEqual({
      text: '5,000人程度',
      value: 5000,
      unit: '人',
      qualifier: '程度',
    });
    expect(kpiOf('3-3', 0)).toMatchObject({
      unit: null,
      finalTarget: { text: '27,306', value: 27306, unit: null },
    });
    expect(kpiOf('4-1', 1)).toMatchObject({
      unit: null,
      baseline: { value: 77, unit: '名' },
      finalTarget: { value: 80, unit: '%' },
    });
    expect(kpiOf('1-2', 0)?.series.map(({ year }) => year)).toEqual([2019, 2023, 2024, 2026]);
  });

  test('15 and 23 opinions, none split within', () => {
    const all = table.projects.flatMap(({ opinions }) => opinions);
    expect(
      headings.map((heading) => all.filter((opinion) => opinion.heading === heading).length),
    ).toEqual([15, 23]);
    expect(all).toHaveLength(38);
    const own = table.projects.map(({ opinions }) => opinions);
    if (source !== 'the real document') expect(own).toEqual(projects.map(opinionsOf));
  });

  test('what needs a person, and no false alarm', () => {
    const of = (code: string) =>
      table.findings.filter((finding) => finding.code === code).map(({ project }) => project);
    expect(table.findings.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({
        code: 'unit-mismatch',
        project: '4-1',
        stated: '77名 / 113名 / 43% / 80%',
      }),
    ]);
    expect(of('target-already-met')).toEqual(['1-1', '2-1', '3-3', '3-4', '4-1']);
    expect(of('direction-unconfirmed')).toHaveLength(16);
    const known = [
      'unit-mismatch',
      'target-already-met',
      'direction-unconfirmed',
      'columns-shifted',
      'label-shared-cell',
      'opinions-split',
    ];
    expect(table.findings.filter(({ code }) => !known.includes(code))).toEqual([]);
    expect(table.findings.every(({ at }) => at !== null)).toBe(true);
  });
});

test('the disorder of the published table is named, the orderly one has none', () => {
  const codes = (table: EvaluationTable) => table.findings.map(({ code }) => code);
  const disordered = codes(readFile('a.txt', utf8(tsv)));
  expect(disordered.filter((code) => code === 'label-shared-cell')).toHaveLength(7);
  expect(disordered.filter((code) => code === 'columns-shifted')).toHaveLength(2);
  expect(disordered.filter((code) => code === 'opinions-split')).toHaveLength(4);
  const orderly = codes(readFile('a.xlsx', makeWorkbook(orderlyRows(), { merge: true })));
  expect(new Set(orderly)).toEqual(
    new Set(['unit-mismatch', 'target-already-met', 'direction-unconfirmed']),
  );
});

describe('tables of other offices', () => {
  const figures = ['5件', '7件', '9件', '5件以上'];
  const row = (own: readonly string[], kpi: readonly string[], verdict: readonly string[]) => [
    ...own,
    ...kpi,
    ...figures,
    ...verdict,
  ];
  const header = [
    'No',
    '事業名',
    '担当課',
    '総合戦略における位置付け',
    'KPI',
    '基準値（令和元年度）',
    '実績値\n（2023年度）',
    '実績値（令和６年度）',
    '目標値（R8年度末）',
    '評価',
    '委員の意見',
  ];
  const readRows = (rows: readonly (readonly string[])[]) =>
    readFile('a.csv', utf8(makeDelimited(rows, ',')));

  test('a header of one row with other words, and a later target as the final one', () => {
    const table = readRows([
      header,
      row(
        ['1', '甲事業', '観光課、商工課', '基本目標1'],
        ['来場者数'],
        ['本事業は地方創生に対して効果がなかった', '・よい。'],
      ),
    ]);
    expect(table).toMatchObject({ title: null, municipality: null, fiscalYear: 2024 });
    expect(table.captions.figures.map(({ role, year }) => [role, year])).toEqual([
      ['baseline', 2019],
      ['actual', 2023],
      ['actual', 2024],
      ['finalTarget', 2026],
    ]);
    expect(table.projects).toMatchObject([
      {
        no: '1',
        sections: ['観光課', '商工課'],
        rating: 1,
        kpis: [{ kind: null, label: '来場者数' }],
        opinions: [{ heading: '', text: 'よい。' }],
      },
    ]);
    expect(table.findings.map(({ code }) => code)).toContain('opinions-unheaded');
  });

  test('a header repeated on the next page is no project; other captions are named', () => {
    const again = header.map((caption) => caption.replace('2023年度', '2022年度'));
    const rows = [
      header,
      row(['1', '甲', '', ''], ['①数'], ['', '']),
      header,
      row(['2', '乙', '', ''], ['数'], ['', '']),
      again,
      row(['3', '丙', '', ''], ['数'], ['', '']),
    ];
    const table = readRows(rows);
    expect(table.projects.map(({ no }) => no)).toEqual(['1', '2', '3']);
    expect(table.findings.filter(({ code }) => code === 'header-differs')).toHaveLength(1);
    expect(table.projects[2]?.kpis[0]?.series.map(({ year }) => year)).toContain(2022);
    expect(table.projects[0]?.kpis[0]).toMatchObject({ mark: '①', label: '数' });
  });

  test('a short opinion under a heading that says 実績 is no caption', () => {
    const [kind, label] = ['総合戦略におけるKPI', '数'];
    const rows = [
      ...orderlyRows().slice(0, 5),
      ['1-1', '甲', '', '', kind, label, '0', '0', '0', '0', '', '【R6実績について】\n・可。'],
    ];
    expect(readRows(rows).projects).toMatchObject([
      { no: '1-1', opinions: [{ heading: '【R6実績について】', text: '可。' }] },
    ]);
  });

  test('No and name repeated on each KPI row are one project', () => {
    const own = ['1', '甲', '課', '基本目標1'];
    const table = readRows([
      header,
      row(own, ['数'], ['地方創生に効果があった', '・よい。']),
      row(own, ['率'], ['地方創生に効果があった', '・よい。']),
    ]);
    expect(table.projects).toHaveLength(1);
    expect(table.projects[0]).toMatchObject({
      kpis: [{ label: '数' }, { label: '率' }],
      opinions: [{ text: 'よい。' }],
    });
  });

  test('nothing is dropped silently', () => {
    const table = readRows([
      header,
      [...row(['1', '甲', '', ''], ['数'], ['たいへんよい', '・一つ目。']), '欄外の一言'],
      ['', '', '', '', '', '', '', '', '', '', '・次の頁の意見。'],
      ['', '', '', '', '率', '5件', '約七割くらい', '9件', '5件', '', ''],
      ['1月2日', '乙', '', '', '数', '1', '2', '3', '4', '', ''],
      ['1', '丙', '', '', '', '', '', '', '', '地方創生に効果があった', ''],
      ['※ 数値は速報', '', '', '', '', '', '', '', '', '', ''],
    ]);
    const found = table.findings.map(({ code, stated }) => [code, stated]);
    expect(found).toContainEqual(['cell-unused', '欄外の一言']);
    expect(found).toContainEqual(['row-unread', '※ 数値は速報']);
    expect(found).toContainEqual(['rating-unknown', 'たいへんよい']);
    expect(found).toContainEqual(['value-unreadable', '約七割くらい']);
    expect(found).toContainEqual(['number-became-date', '1-2']);
    expect(found).toContainEqual(['number-duplicate', '丙']);
    const codes = found.map(([code]) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['opinions-continued', 'no-kpi', 'rating-missing', 'cell-unused']),
    );
    expect(table.projects.map(({ no }) => no)).toEqual(['1', '1-2', '1']);
    expect(table.projects[0]?.opinions.map(({ text }) => text)).toEqual([
      '一つ目。',
      '次の頁の意見。',
    ]);
  });

  test('the year is not guessed when only the year of the meeting is said', () => {
    const bare = header.map((caption) => caption.replace(/[（(].*[)）]/s, ''));
    const table = readRows([
      ['令和7年度 甲乙市 効果検証会議'],
      bare,
      row(['1', '甲', '', ''], ['数'], ['', '']),
    ]);
    expect(table).toMatchObject({ fiscalYear: null, municipality: '甲乙市' });
    expect(table.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['year-unknown', 'column-year-missing']),
    );
  });

  test('a figure that cannot be read leaves its place empty, and a sum is no project', () => {
    const table = readRows([
      [
        '事業No',
        '事業名',
        '担当課',
        '指標',
        '目標値（令和6年度）',
        '実績値（令和6年度）',
        '達成率',
        '評価',
        '意見',
      ],
      ['①', '甲', '観光課', '体験者数', '三百人', '298人', '99.3%', 'Ｂ', '交通手段を考える。'],
      ['合計', '', '', '', '330', '310', '', '', ''],
    ]);
    expect(table.projects).toMatchObject([
      {
        no: '①',
        kpis: [
          { label: '体験者数', series: [{ target: { value: null }, actual: { value: 298 } }] },
        ],
      },
    ]);
    expect(table.projects[0]?.kpis[0]?.statedRate?.value).toBe(99.3);
    expect(table.findings.map(({ code }) => code)).not.toContain('columns-shifted');
  });

  test('figures of a year nobody knows are kept, and 事業効果 is a rating', () => {
    const table = readRows([
      ['事業番号', '事業名', '所管課', 'KPI名', '目標', '実績', '事業効果', '意見'],
      [
        '1',
        '甲',
        '農林課',
        '販売額',
        '12,000',
        '9,800',
        '地方創生に効果があった',
        '販路を広げる。',
      ],
    ]);
    expect(table.projects[0]?.ratingText).toBe('地方創生に効果があった');
    expect(table.projects[0]?.kpis[0]?.series).toMatchObject([
      { year: null, target: { value: 12_000 }, actual: { value: 9_800 } },
    ]);
  });
});

test.each([
  ['令和6年度市川市事業評価', '市川市'],
  ['四日市市 令和6年度', '四日市市'],
  ['R6年度 北海道余市町', '余市町'],
  ['長野県東御市の評価', '東御市'],
  ['東村山市外部評価委員会', '東村山市'],
  ['東京都世田谷区 外部評価委員会', '世田谷区'],
  ['R6年度 北部地区の評価', null],
  ['R6年度 施策評価一覧（つくば市）', 'つくば市'],
  ['R6年度 施策評価一覧（市町村別）', null],
  ['福島県会津若松市の評価', '会津若松市'],
  ['R6年度 まちづくり市民会議', null],
  ['廿日市市 外部評価', '廿日市市'],
  ['令和6年度 市町村の会議', null],
  ['外部評価会議', null],
])('the municipality in %s is %s', (line, name) => {
  const rows = [[line], ...orderlyRows().slice(2)];
  expect(readFile('a.tsv', utf8(makeDelimited(rows, '\t'))).municipality).toBe(name);
});
