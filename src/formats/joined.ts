/**
 * Sheets that belong together: one sheet per project or per section, each with its own header, or a
 * table that runs on over sheets. Joins only what cannot be two versions of the same table.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import type { Grid } from './grid.ts';
import { makeFinding } from './notice.ts';

type Read = { readonly name: string | null; readonly table: EvaluationTable };

/** One table of all sheets, or null where two of them disagree or hold the same project. */
export function joinTables(reads: readonly Read[]): EvaluationTable | null {
  const [first] = reads;
  if (!first || reads.length < 2 || reads.some(({ name }) => name === null)) return null;
  const same = (key: (table: EvaluationTable) => unknown): boolean =>
    new Set(reads.map(({ table }) => JSON.stringify(key(table)) ?? '')).size === 1;
  // Another year or another header is another table: last year's, a draft, an extract.
  if (!same(({ layout, fiscalYear, captions }) => [layout, fiscalYear, captions])) return null;
  const keys = reads.flatMap(({ table }) => table.projects.map(({ no, name }) => `${no}\n${name}`));
  const names = reads.flatMap(({ table }) => table.projects.map(({ name }) => name));
  if (new Set(keys).size < keys.length || new Set(names).size < names.length) return null;
  const { table } = first;
  return {
    ...table,
    municipality: reads.find((each) => each.table.municipality)?.table.municipality ?? null,
    projects: reads.flatMap((each) => each.table.projects),
    places: reads.flatMap((each) =>
      each.table.projects.map((_, index) => each.table.places?.[index] ?? []),
    ),
    findings: [
      ...reads.flatMap((each) => each.table.findings),
      ...reads.slice(1).map(({ name }) => makeFinding('sheets-joined', { at: name, stated: name })),
    ],
  };
}

/** All sheets below each other, for a table whose header stands on the first one only. */
export function joinGrids(grids: readonly Grid[]): Grid | null {
  const [first] = grids;
  if (!first || first.name === null || grids.length < 2) return null;
  return {
    name: first.name,
    rows: grids.flatMap(({ rows }) => rows),
    notices: grids.flatMap(({ notices }) => notices),
  };
}
