/**
 * Waits for something that another process or a socket brings about. It looks every millisecond and
 * lets the others work in between: on two cores a loop that never pauses takes one from them.
 */
import { vi } from 'vitest';

/** The time of the test itself is the limit. */
const UNLIMITED = 24 * 3_600_000;

export async function until(happened: () => boolean): Promise<void> {
  if (happened()) return;
  await vi.waitUntil(happened, { interval: 1, timeout: UNLIMITED });
}
