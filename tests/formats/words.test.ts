/** Years, rating labels and lines: the small readers. */
import { expect, test } from 'vitest';
import { joinBrokenSections, joinLines } from '#formats/lines.ts';
import { parseRating } from '#formats/rating.ts';
import { findYears, parseYear } from '#formats/year.ts';

test.each([
  ['現状値 (R1年度)', 2019],
  ['実績値（R５年度）', 2023],
  ['令和6年度', 2024],
  ['令和元年度', 2019],
  ['平成31年度', 2019],
  ['H28.3', 2016],
  ['2023年度末', 2023],
  ['令和6(2024)年度', 2024],
  ['2024（令和6）年度', 2024],
  ['R6', 2024],
  ['2024', null],
  ['令和6年度・令和7年度', null],
  ['R6～R8年度', null],
  ['第3期', null],
  ['12024年度', null],
  ['CR6年度', null],
  ['平成99年度', null],
])('%s is the fiscal year %s', (text, year) => {
  expect(parseYear(text)).toBe(year);
});

test('years are found in order with their place', () => {
  expect(findYears('令和7年度の会議、令和6年度の評価').map(({ year }) => year)).toEqual([
    2025, 2024,
  ]);
});

test.each([
  ['地方創生に非常に効果があった', 4],
  ['地方創生に非常に効果的であった', 4],
  ['本事業は、地方創生に相当程度効果があった。', 3],
  ['本事業は地方創生に対して効果があった', 2],
  ['地方創生に\n効果があった', 2],
  ['地方創生に対して効果がなかった', 1],
  ['④ 地方創生に効果が無かった', 1],
  ['1', null],
  ['A', null],
  ['効果があったとは言えない', null],
  ['非常に効果があったとの意見もあったが、相当程度効果があった', null],
  ['', null],
])('%s is level %s', (label, level) => {
  expect(parseRating(label)).toBe(level);
});

test('a break between Japanese characters is a wrapped line', () => {
  expect(joinLines(' 複数分野の\n データ連携 \n\nICT\nand  more')).toBe(
    '複数分野のデータ連携 ICT and more',
  );
});

test('a section broken over two lines is one, two sections stay two', () => {
  expect(joinBrokenSections('シティプロ\nモーション課')).toBe('シティプロモーション課');
  expect(joinBrokenSections('企画課\n観光課')).toBe('企画課\n観光課');
  expect(joinBrokenSections('企画\n観光')).toBe('企画\n観光');
});
