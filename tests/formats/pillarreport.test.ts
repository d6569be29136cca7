/** Reports by pillars: as text with every kind of heading, as cells, and damaged. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCodes } from '#domain/finding.ts';
import type { EvaluationTable } from '#domain/sheet.ts';
import { parsePillarReport } from '#formats/pillarreport.ts';
import { parseTable } from '#formats/table.ts';
import { gridOf } from '../fixtures/grid.ts';
import { pillarRows, pillarText } from '../fixtures/pillarreport.ts';

const textGrid = (text: string) => gridOf(text.split('\n').map((line) => line.split('\t')));
function read(text: string): EvaluationTable {
  const table = parsePillarReport(textGrid(text));
  if (!table) throw new Error('refused');
  return table;
}
/** What the reader itself found; the figures are checked by others. */
const codes = (table: EvaluationTable) =>
  table.findings
    .map(({ code }) => code)
    .filter((code) => !checkCodes.some((each) => each === code));
const kpisOf = (table: EvaluationTable) => table.projects.flatMap(({ kpis }) => kpis);

const sources: readonly (readonly [string, () => EvaluationTable | null])[] = [
  ['as text', () => parsePillarReport(textGrid(pillarText))],
  ['as a worksheet', () => parsePillarReport(gridOf(pillarRows, [], '報告'))],
  [
    'as a file with tabs',
    () => {
      const bytes = new TextEncoder().encode(pillarText);
      const file = parseTable({ name: 'a.txt', bytes });
      return file.ok ? file.table : null;
    },
  ],
];

describe.each(sources)('%s', (source, parse) => {
  const table = parse();
  if (!table) throw new Error(`${source}: refused`);

  test('title, pillars and their parts', () => {
    expect(table).toMatchObject({
      layout: 'pillar-report',
      title: '令和5年度 みなかみ町 未来づくり協議会 事業報告（評価用）',
      municipality: 'みなかみ町',
      fiscalYear: null,
    });
    expect(table.projects.map(({ no, name, pillar }) => [no, name, pillar])).toEqual([
      ['1', '土台づくり', '土台づくり'],
      ['2', '『しごと』づくり', '『しごと』づくり'],
      ['3', 'プロジェクト', 'プロジェクト'],
    ]);
    expect(table.projects.map(({ effects }) => effects)).toEqual([
      ['町のことを話し合う人が増えた。', '役場と住民の距離が近くなった。'],
      [],
      [],
    ]);
  });

  test('KPI rows with their numbers, figures and stated rates', () => {
    const rows = kpisOf(table).map((kpi) => [
      kpi.mark,
      kpi.label,
      kpi.series[0]?.target?.text,
      kpi.series[0]?.actual?.text,
      kpi.statedRate?.value,
    ]);
    expect(rows).toEqual([
      ['1', '未来志向政策提言コンテスト提案数', '200 件以上', '107 件', 53.5],
      ['2', '説明会・講演会回数', '90 回以上', '8 回', 8.8],
      ['3', '町民・行政職員・議員向け合同研修', '1 件 (40 名)', '1 件 (22 名)', 100],
      ['4', 'ふるさと納税販売額', '150%増', '対前年比 66%', 66],
      ['1', '町内事業者の新商品開発成功', '5 商品', 'なし', 0],
      ['2', '百人委員会を通じた建設的意見交換実施', '10 名×10 回/年', '10 名×9 回', 100],
      ['3', '登録制度制定・実施', '登録者 30 名', '０名', 0],
    ]);
    // The report says no year for its figures, and none is made up.
    expect(new Set(kpisOf(table).flatMap(({ series }) => series.map(({ year }) => year)))).toEqual(
      new Set([null]),
    );
    expect(kpisOf(table)[4]?.series[0]?.actual).toEqual({
      text: 'なし',
      value: null,
      unit: null,
      qualifier: null,
    });
  });

  test('activities with what they brought', () => {
    expect(table.projects.map(({ activities }) => activities)).toEqual([
      [
        {
          name: '設立記念式典',
          quantitative: ['参加者 205 名'],
          qualitative: ['期待する声が集まった', '目標を分かち合えた'],
        },
        {
          name: '百人委員会',
          quantitative: ['会議実施回数：9 回'],
          qualitative: ['話し合う場が根づいた', '次の担い手が見つかった', '記録が残った'],
        },
      ],
      [],
      [
        {
          name: 'ふるさと納税プロジェクト',
          quantitative: [
            '町内留保額の向上：',
            '年度 納税額 留保率',
            '2016 54,017 41.80%',
            '2017 37,224 71.60%',
          ],
          qualitative: ['手順が町に残った'],
        },
      ],
    ]);
  });

  test('what needs a person: the year; in the text also the numbers left out', () => {
    expect(codes(table)).toEqual(
      source === 'as a worksheet' ? ['year-unknown'] : ['number-gap', 'year-unknown'],
    );
  });
});

test('every KPI knows its place in the file', () => {
  const { places } = read(pillarText);
  expect(places?.map((pillar) => pillar.length)).toEqual([4, 3, 0]);
  expect(places?.[0]?.[0]).toBe('line 9');
});

test('a year in the caption of the figures is the year of the report', () => {
  const table = read(pillarText.replaceAll('K P I 成果', 'K P I 成果（R5年度）'));
  expect(table.fiscalYear).toBe(2023);
  expect(kpisOf(table)[0]?.series).toMatchObject([{ year: 2023, actual: { value: 107 } }]);
});

test('columns in another order and under other words are found by their captions', () => {
  const table = read(
    `1 土台づくり\n1) 定量効果\n達成率\t実績値\t目標値\t指標\t番号\n53.5%\t107件\t200件以上\t提案数\t1\n`,
  );
  expect(kpisOf(table)).toMatchObject([
    {
      mark: '1',
      label: '提案数',
      series: [{ target: { value: 200 }, actual: { value: 107 } }],
      statedRate: { value: 53.5 },
    },
  ]);
});

describe('damaged: fewer values and a finding, no wrong value', () => {
  /** Everything a report says, each with the name it is said of. */
  const said = (table: EvaluationTable): readonly string[] =>
    table.projects.flatMap(({ kpis, effects, activities }) => [
      ...kpis.map((kpi) =>
        ['KPI', kpi.label, kpi.series[0]?.target?.text, kpi.series[0]?.actual?.text].join('|'),
      ),
      ...effects.map((text) => `effect|${text}`),
      ...activities
        .filter(({ name }) => name !== '')
        .flatMap(({ name, quantitative, qualitative }) => [
          ...quantitative.map((text) => `${name}|quantitative|${text}`),
          ...qualitative.map((text) => `${name}|qualitative|${text}`),
        ]),
    ]);
  const whole = said(read(pillarText));
  const lines = pillarText.split('\n');
  // 話し合う場が alone is still what was said, and so is the end of it.
  const halves = ['百人委員会|qualitative|話し合う場が', '百人委員会|qualitative|根づいた'];

  test.each(lines.flatMap((line, index) => (line.trim() === '' ? [] : [[line, index] as const])))(
    'without the line "%s" nothing is said that was not said before',
    (line, index) => {
      const table = read(lines.toSpliced(index, 1).join('\n'));
      const now = said(table);
      expect(now.filter((each) => !whole.includes(each) && !halves.includes(each))).toEqual([]);
      const heading = /^(?:#|[23]\)? [^\t]*$|NO|■|[①-⑳]|- ① 設)/.test(line);
      const before = codes(read(pillarText));
      if (heading && now.length < whole.length)
        expect(codes(table).filter((code) => !before.includes(code))).not.toEqual([]);
    },
  );

  test('a header is lost: its rows are read like those of the other tables', () => {
    const table = read(pillarText.replace(/^NO.*\n/m, ''));
    expect(said(table)).toEqual(whole);
    expect(codes(table)).toContain('header-missing');
  });

  test('the heading over the activities is lost', () => {
    const table = read(pillarText.replace('### 3) 各事業及び成果\n', ''));
    expect(said(table)).toEqual(whole);
    expect(codes(table)).toContain('part-missing');
  });

  test('a heading of a pillar is lost: its KPIs do not join those of the pillar before', () => {
    const table = read(pillarText.replace('2 『しごと』づくり\n', ''));
    expect(table.projects.map(({ no, kpis }) => [no, kpis.length])).toEqual([
      ['1', 4],
      [null, 3],
      ['3', 0],
    ]);
    expect(codes(table)).toContain('pillar-missing');
  });

  test('the number of a pillar is lost', () => {
    const table = read(pillarText.replace('2 『しごと』づくり', '『しごと』づくり'));
    expect(table.projects[1]).toMatchObject({ no: null, name: '『しごと』づくり' });
    expect(table.projects[1]?.kpis).toHaveLength(3);
  });

  test('a heading of a part is lost: the table is still that of its pillar', () => {
    const table = read(pillarText.replace('1) 定量効果\n\nNO', 'NO'));
    expect(table.projects.map(({ kpis }) => kpis.length)).toEqual([4, 3, 0]);
  });

  test('the name of an activity is lost: its effects do not join the activity before', () => {
    const table = read(pillarText.replace('④ 百人委員会\n', ''));
    expect(
      table.projects[0]?.activities.map(({ name, quantitative }) => [name, quantitative]),
    ).toEqual([
      ['設立記念式典', ['参加者 205 名']],
      ['', ['会議実施回数：9 回']],
    ]);
    expect(codes(table)).toContain('activity-name-missing');
  });

  test('a row is lost', () => {
    const table = read(pillarText.replace(/^2\t説明会.*\n/m, ''));
    expect(table.projects[0]?.kpis).toHaveLength(3);
    expect(table.findings).toContainEqual(
      expect.objectContaining({ code: 'number-gap', kpi: '町民・行政職員・議員向け合同研修' }),
    );
  });

  test.each([
    ['the target', '1\t提案数\t107 件\t53.5%'],
    ['the actual', '1\t提案数\t200 件\t53.5%'],
  ])('%s is lost and the rest has moved up: nobody can say which it is', (_, row) => {
    const table = read(`1 土台づくり\n1) 定量効果\nNO\t当初目標内容\t目標\t成果\t達成率\n${row}\n`);
    expect(kpisOf(table)).toMatchObject([
      { label: '提案数', series: [], statedRate: { value: 53.5 } },
    ]);
    expect(codes(table)).toContain('columns-unclear');
  });

  test.each([
    ['the number', '提案数\t200 件\t107 件\t53.5%', null, '提案数'],
    ['the name', '1\t200 件\t107 件\t53.5%', '1', null],
  ])(
    '%s is lost and the rest has moved up: the figures tell their columns',
    (_, row, mark, label) => {
      const table = read(
        `1 土台づくり\n1) 定量効果\nNO\t当初目標内容\t目標\t成果\t達成率\n${row}\n`,
      );
      expect(kpisOf(table)).toMatchObject([
        {
          mark,
          label,
          series: [{ target: { value: 200 }, actual: { value: 107 } }],
          statedRate: { value: 53.5 },
        },
      ]);
      expect(codes(table)).toContain('columns-shifted');
    },
  );

  test('a cell is empty', () => {
    const table = read(pillarText.replace('\t107 件\t', '\t\t'));
    expect(kpisOf(table)[0]?.series).toMatchObject([{ target: { value: 200 }, actual: null }]);
    expect(codes(table)).toContain('value-missing');
  });

  test('a figure is garbled', () => {
    const table = read(pillarText.replace('\t107 件\t', '\t1O7 件\t'));
    expect(kpisOf(table)[0]?.series).toMatchObject([{ actual: { text: '1O7 件', value: null } }]);
    expect(codes(table)).toContain('value-unreadable');
  });
});

test.each([
  ['prose that uses the words', '事業の定量効果と定性効果について意見が出された。\n1 開会\n2 議事'],
  ['minutes with a heading', '1 開会\n2 議事\n定性効果\n委員から質問があった。\n3 閉会'],
  ['a table of money', '1 収入\n定量効果\n項目\t予算\t決算\n会費\t100円\t90円'],
])('%s is refused', (_, text) => {
  expect(parsePillarReport(textGrid(text))).toBeNull();
});

/** The real document, where it is at hand. */
const seed = new URL('../../../shared/seeds/002_ea07f08a9b4dc206.txt', import.meta.url);
test.each(existsSync(seed) ? [seed] : [])('%s: six pillars, 48 KPIs, 17 activities', (url) => {
  const file = parseTable({ name: 'seed.txt', bytes: new Uint8Array(readFileSync(url)) });
  if (!file.ok) throw new Error(file.code);
  const { projects } = file.table;
  expect(projects.map(({ no, kpis, activities }) => [no, kpis.length, activities.length])).toEqual([
    ['1', 13, 5],
    ['2', 12, 3],
    ['3', 9, 4],
    ['4', 10, 3],
    ['5', 4, 0],
    ['6', 0, 2],
  ]);
  expect(kpisOf(file.table).every(({ statedRate }) => statedRate?.value != null)).toBe(true);
  expect(kpisOf(file.table).every(({ series }) => series[0]?.target && series[0].actual)).toBe(
    true,
  );
  expect(codes(file.table)).toEqual(['year-unknown', 'municipality-unknown']);
});
