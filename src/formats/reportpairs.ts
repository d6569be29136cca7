/**
 * Which pair of boxes belongs to which KPI frame of a report form, when both are only known by their
 * order. The printed numbers of characters decide; without them equal numbers of both have to.
 */

/** `length` counts the characters of the lines as printed, before they were joined. */
export type Paragraph = { readonly text: string; readonly length: number; readonly lines: number };
/** The two boxes of a frame: reached, and not reached or not measured. */
export type Pair = {
  readonly achieved: readonly Paragraph[] | null;
  readonly missed: readonly Paragraph[] | null;
};
/** What is printed below the boxes of a frame (0 /300字, 289 /300字); null where it is lost. */
export type Counted = readonly [number, number] | null;

export type Match = {
  /** Per frame its pair and the texts of it, or null where that cannot be told. */
  readonly frames: readonly (Matched | null)[];
  /** Some frame or pair could not be placed. */
  readonly doubtful: boolean;
  /** Boxes that were placed although their length is not the printed one. */
  readonly lengths: readonly { frame: number; stated: number; read: number }[];
};
export type Matched = {
  readonly pair: number;
  readonly achieved: string | null;
  readonly missed: string | null;
};

/** Places every pair that can be placed without a guess. */
export function matchPairs(counted: readonly Counted[], pairs: readonly Pair[]): Match {
  if (counted.length === pairs.length && !contradicts(counted, pairs))
    return byOrder(counted, pairs);
  // Frames or boxes are missing: only a length that fits one frame alone says where a box belongs.
  const frames = counted.map((counts, frame): Matched | null => {
    if (counts === null || Math.max(...counts) === 0) return null;
    const fitting = pairs.flatMap((pair, index) => (fits(counts, pair) ? [index] : []));
    const [only] = fitting;
    if (only === undefined || fitting.length > 1) return null;
    const pair = pairs[only];
    const rivals = counted.filter(
      (other, index) => index !== frame && other && pair && fits(other, pair),
    );
    return !pair || rivals.length > 0 ? null : take(only, pair, counts);
  });
  return { frames, doubtful: true, lengths: [] };
}

function byOrder(counted: readonly Counted[], pairs: readonly Pair[]): Match {
  const lengths: { frame: number; stated: number; read: number }[] = [];
  const frames = pairs.map((pair, frame) => {
    const counts = counted[frame] ?? null;
    for (const [index, box] of [pair.achieved ?? [], pair.missed ?? []].entries()) {
      const stated = counts?.[index];
      if (stated !== undefined && cut(box, stated) === null)
        lengths.push({ frame, stated, read: measure(box).length });
    }
    return take(frame, pair, counts);
  });
  return { frames, doubtful: false, lengths };
}

/** Whether a text has exactly the length that is printed at another frame and not at its own. */
function contradicts(counted: readonly Counted[], pairs: readonly Pair[]): boolean {
  return pairs.some((pair, index) => {
    const counts = counted[index];
    if (!counts || fits(counts, pair)) return false;
    const texts = (pair.achieved?.length ?? 0) + (pair.missed?.length ?? 0);
    return (
      texts > 0 &&
      counted.some(
        (other, at) => at !== index && other && Math.max(...other) > 0 && fits(other, pair),
      )
    );
  });
}

function fits(counts: readonly [number, number], { achieved, missed }: Pair): boolean {
  return cut(achieved ?? [], counts[0]) !== null && cut(missed ?? [], counts[1]) !== null;
}

function take(pair: number, { achieved, missed }: Pair, counts: Counted): Matched {
  const text = (box: readonly Paragraph[] | null, stated: number | undefined): string | null => {
    const all = box ?? [];
    const kept = (stated === undefined ? null : cut(all, stated)) ?? all;
    return kept.length > 0 ? kept.map((paragraph) => paragraph.text).join('\n') : null;
  };
  return { pair, achieved: text(achieved, counts?.[0]), missed: text(missed, counts?.[1]) };
}

/** The first paragraphs that together have the stated length: what follows is a foot of the page. */
function cut(box: readonly Paragraph[], stated: number): readonly Paragraph[] | null {
  for (let kept = box.length; kept >= 0; kept--) {
    const some = box.slice(0, kept);
    const { length, lines } = measure(some);
    // The form counts every character but line breaks; print may lose the space at the end of a line.
    if (stated >= length && stated - length <= Math.max(0, lines - 1)) return some;
  }
  return null;
}

function measure(box: readonly Paragraph[]): { length: number; lines: number } {
  return {
    length: box.reduce((sum, { length }) => sum + length, 0),
    lines: box.reduce((sum, { lines }) => sum + lines, 0),
  };
}
