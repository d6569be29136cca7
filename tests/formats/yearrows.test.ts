/** Years as columns, 目標 and 実績 as rows: read like the table with its years side by side. */
import { describe, expect, test } from 'vitest';
import { parseGenericTable } from '#formats/generictable.ts';
import { readByHand } from '#formats/byhand.ts';
import { parseTable } from '#formats/table.ts';
import { unfoldYears } from '#formats/yearrows.ts';
import { gridOf } from '../fixtures/grid.ts';

const title = '白川村 令和6年度事業評価シート';
const rows = [
  [title],
  ['番号', '取組名', '指標名', '単位', '基準値', '区分', 'R4', 'R5', 'R6', '備考'],
  ['1', '移住相談窓口', '相談件数', '件', '10', '目標', '15', '20', '30', ''],
  ['', '', '', '', '', '実績', '12', '18', '33', '出張相談を始めた'],
  ['', '', '移住世帯数', '世帯', '2', '目標', '3', '4', '5', ''],
  ['', '', '', '', '', '実績', '3', '未計測', '4', ''],
  ['2', '空き家バンク', '登録件数', '件', '5', '目標', '8', '9', '10', ''],
  ['', '', '', '', '', '実績', '7', '9', '−', ''],
];
const merges = [
  [2, 1, 4, 1],
  [2, 2, 2, 1],
  [4, 2, 2, 1],
  [6, 1, 2, 1],
] as const;
type Table = NonNullable<ReturnType<typeof parseGenericTable>>;
/** One line a project, one line a KPI: its start, and 目標→実績 of each year. */
const brief = ({ projects }: Table) =>
  projects.flatMap(({ no, name, kpis }) => [
    `${no} ${name}`,
    ...kpis.map(({ label, unit, baseline, series }) => {
      const years = series
        .filter(({ year }) => typeof year === 'number')
        .map(({ year, target, actual }) => `${year} ${target?.text}→${actual?.text}`);
      return `${label}（${unit}） ${baseline?.text}: ${years.join(', ')}`;
    }),
  ]);
const expected = [
  '1 移住相談窓口',
  '相談件数（件） 10: 2022 15→12, 2023 20→18, 2024 30→33',
  '移住世帯数（世帯） 2: 2022 3→3, 2023 4→未計測, 2024 5→4',
  '2 空き家バンク',
  '登録件数（件） 5: 2022 8→7, 2023 9→9, 2024 10→−',
];
function read(lines: readonly (readonly string[])[], name: string | null = null): Table {
  const table = parseGenericTable(gridOf(lines, name === null ? [] : merges, name));
  if (!table) throw new Error('refused');
  return table;
}

describe('目標 and 実績 in rows under the years', () => {
  test('with blank cells below a name, and with cells merged over their rows', () => {
    expect(brief(read(rows))).toEqual(expected);
    expect(brief(read(rows, 'Sheet1'))).toEqual(expected);
  });

  test('with every name repeated, as a database writes it out', () => {
    const repeated = rows.map((row, at) => {
      if (at < 2) return row;
      const own = (column: number) =>
        rows.slice(2, at + 1).findLast((each) => each[column] !== '')?.[column] ?? '';
      return row.map((text, column) => (column < 5 ? own(column) : text));
    });
    expect(brief(read(repeated))).toEqual(expected);
  });

  test('in a whole file, with the header printed again and the place of each KPI', () => {
    const again = [...rows.slice(0, 6), rows[1] ?? [], ...rows.slice(6)];
    const bytes = new TextEncoder().encode(again.map((row) => row.join(',')).join('\n'));
    const found = parseTable({ name: 'a.csv', bytes });
    if (!found.ok) throw new Error(found.code);
    expect(found.table.layout).toBe('generic-table');
    expect(brief(found.table)).toEqual(expected);
    expect(found.table.projects[0]?.kpis[0]?.comment).toContain('出張相談');
  });

  test('a rate of the evaluated year is the printed one, those of other years are told', () => {
    const rated = [...rows.slice(0, 4), ['', '', '', '', '', '達成率', '80%', '90%', '110%', '']];
    const table = read(rated);
    expect(table.projects[0]?.kpis[0]?.statedRate?.text).toBe('110%');
    expect(table.findings.find(({ code }) => code === 'cell-unused')?.stated).toBe(
      '達成率: 80%, 90%',
    );
  });

  test('can be mapped by hand: the page gets one row a KPI', async () => {
    const strange = rows.map((row, at) =>
      at === 1 ? row.map((text) => (text === '指標名' ? 'めあて' : text)) : row,
    );
    const text = strange.map((row) => row.join('\t')).join('\n');
    const found = await readByHand({ text, html: null, remembered: [] });
    if (!found.ok) throw new Error(found.code);
    const [grid] = found.grids;
    expect(grid?.rows[1]?.map((cell) => cell.text).slice(5)).toEqual([
      '備考',
      '目標 R4',
      '実績 R4',
      '目標 R5',
      '実績 R5',
      '目標 R6',
      '実績 R6',
    ]);
    expect(grid?.rows[2]?.map((cell) => cell.text)).toEqual(
      expect.arrayContaining(['移住相談窓口', '相談件数', '15', '12', '30', '33']),
    );
  });

  test('tables of another shape are left alone', () => {
    const side = [
      ['指標名', '目標', '', '実績', ''],
      ['', 'R5', 'R6', 'R5', 'R6'],
      ['相談件数', '20', '30', '18', '33'],
    ];
    const plain = [
      ['年', 'R5', 'R6'],
      ['人口', '100', '99'],
    ];
    for (const table of [side, plain, []]) expect(unfoldYears(gridOf(table))).toBeNull();
  });
});
