/**
 * What somebody did to a text field, as one edit, and where it belongs when others have typed in the
 * same field meanwhile. Pure; positions count UTF-16 units, and no character is ever cut in two.
 */

/** At `at`, `removed` units went and `added` came. */
export type TextEdit = { readonly at: number; readonly removed: number; readonly added: string };

/** One change of a Y.Text as it tells of it. */
export type TextDelta = readonly {
  readonly retain?: number;
  readonly delete?: number;
  readonly insert?: unknown;
}[];

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** The smallest edit that makes `after` of `before`; null when they are equal. */
export function editBetween(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  // 😀 and 😁 begin with the same half.
  if (head > 0 && isHigh(before.charCodeAt(head - 1))) head--;
  let tail = 0;
  while (
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--;
  return {
    at: head,
    removed: before.length - head - tail,
    added: after.slice(head, after.length - tail),
  };
}

/** Where a position is after a change; at the place of an insertion it stays in front of it. */
export function moved(position: number, delta: TextDelta): number {
  let at = 0;
  let now = position;
  for (const part of delta) {
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) now -= Math.max(0, Math.min(part.delete, now - at));
    else if (typeof part.insert === 'string') {
      if (at < now) now += part.insert.length;
      at += part.insert.length;
    }
    if (at >= now) break;
  }
  return now;
}

/**
 * The edit as it has to be made to a text that others have changed since: what they took out is not
 * taken out again, what they put into the middle of a deletion stays.
 */
export function carried(edit: TextEdit, deltas: readonly TextDelta[]): readonly TextEdit[] {
  // One unit after another: a deletion may have come apart.
  const gone = Array.from({ length: edit.removed }, (_, index) => edit.at + index);
  let places: readonly (number | null)[] = gone;
  let at = edit.at;
  for (const delta of deltas) {
    places = places.map((place) =>
      place === null || isDeleted(place, delta) ? null : shifted(place, delta),
    );
    at = moved(at, delta);
  }
  const ranges: { from: number; to: number }[] = [];
  for (const place of places) {
    if (place === null) continue;
    const last = ranges.at(-1);
    if (last?.to === place) last.to++;
    else ranges.push({ from: place, to: place + 1 });
  }
  // From the end to the start, so that no position moves before it is used.
  const removals = ranges
    .toReversed()
    .map(({ from, to }): TextEdit => ({ at: from, removed: to - from, added: '' }));
  const [first] = ranges;
  const insertion = { at: first ? Math.min(at, first.from) : at, removed: 0, added: edit.added };
  return edit.added === '' ? removals : [...removals, insertion];
}

function isDeleted(place: number, delta: TextDelta): boolean {
  let at = 0;
  for (const part of delta) {
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) {
      if (place >= at && place < at + part.delete) return true;
      at += part.delete;
    }
  }
  return false;
}

/** The place of a unit that is still there: insertions in front of it push it on. */
function shifted(place: number, delta: TextDelta): number {
  let at = 0;
  let now = place;
  for (const part of delta) {
    if (at > place) break;
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) {
      now -= part.delete;
      at += part.delete;
    } else if (typeof part.insert === 'string') now += part.insert.length;
  }
  return now;
}
