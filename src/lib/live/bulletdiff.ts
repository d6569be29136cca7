/**
 * What somebody did to a list of bullets, told from the list before and after, so that words which are
 * still there are never written again. Pure; knows neither Yjs nor the editor.
 */

export type Line = {
  /** Undefined for what the editor itself put there. */
  readonly key: string | undefined;
  readonly text: string;
  readonly tag: string | null;
};

/** A bullet afterwards: an old one, several old ones that became one, or a new one. */
export type Fate = {
  /** Positions in the list before; none for a new one. */
  readonly from: readonly number[];
  /** Position in the list afterwards. */
  readonly to: number;
};

/**
 * @param isSame whether an old and a new line are the very same object in the editor
 * @returns one fate for each new line; old lines in none of them are gone
 */
export function fatesOf(
  before: readonly Pick<Line, 'text'>[],
  after: readonly Pick<Line, 'text'>[],
  isSame: (before: number, after: number) => boolean,
): readonly Fate[] {
  const fates: (readonly number[] | undefined)[] = after.map(() => undefined);
  const free = new Set(before.keys());
  const take = (to: number, from: number) => {
    fates[to] = [from];
    free.delete(from);
  };
  let head = 0;
  while (head < before.length && head < after.length && isSame(head, head)) take(head, head++);
  for (
    let back = 1;
    back <= before.length - head &&
    back <= after.length - head &&
    isSame(before.length - back, after.length - back);
    back++
  )
    take(after.length - back, before.length - back);
  const open = () => [...after.keys()].filter((to) => fates[to] === undefined);
  // What was dragged, and what stayed while its neighbour went.
  const findFor = (test: (from: number, to: number) => boolean) => {
    for (const to of open()) {
      const from = [...free].find((each) => test(each, to));
      if (from !== undefined) take(to, from);
    }
  };
  findFor(isSame);
  findFor((from, to) => before[from]?.text !== '' && before[from]?.text === after[to]?.text);
  const news = open();
  const olds = [...free];
  const [only, ...more] = news;
  if (only !== undefined && more.length === 0 && olds.length > 1) fates[only] = olds;
  else if (olds.length === 1 && news.length > 1) {
    const old = before[olds[0] ?? 0]?.text ?? '';
    const best = news.reduce((one, other) =>
      common(old, after[other]?.text ?? '') > common(old, after[one]?.text ?? '') ? other : one,
    );
    fates[best] = olds;
  } else {
    for (const [index, to] of news.entries()) {
      const from = olds[index];
      if (from !== undefined) fates[to] = [from];
    }
  }
  return fates.map((from, to) => ({ from: from ?? [], to }));
}

/** How much two texts share at their ends: the half of a cut line that keeps its authors. */
function common(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let head = 0;
  while (head < shorter && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < shorter - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  return head + tail;
}

/**
 * The longest part of the old order that can stand as it is, so that as little as possible is drawn
 * again; what is `pinned` stays in any case.
 */
export function steady(
  before: readonly (string | undefined)[],
  after: readonly string[],
  pinned: string | undefined,
): ReadonlySet<string> {
  const places = new Map(after.map((key, at) => [key, at]));
  const pin = pinned === undefined ? -1 : before.indexOf(pinned);
  const goal = pinned === undefined ? undefined : places.get(pinned);
  const candidates = before.flatMap((key, from) => {
    const to = key === undefined ? undefined : places.get(key);
    if (key === undefined || to === undefined) return [];
    const fits = goal === undefined || pin < 0 || Math.sign(from - pin) === Math.sign(to - goal);
    return fits ? [{ key, to }] : [];
  });
  /** For each candidate the longest run that ends with it. */
  const runs: { length: number; back: number }[] = [];
  let best = -1;
  for (const [at, { to }] of candidates.entries()) {
    let run = { length: 1, back: -1 };
    for (const [back, earlier] of candidates.slice(0, at).entries()) {
      const length = (runs[back]?.length ?? 0) + 1;
      if (earlier.to < to && length > run.length) run = { length, back };
    }
    runs.push(run);
    if (run.length > (runs[best]?.length ?? 0)) best = at;
  }
  const kept = new Set<string>();
  for (let at = best; at >= 0; at = runs[at]?.back ?? -1) kept.add(candidates[at]?.key ?? '');
  return kept;
}
