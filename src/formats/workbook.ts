/**
 * Excel workbooks as grids, one per visible sheet: displayed text beside the stored number, merges,
 * hidden rows and columns left out with a notice. Evaluates no formula, follows no link, and gives
 * the library only what the zip guard let through.
 */
import {
  read,
  utils,
  type CellObject,
  type Range,
  type WorkBook,
  type WorkSheet,
} from '@e965/xlsx';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { gridLimits, makeCell, type Cell, type Grid } from './grid.ts';
import type { FileRefusal } from './notice.ts';
import { checkMarkup } from './markup.ts';
import { showDate, spellFormats } from './serial.ts';
import { listNames, openZip } from './zipguard.ts';

export type WorkbookRead =
  | { readonly ok: true; readonly grids: readonly Grid[] }
  | { readonly ok: false; readonly code: FileRefusal };

const sheetLimit = 600;
const coverLimit = 400_000;
/** A row of a cell is three elements; 500 projects have 60,000. */
const markupLimits = { elements: 2_500_000, depth: 60 } as const;
// The library would also read comments, drawings and caches; none of them is part of a table.
const skipped =
  /^(?:docProps|customXml|xl\/(?:media|drawings|charts|comments|threadedComments|persons|externalLinks|pivot\w*|queryTables|tables|printerSettings|embeddings|activeX|ctrlProps|worksheets\/_rels|calcChain))|vbaProject/;

const noted = /^xl\/(?:comments|threadedComments\/)/i;
const uncalculated =
  / r="([A-Z]{1,3}\d{1,7})"[^<>]{0,200}><(?:\w+:)?f\b(?:[^<>]{0,2000}\/>|[^<>]{0,2000}>[^<]{0,9000}<\/(?:\w+:)?f>)<\/(?:\w+:)?c>/g;
type Notice = Grid['notices'][number];

/** Reads .xlsx and .xlsm (zip) and .xls (compound file). May throw what the library throws. */
export function parseWorkbook(bytes: Uint8Array): WorkbookRead {
  const notices: Notice[] = [];
  const opened = bytes[0] === 0x50 ? unpack(bytes, notices) : unwrap(bytes);
  if (!(opened instanceof Uint8Array)) return { ok: false, code: opened };
  const read = readSheets(opened);
  if (!read.ok) return read;
  const [first, ...others] = read.grids;
  return first
    ? { ok: true, grids: [{ ...first, notices: [...first.notices, ...notices] }, ...others] }
    : read;
}

/** A zip again, of checked and stored entries only. */
function unpack(bytes: Uint8Array, notices: Notice[]): Uint8Array | FileRefusal {
  const zip = openZip(bytes, (name) => /\.(?:xml|rels)$/i.test(name) && !skipped.test(name));
  if (!zip.ok) return zip.code;
  const files: Record<string, Uint8Array> = {};
  for (const [name, content] of Object.entries(zip.files)) {
    const refused = checkMarkup(content, markupLimits);
    if (refused) return refused;
    if (/^xl\/worksheets\//i.test(name)) notices.push(...findUncalculated(content));
    files[name] = /^xl\/styles\.xml$/i.test(name)
      ? strToU8(spellFormats(strFromU8(content)))
      : content;
  }
  if (!Object.keys(files).some((name) => /^xl\/workbook\.xml$/i.test(name)))
    return 'file-kind-unknown';
  const names = listNames(bytes);
  const notes = typeof names !== 'string' && names.find((name) => noted.test(name));
  if (notes) notices.push({ code: 'notes-unread', at: notes.replace(/^xl\//, ''), stated: null });
  return zipSync(files, { level: 0 });
}

/** Formulas that no program has calculated yet: their cells look empty. */
function findUncalculated(sheet: Uint8Array): readonly Notice[] {
  const xml = new TextDecoder('latin1').decode(sheet);
  const found: Notice[] = [];
  for (const [, at = ''] of xml.matchAll(uncalculated)) {
    if (found.push({ code: 'formula-uncalculated', at, stated: null }) >= 20) break;
  }
  return found;
}

function unwrap(bytes: Uint8Array): Uint8Array | FileRefusal {
  const text = new TextDecoder('utf-16le').decode(
    bytes.subarray(0, bytes.length - (bytes.length % 2)),
  );
  if (text.includes('EncryptedPackage')) return 'file-locked';
  if (!/(?:^|[^a-z])(?:Workbook|Book)\0/.test(text)) return 'file-kind-unknown';
  // Author and title are no part of a table, and the library believes whatever number of them a damaged
  // file gives: under another name it does not find them.
  const checked = bytes.slice();
  // The first letter of such a name is the control character 5.
  for (const { index } of text.matchAll(/(?:Document)?SummaryInformation\0/g))
    if (text.charCodeAt(index - 1) === 5) checked[(index - 1) * 2] = 0x78;
  return checked;
}

function readSheets(bytes: Uint8Array): WorkbookRead {
  let book: WorkBook;
  try {
    book = quietly(() =>
      read(bytes, {
        type: 'array',
        dense: true,
        cellFormula: false,
        cellNF: true, // the format of a date, which we show ourselves
        cellHTML: false,
        cellStyles: true, // without it hidden rows and columns are not told
        sheetRows: gridLimits.rows + 1,
      }),
    );
  } catch (error) {
    const locked = error instanceof Error && /password|encrypt/i.test(error.message);
    return { ok: false, code: locked ? 'file-locked' : 'file-damaged' };
  }
  const grids: Grid[] = [];
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (!sheet?.['!data'] || book.Workbook?.Sheets?.[index]?.Hidden) continue;
    if (grids.length >= sheetLimit) {
      const [first, ...others] = grids;
      const lost = { code: 'truncated', at: name, stated: name } as const;
      const told = first && { ...first, notices: [...first.notices, lost] };
      return { ok: true, grids: told ? [told, ...others] : grids };
    }
    const grid = readSheet(name, sheet, sheet['!data'], book.Workbook?.WBProps?.date1904 === true);
    if (!grid) return { ok: false, code: 'file-too-complex' };
    grids.push(grid);
  }
  return { ok: true, grids };
}

/** The library tells the console about every record it does not know; nobody reads it there. */
function quietly<Result>(work: () => Result): Result {
  const { error } = console;
  console.error = () => undefined;
  try {
    return work();
  } finally {
    console.error = error;
  }
}

/** Null when the sheet is larger than any table. */
function readSheet(
  name: string,
  sheet: WorkSheet,
  data: readonly (readonly (CellObject | undefined)[])[],
  since1904: boolean,
): Grid | null {
  const rows = new Map<number, Map<number, Cell>>();
  let width = 0;
  let height = 0;
  let cells = 0;
  // forEach visits only what is there: a single cell in row 1,048,576 costs nothing.
  let tooLarge = false;
  data.forEach((line, row) => {
    line.forEach((cell, column) => {
      const text = cell ? textOf(cell, since1904) : '';
      if (!cell || text.trim() === '' || tooLarge) return;
      tooLarge =
        row >= gridLimits.rows || column >= gridLimits.columns || ++cells > gridLimits.cells;
      const at = `${name}!${utils.encode_cell({ r: row, c: column })}`;
      put(
        rows,
        row,
        column,
        makeCell(text, at, cell.t === 'n' && typeof cell.v === 'number' ? cell.v : null),
      );
      width = Math.max(width, column + 1);
      height = Math.max(height, row + 1);
    });
  });
  if (tooLarge) return null;
  const hiddenRow = (row: number): boolean => sheet['!rows']?.[row]?.hidden === true;
  const hiddenColumn = (column: number): boolean => sheet['!cols']?.[column]?.hidden === true;
  const extent = { width, height };
  if (!applyMerges(rows, sheet['!merges'] ?? [], extent, hiddenRow, hiddenColumn)) return null;

  const notices: Notice[] = [];
  const report = (code: 'hidden-row' | 'hidden-column', seen: Cell | undefined): void => {
    if (seen && notices.length < 100)
      notices.push({ code, at: seen.at, stated: seen.text.slice(0, 100) });
  };
  const columns = [...Array(width).keys()];
  const visible = columns.filter((column) => !hiddenColumn(column));
  const kept: Cell[][] = [];
  for (let row = 0; row < height; row++) {
    const line = rows.get(row);
    if (hiddenRow(row)) report('hidden-row', firstText(line?.values() ?? []));
    else
      kept.push(
        visible.map(
          (column) =>
            line?.get(column) ??
            makeCell('', `${name}!${utils.encode_cell({ r: row, c: column })}`),
        ),
      );
  }
  for (const column of columns) {
    if (hiddenColumn(column))
      report(
        'hidden-column',
        firstText([...rows.values()].flatMap((line) => line.get(column) ?? [])),
      );
  }
  return { name, rows: kept, notices };
}

/** The displayed text. Numbers without one show as a spreadsheet would, not with binary noise. */
function textOf(cell: CellObject, since1904: boolean): string {
  if (cell.t === 'z') return '';
  if (cell.t === 'n' && typeof cell.v === 'number' && typeof cell.z === 'string') {
    const date = showDate(cell.v + (since1904 ? 1462 : 0), cell.z);
    if (date !== null) return date;
  }
  if (typeof cell.w === 'string') return cell.w;
  if (typeof cell.v === 'number') return String(Number(cell.v.toPrecision(12)));
  return cell.v === undefined ? '' : String(cell.v);
}

/** The text of a merge stands in its first visible cell, as on screen; the others point to it. */
function applyMerges(
  rows: Map<number, Map<number, Cell>>,
  merges: readonly Range[],
  extent: { readonly width: number; readonly height: number },
  hiddenRow: (row: number) => boolean,
  hiddenColumn: (column: number) => boolean,
): boolean {
  let covered = 0;
  for (const { s, e } of merges) {
    const printed = rows.get(s.r)?.get(s.c);
    if (!printed) continue;
    // A merge over the whole sheet is legal; only the part with content is looked at.
    const bottom = Math.min(e.r, extent.height - 1);
    const right = Math.min(e.c, extent.width - 1);
    covered += (bottom - s.r + 1) * (right - s.c + 1);
    if (covered > coverLimit) return false;
    let top = s.r;
    while (top < bottom && hiddenRow(top)) top++;
    let left = s.c;
    while (left < right && hiddenColumn(left)) left++;
    const anchor: Cell = { ...printed, rowSpan: bottom - top + 1, colSpan: right - left + 1 };
    const covering: Cell = { ...makeCell('', anchor.at), anchor };
    for (let row = s.r; row <= bottom; row++) {
      for (let column = s.c; column <= right; column++) put(rows, row, column, covering);
    }
    put(rows, top, left, anchor);
  }
  return true;
}

function put(rows: Map<number, Map<number, Cell>>, row: number, column: number, cell: Cell): void {
  const line = rows.get(row) ?? new Map<number, Cell>();
  line.set(column, cell);
  rows.set(row, line);
}

function firstText(cells: Iterable<Cell>): Cell | undefined {
  for (const cell of cells) if (cell.text !== '') return cell;
  return undefined;
}
