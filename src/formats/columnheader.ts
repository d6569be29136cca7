/**
 * The header of a table of any shape: up to three rows whose captions say what the columns hold.
 * Finds it by the words of `columnrole.ts`; needs a name and a figure, or it is no header.
 */
import { mappingLimits, type MappedColumn } from '#domain/mapping.ts';
import type { Cell, Grid } from './grid.ts';
import { readCaption } from './columnrole.ts';
import { parseQuantity } from './quantity.ts';

export type ColumnHeader = {
  readonly top: number;
  /** The last row of the header. */
  readonly bottom: number;
  readonly columns: readonly (MappedColumn & { readonly caption: string })[];
};

const depth = 3;
const nothing = { role: null, year: null } as const;

/** The first header at or below a row, or null. */
export function findColumnHeader(grid: Grid, from = 0): ColumnHeader | null {
  const last = Math.min(grid.rows.length, from + mappingLimits.headerRows);
  for (let top = from; top < last; top++) {
    if (!isCaptions(grid.rows[top])) continue;
    let best: { readonly header: ColumnHeader; readonly known: number } | null = null;
    for (let bottom = top; bottom < Math.min(top + depth, grid.rows.length); bottom++) {
      if (bottom > top && !isCaptions(grid.rows[bottom])) break;
      const header = readHeader(grid, top, bottom);
      const known = header.columns.filter(({ role }) => role !== null).length;
      if (isEnough(header) && known > (best?.known ?? 0)) best = { header, known };
    }
    if (best) return best.header;
  }
  return null;
}

/** Captions and meanings of the rows from `top` to `bottom`. */
export function readHeader(grid: Grid, top: number, bottom: number): ColumnHeader {
  const block = grid.rows.slice(top, bottom + 1);
  const width = Math.min(Math.max(0, ...block.map((row) => row.length)), mappingLimits.columns);
  const columns = Array.from({ length: width }, (_, column) => {
    const leaf = block.findLastIndex((row) => textAt(row, column) !== '');
    const caption = textAt(block[leaf], column);
    if (caption === '') return { ...nothing, caption: '' };
    const own = readCaption(caption);
    const group = leaf > 0 ? groupOf(block, leaf, column) : null;
    const both = group === null ? own : readCaption(caption, group.text);
    // Whether a caption further left stands over this column too is certain only where it is merged;
    // else it counts where it adds what the column lacks.
    const fixed = own?.role === 'baseline' || own?.role === 'finalTarget';
    const adds = JSON.stringify(own) !== JSON.stringify(both) && !fixed;
    const joined = group !== null && group.text !== caption && (group.merged || adds);
    return {
      ...((joined ? both : own) ?? nothing),
      caption: joined ? `${group.text} ${caption}` : caption,
    };
  });
  return { top, bottom, columns };
}

/** A KPI and a figure of it, or a project with target and actual. */
function isEnough({ columns }: ColumnHeader): boolean {
  const roles = new Set(columns.flatMap(({ role }) => role ?? []));
  const figures = (['target', 'actual', 'finalTarget'] as const).filter((role) => roles.has(role));
  if (roles.has('label')) return figures.length > 0 && roles.size > 2;
  return roles.has('name') && roles.has('target') && roles.has('actual');
}

/** The header printed again on the next page. */
export function isHeaderRow(cells: readonly Cell[]): boolean {
  const filled = cells.filter(({ text }) => text !== '');
  const captions = filled.filter(({ text }) => readCaption(text) !== null);
  return captions.length > 2 && captions.length * 2 > filled.length;
}

/** Several cells, none of them a figure or a sentence. */
function isCaptions(row: readonly Cell[] | undefined): boolean {
  const texts = (row ?? []).map(({ text }) => text).filter((text) => text !== '');
  return (
    texts.length > 1 &&
    texts.every((text) => text.length <= 80 && !text.includes('。') && !/[①-⑳]./.test(text)) &&
    !texts.some((text) => parseQuantity(text).unit !== null)
  );
}

type Group = { readonly text: string; readonly merged: boolean };

/** The caption over a column: merged over it, or to its left where the file keeps no merges. */
function groupOf(block: readonly (readonly Cell[])[], leaf: number, column: number): Group | null {
  const above = block[leaf - 1] ?? [];
  const own = above[column];
  if (own && own.text !== '') return { text: own.text, merged: true };
  if (own?.anchor) return own.anchor.colSpan > 1 ? { text: own.anchor.text, merged: true } : null;
  for (let left = column - 1; left >= 0; left--) {
    const text = textAt(above, left);
    if (text === '') continue;
    // A caption with nothing under it stands for its own column only.
    const alone = (above[left]?.colSpan ?? 1) > 1 || textAt(block[leaf], left) === '';
    return alone ? null : { text, merged: false };
  }
  return null;
}

function textAt(row: readonly Cell[] | undefined, column: number): string {
  return row?.[column]?.text ?? '';
}
