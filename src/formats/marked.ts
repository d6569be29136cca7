/**
 * Cells that hold a text per KPI behind ①②③: splits them at the marks. Must see the text before any
 * NFKC, which would turn ① into 1. Places nothing that stands without a mark.
 */

export type Marked = {
  /** The text behind each mark by its number; null where the mark stands twice. */
  readonly parts: ReadonlyMap<number, string | null>;
  /** What stands before the first mark. */
  readonly loose: string;
};

type Found = {
  readonly number: number;
  readonly index: number;
  readonly end: number;
  readonly bound: boolean;
};

/** Marks that begin a part; ① inside a sentence (①の利用者のうち…) begins none. */
export function splitMarks(text: string): Marked {
  const found = findMarks(text);
  const within = ({ end }: Found): boolean => /^[のはとをがにへもや、。）)]/.test(text.slice(end));
  const bound = found.filter((mark) => mark.bound);
  // Of two, the one that goes on like a sentence (②の人が…) is a word of that sentence.
  const marks = bound.filter(
    (mark) =>
      !within(mark) || !bound.some((other) => other !== mark && other.number === mark.number),
  );
  const seen = new Set(marks.map(({ number }) => number));
  for (const mark of found.filter(({ bound }) => !bound)) {
    const before = marks.findLast(({ index }) => index < mark.index);
    const after = marks.find(({ index }) => index > mark.index);
    const fits = (before?.number ?? 0) < mark.number && mark.number < (after?.number ?? Infinity);
    if (seen.has(mark.number) || !fits || within(mark)) continue;
    seen.add(mark.number);
    marks.push(mark);
    marks.sort((one, other) => one.index - other.index);
  }
  const parts = new Map<number, string | null>();
  for (const [at, { number, end }] of marks.entries()) {
    const part = text.slice(end, marks[at + 1]?.index).replace(/^[\s:：.．、]+|\s+$/g, '');
    parts.set(number, parts.has(number) ? null : part);
  }
  return { parts, loose: text.slice(0, marks[0]?.index).trim() };
}

/** ① for 1, as marks are kept whatever their print was. */
export function makeMark(number: number): string {
  return number <= 20 ? String.fromCodePoint(0x245f + number) : `(${number})`;
}

function findMarks(text: string): readonly Found[] {
  const signs = [...text.matchAll(/[①-⑳❶-❿⑴-⒇]/gu)].map((match) =>
    at(text, match.index, match[0], numberOf(match[0])),
  );
  if (signs.length > 0) return signs;
  const brackets = [...text.matchAll(/(?<=^|\s)[(（]([1-9１-９])[)）](?=\s*\S)/g)].map((match) =>
    at(text, match.index, match[0], Number((match[1] ?? '').normalize('NFKC'))),
  );
  // (1) (2) (3) are marks; a single (2) is a remark.
  const counted = brackets.every(({ number }, index) => number === index + 1);
  return brackets.length > 1 && counted ? brackets : [];
}

function at(text: string, index: number, sign: string, number: number): Found {
  const bound = index === 0 || /[\s。]/.test(text.charAt(index - 1));
  return { number, index, end: index + sign.length, bound };
}

function numberOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x2776) return code - 0x2775;
  return code >= 0x2474 ? code - 0x2473 : code - 0x245f;
}
