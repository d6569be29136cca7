/**
 * The bare tables of a file for mapping by hand, cut to what a page can show, and the remembered
 * mapping that fits one of them. Reads values only by such a mapping.
 */
import type { Mapping } from '#domain/mapping.ts';
import type { EvaluationTable } from '#domain/sheet.ts';
import { examined } from './examined.ts';
import { readMapped } from './generictable.ts';
import type { Grid } from './grid.ts';
import { recallMapping, type RememberedMapping } from './mapping.ts';
import type { FileRefusal } from './notice.ts';
import { unfoldYears } from './yearrows.ts';
import { parsePastedGrids, readGrids } from './table.ts';

export type Source =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly text: string; readonly html: string | null };

export type ByHand =
  | {
      readonly ok: true;
      readonly grids: readonly Grid[];
      readonly recalled: {
        readonly grid: number;
        readonly fingerprint: string;
        readonly mapping: Mapping;
        readonly table: EvaluationTable;
      } | null;
    }
  | { readonly ok: false; readonly code: FileRefusal };

const limits = { grids: 8, rows: 2_000, columns: 60 } as const;

/** Never rejects; refused where the file cannot be read or holds nothing like a table. */
export async function readByHand({
  remembered,
  ...source
}: Source & { readonly remembered: readonly RememberedMapping[] }): Promise<ByHand> {
  const read = 'bytes' in source ? await readGrids(source) : parsePastedGrids(source);
  if (!read.ok) return read;
  // Figures in rows under years are shown as they are taken over: one row a KPI.
  const unfolded = read.grids.map((grid) => unfoldYears(grid) ?? grid);
  const grids = unfolded.filter(isTable).slice(0, limits.grids).map(cut);
  if (grids.length === 0) return { ok: false, code: 'no-evaluation-table' };
  for (const [grid, each] of grids.entries()) {
    const found = recallMapping(each, remembered);
    const table = found && readMapped(each, found.mapping);
    if (table) return { ok: true, grids, recalled: { grid, ...found, table: examined(table) } };
  }
  return { ok: true, grids, recalled: null };
}

/** Two rows with two cells each: less is prose, or a text cut at the wrong sign. */
function isTable({ rows }: Grid): boolean {
  return rows.filter((cells) => cells.filter(({ text }) => text !== '').length > 1).length > 1;
}

function cut({ name, rows, notices }: Grid): Grid {
  const kept = rows.slice(0, limits.rows).map((cells) => cells.slice(0, limits.columns));
  const lost = rows[limits.rows]?.[0];
  return {
    name,
    rows: kept,
    notices: lost ? [...notices, { code: 'truncated', at: lost.at, stated: null }] : notices,
  };
}
