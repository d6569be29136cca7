/**
 * The 意見等 of a project as cell text: headings in bold, a ・ before each opinion, divided over
 * several cells where one cannot hold them. It changes no word and loses none.
 */
import type { SheetOpinion } from '#domain/sheet.ts';

export type TextRun = { readonly text: string; readonly bold: boolean };
export type OpinionPart = { readonly runs: readonly TextRun[]; readonly height: number };
/** Height in points that a text needs in the opinion column. */
export type Measure = (text: string) => number;

/** The reading side keeps 20,000 characters of a cell, Excel itself 32,767. */
const MAX_TEXT = 19_000;

/** Opinions under their headings, in order of appearance; what has no heading stands first. */
export function byHeading(
  opinions: readonly SheetOpinion[],
): readonly (readonly [heading: string, opinions: readonly SheetOpinion[]])[] {
  const sections = new Map<string, SheetOpinion[]>([['', []]]);
  for (const opinion of opinions) {
    const section = sections.get(opinion.heading) ?? [];
    sections.set(opinion.heading, [...section, opinion]);
  }
  return [...sections].filter(([, section]) => section.length > 0);
}

/** One run a line: each heading once, over all its opinions. */
export function opinionRuns(opinions: readonly SheetOpinion[]): readonly TextRun[] {
  return byHeading(opinions).flatMap(([heading, section]) => [
    ...(heading === '' ? [] : [{ text: heading, bold: true }]),
    ...section.map(bullet),
  ]);
}

/**
 * All runs in one part while they are no taller than `whole`; else in parts no taller than `row`,
 * parted between opinions, a giant one inside itself, and never behind a heading.
 */
export function opinionParts(
  runs: readonly TextRun[],
  measure: Measure,
  limits: { readonly whole: number; readonly row: number },
): readonly OpinionPart[] {
  const text = joined(runs);
  const height = measure(text);
  if (height <= limits.whole && text.length <= MAX_TEXT) return [{ runs, height }];
  const parts: { runs: TextRun[]; height: number }[] = [];
  for (const block of blocks(runs, measure, limits.row)) {
    const current = parts.at(-1);
    const grown = measure(joined([...(current?.runs ?? []), ...block]));
    if (current && grown <= limits.row) {
      current.runs.push(...block);
      current.height = grown;
    } else {
      parts.push({ runs: [...block], height: measure(joined(block)) });
    }
  }
  return parts;
}

export function joined(runs: readonly TextRun[]): string {
  return runs.map((run) => run.text).join('\n');
}

/** Runs that stay together: a heading and the first piece under it. */
function blocks(runs: readonly TextRun[], measure: Measure, limit: number): TextRun[][] {
  const found: TextRun[][] = [];
  // Room for the heading that may stand above a piece.
  const pieces = runs.flatMap((run) => divide(run, measure, limit - 40));
  let headed = false;
  for (const piece of pieces) {
    const current = found.at(-1);
    if (headed && current && !piece.bold) current.push(piece);
    else found.push([piece]);
    headed = piece.bold;
  }
  return found;
}

/** Halves a run that is taller than a row, behind a full stop where there is one. */
function divide(run: TextRun, measure: Measure, limit: number): TextRun[] {
  if (measure(run.text) <= limit || run.text.length < 2) return [run];
  const middle = Math.floor(run.text.length / 2);
  const stop = run.text.lastIndexOf('。', middle) + 1;
  const at = stop > middle / 2 ? stop : wholeCharacter(run.text, middle);
  return [run.text.slice(0, at), run.text.slice(at)].flatMap((text) =>
    divide({ text, bold: run.bold }, measure, limit),
  );
}

/** Never between the two halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at;
}

function bullet(opinion: SheetOpinion): TextRun {
  return { text: `・${opinion.text.replace(/\s*\n\s*/g, '\n　')}`, bold: false };
}
