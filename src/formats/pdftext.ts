/**
 * Characters with their places as lines of text. Spaces are those that were printed, or gaps where a
 * word of Latin letters ends; nothing is put between Japanese letters because they stand apart.
 */
import type { Glyph } from './pdfink.ts';

export type Line = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** The base line. */
  readonly y: number;
  readonly size: number;
  /** Widths of the first word, of the first character and the one behind it. */
  readonly head: number;
};

/** Lines of upright text from top to bottom; text turned by a quarter comes behind, line by line. */
export function findLines(glyphs: readonly Glyph[]): readonly Line[] {
  const lines: Line[] = [];
  for (const turned of [0, 1, 2, 3] as const) {
    const own = glyphs.filter((glyph) => glyph.turned === turned).map(upright);
    lines.push(...groupLines(own));
  }
  return lines;
}

/** Quarter turns undone, so that every line runs along x. */
function upright(glyph: Glyph): Glyph {
  if (glyph.turned === 1) return { ...glyph, x: glyph.y, y: -glyph.x };
  if (glyph.turned === 3) return { ...glyph, x: -glyph.y, y: glyph.x };
  return glyph.turned === 2 ? { ...glyph, x: -glyph.x, y: -glyph.y } : glyph;
}

function groupLines(glyphs: readonly Glyph[]): readonly Line[] {
  const sorted = glyphs.toSorted((one, other) => one.y - other.y);
  const groups: Glyph[][] = [];
  let [bottom, size] = [-Infinity, 0];
  for (const glyph of sorted) {
    const group = groups.at(-1);
    // A raised ※ or a small unit stands on the same line; the next line is a whole size lower.
    if (group && glyph.y - bottom <= 0.45 * Math.max(size, glyph.size)) group.push(glyph);
    else groups.push([glyph]);
    if (glyph.text.trim() !== '' || groups.at(-1)?.length === 1) {
      bottom = groups.at(-1)?.length === 1 ? glyph.y : Math.max(bottom, glyph.y);
      size = glyph.size;
    }
  }
  return groups.flatMap((group) => makeLine(group) ?? []);
}

function makeLine(group: readonly Glyph[]): Line | null {
  const row = group.toSorted((one, other) => one.x - other.x);
  let text = '';
  let before: Glyph | null = null;
  const kept: Glyph[] = [];
  for (const glyph of row) {
    if (before && isSame(before, glyph)) continue;
    const printed = plain(glyph.text);
    if (before && needsSpace(before, glyph) && !text.endsWith(' ') && printed.trim() !== '')
      text += ' ';
    text += printed;
    if (printed.trim() === '') continue;
    kept.push(glyph);
    before = glyph;
  }
  const [first] = kept;
  const last = kept.at(-1);
  if (!first || !last) return null;
  const sizes = kept.map((glyph) => glyph.size).toSorted((one, other) => one - other);
  return {
    text: text.trim(),
    left: first.x,
    right: Math.max(...kept.map(({ x, width }) => x + width)),
    y: first.y,
    size: sizes[sizes.length >> 1] ?? first.size,
    head: headOf(kept),
  };
}

/** Bold is often the same character printed twice, a hair apart. */
function isSame(one: Glyph, other: Glyph): boolean {
  return (
    one.text === other.text &&
    Math.abs(one.x - other.x) < 0.15 * one.size &&
    Math.abs(one.y - other.y) < 0.15 * one.size
  );
}

const latin = /^[!-~]$/;

/** Between Latin letters a gap is a space; beside a Japanese letter only a wide one. */
function needsSpace(before: Glyph, next: Glyph): boolean {
  const gap = (next.x - before.x - before.width) / Math.max(before.size, next.size);
  const [one, other] = [latin.test(before.text), latin.test(next.text)];
  if (one && other) return gap > 0.18;
  return gap > 0.9;
}

function headOf(row: readonly Glyph[]): number {
  const [first, second] = row;
  if (!first) return 0;
  if (!latin.test(first.text))
    return (
      first.width + (second && /[、。，．,.)）」』】〕%％]/.test(second.text) ? second.width : 0)
    );
  const end = row.findIndex((glyph) => !latin.test(glyph.text));
  return row.slice(0, end < 0 ? row.length : end).reduce((sum, glyph) => sum + glyph.width, 0);
}

/** Radicals that look like the letter, and the several middle dots, are what a font was asked for. */
function plain(text: string): string {
  return text
    .replace(/[\u2E80-\u2FDF\uFB00-\uFB06]/gu, (letter) => letter.normalize('NFKC'))
    .replace(/[\u2027\u2219\u22C5]/g, '・')
    .replace(/[\u00A0\t]/g, ' ')
    .replace(/[\uE000-\uF8FF\uFFFD]/g, '□');
}

const begins =
  /^(?:[・･•●○◦◎◆◇■□▪►▶※【〔＜<《①-⑳❶-❿㋐-㋾*＊▲△]|[(（][\dア-ンa-z一二三四五六七八九十]{1,2}[)）]|[\dＡ-Ｚ]{1,2}[.．、)） ]|第\d+|(?:基本目標|基本施策|基本方針|重点目標|重点施策)\s?[\d０-９Ⅰ-Ⅹ一二三四五])/u;

/**
 * Lines below each other as the text that was wrapped into them: a line that fills its room goes on
 * in the next, unless that begins with a bullet or a number of its own.
 * @param room the width that was there to fill (pt)
 */
export function joinWrapped(lines: readonly Line[], room: number): string {
  const dots = dotsAreWords(lines, room);
  let text = '';
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (!before) text = line.text;
    else if (!goesOn(before, line, room, dots)) text += `\n${line.text}`;
    else {
      const words = /[a-zA-Z]$/.test(before.text) && /^[a-zA-Z]/.test(line.text);
      text += `${words ? ' ' : ''}${line.text}`;
    }
  });
  return text;
}

const stop = /[。．】」）)：:]$/;

/**
 * Whether a middle dot behind a filled line is one of まち・ひと: where bullets stand, they stand behind
 * a full stop, or there are none.
 */
function dotsAreWords(lines: readonly Line[], room: number): boolean {
  const dotted = lines.flatMap((line, index) => (/^[・･]/.test(line.text) ? [index] : []));
  const behindStop = (index: number): boolean => stop.test(lines[index - 1]?.text ?? '');
  if (dotted[0] === 0 && !dotted.some((index) => index > 0 && behindStop(index))) return false;
  return dotted.every((index) => {
    const [before, line] = [lines[index - 1], lines[index]];
    return !before || !line || behindStop(index) || goesOn(before, line, room, true);
  });
}

/**
 * Whether a line was wrapped into the next: its first word had no room left.
 * @param words a middle dot at the start may be one inside a word
 */
export function goesOn(before: Line, next: Line, room: number, words = false): boolean {
  const dotted = words && /^[・･]/.test(next.text) && !stop.test(before.text);
  if (begins.test(next.text) && !dotted) return false;
  const left = room - (before.right - before.left);
  const cut = /[\d,.]$/.test(before.text) && /^[\d,.]/.test(next.text);
  const need = cut ? Math.min(next.head, next.size * 0.6) : next.head;
  return left < Math.min(need, room / 2) + 0.35 * next.size;
}
