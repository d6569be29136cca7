/**
 * The one way from a file or from pasted cells to an evaluation table. Decides by content, not by
 * name, how to read; answers with a table or with a refusal word and never throws.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
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
import { parseAchievementList } from './achievementlist.ts';
import { parseResultTable } from './resulttable.ts';
import { parseWorkbook } from './workbook.ts';

export type TableRead =
  | { readonly ok: true; readonly table: EvaluationTable }
  | { readonly ok: false; readonly code: FileRefusal };
type NamedFile = { readonly name: string; readonly bytes: Uint8Array };

/** Bytes of a file, and characters of pasted text, that are read at all. */
export const fileLimits = { bytes: 10 * 1024 * 1024, pasted: 2 * 1024 * 1024 } as const;

/** Reads a file of any kind: workbook, text, HTML, Markdown, Word, PDF. Never rejects. */
export async function readTable(file: NamedFile): Promise<TableRead> {
  const { bytes } = file;
  const kind = limited(bytes) ?? findKind(bytes);
  if (!kind.ok) return kind;
  try {
    // Loaded only for their own kind: a workbook must not wait for the readers of Word and PDF.
    if (kind.kind === 'word') return bestOf(await (await import('./docx.ts')).parseDocx(bytes));
    if (kind.kind === 'pdf') return bestOf(await (await import('./pdf.ts')).parsePdf(bytes));
  } catch {
    return refuse('file-damaged');
  }
  return parseKind(file, kind.kind);
}

/** The same without waiting, for workbooks and text; a Word file or a PDF is refused here. */
export function parseTable(file: NamedFile): TableRead {
  const kind = limited(file.bytes) ?? findKind(file.bytes);
  return kind.ok ? parseKind(file, kind.kind) : kind;
}

function limited(bytes: Uint8Array): { readonly ok: false; readonly code: FileRefusal } | null {
  if (bytes.length === 0) return refuse('file-empty');
  return bytes.length > fileLimits.bytes ? refuse('file-too-large') : null;
}

function parseKind({ name, bytes }: NamedFile, kind: Kind): TableRead {
  if (kind === 'workbook') return guarded(() => bestOf(parseWorkbook(bytes)), 'file-damaged');
  if (kind !== 'text') return refuse('file-kind-unknown');
  const text = parseText(bytes);
  // The name only tells a broken file from an unknown kind.
  if (text === null)
    return refuse(/\.(?:xls[xmb]?|doc[xm]?|pdf)$/i.test(name) ? 'file-damaged' : 'file-encoding');
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

/** HTML, whole or a piece of it; Markdown may hold a table in HTML too, but begins otherwise. */
const isPage =
  /^\s*<(?:!doctype\s+html|html|head|body|meta|table|style|(?:!--|\?xml|div|p|h[1-6]|center|section|article|main)\b[^]*<table[\s>])/i;

function readText(text: string): TableRead {
  if (text.trim() === '') return refuse('file-empty');
  if (isPage.test(text)) return best(parseHtml(text));
  const marked = isMarkdown(text) ? parseMarkdown(text) : null;
  return best([...(marked ? [marked] : []), ...parseDelimited(text)]);
}

/** One reader per layout, the most particular first; each answers null for what is not its own. */
const readers: readonly ((grid: Grid) => EvaluationTable | null)[] = [
  parseAchievementList,
  parsePillarReport,
  parseResultTable,
  parseReportForm,
  parseProgressReport,
];

function readGrid(grid: Grid): EvaluationTable | null {
  for (const read of readers) {
    const table = read(grid);
    if (table) return table;
  }
  return null;
}

type GridsRead =
  | { readonly ok: true; readonly grids: readonly Grid[] }
  | { readonly ok: false; readonly code: FileRefusal };

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
  const joined = joinTables(read);
  if (joined) return { ok: true, table: joined };
  const [first, ...others] = read.toSorted(
    (one, other) => other.table.projects.length - one.table.projects.length,
  );
  if (!first) {
    const together = joinGrids(grids);
    const table = together && readGrid(together);
    return table ? { ok: true, table } : refuse('no-evaluation-table');
  }
  const unread = read
    .filter((each) => others.includes(each))
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
