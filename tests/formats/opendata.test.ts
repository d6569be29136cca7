import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { EvaluationTable } from '#domain/sheet.ts';
import { makeCp932 } from '#formats/cp932.ts';
import { makeOpenData } from '#formats/opendata.ts';
import { kpi, project, table } from '../fixtures/resultsample.ts';
import { achievements, pillars, progress } from '../fixtures/shapes.ts';

const read = (made: EvaluationTable) => {
  const text = new TextDecoder().decode(makeOpenData(made, { encoding: 'utf-8' }).bytes);
  const parsed = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true });
  expect(parsed.errors).toEqual([]);
  return parsed.data;
};

test('UTF-8 with BOM, CRLF, unique names in row 1, no line break in a cell', () => {
  const { bytes, unwritable } = makeOpenData(table, { encoding: 'utf-8' });
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(unwritable).toEqual([]);
  const text = new TextDecoder().decode(bytes);
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const names = text.split('\r\n')[0]?.split(',') ?? [];
  expect(new Set(names).size).toBe(names.length);
});

test('one row per project, KPI, year and kind; numbers bare, unit and qualifier beside', () => {
  const rows = read(table).filter((row) => row['KPI指標名'] === 'イベント来場者数');
  const picked = rows.map((row) =>
    ['区分', '年度_西暦', '年度_和暦', '値', '単位', '付記'].map((name) => row[name]).join(' '),
  );
  expect(picked).toEqual([
    '基準値 2019 令和元年度 647 人 ',
    '実績値 2023 令和5年度 4858 人 ',
    '実績値 2024 令和6年度 5253 人 ',
    '最終目標値 2026 令和8年度 5000 人 程度',
  ]);
  expect(rows.every((row) => row['評価値'] === '4')).toBe(true);
});

test('negative numbers stay numbers, a missing figure is blank and not 0', () => {
  const rows = read(table);
  const moved = rows.filter((row) => row['事業番号'] === '1-2');
  expect(moved.map((row) => row['値'])).toEqual(['-490', '-620', '-419', '-180']);
  expect(moved.map((row) => row['原表記'])).toEqual(['-490人', '-620人', '-419人', '-180人']);
  const missing = rows.filter((row) => row['原表記'] === '—');
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.every((row) => row['値'] === '' && row['単位'] === '')).toBe(true);
});

test('a project without KPIs keeps its row, an unrated one has blank ratings', () => {
  const bare = project({ no: '9', name: '計画のみの事業' });
  const rows = read({ ...table, projects: [bare] });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ 事業名: '計画のみの事業', 評価値: '', 評価: '', 値: '' });
});

test.each(['=1+1', '+A1', '-A1+2', '@SUM(A1)', '-2*3', "-1'!A1", '＝1+1'])(
  'the text %s cannot become a formula',
  (text) => {
    const rows = read({ ...table, projects: [project({ no: '1', name: text })] });
    expect(rows[0]?.['事業名']).toBe(`'${text}`);
  },
);

test('quotes, commas, tabs and line breaks inside texts do no harm', () => {
  const name = '「新"しい"」,事業\n（第2期）\t継続';
  const figures = kpi('その他のKPI', '割合,率', ['1', '2', '3', '4']);
  const rows = read({ ...table, projects: [project({ no: '1', name, kpis: [figures] })] });
  expect(rows[0]?.['事業名']).toBe('「新"しい"」,事業 （第2期） 継続');
  expect(rows.every((row) => row['KPI指標名'] === '割合,率')).toBe(true);
});

test('opinions are in no column', () => {
  const text = new TextDecoder().decode(makeOpenData(table, { encoding: 'utf-8' }).bytes);
  for (const { opinions } of table.projects) {
    for (const opinion of opinions) expect(text).not.toContain(opinion.text.slice(0, 12));
  }
});

test('CP932 holds the same text but for its own dashes, and says what it cannot write', () => {
  const { bytes, unwritable } = makeOpenData(table, { encoding: 'cp932' });
  expect(unwritable).toEqual([]);
  const utf8 = new TextDecoder().decode(makeOpenData(table, { encoding: 'utf-8' }).bytes);
  expect(new TextDecoder('shift_jis').decode(bytes)).toBe(utf8.replaceAll('—', '―'));
});

test('CP932: makers’ variants are mapped, the rest is listed once and shown as 〓', () => {
  const { bytes, unwritable } = makeCp932('①㈱髙﨑〜−‖か\u3099鷗🍣鷗');
  expect(new TextDecoder('shift_jis').decode(bytes)).toBe('①㈱髙﨑～－∥が〓〓〓');
  expect(unwritable).toEqual(['鷗', '🍣']);
});

const shown = (rows: readonly Record<string, string>[], ...names: readonly string[]) =>
  rows.map((row) => names.map((name) => row[name]).join('|'));

test('every year of a KPI: targets, actuals and differences with what they are counted from', () => {
  const rows = read(progress).filter((row) => row['KPI指標名'] === 'きららガラス未来館の来客数');
  expect(shown(rows, '区分', '年度_西暦', '値', '付記')).toEqual([
    '基準値||12672|',
    '目標値(当初)||12672|',
    '目標値|2020|12672|',
    '実績値|2020|8016|',
    '目標値の増減|2020|0|対前年度目標',
    '実績値の増減|2020|-4656|対前年度目標',
    '目標値|2021|13672|',
    '実績値|2021|13482|',
    '目標値の増減|2021|1000|対前年度目標',
    '実績値の増減|2021|810|対前年度目標',
    '目標値の増減|2022|2000|対前年度目標',
    '最終目標値|2022|15672|',
  ]);
});

test('what is stated and what Kensho reckons stand in columns of their own', () => {
  const names = ['判定_算定', '達成率_算定', '達成率_算定式', '判定_原表', '達成率_原表'];
  const english = read(pillars).filter((row) => row['KPI指標名']?.includes('英語'));
  expect(shown(english, '区分', ...names)).toEqual([
    '目標値|||||',
    '実績値|達成|130|実績÷目標||120%',
  ]);
  const club = read(achievements).filter((row) => row['KPI指標名']?.includes('ファンクラブ'));
  expect(shown(club, '区分', '値', '判定_算定', '判定_原表')).toEqual([
    '目標値|1000||',
    '実績値|0|未計測|未計測',
  ]);
  expect(club[0]?.['決算額_円']).toBe('5292876');
});
