/**
 * How much room a text takes in a spreadsheet cell, in em (the width of one full-width character).
 * Excel sizes no row by a merged cell, so the writer must know. It errs on the wide side: a reader
 * without BIZ UDPゴシック sees another font, and a clipped opinion is worse than a white margin.
 */

/** Widest advances of BIZ UDPゴシック and its usual stand-ins, in em. */
const DIGIT = 0.76;
const UPPER = 0.85;
const LOWER = 0.7;
const NARROW = 0.5;
const FULL = 1;

/** Characters that must not begin a line (行頭禁則) and those that must not end one (行末禁則). */
const closing =
  '、。，．・：；！？）」』】〕｝〉》”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]},.!?:;%％℃';
const opening = '（「『【〔｛〈《“‘([{';

/** Line pitch that also holds the tallest usual stand-in (Noto Sans CJK), in em. */
export const LINE_PITCH = 1.45;

/** Width of a text on one line, in em. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Lines a text needs in a box `width` em wide: its own line breaks and those of wrapping. */
export function lineCount(text: string, width: number): number {
  return text.split('\n').reduce((sum, line) => sum + wrappedLines(line, width), 0);
}

function wrappedLines(line: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const piece of unbreakable(line)) {
    const needed = textWidth(piece);
    if (used + needed <= width) {
      used += needed;
    } else if (needed <= width) {
      lines += 1;
      used = needed;
    } else {
      // Wider than the box: broken anywhere, character by character.
      for (const character of piece) {
        const step = characterWidth(character);
        if (used + step > width && used > 0) {
          lines += 1;
          used = 0;
        }
        used += step;
      }
    }
  }
  return lines;
}

/** Words of letters and digits, and full-width characters with the marks that cling to them. */
function unbreakable(line: string): string[] {
  const pieces: string[] = [];
  let glue = false;
  let word = false;
  for (const character of line) {
    const inWord = /[A-Za-z0-9]/.test(character);
    const joins = glue || (word && inWord) || closing.includes(character);
    if (joins && pieces.length > 0) pieces[pieces.length - 1] += character;
    else pieces.push(character);
    glue = opening.includes(character);
    word = inWord;
  }
  return pieces;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if (code >= 0x41 && code <= 0x5a) return UPPER;
  if (code >= 0x61 && code <= 0x7a) return LOWER;
  // Half-width katakana and ASCII marks; % @ & are as wide as a capital.
  if (code < 0x7f) return '%@&#'.includes(character) ? UPPER : NARROW;
  if (code >= 0xff61 && code <= 0xff9f) return NARROW + 0.1;
  return FULL;
}
