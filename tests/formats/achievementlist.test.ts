/** Achievement lists: as extracted from paper, as a worksheet, and damaged. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCodes } from '#domain/finding.ts';
import type { EvaluationTable } from '#domain/sheet.ts';
import { parseAchievementList } from '#formats/achievementlist.ts';
import { splitMarks } from '#formats/marked.ts';
import { parseTable } from '#formats/table.ts';
import { captions, noisyRows, tidyRows, tidyTitle } from '../fixtures/achievementlist.ts';
import { gridOf, type Merge } from '../fixtures/grid.ts';

type Rows = readonly (readonly string[])[];
function read(
  rows: Rows,
  merges: readonly Merge[] = [],
  name: string | null = null,
): EvaluationTable {
  const table = parseAchievementList(gridOf(rows, merges, name));
  if (!table) throw new Error('refused');
  return table;
}
const noisy = (change: (rows: string[][]) => void = () => undefined): EvaluationTable => {
  const rows = [[...captions], ...noisyRows.map((row) => [...row])];
  change(rows);
  return read(rows);
};
/** What the reader itself found: the code, the project and what was printed. */
const found = (table: EvaluationTable) =>
  table.findings
    .filter(({ code }) => !checkCodes.some((each) => each === code))
    .map(({ code, project, stated }) => [code, project, stated]);
const brief = (table: EvaluationTable, at: number) =>
  table.projects[at]?.kpis.map((kpi) => [
    kpi.mark,
    kpi.label,
    kpi.series[0]?.target?.text ?? null,
    kpi.series[0]?.actual?.text ?? null,
    kpi.statedJudgement,
    kpi.comment,
  ]);

describe('as extracted from paper', () => {
  const table = noisy();

  test('projects with their cost and sections; a lost name stays lost', () => {
    expect(table.layout).toBe('achievement-list');
    expect(
      table.projects.map(({ no, name, costYen, sections }) => [no, name, costYen, sections]),
    ).toEqual([
      ['1', '首都圏等複業人材を活用した地域活性化事業', 14_894_396, ['商工観光課']],
      ['2', null, 5_627_315, ['農政課']],
      ['3', 'スタートアップ支援事業', 9_627_700, ['商工観光課', '誘致戦略課']],
      ['4', '地域課題解決支援事業', 12_287_547, ['スマイルライフ推進課', '誘致戦略課']],
      ['5', '多様な人財確保支援事業', 1_486_350, ['商工観光課']],
      ['6', '観光案内所運営事業', 300_000, ['観光課']],
    ]);
  });

  test('every part stands under its own mark', () => {
    expect(brief(table, 0)).toEqual([
      ['①', 'マッチング件数', '75社', '63社', 'missed', '市況が変わった。②の人が次も来る見込み。'],
      ['②', '複業人材参加者数', '750名', '750名', 'achieved', '目標に届いた。'],
      ['③', '拠点設置数', '12件', '11件', 'missed', 'あと一歩だった。'],
      ['④', '寄附件数', '6件', '5件', 'missed', null],
    ]);
    expect(brief(table, 1)?.[2]).toEqual([
      '③',
      '①のうち市外からの就農者数',
      '3 人',
      '1,628人',
      'achieved',
      '準備が整った。',
    ]);
  });

  test('without a mark nothing is placed', () => {
    expect(
      brief(table, 2)?.map(([mark, , target, actual, judgement]) => [
        mark,
        target,
        actual,
        judgement,
      ]),
    ).toEqual([
      ['①', null, '3 社', null],
      ['②', '2件', '2 件', null],
      ['③', null, '2 人', null],
    ]);
    expect(brief(table, 4)?.map(([, , target]) => target)).toEqual([null, null]);
  });

  test('男 and 女 are parts; one without the other is no value', () => {
    const [, life] = table.projects[3]?.kpis ?? [];
    expect(life?.series[0]?.actual).toMatchObject({
      value: null,
      parts: [
        { text: '男:18.18年', value: 18.18, unit: '年' },
        { text: '女:20.29年', value: 20.29, unit: '年' },
      ],
    });
    expect(life?.series[0]?.target).toMatchObject({ value: null, parts: [{ value: 18.51 }] });
    expect(life?.statedJudgement).toBe('unmeasured');
  });

  test('a single KPI needs no mark', () => {
    expect(brief(table, 5)).toEqual([
      [null, '利用者数', '1,000人以上', '980人', 'missed', '天候が悪かった。'],
    ]);
  });

  test('the findings of reading, and no others', () => {
    expect(found(table)).toEqual([
      ['year-unknown', null, null],
      ['municipality-unknown', null, null],
      ['mark-missing', '1', '④ 未達成の要因、改善点、今後の展望等'],
      ['name-missing', '2', null],
      ['marks-unreadable', '3', '10 20 30'],
      ['mark-missing', '3', '① KPI目標値'],
      ['mark-missing', '3', '③ KPI目標値'],
      ['pair-incomplete', '4', '男:18.51年'],
      ['marks-unreadable', '5', '320人'],
    ]);
  });
});

describe.each([
  ['one header row', [[tidyTitle], [...captions], ...tidyRows], [[0, 0, 1, 10]]],
  [
    'two header rows, KPI over its columns',
    [
      [tidyTitle],
      [
        'No.',
        '事業名',
        '事業概要',
        '決算額',
        'KPI',
        '',
        '',
        '',
        '要因・改善点・今後の展望',
        '担当課',
      ],
      ['', '', '', '', '指標', '目標値', '実績値', '達成状況', '', ''],
      ...tidyRows,
    ],
    [[0, 0, 1, 10], [1, 4, 1, 4], ...[0, 1, 2, 3, 8, 9].map((column): Merge => [1, column, 2, 1])],
  ],
] as [string, Rows, Merge[]][])('as a worksheet with %s', (_, rows, merges) => {
  const table = read(rows, merges, '一覧');

  test('is read without a finding', () => {
    expect(table).toMatchObject({ title: tidyTitle, municipality: '焼津市', fiscalYear: 2024 });
    expect(found(table)).toEqual([]);
    expect(table.projects.map(({ name, sections }) => [name, sections])).toEqual([
      ['首都圏等複業人材を活用した地域活性化事業', ['商工観光課', '誘致戦略課']],
      ['農地集積事業', ['農政課']],
    ]);
    expect(brief(table, 0)).toEqual([
      ['①', 'マッチング件数', '75社', '63社', 'missed', '市況が変わった。'],
      ['②', '複業人材参加者数', '750名', '750名', 'achieved', '目標に届いた。'],
    ]);
    expect(brief(table, 1)).toEqual([
      ['①', '担い手への農地集積', '45％以上', '38.7％', 'missed', '話し合いを続ける。'],
      ['②', '健康寿命', '男：18.51年 女：20.60年', '未計測', 'unmeasured', '調査は翌年度に行う。'],
    ]);
    expect(table.projects[0]?.kpis[0]?.series[0]?.year).toBe(2024);
  });
});

describe('damaged: fewer values and a finding, no wrong value', () => {
  const whole = noisy();
  const figuresOf = (table: EvaluationTable) =>
    table.projects.flatMap(({ no, kpis }) =>
      kpis.flatMap(({ mark, series, statedJudgement }) => [
        ...series.flatMap(({ target, actual }) => [
          ...(target ? [`${no} ${mark} target ${target.value ?? ''} ${target.unit ?? ''}`] : []),
          ...(actual ? [`${no} ${mark} actual ${actual.value ?? ''} ${actual.unit ?? ''}`] : []),
        ]),
        ...(statedJudgement ? [`${no} ${mark} ${statedJudgement}`] : []),
      ]),
    );
  const unread = /^\S+ \S+ (?:target|actual) {2}$/;

  test.each(captions.slice(0, -1).map((caption, column) => [caption, column] as const))(
    'the cell under %s is lost and the rest of the row moves up',
    (_, column) => {
      const table = noisy((rows) => rows[1]?.splice(column, 1));
      const now = figuresOf(table).map((each) => each.replace(/^null/, '1'));
      expect(now.filter((each) => !figuresOf(whole).includes(each))).toEqual([]);
      expect(table.projects[0]?.name).toBeOneOf([null, whole.projects[0]?.name]);
      expect(table.projects[0]?.costYen).toBeOneOf([null, 14_894_396]);
      expect(found(table).length).toBeGreaterThan(
        found(whole).length - (captions[column] === '未達成の要因、改善点、今後の展望等' ? 1 : 0),
      );
    },
  );

  test.each(['②', '①', '③'])('the mark %s is lost in one column after the other', (mark) => {
    for (const column of [5, 6, 7]) {
      const table = noisy((rows) => {
        const row = rows[1];
        if (row) row[column] = (row[column] ?? '').replace(mark, ' ');
      });
      const now = figuresOf(table).filter((each) => !unread.test(each));
      expect(now.filter((each) => !figuresOf(whole).includes(each))).toEqual([]);
      expect(found(table).length).toBeGreaterThan(found(whole).length);
    }
  });

  test('all marks of the labels are lost: the figures keep theirs', () => {
    const table = noisy((rows) => {
      const row = rows[1];
      if (row) row[4] = (row[4] ?? '').replace(/[①-④]/gu, ' ');
    });
    expect(brief(table, 0)?.map(([mark, label, target]) => [mark, label, target])).toEqual([
      ['①', null, '75社'],
      ['②', null, '750名'],
      ['③', null, '12件'],
      ['④', null, '6件'],
    ]);
    expect(found(table).map(([code]) => code)).toContain('marks-unreadable');
  });

  test('a mark stands twice: neither figure is taken', () => {
    const table = noisy((rows) => {
      const row = rows[1];
      if (row) row[5] = '①75社 ①750名 ③12件 ④6件';
    });
    expect(brief(table, 0)?.map(([, , target]) => target)).toEqual([null, null, '12件', '6件']);
  });

  test('columns in another order', () => {
    const order = [9, 1, 0, 6, 5, 4, 7, 8, 3, 2];
    const turn = (row: readonly string[]) => order.map((column) => row[column] ?? '');
    const table = read([turn(captions), ...noisyRows.map(turn)]);
    expect(table.projects).toEqual(whole.projects);
  });

  test('a row that goes on on the next page, below the header printed again', () => {
    const rows: Rows = [
      captions,
      ['1', '事業', '', '', '①参加者数 ②満足度', '①10人', '①9人 ②80%', '①×', '', '企画課'],
      captions,
      ['', '', '', '', '', '②90%', '', '②×', '', ''],
    ];
    const table = read(rows);
    expect(brief(table, 0)).toEqual([
      ['①', '参加者数', '10人', '9人', 'missed', null],
      ['②', '満足度', '90%', '80%', 'missed', null],
    ]);
    expect(found(table)).toContainEqual(['row-continued', '1', null]);
  });

  test('a row without No and name is a project of its own, not more of the one before', () => {
    const table = noisy((rows) => rows[2]?.splice(0, 2, '', ''));
    expect(table.projects.map(({ no, kpis }) => [no, kpis.length])).toEqual([
      ['1', 4],
      [null, 3],
      ['3', 3],
      ['4', 2],
      ['5', 2],
      ['6', 1],
    ]);
  });

  test('an amount without 円 stays null, and so does an unknown caption', () => {
    const table = noisy((rows) => {
      rows[1]?.splice(3, 1, '14,894');
      rows[0]?.splice(2, 1, '財源');
    });
    expect(table.projects[0]).toMatchObject({ costYen: null, overview: null });
    expect(found(table)).toContainEqual(['caption-unknown', null, '財源']);
  });

  test('千円 in the caption counts', () => {
    const table = noisy((rows) => {
      rows[0]?.splice(3, 1, '決算額（千円）');
      rows[1]?.splice(3, 1, '14,894');
    });
    expect(table.projects[0]?.costYen).toBe(14_894_000);
  });
});

test.each([
  [
    '①75社②750名③12件',
    [
      [1, '75社'],
      [2, '750名'],
      [3, '12件'],
    ],
    '',
  ],
  [
    '① 3 社\n② 2 件',
    [
      [1, '3 社'],
      [2, '2 件'],
    ],
    '',
  ],
  [
    '❶甲 ❷乙',
    [
      [1, '甲'],
      [2, '乙'],
    ],
    '',
  ],
  [
    '(1) 75社 (2) 750名',
    [
      [1, '75社'],
      [2, '750名'],
    ],
    '',
  ],
  ['320人', [], '320人'],
  ['3組(2) 人', [], '3組(2) 人'],
  ['前書き ②2件', [[2, '2件']], '前書き'],
  [
    '①甲。②乙。③丙',
    [
      [1, '甲。'],
      [2, '乙。'],
      [3, '丙'],
    ],
    '',
  ],
  [
    '②乙 ①甲',
    [
      [2, '乙'],
      [1, '甲'],
    ],
    '',
  ],
] as [string, [number, string][], string][])('%s is split at its marks', (text, parts, loose) => {
  expect([...splitMarks(text).parts]).toEqual(parts);
  expect(splitMarks(text).loose).toBe(loose);
});

test.each([
  [
    'a plain table with one KPI a row',
    [captions, ['1', '事業', '', '', '参加者数', '10人', '9人', '○', '', '']],
  ],
  ['marks without a header', [['①甲 ②乙', '①1人 ②2人']]],
  [
    'minutes with numbered points',
    [
      ['議題', '発言'],
      ['①報告 ②質疑', '①了承 ②なし'],
    ],
  ],
] as [string, Rows][])('%s is refused', (_, rows) => {
  expect(parseAchievementList(gridOf(rows))).toBeNull();
});

/** The real document, where it is at hand. */
const seed = new URL('../../../shared/seeds/004_f4214ae9ffcacb87.txt', import.meta.url);
test.each(existsSync(seed) ? [seed] : [])('%s: six projects, 23 KPIs', (url) => {
  const file = parseTable({ name: 'seed.txt', bytes: new Uint8Array(readFileSync(url)) });
  if (!file.ok) throw new Error(file.code);
  const { projects } = file.table;
  expect(projects.map(({ kpis }) => kpis.map(({ mark }) => mark).join(''))).toEqual([
    '①②③④',
    '①②③④',
    '①②③',
    '①②③④',
    '①②③④',
    '①②③④',
  ]);
  expect(projects.map(({ costYen }) => costYen)).toEqual([
    14_894_396, 5_627_315, 9_627_700, 12_287_547, 1_486_350, 5_292_876,
  ]);
  expect(
    projects.map(({ kpis }) => kpis.map((kpi) => kpi.statedJudgement?.[0] ?? '?').join('')),
  ).toEqual(['mamm', 'mmaa', '???', 'mmam', 'aaaa', 'muam']);
  expect(projects[3]?.sections).toEqual(['スマイルライフ推進課', '誘致戦略課']);
  expect(projects.flatMap(({ kpis }) => kpis).every(({ series }) => series[0]?.actual)).toBe(true);
});
