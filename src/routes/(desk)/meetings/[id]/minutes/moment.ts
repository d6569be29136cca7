/** A day and a time in Japan, as deadlines and replies are told: 8月27日 17:00. */
import type { Instant } from '#domain/types.ts';
import type { Locale } from '$lib/messages.ts';

export const momentIn = (locale: Locale, at: Instant): string =>
  new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    month: locale === 'ja' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
