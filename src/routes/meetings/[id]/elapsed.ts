/** How long an item has been taken up: minutes may pass 60, seconds have two digits. */
import type { Instant } from '#domain/types.ts';

export type Elapsed = { readonly minutes: number; readonly seconds: number; readonly text: string };

export function elapsedOf(from: Instant, to: Instant): Elapsed {
  const total = Math.max(0, Math.floor((to - from) / 1000));
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return { minutes, seconds, text: `${two(minutes)}:${two(seconds)}` };
}
