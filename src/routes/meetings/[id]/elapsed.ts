/** Times of the room: how long an item runs (minutes may pass 60), what is left of the plan, clocks. */
import { timeSpent } from '#domain/rest.ts';
import type { Instant, ItemState } from '#domain/types.ts';
import type { Locale } from '$lib/messages.ts';

export type Elapsed = { readonly minutes: number; readonly seconds: number; readonly text: string };

export function elapsedOf(ms: number): Elapsed {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return { minutes, seconds, text: `${two(minutes)}:${two(seconds)}` };
}

export type Now = { readonly now: Instant };

const inTokyo = (locale: Locale, at: Instant, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    hour: '2-digit',
    minute: '2-digit',
    ...how,
  }).format(at);

/** 14:05, as the clock on the wall says it. */
export const timeOf = (locale: Locale, at: Instant): string => inTokyo(locale, at, {});

/** 8月20日 17:00 */
export const dayAndTime = (locale: Locale, at: Instant): string =>
  inTokyo(locale, at, { month: 'long', day: 'numeric', weekday: 'short' });

type Planned = {
  readonly id: string;
  readonly state: ItemState;
  readonly startedAt: Instant | null;
  readonly minutes: number | null;
};

export type Plan = {
  /** Of the item, when it has a plan: what is left of it, or what it is over. */
  readonly item: (Elapsed & { readonly over: boolean }) | undefined;
  /** Behind it: how many items, how many minutes are planned for them. */
  readonly items: number;
  readonly minutes: number;
};

/** [M18] What an item has taken so far, breaks aside; undefined before it was taken up. */
export const spentOn = (
  item: (Planned & { readonly decision: { readonly decidedAt: Instant } | null }) | undefined,
  meeting: Parameters<typeof timeSpent>[2],
  now: Instant,
): number | undefined =>
  item?.startedAt == null
    ? undefined
    : timeSpent(item.startedAt, item.decision?.decidedAt ?? now, meeting);

/** The plan of an afternoon at this moment; items without a plan count as items only. */
export function planOf(
  items: readonly Planned[],
  running: Planned | undefined,
  /** Milliseconds the running item has taken; undefined while none runs. */
  spent: number | undefined,
): Plan {
  const rest = items.filter(
    ({ id, state }) => id !== running?.id && state !== 'decided' && state !== 'deferred',
  );
  const over = running?.state === 'decided' || running?.state === 'deferred';
  const planned = over ? null : running?.minutes;
  const left = planned && spent !== undefined ? planned * 60_000 - spent : undefined;
  return {
    item: left === undefined ? undefined : { ...elapsedOf(Math.abs(left)), over: left < 0 },
    items: rest.length,
    minutes: rest.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
  };
}
