/**
 * Markdown with pipe tables (or HTML tables between its lines) as one grid in reading order. Marks of
 * headings, emphasis and links go, their text stays; what is no table row is a row of one cell.
 */
import { decodeEntities } from './entities.ts';
import { gridLimits, makeCell, type Cell, type Grid } from './grid.ts';
import { parseHtml } from './html.ts';

const divider = /^\s*\|?\s*:?-{1,200}:?\s*(?:\|\s*:?-{1,200}:?\s*)*\|?\s*$/;

/** Whether a text has the line of dashes under a table head, or a table in HTML. */
export function isMarkdown(text: string): boolean {
  if (/<table[\s>]/i.test(text)) return true;
  const lines = text.split('\n');
  return lines.some((line, index) => isDivider(line) && (lines[index - 1] ?? '').includes('|'));
}

/** Null when there is more than in any table. */
export function parseMarkdown(text: string): Grid | null {
  const rows: (readonly Cell[])[] = [];
  for (const piece of pieces(text)) {
    if (piece.html) rows.push(...(parseHtml(piece.text)[0]?.rows ?? []));
    else rows.push(...readLines(piece.text, piece.line));
    if (rows.length > gridLimits.rows) return null;
  }
  return { name: null, rows, notices: [] };
}

/** Tables in HTML, and the lines between them, each with the number of its first line. */
function pieces(text: string): readonly { html: boolean; text: string; line: number }[] {
  const found: { html: boolean; text: string; line: number }[] = [];
  let line = 1;
  const add = (html: boolean, piece: string): void => {
    found.push({ html, text: piece, line });
    line += piece.split('\n').length - 1;
  };
  const opens = /<table[\s>]/gi;
  const closes = /<\/table\s*>/gi;
  for (let from = 0; from < text.length && found.length < 1000;) {
    opens.lastIndex = from;
    const start = opens.exec(text)?.index ?? text.length;
    if (start > from) add(false, text.slice(from, start));
    if (start === text.length) break;
    closes.lastIndex = start;
    const end = closes.exec(text) ? closes.lastIndex : text.length;
    add(true, text.slice(start, end));
    from = end;
  }
  return found;
}

function isDivider(line: string): boolean {
  return line.length < 2000 && line.includes('-') && line.includes('|') && divider.test(line);
}

function readLines(text: string, first: number): readonly (readonly Cell[])[] {
  const rows: (readonly Cell[])[] = [];
  const lines = text.split(/\r?\n/);
  let table = false;
  lines.forEach((line, index) => {
    const at = `line ${first + index}`;
    table = line.includes('|') && (table || isDivider(lines[index + 1] ?? ''));
    if (line.trim() === '' || isDivider(line) || /^\s*(?:```|~~~|-{3,}|={3,}|\*{3,})/.test(line))
      return;
    if (table) rows.push(splitRow(line).map((cell) => makeCell(plain(cell), at)));
    else
      rows.push(
        line
          .split('\t')
          .slice(0, gridLimits.columns)
          .map((cell) => makeCell(plain(unmarked(cell)), at)),
      );
  });
  return rows;
}

/** Cells between pipes; the outer pipes may be missing, `\|` is a pipe in the text. */
function splitRow(line: string): readonly string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .split(/(?<!\\)\|/);
  if (cells.length > 1 && cells.at(-1)?.trim() === '') cells.pop();
  return cells.slice(0, gridLimits.columns).map((cell) => cell.replaceAll('\\|', '|'));
}

/** The marks before a line: heading, quotation, list. A list keeps a bullet, a number its number. */
function unmarked(line: string): string {
  return line
    .replace(/^\s{0,12}#{1,6}\s+/, '')
    .replace(/^\s{0,12}>\s?/, '')
    .replace(/^\s{0,12}[-*+]\s+(?=[・●○■□①-⑳])/u, '')
    .replace(/^\s{0,12}[-*+]\s+/, '・');
}

function plain(text: string): string {
  return decodeEntities(text)
    .replace(/<br\s{0,4}\/?>/gi, '\n')
    .replace(/<\/?(?:b|i|u|em|strong|span|sub|sup|font|center)\b[^<>]{0,200}>/gi, '')
    .replace(/!?\[([^[\]]{0,500})\]\([^()\s]{0,500}\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1/g, '$2')
    .replace(/(?<![*\w])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\*(?![*\w])/g, '$1')
    .replace(/`([^`\n]{1,500})`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, '$1');
}
