/** 似た意見: which bullets say nearly the same, told by the pairs of characters they share ([D11]). */

/** From this share of common pairs on two bullets are offered for merging (a choice). */
const ALIKE = 0.5;
/** Shorter ones are alike by accident. */
const SHORTEST = 6;

/** Width, spaces and punctuation say nothing about the meaning. */
const plain = (text: string): readonly string[] => [
  ...text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, ''),
];

/** Pairs of neighbouring characters, each with how often it stands there. */
function pairsOf(text: readonly string[]): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = `${text[at] ?? ''}${text[at + 1] ?? ''}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** 0 for nothing in common, 1 for the same: twice the common pairs over all pairs (Dice). */
export function likeness(one: string, other: string): number {
  const [left, right] = [plain(one), plain(other)];
  if (left.length < SHORTEST || right.length < SHORTEST) return 0;
  const [mine, theirs] = [pairsOf(left), pairsOf(right)];
  let common = 0;
  for (const [pair, count] of mine) common += Math.min(count, theirs.get(pair) ?? 0);
  return (2 * common) / (left.length + right.length - 2);
}

/** [D11] The pairs to offer, the most alike first; each bullet at most once. */
export function similarPairs(
  texts: readonly string[],
): readonly { readonly one: number; readonly other: number; readonly likeness: number }[] {
  const found = texts
    .flatMap((text, one) =>
      texts
        .slice(one + 1)
        .map((second, at) => ({ one, other: one + 1 + at, likeness: likeness(text, second) })),
    )
    .filter((pair) => pair.likeness >= ALIKE)
    .toSorted((a, b) => b.likeness - a.likeness);
  const taken = new Set<number>();
  return found.filter(({ one, other }) => {
    if (taken.has(one) || taken.has(other)) return false;
    taken.add(one).add(other);
    return true;
  });
}
