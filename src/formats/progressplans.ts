/**
 * What was planned for a year and what came of it, from the rows of a progress report. Says which
 * column a text stood in only where the extraction has kept the columns.
 */
import type { YearPlan } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import type { Cell } from './grid.ts';
import { findOverlap } from './noise.ts';
import type { Note } from './notice.ts';

export type PlanRows = {
  readonly year: FiscalYear;
  readonly rows: readonly (readonly Cell[])[];
};

/** One plan; the second column is what was done, but not in a year without actuals yet. */
export function readPlans(
  { year, rows }: PlanRows,
  evaluatedYear: FiscalYear | null,
  project: string | null,
  note: Note,
): readonly YearPlan[] {
  const texts = rows.map((row) => row.slice(1).flatMap(({ text }) => (text === '' ? [] : [text])));
  const columns = (texts[0]?.length ?? 0) > 1;
  const done = columns && (evaluatedYear === null || year <= evaluatedYear);
  const left: string[] = [];
  const right: string[] = [];
  for (const [index, row] of rows.entries()) {
    const [first = '', ...others] = row.slice(1).map(({ text }) => text);
    const second = others.filter((text) => text !== '');
    if (done) {
      if (first !== '') left.push(first);
      right.push(...second);
      continue;
    }
    const pieces = texts[index] ?? [];
    const whole = pieces.reduce((text, piece) => text + piece.slice(findOverlap(text, piece)), '');
    if (pieces.length > 1)
      note('cells-joined', {
        project,
        at: row[0]?.at ?? null,
        stated: pieces.join(' | '),
        recomputed: whole,
      });
    if (whole !== '') left.push(whole);
  }
  return [{ year, planned: joinItems(left), done: joinItems(right) }];
}

/** A line that begins with a bullet, an arrow or a date is a line of its own, any other goes on. */
function joinItems(lines: readonly string[]): string | null {
  const items: string[] = [];
  for (const line of lines.flatMap((text) => text.split('\n')).map((text) => text.trim())) {
    if (line === '') continue;
    const last = items.at(-1);
    if (last === undefined || /^(?:[・●○◆■※→⇒-]|[①-⑳]|[RH]\s?\d+[.．]\d)/.test(line))
      items.push(line);
    else items[items.length - 1] = last + line;
  }
  return items.length > 0 ? items.join('\n') : null;
}
