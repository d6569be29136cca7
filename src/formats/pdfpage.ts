/**
 * A page as blocks in reading order: tables with the text of their cells, and lines of prose between
 * them. Does not look at other pages.
 */
import { findBoxes, findFrames, type Box, type Frame } from './pdfcells.ts';
import type { Glyph, Ink } from './pdfink.ts';
import { findLines, goesOn, joinWrapped, type Line } from './pdftext.ts';

export type Prose = { readonly kind: 'prose'; readonly y: number; readonly text: string };
export type Table = {
  readonly kind: 'table';
  readonly y: number;
  readonly frame: Frame;
  readonly glyphs: readonly Glyph[];
};
export type Block = Prose | Table;
/** A cell with its text; `room` is the width its lines could fill (pt). */
export type TextBox = Box & {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly room: number;
};

/** Null when the page draws more rules than any table. */
export function findBlocks(ink: Ink): readonly Block[] | null {
  const frames = findFrames(ink.across, ink.down);
  if (!frames) return null;
  const tables = frames.map((frame) => ({ frame, glyphs: [] as Glyph[] }));
  const loose: Glyph[] = [];
  for (const glyph of ink.glyphs) {
    const [x, y] = centre(glyph);
    // Of a table inside a cell of another the inner one is the smaller.
    const own = tables
      .filter(({ frame }) => isIn(frame.xs, x) && isIn(frame.ys, y))
      .toSorted((one, other) => areaOf(one.frame) - areaOf(other.frame))[0];
    (own?.glyphs ?? loose).push(glyph);
  }
  const written = tables.filter(({ glyphs }) => glyphs.some(({ text }) => text.trim() !== ''));
  const edges = [...written.flatMap(({ frame }) => frame.ys)].toSorted((one, other) => one - other);
  const blocks: Block[] = written.map(({ frame, glyphs }) => ({
    kind: 'table',
    y: frame.ys[0] ?? 0,
    frame,
    glyphs,
  }));
  blocks.push(...paragraphs(findLines(loose), edges));
  return blocks.toSorted((one, other) => one.y - other.y);
}

/** The cells of a table with their text, under its own columns or those of the table it goes on. */
export function fillBoxes({ frame, glyphs }: Table, xs: readonly number[]): readonly TextBox[] {
  const boxes = findBoxes(frame, xs);
  const columns = xs.length - 1;
  const owner = new Int32Array(columns * (frame.ys.length - 1)).fill(-1);
  boxes.forEach((box, index) => {
    for (let row = box.top; row < box.bottom; row++)
      owner.fill(index, row * columns + box.left, row * columns + box.right);
  });
  const texts = boxes.map((): Glyph[] => []);
  for (const glyph of glyphs) {
    const [x, y] = centre(glyph);
    const index = owner[stretchOf(frame.ys, y) * columns + stretchOf(xs, x)];
    texts[index ?? -1]?.push(glyph);
  }
  const lines = texts.map(findLines);
  const room = (box: Box): number => (xs[box.right] ?? 0) - (xs[box.left] ?? 0);
  // Nothing says how far text keeps from the border: the fullest line of the table shows it.
  const margins = boxes.map((box, index) =>
    Math.min(...(lines[index] ?? []).map(({ left }) => left - (xs[box.left] ?? 0))),
  );
  const margin = Math.min(Math.max(Math.min(...margins), 0), 8);
  return boxes.map((box, index) => {
    const own = lines[index] ?? [];
    const filled = room(box) - 2 * margin;
    return { ...box, text: joinWrapped(own, filled), lines: own, room: filled };
  });
}

/** Wrapped lines of prose become one; a table between two lines parts them. */
function paragraphs(lines: readonly Line[], edges: readonly number[]): readonly Prose[] {
  const left = Math.min(...lines.map((line) => line.left));
  const room = Math.max(...lines.map((line) => line.right)) - left;
  const joined: { first: Line; last: Line; text: string }[] = [];
  for (const line of lines) {
    const open = joined.at(-1);
    const { last } = open ?? {};
    const near =
      last !== undefined &&
      line.y > last.y &&
      line.y - last.y < 2.4 * line.size &&
      Math.abs(line.size - last.size) < 0.1 * line.size &&
      Math.abs(line.left - last.left) < 2.5 * line.size &&
      !edges.some((edge) => edge > last.y && edge < line.y);
    if (open && last && near && goesOn(last, line, room - (last.left - left))) {
      open.text += line.text;
      open.last = line;
    } else joined.push({ first: line, last: line, text: line.text });
  }
  return joined.map(({ first, text }) => ({ kind: 'prose', y: first.y - first.size, text }));
}

function centre({ x, y, width, size, turned }: Glyph): readonly [number, number] {
  if (turned === 0) return [x + width / 2, y - size * 0.35];
  if (turned === 1) return [x + size * 0.35, y + width / 2];
  return turned === 3 ? [x - size * 0.35, y - width / 2] : [x - width / 2, y + size * 0.35];
}

function isIn(borders: readonly number[], at: number): boolean {
  return (borders[0] ?? 0) <= at && at <= (borders.at(-1) ?? 0);
}

function areaOf({ xs, ys }: Frame): number {
  return ((xs.at(-1) ?? 0) - (xs[0] ?? 0)) * ((ys.at(-1) ?? 0) - (ys[0] ?? 0));
}

/** Between which two borders a place lies. */
function stretchOf(borders: readonly number[], at: number): number {
  let [low, high] = [0, borders.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((borders[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
