/**
 * One page of a report form in running text: frames with figures, then labels and boxes. Joins what
 * certainly belongs together by order and printed length; the rest stays out and is told.
 */
import type { FiscalYear } from '#domain/types.ts';
import { joinLines } from './lines.ts';
import type { Note } from './notice.ts';
import { findStatus, type Frame, type FrameLabel, type FrameYear } from './reportframe.ts';
import { matchPairs, type Counted, type Pair, type Paragraph } from './reportpairs.ts';

export type YearDraft = { readonly year: FiscalYear | null; figures: readonly string[] | null };
export type Draft = {
  readonly mark: string | null;
  readonly at: string;
  readonly years: YearDraft[];
  named: FrameLabel | null;
  readonly counters: number[];
};
export type Run = {
  readonly drafts: Draft[];
  readonly labels: Placed[];
  readonly pairs: PairDraft[];
};
type Placed = { readonly named: FrameLabel; readonly before: number; readonly at: string };
type PairDraft = { achieved: string[] | null; missed: string[] | null };

/** Three tokens are target, actual and 達成状況; fewer or more do not say which is which. */
function makeYear({ year, figures }: YearDraft, { mark, at }: Draft, note: Note): FrameYear {
  const tokens = figures ?? [];
  const status = findStatus(tokens.at(-1) ?? '') === null ? null : (tokens.at(-1) ?? null);
  const values = status === null ? tokens : tokens.slice(0, -1);
  const [target = null, actual = null] = values;
  if (values.length === 2) return { year, target, actual, status };
  if (tokens.length > 0) note('value-unreadable', { kpi: mark, at, stated: tokens.join(' ') });
  return { year, target: null, actual: null, status };
}

/** The frames of a page with the labels and boxes that certainly are theirs. */
export function closeRun(run: Run, note: Note): readonly Frame[] {
  const { drafts, labels } = run;
  const pairs: readonly Pair[] = run.pairs.map(({ achieved, missed }) => ({
    achieved: achieved && paragraphsOf(achieved),
    missed: missed && paragraphsOf(missed),
  }));
  const inline = drafts.filter(({ named }) => named !== null).length;
  const filled = drafts.filter(({ years }) => years.some(({ figures }) => figures !== null));
  // Labels beside their own figures: every frame with figures has one of its own.
  const beside = inline > 0 && filled.length > 0 && filled.every(({ named }) => named !== null);
  if (!beside) for (const draft of drafts) draft.named = null;
  const counted: readonly Counted[] = drafts.map(({ counters }) =>
    counters.length === 2 ? [counters[0] ?? 0, counters[1] ?? 0] : null,
  );
  const match = matchPairs(counted, pairs);
  if (match.doubtful && (labels.length > 0 || pairs.some(hasText)))
    note('order-undecided', { at: drafts[0]?.at ?? labels[0]?.at ?? null });
  for (const length of match.lengths)
    note('length-differs', {
      kpi: drafts[length.frame]?.mark ?? null,
      at: drafts[length.frame]?.at ?? null,
      stated: `${length.stated}字`,
      recomputed: `${length.read}字`,
    });
  const ofPair = (pair: number): FrameLabel | null => {
    const here = labels.filter(({ before }) => before === pair);
    return here.length === 1 ? (here[0]?.named ?? null) : null;
  };
  // All labels in a row before the boxes: one for each frame with figures, in their order.
  const listed =
    !beside && labels.length > 1 && labels.every(({ before }) => before === labels[0]?.before);
  const frames = drafts.map((draft, index): Frame => {
    const matched = match.frames[index] ?? null;
    const position = filled.indexOf(draft);
    const named = beside
      ? draft.named
      : listed
        ? labels.length === filled.length && position >= 0
          ? (labels[position]?.named ?? null)
          : null
        : matched === null
          ? null
          : ofPair(matched.pair);
    return {
      mark: draft.mark,
      at: draft.at,
      years: draft.years.map((year) => makeYear(year, draft, note)),
      named,
      achieved: matched?.achieved ?? null,
      missed: matched?.missed ?? null,
    };
  });
  const taken = new Set(frames.map(({ named }) => named));
  for (const { named, at } of labels)
    if (!taken.has(named) && !beside) note('row-unread', { at, stated: named.label });
  return frames;
}

function hasText({ achieved, missed }: Pair): boolean {
  return (achieved?.length ?? 0) + (missed?.length ?? 0) > 0;
}

/** Lines between blank lines belong together. */
function paragraphsOf(lines: readonly string[]): readonly Paragraph[] {
  const paragraphs: string[][] = [[]];
  for (const line of lines) {
    if (line === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => ({
      text: joinLines(paragraph.join('\n')),
      length: paragraph.reduce((sum, line) => sum + [...line].length, 0),
      lines: paragraph.length,
    }));
}
