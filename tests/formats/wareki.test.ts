import { expect, test } from 'vitest';
import {
  makeDate,
  makeDay,
  makeFiscalYear,
  makeIsoFiscalYear,
  makePeriod,
  makeShortFiscalYear,
  makeTime,
} from '#formats/wareki.ts';
import { parseYear } from '#formats/year.ts';

const at = (iso: string) => Date.parse(iso);

test.each([
  [2024, '令和6年度', 'R6年度'],
  [2019, '令和元年度', 'R1年度'],
  [2018, '平成30年度', 'H30年度'],
  [1989, '平成元年度', 'H1年度'],
  [1988, '昭和63年度', 'S63年度'],
])('%i is %s', (year, long, short) => {
  expect(makeFiscalYear(year)).toBe(long);
  expect(makeShortFiscalYear(year)).toBe(short);
  expect(parseYear(long)).toBe(year);
  expect(parseYear(short)).toBe(year);
});

test('a caption may leave out 年度 in front of what the column holds', () => {
  expect(['R3実績', '令和5目標', 'Ｈ30現状値'].map(parseYear)).toEqual([2021, 2023, 2018]);
  expect(['R3件', 'R3番館', 'ER3実績'].map(parseYear)).toEqual([null, null, null]);
});

test('a fiscal year is an interval in data', () => {
  expect(makeIsoFiscalYear(2024)).toBe('2024-04-01/2025-03-31');
});

test.each([
  ['2025-08-20', '令和7年8月20日（水）'],
  ['2019-05-01', '令和元年5月1日（水）'],
  ['2019-04-30', '平成31年4月30日（火）'],
])('%s is %s', (day, printed) => {
  expect(makeDay(day)).toBe(printed);
});

test('a time is told as of Japan, wherever the process runs', () => {
  expect(makeDate(at('2025-08-19T15:00:00Z'))).toBe('令和7年8月20日（水）');
  expect(makeTime(at('2025-08-20T01:00:00Z'))).toBe('午前10時00分');
  expect(makeTime(at('2025-08-19T15:05:00Z'))).toBe('午前0時05分');
  expect(makeTime(at('2025-08-20T03:05:00Z'))).toBe('午後0時05分');
});

test('a period names the second day only when it is another', () => {
  const from = at('2025-08-20T10:00:00+09:00');
  const start = '令和7年8月20日（水）　午前10時00分～';
  expect(makePeriod(from, at('2025-08-20T11:45:00+09:00'))).toBe(`${start}午前11時45分`);
  expect(makePeriod(from, at('2025-08-21T11:45:00+09:00'))).toBe(
    `${start}令和7年8月21日（木）\u3000午前11時45分`,
  );
  expect(makePeriod(from, null)).toBe(start);
});
