/**
 * In which order the bullets of a heading stand, and which of them were merged: from what is written
 * at each bullet, without Yjs. Server and pages read every fragment of bullets through this, because
 * moving and merging write an attribute and never a word again (decision 0015).
 */

/** Attribute of a bullet: its place, a fraction in letters. */
export const ORDER = 'order';
/** Attribute of a bullet that was merged: the id of the one it goes on. */
export const INTO = 'into';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** No zero at the end: between two places there is always a third. */
const order = /^[0-9A-Za-z]{0,63}[1-9A-Za-z]$/;
const into = /^\d{1,10}\/\d{1,16}$/;

export const isOrder = (value: unknown): value is string =>
  typeof value === 'string' && order.test(value);
export const isInto = (value: unknown): value is string =>
  typeof value === 'string' && into.test(value);

/** A bullet as it stands in its fragment; what others have written at it may be anything. */
export type Row = { readonly id: string; readonly order: unknown; readonly into: unknown };

/** A bullet as it is shown: the rows it is made of, the first one first. */
export type Shown = {
  /** Its place: the own one, or that of the bullet it was written behind; '' comes first. */
  readonly order: string;
  readonly isPlaced: boolean;
  readonly rows: readonly number[];
};

/**
 * A bullet without a place of its own stands behind the one it was written behind. Equal places stand
 * in the order of the fragment, which is the same everywhere. Whatever was written, every row appears
 * exactly once: one that goes on itself, in a circle or on nothing is left standing.
 */
export function arrange(rows: readonly Row[]): readonly Shown[] {
  const parents = parentsOf(rows);
  const members = rows.map((): number[] => []);
  const heads: { at: number; order: string; isPlaced: boolean }[] = [];
  let last = '';
  for (const [at, row] of rows.entries()) {
    const parent = parents[at];
    if (parent !== undefined) {
      members[parent]?.push(at);
      continue;
    }
    const isPlaced = isOrder(row.order);
    if (isPlaced) last = row.order;
    heads.push({ at, order: last, isPlaced });
  }
  const own = (at: number) => {
    const value = rows[at]?.order;
    return isOrder(value) ? value : '';
  };
  for (const each of members) each.sort((a, b) => compare(own(a), own(b)) || a - b);
  return heads
    .toSorted((one, other) => compare(one.order, other.order) || one.at - other.at)
    .map(({ at, order, isPlaced }) => ({ order, isPlaced, rows: withMembers(at, members) }));
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The row each one goes on; of a circle the smallest id is left standing. */
function parentsOf(rows: readonly Row[]): (number | undefined)[] {
  const places = new Map(rows.map(({ id }, at) => [id, at]));
  const parents = rows.map(({ into }, at) => {
    const parent = isInto(into) ? places.get(into) : undefined;
    return parent === at ? undefined : parent;
  });
  /** The walk in which a row was met first. */
  const met = new Map<number, number>();
  for (const start of rows.keys()) {
    const path: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !met.has(at)) {
      met.set(at, start);
      path.push(at);
      at = parents[at];
    }
    if (at === undefined || met.get(at) !== start) continue;
    const circle = path.slice(path.indexOf(at));
    const first = circle.reduce((one, other) =>
      compare(rows[one]?.id ?? '', rows[other]?.id ?? '') <= 0 ? one : other,
    );
    parents[first] = undefined;
  }
  return parents;
}

/** Without recursion: a hostile chain may be as long as the document. */
function withMembers(head: number, members: readonly (readonly number[])[]): number[] {
  const found: number[] = [];
  const open = [head];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    found.push(at);
    open.push(...(members[at] ?? []).toReversed());
  }
  return found;
}

/** A place between two; '' is the beginning, null the end. Undefined where there is none. */
export function between(left: string, right: string | null): string | undefined {
  if (right !== null && left >= right) return undefined;
  const found = middle(left, right);
  return isOrder(found) ? found : undefined;
}

function middle(left: string, right: string | null): string {
  let shared = 0;
  while (right !== null && (left[shared] ?? '0') === right[shared]) shared += 1;
  if (right !== null && shared > 0) {
    return right.slice(0, shared) + middle(left.slice(shared), right.slice(shared));
  }
  const low = left === '' ? 0 : digits.indexOf(left.charAt(0));
  const high = right === null ? digits.length : digits.indexOf(right.charAt(0));
  if (high - low > 1) return digits.charAt(Math.round((low + high) / 2));
  if (right !== null && right.length > 1) return right.charAt(0);
  return digits.charAt(low) + middle(left.slice(1), null);
}

/** So many places between two, in order; undefined where they do not fit. */
export function spread(left: string, right: string | null, count: number): string[] | undefined {
  if (count === 0) return [];
  const found = between(left, right);
  if (found === undefined) return undefined;
  const before = Math.floor((count - 1) / 2);
  const [low, high] = [spread(left, found, before), spread(found, right, count - 1 - before)];
  return low && high && [...low, found, ...high];
}
