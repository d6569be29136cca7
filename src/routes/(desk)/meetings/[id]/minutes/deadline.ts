/** Deadlines as an office types them: a day and a time in Japan, whatever zone the browser is in. */
import type { Instant } from '#domain/types.ts';

const JAPAN = 9 * 3_600_000;
const DAY = 24 * 3_600_000;

/** The end of the working day a week from now. */
export const weekLater = (now: Instant): Instant => {
  const day = Math.floor((now + JAPAN) / DAY) + 7;
  return day * DAY + 17 * 3_600_000 - JAPAN;
};

/** For a field of date and time: 2025-08-27T17:00 */
export const inJapan = (at: Instant): string => new Date(at + JAPAN).toISOString().slice(0, 16);

/** What was typed there; null for what is no time. */
export function readInJapan(text: string): Instant | null {
  const at = Date.parse(`${text}:00Z`) - JAPAN;
  return Number.isNaN(at) ? null : at;
}
