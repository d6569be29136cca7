/**
 * Keeps a flood of equal events out of the log: the first one is written at once, those that follow
 * are counted and written as one line when the window ends. Events that differ in any field (another
 * rule, another account) are lines of their own.
 */
import type { Log } from './log.ts';

type Fields = Parameters<Log['info']>[1];

export type Digest = {
  note(event: string, fields: Fields): void;
  /** Writes what has been counted. */
  flush(): void;
};

/** More different lines than this in one window share one line per event. */
const DIFFERENT = 100;

/** @param after calls its work once after so many milliseconds, without keeping the process alive */
export function createDigest(
  log: Pick<Log, 'info'>,
  after: (ms: number, work: () => void) => void = unheld,
  windowMs = 10_000,
): Digest {
  let counted = new Map<string, { event: string; fields: Fields; count: number }>();

  function flush(): void {
    const window = counted;
    counted = new Map();
    for (const { event, fields, count } of window.values()) {
      if (count > 0) log.info(event, { ...fields, more: count });
    }
  }

  return {
    flush,
    note(event, given) {
      const isKnown = counted.has(keyOf(event, given));
      const fields = isKnown || counted.size < DIFFERENT ? given : { various: true };
      const key = keyOf(event, fields);
      const known = counted.get(key);
      if (known) {
        known.count += 1;
        return;
      }
      if (counted.size === 0) after(windowMs, flush);
      counted.set(key, { event, fields, count: 0 });
      log.info(event, fields);
    },
  };
}

const keyOf = (event: string, fields: Fields): string => JSON.stringify([event, fields]);

const unheld = (ms: number, work: () => void): void => void setTimeout(work, ms).unref();
