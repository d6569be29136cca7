/**
 * The language of the page. It is fixed for the life of a document (switching is a form post that
 * loads the page anew), so components read their messages once, when they are made.
 */
import { createContext } from 'svelte';
import {
  makeDate,
  makeDay,
  makeFiscalYear,
  makeShortFiscalYear,
  makeTime,
} from '#formats/wareki.ts';
import type { Day, FiscalYear, Instant } from '#domain/types.ts';
import type { Locale, Messages } from './messages.ts';

/** `provideLocale` is called once, by the root layout. */
export const [useLocale, provideLocale] = createContext<Locale>();

/** `const t = useMessages(people)`, at the top of a component's script. */
export const useMessages = <Words>(area: Messages<Words>): ReturnType<Messages<Words>> =>
  area(useLocale());

const englishDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

const englishTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Tokyo',
  hour: '2-digit',
  minute: '2-digit',
});

/** 令和7年8月20日（水） / Wednesday 20 August 2025 */
export const dayIn = (locale: Locale, day: Day): string =>
  locale === 'ja' ? makeDay(day) : englishDay.format(new Date(`${day}T00:00:00Z`));

/** The day of an instant in Japan, written the same way. */
export const dateIn = (locale: Locale, at: Instant): string =>
  locale === 'ja' ? makeDate(at) : englishDay.format(new Date(at + 9 * 60 * 60 * 1000));

/** 午後1時23分 / 13:23, in Japan. */
export const timeIn = (locale: Locale, at: Instant): string =>
  locale === 'ja' ? makeTime(at) : englishTime.format(at);

/** 8月20日 / 20 Aug: for the next days, where the year goes without saying. */
export const shortDateIn = (locale: Locale, at: Instant): string =>
  new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    month: locale === 'ja' ? 'long' : 'short',
    day: 'numeric',
  }).format(at);

/** R6年度 / FY2024, where there is little room. */
export const shortFiscalYearIn = (locale: Locale, year: FiscalYear): string =>
  locale === 'ja' ? makeShortFiscalYear(year) : `FY${year}`;

/** 令和6年度 / FY2024 */
export const fiscalYearIn = (locale: Locale, year: FiscalYear): string =>
  locale === 'ja' ? makeFiscalYear(year) : `FY${year}`;
