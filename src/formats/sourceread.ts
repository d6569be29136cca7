/**
 * What the import page shows of a file or of pasted cells, already written and packed: the server hands
 * it on as it is, because writing thousands of rows once more would hold up everybody else.
 */
import type { Mapping } from '#domain/mapping.ts';
import type { EvaluationTable } from '#domain/sheet.ts';
import { readByHand, type ByHand, type Source } from './byhand.ts';
import { figureColumns, type FigureColumn } from './figures.ts';
import type { Grid } from './grid.ts';
import type { RememberedMapping } from './mapping.ts';
import type { FileRefusal } from './notice.ts';
import { pack } from './packed.ts';
import { parsePasted, readTable } from './table.ts';

export type SourceShown = {
  /** Null where a person has to say first what the columns are. */
  readonly table: EvaluationTable | null;
  readonly columns: readonly FigureColumn[] | null;
  readonly byHand: {
    readonly grids: readonly Grid[];
    readonly recalled: { readonly grid: number; readonly mapping: Mapping } | null;
  } | null;
};

export type SourceRead =
  | {
      readonly ok: true;
      /** A `SourceShown`, packed (`packed.ts`). */
      readonly shown: string;
      /** Of the remembered mapping by which the table was read. */
      readonly fingerprint: string | null;
    }
  | { readonly ok: false; readonly code: FileRefusal };

type Asked = Source & { readonly remembered: readonly RememberedMapping[] };

/** The table by a remembered mapping, or else by the layouts that are known. Never rejects. */
export async function readSource({ remembered, ...source }: Asked): Promise<SourceRead> {
  if (remembered.length > 0) {
    const found = await readByHand({ ...source, remembered });
    if (found.ok && found.recalled) return shownByHand(found);
  }
  const read = 'bytes' in source ? await readTable(source) : parsePasted(source);
  if (!read.ok) return read;
  const { table } = read;
  return shown({ table, columns: figureColumns(table), byHand: null }, null);
}

/** The bare tables, for a person to say what their columns are. Never rejects. */
export async function readColumns(source: Source): Promise<SourceRead> {
  const read = await readByHand({ ...source, remembered: [] });
  return read.ok ? shownByHand(read) : read;
}

function shownByHand({ grids, recalled }: Extract<ByHand, { ok: true }>): SourceRead {
  if (!recalled) return shown({ table: null, columns: null, byHand: { grids, recalled } }, null);
  const { table, fingerprint, grid, mapping } = recalled;
  const byHand = { grids, recalled: { grid, mapping } };
  return shown({ table, columns: figureColumns(table), byHand }, fingerprint);
}

const shown = (read: SourceShown, fingerprint: string | null): SourceRead => ({
  ok: true,
  shown: pack(JSON.stringify(read)),
  fingerprint,
});
