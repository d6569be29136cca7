/** 休憩: how long something took without the breaks in it. */
import type { Meeting } from './meeting.ts';
import type { Instant } from './types.ts';

type Breaks = Pick<Meeting, 'breaks' | 'adjournedAt'>;

/** Milliseconds of the meeting between two moments; while it rests, no time goes by. */
export function timeSpent(from: Instant, to: Instant, { breaks, adjournedAt }: Breaks): number {
  const until = adjournedAt === null ? to : Math.min(to, adjournedAt);
  const rested = breaks.reduce(
    (sum, rest) => sum + Math.max(0, Math.min(until, rest.to) - Math.max(from, rest.from)),
    0,
  );
  return Math.max(0, until - from - rested);
}
