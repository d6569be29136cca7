/**
 * One line of a report by pillars (柱別報告) without its dress: Markdown signs, bullets, ■ and ① are
 * taken off and told. Says which line is a heading of a part; knows nothing of what stands around it.
 */
import type { Cell, Grid } from './grid.ts';

/** The headings every pillar and every activity repeats. */
export type Part = 'quantitative' | 'qualitative' | 'activities';

export type Line = {
  readonly at: string;
  /** All cells of the row; one for running text. */
  readonly cells: readonly Cell[];
  /** The texts of the cells that hold one, left to right. */
  readonly texts: readonly string[];
  /** The text without #, bullet and circled number. */
  readonly body: string;
  /** Whether # stands before it. */
  readonly raised: boolean;
  readonly bullet: boolean;
  /** 1 for ①. */
  readonly mark: number | null;
  /** Whether ■ stands before it: the headings inside an activity. */
  readonly boxed: boolean;
  /** Whether 1) stands before it: the headings of a pillar. */
  readonly numbered: boolean;
  readonly part: Part | null;
};

const parts: readonly (readonly [Part, RegExp])[] = [
  ['quantitative', /^定量的?な?(?:効果|成果)(?:\(.{1,20}\))?$/],
  ['qualitative', /^定性的?な?(?:効果|成果)(?:\(.{1,20}\))?$/],
  [
    'activities',
    /^(?:各|主な|個別)?(?:事業|取組|取り組み)(?:内容)?(?:及び|および|並びに|とその|と|ごとの|別の?|の|・)?(?:成果|効果|実績|結果)(?:等|について)?$/,
  ],
];

/** The rows of a grid as lines; a cell of several lines is several. Empty rows are left out. */
export function readLines(grid: Grid): readonly Line[] {
  return grid.rows.flatMap((cells): readonly Line[] => {
    const texts = cells.map(({ text }) => text).filter((text) => text !== '');
    const at = cells.find(({ text }) => text !== '')?.at ?? '';
    const [first, ...others] = texts;
    if (first === undefined) return [];
    if (others.length > 0) {
      const head = dress(first);
      // 定量効果 with its text in the next cell: the heading and what stands under it.
      if (head.part !== null && !others.some((text) => dress(text).part !== null))
        return [first, ...others].flatMap((text) => running(text, at));
      return [{ at, cells, texts, ...head, part: null }];
    }
    return running(first, at, cells);
  });
}

function running(text: string, at: string, cells: readonly Cell[] = []): Line[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.map((line) => ({
    at,
    cells: lines.length === 1 ? cells : [],
    texts: [line],
    ...dress(line),
  }));
}

type Dressed = Omit<Line, 'at' | 'cells' | 'texts'>;

function dress(text: string): Dressed {
  let body = text.replace(/\*\*|__/g, '').trim();
  const strip = (pattern: RegExp): string | null => {
    const found = pattern.exec(body)?.[0] ?? null;
    if (found !== null) body = body.slice(found.length).trim();
    return found;
  };
  const raised = strip(/^#{1,6}\s*/) !== null;
  // A minus sign before a figure is no bullet.
  let bullet = strip(/^(?:[-*+•‐–]\s+|[・･●○])/) !== null;
  const mark = findMark(strip(/^[①-⑳]/));
  if (strip(/^[・･]/) !== null) bullet = true;
  const boxed = strip(/^[■□◆◇▪▼▶]/) !== null;
  const plain = body.normalize('NFKC').replace(/\s+/g, '');
  const number = /^(?:\(\d{1,2}\)|\d{1,2}[).、])/.exec(plain)?.[0] ?? '';
  const title = plain.slice(number.length).replace(/^[【<《[]|[】>》\]::]+$/g, '');
  const part = parts.find(([, pattern]) => pattern.test(title))?.[0] ?? null;
  return { body, raised, bullet, mark, boxed, numbered: number !== '', part };
}

function findMark(sign: string | null): number | null {
  const code = sign?.codePointAt(0) ?? 0;
  return code >= 0x2460 && code <= 0x2473 ? code - 0x245f : null;
}

/** 特記事項なし and its like: nothing is said, and nothing is kept. */
export function saysNothing(text: string): boolean {
  return /^(?:特記事項|該当(?:事項|なし)?|記載事項)?は?(?:特に)?(?:なし|無し|ありません)。?$/.test(
    text.replace(/\s+/g, ''),
  );
}
