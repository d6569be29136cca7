/** When something was written, to the second, in Japan: 8月20日 13:05:12. */
import type { Instant } from '#domain/types.ts';
import type { Locale } from '$lib/messages.ts';

export const momentIn = (locale: Locale, at: Instant): string =>
  new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    month: locale === 'ja' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
