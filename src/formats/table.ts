/**
 * The one way from a file or from pasted cells to an evaluation table. Decides by content, not by
 * name, how to read; answers with a table or with a refusal word and never throws.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import { parseHtml } from './clipboard.ts';
import { parseDelimited } from './delimited.ts';
import { parseText } from './encoding.ts';
import type { Grid } from './grid.ts';
import { makeFinding, type FileRefusal } from './notice.ts';
import { parseResultTable } from './resulttable.ts';
import { parseWorkbook } from './workbook.ts';

export type TableRead =
  | { readonly ok: true; readonly table: EvaluationTable }
  | { readonly ok: false; readonly code: FileRefusal };

/** Bytes of a file, and characters of pasted text, that are read at all. */
export const fileLimits = { bytes: 10 * 1024 * 1024, pasted: 2 * 1024 * 1024 } as const;

const foreign: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x1f, 0x8b], // gzip
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0x4d, 0x5a, 0x90], // Windows program
];

/** Reads a file by what is in it; the name only tells a broken workbook from an unknown kind. */
export function parseTable(file: { readonly name: string; readonly bytes: Uint8Array }): TableRead {
  const { name, bytes } = file;
  if (bytes.length === 0) return refuse('file-empty');
  if (bytes.length > fileLimits.bytes) return refuse('file-too-large');
  if (foreign.some((magic) => magic.every((byte, index) => bytes[index] === byte)))
    return refuse('file-kind-unknown');
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const compound = bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;
  if (zip || compound)
    return guarded(() => {
      const read = parseWorkbook(bytes);
      return read.ok ? best(read.grids) : refuse(read.code);
    }, 'file-damaged');
  const text = parseText(bytes);
  if (text === null) return refuse(/\.xls[xmb]?$/i.test(name) ? 'file-damaged' : 'file-encoding');
  return guarded(() => readText(text), 'no-evaluation-table');
}

/** Cells pasted from a spreadsheet or a web page: HTML when it holds the table, else the text. */
export function parsePasted(pasted: {
  readonly text: string;
  readonly html?: string | null;
}): TableRead {
  const html = pasted.html ?? '';
  if (pasted.text.length + html.length > fileLimits.pasted) return refuse('file-too-large');
  return guarded(() => {
    const fromHtml = html === '' ? null : best(parseHtml(html));
    return fromHtml?.ok ? fromHtml : readText(pasted.text);
  }, 'no-evaluation-table');
}

function readText(text: string): TableRead {
  if (text.trim() === '') return refuse('file-empty');
  const html =
    /<table[\s>]/i.test(text) && /^\s*(?:<!doctype|<html|<table|<meta|<body)/i.test(text);
  return best(html ? parseHtml(text) : parseDelimited(text));
}

/** One reader per layout, the most particular first; each answers null for what is not its own. */
const readers: readonly ((grid: Grid) => EvaluationTable | null)[] = [parseResultTable];

function readGrid(grid: Grid): EvaluationTable | null {
  for (const read of readers) {
    const table = read(grid);
    if (table) return table;
  }
  return null;
}

/** Of several grids (sheets, delimiters) the first with the most projects; other sheets are named. */
function best(grids: readonly Grid[]): TableRead {
  let found: { readonly table: EvaluationTable; readonly name: string | null } | null = null;
  const sheets: string[] = [];
  for (const grid of grids) {
    const table = readGrid(grid);
    if (!table) continue;
    if (grid.name !== null) sheets.push(grid.name);
    if (table.projects.length > (found?.table.projects.length ?? 0))
      found = { table, name: grid.name };
  }
  if (!found) return refuse('no-evaluation-table');
  const { table, name } = found;
  const unread = sheets
    .filter((sheet) => sheet !== name)
    .map((sheet) => makeFinding('sheet-unread', { at: sheet, stated: sheet }));
  return { ok: true, table: { ...table, findings: [...table.findings, ...unread] } };
}

/** A library that throws on a hostile file must not take the caller with it. */
function guarded(read: () => TableRead, otherwise: FileRefusal): TableRead {
  try {
    return read();
  } catch {
    return refuse(otherwise);
  }
}

function refuse(code: FileRefusal): TableRead {
  return { ok: false, code };
}
