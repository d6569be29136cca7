/**
 * Text of a progress report that extraction has cut at a cell border, put together again. What was
 * joined is always told, because a letter that the border cut in two may stand there twice or wrong.
 */
import type { Cell } from './grid.ts';
import { findOverlap, isGarbled } from './noise.ts';
import type { Note } from './notice.ts';
import type { KpiTable, Pair } from './progressrows.ts';

export type Joined = {
  /** The text of each pair of columns. */
  readonly texts: readonly string[];
  /** Where something was joined, or makes no sense: the pair, and how it was printed. */
  readonly joins: readonly {
    readonly pair: number;
    readonly stated: string;
    readonly whole: string;
  }[];
  readonly garbled: readonly { readonly pair: number; readonly stated: string }[];
};

/** The text of each pair of columns in one row, cells within a pair joined. */
export function joinPieces(row: readonly Cell[], pairs: readonly Pair[]): Joined {
  const cells = row.map(({ text }) => text);
  const joins: Joined['joins'][number][] = [];
  const garbled: Joined['garbled'][number][] = [];
  const texts = pairs.map(({ target, actual, end }, pair) => {
    const inside: string[] = [];
    for (let column = target; column < end; column++) {
      const text = cells[column] ?? '';
      if (text === '') continue;
      const next = cells.findIndex((other, at) => at > column && other !== '');
      const after = cells[next] ?? '';
      // Run over into the next KPI: its last letters stand there again (…と思われる | と思われるま).
      const shared = next >= end ? findOverlap(text, after) : 0;
      if (shared >= 3 && column >= actual) {
        cells[next] = text + after.slice(shared);
        joins.push({
          pair: pairs.findIndex((other) => next < other.end),
          stated: `${text} | ${after}`,
          whole: cells[next],
        });
        continue;
      }
      if (isGarbled(text)) garbled.push({ pair, stated: text });
      inside.push(text);
    }
    const [first = '', ...others] = inside;
    const whole = others.reduce(
      (text, piece) => text + piece.slice(findOverlap(text, piece)),
      first,
    );
    if (others.length > 0) joins.push({ pair, stated: inside.join(' | '), whole });
    return whole;
  });
  return { texts, joins, garbled };
}

/** The label of each pair of columns, from the rows above the captions; null where a row does not fit. */
export function readLabels(
  { labels, caption, pairs }: KpiTable,
  project: string | null,
  note: Note,
): readonly (string | null)[] {
  const pieces: string[][] = pairs.map(() => []);
  let unclear = false;
  const said: Said = new Map();
  for (const row of labels) {
    const filled = row.slice(pairs[0]?.target ?? 1).filter(({ text }) => text !== '');
    const at = row[0]?.at ?? null;
    if (row.length < caption.length && filled.length === pairs.length)
      filled.forEach((cell, index) => pieces[index]?.push(cell.text));
    else if (row.length > caption.length || row.length <= (pairs.at(-1)?.target ?? 0)) {
      note('columns-unclear', { project, at, stated: printed(row) });
      unclear = true;
    } else {
      const joined = joinPieces(row, pairs);
      joined.texts.forEach((text, index) => pieces[index]?.push(text));
      report(joined, at, said);
    }
  }
  // Half a label would be another label.
  const found = pieces.map((lines) => (unclear ? null : joinLabel(lines)));
  tell(said, found, project, note);
  return found;
}

/** What was joined or garbled, once for each KPI however many lines it runs over. */
export type Said = Map<string, { readonly pair: number; readonly at: string | null } & Joint>;
type Joint = { readonly stated: string; readonly recomputed: string | null };

export function report({ joins, garbled }: Joined, at: string | null, said: Said): void {
  const once = (key: string, pair: number, joint: Joint): void => {
    if (!said.has(key)) said.set(key, { pair, at, ...joint });
  };
  for (const { pair, stated, whole } of joins)
    once(`cells-joined ${pair}`, pair, { stated, recomputed: whole });
  for (const { pair, stated } of garbled)
    once(`text-garbled ${pair}`, pair, { stated, recomputed: null });
}

export function tell(
  said: Said,
  labels: readonly (string | null)[],
  project: string | null,
  note: Note,
): void {
  for (const { pair, ...about } of said.values())
    note(about.recomputed === null ? 'text-garbled' : 'cells-joined', {
      project,
      kpi: labels[pair] ?? null,
      ...about,
    });
}

/** Lines of one text; null when all are empty. */
export function joinLabel(lines: readonly string[]): string | null {
  const text = lines
    .flatMap((line) => line.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .reduce((joined, line) => {
      const latin = /[ -~]$/.test(joined) && /^[ -~]/.test(line);
      return latin ? `${joined} ${line}` : joined + line;
    }, '');
  return text === '' ? null : text;
}

/** A row as it stands in a finding. */
export function printed(row: readonly Cell[]): string {
  return row
    .map(({ text }) => text)
    .join(' | ')
    .slice(0, 200);
}
