/**
 * One sheet changed by two people at once: what only one of them changed is taken from that one, and
 * where both changed the same field the own stays, and it is told ([W9]). Loses no field silently.
 */
import type { ProjectSheet } from './sheet.ts';

/** A field both have changed, differently: `['kpis', 0, 'statedRate']`, and what the other wrote. */
export type Clash = {
  readonly path: readonly (string | number)[];
  readonly theirs: unknown;
};

export type SheetMerge = {
  readonly sheet: ProjectSheet;
  /** Where the other one's change stands and the own does not say anything else. */
  readonly taken: readonly Clash['path'][];
  readonly clashes: readonly Clash[];
};

/** Brings two sheets together that were both made from `base`. */
export function mergeSheets(
  base: ProjectSheet,
  own: ProjectSheet,
  theirs: ProjectSheet,
): SheetMerge {
  const taken: Clash['path'][] = [];
  const clashes: Clash[] = [];

  function merge(start: unknown, mine: unknown, other: unknown, path: Clash['path']): unknown {
    if (same(mine, other) || same(other, start)) return mine;
    if (same(mine, start)) {
      taken.push(path);
      return other;
    }
    if (isList(start) && isList(mine) && isList(other)) {
      // Entries are added behind the others; one that was taken out moves those behind it.
      const kept = start.length;
      if (mine.length >= kept && other.length >= kept) {
        const added = other.slice(kept);
        if (added.length > 0) taken.push(path);
        return [
          ...start.map((each, index) => merge(each, mine[index], other[index], [...path, index])),
          ...added,
          ...mine.slice(kept).filter((each) => !added.some((their) => same(their, each))),
        ];
      }
    } else if (isRecord(start) && isRecord(mine) && isRecord(other)) {
      const keys = new Set([...Object.keys(start), ...Object.keys(mine), ...Object.keys(other)]);
      const entries = [...keys].map(
        (key) => [key, merge(start[key], mine[key], other[key], [...path, key])] as const,
      );
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    clashes.push({ path, theirs: other });
    return mine;
  }

  const sheet = merge(base, own, theirs, []) as ProjectSheet;
  return { sheet, taken, clashes };
}

const same = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** Keys in one order, so that equal values are spelt alike. */
function sorted(value: unknown): unknown {
  if (isList(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** A figure is one thing: its text and its value are never taken from two people. */
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value) && !('text' in value);
