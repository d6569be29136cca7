/**
 * Japanese fiscal years in running text (R6年度, 令和6年度, 平成31年度, 2024年度) as Gregorian numbers.
 * Refuses to read a bare number without 年 as a year.
 */
import type { FiscalYear } from '#domain/types.ts';

const eras: Readonly<Record<string, { readonly start: number; readonly last: number }>> = {
  // last: the highest number in use; offices wrote 平成31年度 and, in long-term plans, a little beyond
  R: { start: 2018, last: 60 },
  H: { start: 1988, last: 42 },
  S: { start: 1925, last: 64 },
};
const letters: Readonly<Record<string, string>> = {
  令和: 'R',
  平成: 'H',
  昭和: 'S',
  '㋿': 'R',
  '㍻': 'H',
  '㍼': 'S',
};

const pattern =
  /(令和|平成|昭和|[㋿㍻㍼]|(?<![A-Za-z])[RHSrhs]\s*\.?)\s*(元|\d{1,2})(?!\d)\s*(年度?|[./]\s*\d{1,2}|(?=[()（）～〜~・、\s]|$|実績|目標|計画|見込|現状|現況))|(?<!\d)((?:19|20)\d{2})(?!\d)\s*(?:[(（][^)）]{1,10}[)）]\s*)?年度?/gu;

export type YearFound = {
  readonly year: FiscalYear;
  readonly index: number;
  readonly text: string;
};

/** All years of a text in order. `2024(令和6)年度` is one year. */
export function findYears(text: string): readonly YearFound[] {
  const plain = text.replace(/[０-９Ａ-Ｚａ-ｚ．]/g, (c) =>
    String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  );
  const found: YearFound[] = [];
  for (const match of plain.matchAll(pattern)) {
    const year = match[4] ? Number(match[4]) : eraYear(match[1] ?? '', match[2] ?? '');
    if (year === null) continue;
    const last = found.at(-1);
    // 令和6(2024)年度: both spellings of one year
    if (last?.year === year && match.index - (last.index + last.text.length) <= 1) continue;
    found.push({ year, index: match.index, text: match[0] });
  }
  return found;
}

/** The year of a caption such as 現状値 (R1年度), or null when there is none or more than one. */
export function parseYear(text: string): FiscalYear | null {
  const years = new Set(findYears(text).map((found) => found.year));
  return years.size === 1 ? ([...years][0] ?? null) : null;
}

function eraYear(era: string, digits: string): FiscalYear | null {
  const letter = letters[era] ?? era.replace(/[\s.]/g, '').toUpperCase();
  const range = eras[letter];
  const number = digits === '元' ? 1 : Number(digits);
  return range && number >= 1 && number <= range.last ? range.start + number : null;
}
