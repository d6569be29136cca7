/**
 * The one way from a file or from pasted cells to an evaluation table. Decides by content, not by
 * name, how to read; answers with a table or with a refusal word and never throws.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import { parseAchievementList } from './achievementlist.ts';
import { parseGenericTable } from './generictable.ts';
import { parseHtml } from './html.ts';
import { parseDelimited } from './delimited.ts';
import { parseText } from './encoding.ts';
import { examined } from './examined.ts';
import type { Grid } from './grid.ts';
import { joinGrids, joinTables } from './joined.ts';
import { findKind, type Kind } from './kind.ts';
import { isMarkdown, parseMarkdown } from './markdown.ts';
import { makeFinding, type FileRefusal } from './notice.ts';
import { parsePillarReport } from './pillarreport.ts';
import { parseProgressReport } from './progressreport.ts';
import { parseReportForm } from './reportform.ts';
import { parseResultTable } from './resulttable.ts';
import { parseWorkbook } from './workbook.ts';

export type TableRead =
  | { readonly ok: true; readonly table: EvaluationTable }
  | { readonly ok: false; readonly code: FileRefusal };
export type GridsRead =
  | { readonly ok: true; readonly grids: readonly Grid[] }
  | { readonly ok: false; readonly code: FileRefusal };
type Pasted = { readonly text: string; readonly html?: string | null };
type NamedFile = { readonly name: string; readonly bytes: Uint8Array };

/** Bytes of a file, and characters of pasted text, that are read at all. */
export const fileLimits = { bytes: 10 * 1024 * 1024, pasted: 2 * 1024 * 1024 } as const;

/** Reads a file of any kind: workbook, text, HTML, Markdown, Word, PDF. Never rejects. */
export async function readTable(file: NamedFile): Promise<TableRead> {
  const read = await readGrids(file);
  return guarded(() => bestOf(read), 'file-damaged');
}

/** The bare tables of a file of any kind, for a person to say what their columns are. Never rejects. */
export async function readGrids(file: NamedFile): Promise<GridsRead> {
  const { bytes } = file;
  const kind = limited(bytes) ?? findKind(bytes);
  if (!kind.ok) return kind;
  try {
    // Loaded only for their own kind: a workbook must not wait for the readers of Word and PDF.
    if (kind.kind === 'word') return await (await import('./docx.ts')).parseDocx(bytes);
    if (kind.kind === 'pdf') return await (await import('./pdf.ts')).parsePdf(bytes);
    return gridsOf(file, kind.kind);
  } catch {
    return refuse('file-damaged');
  }
}

/** The same without waiting, for workbooks and text; a Word file or a PDF is refused here. */
export function parseTable(file: NamedFile): TableRead {
  const kind = limited(file.bytes) ?? findKind(file.bytes);
  return kind.ok ? guarded(() => bestOf(gridsOf(file, kind.kind)), 'file-damaged') : kind;
}

function limited(bytes: Uint8Array): { readonly ok: false; readonly code: FileRefusal } | null {
  if (bytes.length === 0) return refuse('file-empty');
  return bytes.length > fileLimits.bytes ? refuse('file-too-large') : null;
}

function gridsOf({ name, bytes }: NamedFile, kind: Kind): GridsRead {
  if (kind === 'workbook') return parseWorkbook(bytes);
  if (kind !== 'text') return refuse('file-kind-unknown');
  const text = parseText(bytes);
  // The name only tells a broken file from an unknown kind.
  if (text === null)
    return refuse(/\.(?:xls[xmb]?|doc[xm]?|pdf)$/i.test(name) ? 'file-damaged' : 'file-encoding');
  return gridsOfText(text);
}

/** Cells pasted from a spreadsheet or a web page: HTML when it holds the table, else the text. */
export function parsePasted(pasted: Pasted): TableRead {
  const html = pasted.html ?? '';
  if (pasted.text.length + html.length > fileLimits.pasted) return refuse('file-too-large');
  return guarded(() => {
    const fromHtml = html === '' ? null : best(parseHtml(html));
    return fromHtml?.ok ? fromHtml : bestOf(gridsOfText(pasted.text));
  }, 'no-evaluation-table');
}

/** HTML, whole or a piece of it; Markdown may hold a table in HTML too, but begins otherwise. */
const isPage =
  /^\s*<(?:!doctype\s+html|html|head|body|meta|table|style|(?:!--|\?xml|div|p|h[1-6]|center|section|article|main)\b[^]*<table[\s>])/i;

/** The bare tables of pasted cells, those of the HTML before those of the text. */
export function parsePastedGrids({ text, html }: Pasted): GridsRead {
  const fromText = gridsOfText(text);
  if (text.length + (html ?? '').length > fileLimits.pasted) return refuse('file-too-large');
  return {
    ok: true,
    grids: [...(html ? parseHtml(html) : []), ...(fromText.ok ? fromText.grids : [])],
  };
}

function gridsOfText(text: string): GridsRead {
  if (text.trim() === '') return refuse('file-empty');
  if (isPage.test(text)) return { ok: true, grids: parseHtml(text) };
  const marked = isMarkdown(text) ? parseMarkdown(text) : null;
  return { ok: true, grids: [...(marked ? [marked] : []), ...parseDelimited(text)] };
}

/** One reader per layout, the most particular first; each answers null for what is not its own. */
const readers: readonly ((grid: Grid) => EvaluationTable | null)[] = [
  parseAchievementList,
  parsePillarReport,
  parseResultTable,
  parseReportForm,
  parseProgressReport,
  parseGenericTable,
];

function readGrid(grid: Grid): EvaluationTable | null {
  for (const read of readers) {
    const table = read(grid);
    if (table) return table;
  }
  return null;
}

function bestOf(read: GridsRead): TableRead {
  return read.ok ? best(read.grids) : refuse(read.code);
}

/** Examined only when all sheets are together: an office counts its differences in one way. */
function best(grids: readonly Grid[]): TableRead {
  const read = choose(grids);
  return read.ok ? { ok: true, table: examined(read.table) } : read;
}

/**
 * Of several grids (sheets, delimiters): all sheets together where each holds a part of one table,
 * else the first with the most projects, and the other sheets are named.
 */
function choose(grids: readonly Grid[]): TableRead {
  const read = grids.flatMap((grid) => {
    const table = readGrid(grid);
    return table ? [{ table, name: grid.name }] : [];
  });
  // A table alone may pass for a generic one; the document it stands in says what it is.
  const particular = read.filter(({ table }) => table.layout !== 'generic-table');
  const held = particular.length > 0 ? particular : read;
  const joined = joinTables(held);
  if (joined) return { ok: true, table: joined };
  const [first] = held.toSorted(
    (one, other) => other.table.projects.length - one.table.projects.length,
  );
  if (!first) {
    const together = joinGrids(grids);
    const table = together && readGrid(together);
    return table ? { ok: true, table } : refuse('no-evaluation-table');
  }
  const unread = read
    .filter((each) => each !== first)
    .flatMap(({ name }) =>
      name === null || name === first.name
        ? []
        : [makeFinding('sheet-unread', { at: name, stated: name })],
    );
  return { ok: true, table: { ...first.table, findings: [...first.table.findings, ...unread] } };
}

/** A library that throws on a hostile file must not take the caller with it. */
function guarded(read: () => TableRead, otherwise: FileRefusal): TableRead {
  try {
    return read();
  } catch {
    return refuse(otherwise);
  }
}

function refuse(code: FileRefusal): { readonly ok: false; readonly code: FileRefusal } {
  return { ok: false, code };
}
