/**
 * Mapping by hand: what a person says about the columns of a table, proposed from its header words,
 * remembered by its captions and found again in the next file. Reads no values.
 */
import { mappingLimits, type MappedColumn, type Mapping } from '#domain/mapping.ts';
import { findColumnHeader, readHeader, type ColumnHeader } from './columnheader.ts';
import type { Grid } from './grid.ts';
import { parseYear } from './year.ts';

/** How a remembered mapping knows its table again; equal for the same captions of another year. */
export type RememberedMapping = { readonly fingerprint: string; readonly mapping: Mapping };

/** What the header words say; the columns nobody understands have no role. Null for an empty grid. */
export function proposeMapping(grid: Grid): Mapping | null {
  const header = findColumnHeader(grid);
  if (header) return mappingOf(header);
  const row = grid.rows.findIndex((cells) => cells.filter(({ text }) => text !== '').length > 1);
  return row < 0 ? null : mapHeader(grid, row, row + 1);
}

/** The columns as the words of the chosen rows say; for a header of no row nothing is said. */
export function mapHeader(grid: Grid, headerFrom: number, dataFrom: number): Mapping {
  const { columns } = readHeader(grid, headerFrom, dataFrom - 1);
  const width = Math.min(
    Math.max(columns.length, ...grid.rows.slice(dataFrom, dataFrom + 50).map((row) => row.length)),
    mappingLimits.columns,
  );
  return {
    headerFrom,
    dataFrom,
    columns: Array.from({ length: width }, (_, column) => {
      const { role, year } = columns[column] ?? nothing;
      return { role, year };
    }),
  };
}

const nothing: MappedColumn = { role: null, year: null };

function mappingOf({ top, bottom, columns }: ColumnHeader): Mapping {
  return {
    headerFrom: top,
    dataFrom: bottom + 1,
    columns: columns.map(({ role, year }) => ({ role, year })),
  };
}

/** The captions over the columns, the upper before the lower. */
export function captionsOf(
  grid: Grid,
  { headerFrom, dataFrom, columns }: Mapping,
): readonly string[] {
  const header = readHeader(grid, headerFrom, dataFrom - 1);
  return columns.map((_, column) => header.columns[column]?.caption ?? '');
}

/**
 * The captions without years, widths and white space: stable over the years and over file formats.
 * Null where the chosen rows hold no captions, so that nothing could be found again.
 */
export function makeFingerprint(grid: Grid, mapping: Mapping): string | null {
  const captions = captionsOf(grid, mapping).map((caption) =>
    caption
      .normalize('NFKC')
      .replace(/(?:令和|平成|昭和|[RHS])\s*\.?\s*(?:元|\d{1,2})|(?:19|20)\d{2}/g, 'Y')
      .replace(/\s+/g, ''),
  );
  while (captions.at(-1) === '') captions.pop();
  if (captions.filter((caption) => caption !== '').length < 2) return null;
  return hash(`${mapping.dataFrom - mapping.headerFrom}|${captions.join('|')}`);
}

/** A remembered mapping whose captions stand in this grid too, with the years of these captions. */
export function recallMapping(
  grid: Grid,
  remembered: readonly RememberedMapping[],
): RememberedMapping | null {
  const rows = Math.min(grid.rows.length, mappingLimits.headerRows);
  for (const { fingerprint, mapping } of remembered) {
    const depth = mapping.dataFrom - mapping.headerFrom;
    for (let headerFrom = 0; headerFrom + depth <= rows; headerFrom++) {
      const moved = { ...mapping, headerFrom, dataFrom: headerFrom + depth };
      if (makeFingerprint(grid, moved) !== fingerprint) continue;
      const captions = captionsOf(grid, moved);
      const columns = mapping.columns.map(({ role, year }, column) => {
        const printed = parseYear(captions[column] ?? '');
        // A year somebody typed for last year's file says nothing about this one.
        return { role, year: printed ?? (year === '当初' ? year : null) };
      });
      return { fingerprint, mapping: { ...moved, columns } };
    }
  }
  return null;
}

/** FNV-1a of 64 bits in hexadecimal: a short key, no secret. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(16).padStart(16, '0');
}
