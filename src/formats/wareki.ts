/**
 * The Japanese calendar on its way out: fiscal years, days and times as a municipality prints them.
 * It reads nothing (that is `year.ts`) and knows no clock; every time is told as of Asia/Tokyo.
 */
import type { Day, FiscalYear, Instant } from '#domain/types.ts';

/** First fiscal year named after each era: 平成31年度 is officially called 令和元年度. */
const eras = [
  { from: 2019, name: '令和', letter: 'R' },
  { from: 1989, name: '平成', letter: 'H' },
  { from: 1926, name: '昭和', letter: 'S' },
] as const;

/** 2024 → 令和6年度, 2019 → 令和元年度; before 昭和 the Gregorian number. */
export function makeFiscalYear(year: FiscalYear): string {
  const era = eras.find((each) => each.from <= year);
  if (!era) return `${year}年度`;
  const count = year - era.from + 1;
  return `${era.name}${count === 1 ? '元' : count}年度`;
}

/** 2024 → R6年度, 2019 → R1年度: the short form of table captions. */
export function makeShortFiscalYear(year: FiscalYear): string {
  const era = eras.find((each) => each.from <= year);
  return era ? `${era.letter}${year - era.from + 1}年度` : `${year}年度`;
}

/** 2024 → 2024-04-01/2025-03-31, an ISO 8601 interval for data. */
export function makeIsoFiscalYear(year: FiscalYear): string {
  return `${year}-04-01/${year + 1}-03-31`;
}

const dayFormat = new Intl.DateTimeFormat('ja-JP-u-ca-japanese-nu-latn', {
  timeZone: 'Asia/Tokyo',
  era: 'long',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
});

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** 2025-08-20 → 令和7年8月20日（水） */
export function makeDay(day: Day): string {
  // Noon in Tokyo: the day is a calendar day there, whatever zone the process runs in.
  return makeDate(Date.parse(`${day}T12:00:00+09:00`));
}

/** An instant's day in Japan: 令和7年8月20日（水） */
export function makeDate(at: Instant): string {
  const part = parts(dayFormat, at);
  // Some ICU builds write the first year as 1, some as 元.
  const year = part('year') === '1' ? '元' : part('year');
  return `${part('era')}${year}年${part('month')}月${part('day')}日（${part('weekday')}）`;
}

/** An instant's time in Japan: 午前10時00分, 午後0時05分 */
export function makeTime(at: Instant): string {
  const part = parts(clockFormat, at);
  const hour = Number(part('hour'));
  return `${hour < 12 ? '午前' : '午後'}${hour % 12}時${part('minute')}分`;
}

/** 令和7年8月20日（水） 午前10時00分～午前11時45分; the end names its day only when it is another. */
export function makePeriod(from: Instant, to: Instant | null): string {
  const start = `${makeDate(from)}\u3000${makeTime(from)}～`;
  if (to === null) return start;
  const sameDay = makeDate(from) === makeDate(to);
  return `${start}${sameDay ? '' : `${makeDate(to)}\u3000`}${makeTime(to)}`;
}

function parts(
  format: Intl.DateTimeFormat,
  at: Instant,
): (type: Intl.DateTimeFormatPartTypes) => string {
  const all = format.formatToParts(at);
  return (type) => all.find((each) => each.type === type)?.value ?? '';
}
