/**
 * The tables that the rules of a page draw: which rules belong together, where their rows and columns
 * are, and which cells are merged. Knows rules only; text is put in by `pdfpage.ts`.
 */
import type { Rule } from './pdfpath.ts';

/** A cell from row and column to row and column (exclusive); open where no rule closes it. */
export type Box = {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly openTop: boolean;
  readonly openBottom: boolean;
};
/** Borders of the rows (y) and columns (x) in points, n + 1 for n. */
export type Frame = {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly across: readonly Rule[];
  readonly down: readonly Rule[];
};

/** Rules nearer than this (pt) are one border, gaps smaller than this do not interrupt it. */
const near = 2.6;
const bounds = { rules: 8_000, columns: 250, boxes: 100_000, frames: 1_000 } as const;

/** The tables of a page, top to bottom; a lone box around prose is none. Null when there is too much. */
export function findFrames(
  across: readonly Rule[],
  down: readonly Rule[],
): readonly Frame[] | null {
  const flat = joinRules(across);
  const upright = joinRules(down);
  if (flat.length + upright.length > bounds.rules) return null;
  const groups = connect(flat, upright);
  if (groups.length > bounds.frames) return null;
  const frames: Frame[] = [];
  for (const group of groups) {
    const xs = borders(group.down, group.across);
    const ys = borders(group.across, group.down);
    if (xs.length > bounds.columns || xs.length * ys.length > bounds.boxes) return null;
    if (xs.length < 2 || ys.length < 2 || (xs.length === 2 && ys.length === 2)) continue;
    frames.push({ xs, ys, across: group.across, down: group.down });
  }
  return frames.toSorted((one, other) => (one.ys[0] ?? 0) - (other.ys[0] ?? 0));
}

/** The cells of a frame under given columns, those of the frame itself or of the table it goes on. */
export function findBoxes(frame: Frame, xs: readonly number[] = frame.xs): readonly Box[] {
  const { ys } = frame;
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  const below = walls(frame.across, ys, xs);
  const beside = walls(frame.down, xs, ys);
  const taken = new Uint8Array(columns * rows);
  const boxes: Box[] = [];
  for (let top = 0; top < rows; top++) {
    for (let left = 0; left < columns; left++) {
      if (taken[top * columns + left]) continue;
      let right = left + 1;
      while (right < columns && !taken[top * columns + right] && !beside(right, top)) right++;
      let bottom = top + 1;
      while (bottom < rows && goesOn(bottom, left, right)) bottom++;
      for (let row = top; row < bottom; row++)
        taken.fill(1, row * columns + left, row * columns + right);
      const openTop = top === 0 && !below(0, left);
      const openBottom = bottom === rows && !below(rows, left);
      boxes.push({ top, bottom, left, right, openTop, openBottom });
    }
  }
  return boxes;

  function goesOn(row: number, left: number, right: number): boolean {
    for (let column = left; column < right; column++) {
      if (below(row, column) || taken[row * columns + column]) return false;
      if (column + 1 < right && beside(column + 1, row)) return false;
    }
    return true;
  }
}

/** Whether a rule stands at a border, beside the middle of a stretch. */
function walls(
  rules: readonly Rule[],
  at: readonly number[],
  along: readonly number[],
): (border: number, stretch: number) => boolean {
  const held = at.map((place) => rules.filter((rule) => Math.abs(rule.at - place) <= near));
  return (border, stretch) => {
    const middle = ((along[stretch] ?? 0) + (along[stretch + 1] ?? 0)) / 2;
    return (held[border] ?? []).some(({ from, to }) => from <= middle && middle <= to);
  };
}

/** Double lines, lines in pieces and lines drawn twice become one. */
function joinRules(rules: readonly Rule[]): readonly Rule[] {
  const sorted = rules.toSorted((one, other) => one.at - other.at);
  const joined: Rule[] = [];
  for (let start = 0; start < sorted.length;) {
    const first = sorted[start]?.at ?? 0;
    let end = start;
    while (end < sorted.length && (sorted[end]?.at ?? 0) - first <= near) end++;
    const group = sorted.slice(start, end).toSorted((one, other) => one.from - other.from);
    const at = group.reduce((sum, rule) => sum + rule.at, 0) / group.length;
    let open: { from: number; to: number } | null = null;
    for (const { from, to } of group) {
      if (open && from <= open.to + near) open.to = Math.max(open.to, to);
      else {
        if (open) joined.push({ at, ...open });
        open = { from, to };
      }
    }
    if (open) joined.push({ at, ...open });
    start = end;
  }
  // What is left so short is a dash in the text, an underline or a corner.
  return joined.filter(({ from, to }) => to - from >= 4);
}

type Group = { readonly across: Rule[]; readonly down: Rule[] };

/** Rules that touch each other, directly or by others. */
function connect(across: readonly Rule[], down: readonly Rule[]): readonly Group[] {
  const parents = [...across, ...down].map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    for (let at = index; at !== root;) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const sorted = down
    .map((rule, index) => ({ rule, index }))
    .toSorted((a, b) => a.rule.at - b.rule.at);
  for (const [index, flat] of across.entries()) {
    for (let next = firstAt(sorted, flat.from - near); next < sorted.length; next++) {
      const other = sorted[next];
      if (!other || other.rule.at > flat.to + near) break;
      if (other.rule.from - near <= flat.at && flat.at <= other.rule.to + near)
        parents[find(index)] = find(across.length + other.index);
    }
  }
  const groups = new Map<number, Group>();
  const into = (index: number): Group => {
    const root = find(index);
    const group = groups.get(root) ?? { across: [], down: [] };
    groups.set(root, group);
    return group;
  };
  across.forEach((rule, index) => into(index).across.push(rule));
  down.forEach((rule, index) => into(across.length + index).down.push(rule));
  return [...groups.values()].filter((group) => group.across.length > 1 && group.down.length > 0);
}

function firstAt(sorted: readonly { readonly rule: Rule }[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.rule.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places of the borders; where the crossing rules reach beyond the outermost, the side is open. */
function borders(rules: readonly Rule[], crossing: readonly Rule[]): readonly number[] {
  const places: number[] = [];
  const ends = [
    Math.min(...crossing.map(({ from }) => from)),
    Math.max(...crossing.map(({ to }) => to)),
  ];
  const sorted = rules.map(({ at }) => at).toSorted((one, other) => one - other);
  for (const at of sorted) if (at - (places.at(-1) ?? -Infinity) > near) places.push(at);
  const [from = 0, to = 0] = ends;
  if (places.length === 0) return [from, to];
  if ((places[0] ?? 0) - from > 2 * near) places.unshift(from);
  if (to - (places.at(-1) ?? 0) > 2 * near) places.push(to);
  return places;
}
