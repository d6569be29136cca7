/**
 * What stood under a heading, step by step, out of the update log: who wrote and who deleted each
 * letter, and when. Knows no database and no meeting; runs on a thread of its own, since a long log
 * takes a second.
 */
import * as Y from 'yjs';
import type { AccountId, Instant } from '#domain/types.ts';
import { arranged } from './opinions.ts';

/** A log as it travels to another thread: a few large pieces instead of many small ones. */
export type Rows = {
  /** What there was before the first row that is kept; null: nothing. */
  readonly state: Uint8Array | null;
  /** The updates of all rows behind each other, and how long each is. */
  readonly updates: Uint8Array;
  readonly lengths: readonly number[];
  readonly authors: readonly (AccountId | null)[];
  readonly times: readonly Instant[];
};

/** Changes that belong together: one person without a pause, or several at the same time. */
export type Step = {
  readonly from: Instant;
  readonly until: Instant;
  /** In the order in which they came in; null is the server. */
  readonly authors: readonly (AccountId | null)[];
  /** Characters. */
  readonly written: number;
  readonly removed: number;
};

export type Piece = {
  readonly text: string;
  /** Written in the step that is shown. */
  readonly written: boolean;
  /** Deleted in that step, or in a later one. */
  readonly gone: 'no' | 'now' | 'later';
};

export type Past = {
  readonly steps: readonly Step[];
  /** The step that is shown, from 0; -1 where nobody has written anything. */
  readonly at: number;
  /** Its text, one bullet a line, with what was deleted in place. */
  readonly lines: readonly (readonly Piece[])[];
};

/** A silence that ends a step. */
const PAUSE_MS = 30_000;
/** Where several write at once their step ends after this, or it would last as long as the meeting. */
const CROWD_MS = 60_000;

/** @param step the one to be shown; null or one that is not there: the last */
export function readPast(input: Rows & { headingId: string; step: number | null }): Past {
  const { headingId, authors, times } = input;
  const doc = new Y.Doc({ gc: false });
  const ages = replayed(doc, input);
  const lines = linesOf(doc.getXmlFragment(headingId), ages);
  const touched = new Set(lines.flat().flatMap(({ born, died }) => [born, died]));
  const rows = [...touched].filter((row) => row >= 0 && row < NEVER).sort((a, b) => a - b);
  const groups = groupsOf(
    rows.map((row) => ({ row, by: authors[row] ?? null, at: at(times, row) })),
  );
  const stepOf = new Map(groups.flatMap((group, index) => group.map(({ row }) => [row, index])));
  const stepped = lines.map((line) =>
    line.map(({ text, born, died }) => ({
      text,
      born: stepOf.get(born) ?? BEFORE,
      died: stepOf.get(died) ?? (died < 0 ? BEFORE : NEVER),
    })),
  );
  const [written, removed] = [groups.map(() => 0), groups.map(() => 0)];
  for (const { text, born, died } of stepped.flat()) {
    const letters = [...text].length;
    if (born in written) written[born] = (written[born] ?? 0) + letters;
    if (died in removed) removed[died] = (removed[died] ?? 0) + letters;
  }
  const last = groups.length - 1;
  const shown = input.step !== null && input.step >= 0 ? Math.min(input.step, last) : last;
  return {
    steps: groups.map((group, index) => ({
      from: group[0]?.at ?? 0,
      until: group.at(-1)?.at ?? 0,
      authors: [...new Set(group.map(({ by }) => by))],
      written: written[index] ?? 0,
      removed: removed[index] ?? 0,
    })),
    at: shown,
    lines: stepped.map((line) => piecesOf(line, shown)).filter((line) => line.length > 0),
  };
}

const at = (times: readonly Instant[], row: number): Instant => times[row] ?? 0;

/** Before the first row that is kept, and not yet. */
const BEFORE = -Infinity;
const NEVER = Infinity;

/** A run of letters with one fate; numbers of rows, later of steps. */
type Run = { readonly text: string; readonly born: number; readonly died: number };

type Range = { readonly clock: number; readonly end: number; readonly row: number };

/** In which row each letter came and went, as Yjs itself saw it. */
type Ages = {
  readonly born: ReadonlyMap<number, readonly Range[]>;
  readonly died: ReadonlyMap<number, readonly Range[]>;
};

function replayed(doc: Y.Doc, { state, updates, lengths }: Rows): Ages {
  const born = new Map<number, Range[]>();
  const died = new Map<number, Range[]>();
  const put = (ranges: Map<number, Range[]>, client: number, range: Range) => {
    const known = ranges.get(client);
    if (known) known.push(range);
    else ranges.set(client, [range]);
  };
  if (state) Y.applyUpdate(doc, state);
  let row = 0;
  doc.on('afterTransaction', ({ beforeState, afterState, deleteSet }) => {
    for (const [client, end] of afterState) {
      const clock = beforeState.get(client) ?? 0;
      if (end > clock) put(born, client, { clock, end, row });
    }
    for (const [client, deleted] of deleteSet.clients) {
      for (const { clock, len } of deleted) put(died, client, { clock, end: clock + len, row });
    }
  });
  let offset = 0;
  for (const [index, length] of lengths.entries()) {
    row = index;
    Y.applyUpdate(doc, updates.subarray(offset, (offset += length)));
  }
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    throw new Error('the log has a gap');
  }
  for (const ranges of died.values()) ranges.sort((one, other) => one.clock - other.clock);
  return { born, died };
}

/** The bullets in the order they are shown in, deleted ones behind the one they stood behind. */
function linesOf(fragment: Y.XmlFragment, ages: Ages): Run[][] {
  const shown = arranged(fragment).flat();
  const places = new Map<unknown, number>(shown.map((element, at) => [element, at]));
  const lines: { place: number; runs: Run[] }[] = [];
  for (let item = fragment._start, place = -1; item; item = item.right) {
    if (item.content instanceof Y.ContentType) place = places.get(item.content.type) ?? place;
    lines.push({ place, runs: runsOf(item, ages) });
  }
  return lines.toSorted((one, other) => one.place - other.place).map(({ runs }) => runs);
}

function runsOf(item: Y.Item, ages: Ages): Run[] {
  const { content } = item;
  if (content instanceof Y.ContentString) return cut(item, content.str, ages);
  if (!(content instanceof Y.ContentType)) return [];
  const runs: Run[] = [];
  for (let child = content.type._start; child; child = child.right) {
    runs.push(...runsOf(child, ages));
  }
  return runs;
}

/** Yjs joins what was typed in many rows into one item: apart again where the rows differ. */
function cut({ id: { client, clock }, deleted }: Y.Item, text: string, ages: Ages): Run[] {
  const runs: Run[] = [];
  const end = clock + text.length;
  for (let from = clock; from < end;) {
    const born = find(ages.born.get(client), from);
    const died = find(ages.died.get(client), from);
    const to = Math.min(end, born.until, died.until);
    runs.push({
      text: text.slice(from - clock, to - clock),
      born: born.row ?? BEFORE,
      // Deleted by no row that is kept: before the first one.
      died: died.row ?? (deleted ? BEFORE : NEVER),
    });
    from = to;
  }
  return runs;
}

/** The row a clock belongs to, if any, and up to where that answer holds. */
function find(ranges: readonly Range[] = [], clock: number): { row?: number; until: number } {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) > clock) high = middle;
    else low = middle + 1;
  }
  const range = ranges[low];
  if (!range) return { until: NEVER };
  return range.clock <= clock ? { row: range.row, until: range.end } : { until: range.clock };
}

type Change = { readonly row: number; readonly by: AccountId | null; readonly at: Instant };

/**
 * A step ends with a silence, and where somebody else goes on alone. Whoever writes while others do
 * shares their step, for a minute at most: letter by letter nobody could read it.
 */
function groupsOf(changes: readonly Change[]): Change[][] {
  const next = followers(changes);
  const groups: Change[][] = [];
  let group: Change[] = [];
  /** The last change that belongs to the group for certain. */
  let reach = -1;
  for (const [index, change] of changes.entries()) {
    if (index > reach) groups.push((group = []));
    group.push(change);
    const start = group[0]?.at ?? change.at;
    const follower = next[index];
    const then = follower === undefined ? undefined : changes[follower];
    if (follower === undefined || !then || then.at - change.at > PAUSE_MS) continue;
    const isAlone = follower === index + 1 && group.every(({ by }) => by === change.by);
    if (isAlone || then.at - start <= CROWD_MS) reach = Math.max(reach, follower);
  }
  return groups;
}

/** For each change the next one of the same person. */
function followers(changes: readonly Change[]): (number | undefined)[] {
  const next: (number | undefined)[] = [];
  const latest = new Map<AccountId | null, number>();
  for (let index = changes.length - 1; index >= 0; index--) {
    const by = changes[index]?.by ?? null;
    next[index] = latest.get(by);
    latest.set(by, index);
  }
  return next;
}

/** What could be seen at the end of a step, and what went in it. */
function piecesOf(line: readonly Run[], step: number): Piece[] {
  const pieces: Piece[] = [];
  for (const { text, born, died } of line) {
    if (born > step || died < step) continue;
    const gone = died === step ? 'now' : died < NEVER ? 'later' : 'no';
    const written = born === step;
    const last = pieces.at(-1);
    if (last && last.gone === gone && last.written === written) {
      pieces[pieces.length - 1] = { ...last, text: last.text + text };
    } else {
      pieces.push({ text, written, gone });
    }
  }
  return pieces;
}
