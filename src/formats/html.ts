/**
 * HTML (pasted cells, saved pages, what Word becomes) as grids in reading order: a line of prose is a
 * row of one cell, a table row its cells with their spans. Scripts, styles and attributes other than
 * the spans are never looked at; nothing is fetched or run.
 */
import { decodeEntities } from './entities.ts';
import { gridLimits, makeCell, type Cell, type Grid } from './grid.ts';
import { HtmlTable } from './htmltable.ts';

const token =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|head|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?)([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>|[^<]+|</gi;
const breaks = new Set(
  'br p div ul ol dl dt dd h1 h2 h3 h4 h5 h6 hr section article header footer main nav aside caption blockquote pre figure'.split(
    ' ',
  ),
);
const grids = 20;
/** A table in a table in a table is a form; twenty of them are an attack. */
const depthLimit = 12;

/** The whole document as one grid first, then its tables alone where there are several or nested ones. */
export function parseHtml(html: string): readonly Grid[] {
  const reader = new Reader();
  for (const match of html.matchAll(token)) {
    const name = match[3]?.toLowerCase();
    if (name !== undefined) reader.tag(name, match[2] === '/', match[4] ?? '');
    else if (match[1] === undefined && !match[0].startsWith('<!--'))
      reader.text(decodeEntities(match[0]).replace(/\s+/g, ' '));
  }
  return reader.close();
}

class Reader {
  private readonly rows: (readonly Cell[])[] = [];
  private readonly tables: { readonly grid: Grid; readonly inner: boolean }[] = [];
  private readonly open: HtmlTable[] = [];
  private depth = 0;
  private line = '';
  private bullet = '';
  private numbers: number[] = [];
  /** Inside <rt> or <rp>: the reading of a word, not part of it. */
  private furigana = false;

  text(text: string): void {
    if (this.furigana) return;
    const piece = text.trim() === '' ? text : this.takeBullet(text) + text;
    const table = this.open.at(-1);
    if (table?.writes) table.write(piece);
    else if (!table && this.line.length < gridLimits.cellText) this.line += piece;
  }

  tag(name: string, closes: boolean, attributes: string): void {
    if (name === 'rt' || name === 'rp') this.furigana = !closes;
    else if (name === 'ruby' || name === 'td' || name === 'tr') this.furigana = false;
    if (name === 'table') {
      if (closes) this.closeTable();
      else this.openTable();
      return;
    }
    const table = this.open.at(-1);
    if (table && name === 'tr') table.turnRow(!closes);
    else if (table && (name === 'td' || name === 'th')) {
      this.bullet = '';
      table.startCell(closes ? null : attributes);
    } else if (name === 'li') {
      this.turnLine();
      this.bullet = closes ? '' : this.nextBullet();
    } else if (breaks.has(name)) {
      this.turnLine();
      if (name === 'ol') this.numbers = closes ? this.numbers.slice(0, -1) : [...this.numbers, 0];
      if (name === 'ul') this.numbers = closes ? this.numbers.slice(0, -1) : [...this.numbers, NaN];
      if (this.numbers.length > depthLimit) this.numbers = [];
    }
  }

  close(): readonly Grid[] {
    while (this.open.length > 0) this.closeTable();
    this.turnLine();
    const outer = this.tables.filter(({ inner }) => !inner);
    const alone = this.tables.filter(({ inner }) => inner || outer.length > 1);
    return [{ name: null, rows: this.rows, notices: [] }, ...alone.map(({ grid }) => grid)].filter(
      ({ rows }) => rows.length > 0,
    );
  }

  private openTable(): void {
    this.depth++;
    if (this.depth > depthLimit) return;
    if (this.open.length === 0) this.turnLine();
    this.open.push(new HtmlTable(this.rows.length));
  }

  private closeTable(): void {
    if (this.depth === 0) return;
    this.depth--;
    if (this.depth >= depthLimit) return;
    const rows = this.open.pop()?.close() ?? [];
    const outer = this.open.at(-1);
    if (outer) {
      const text = rows.map((cells) => cells.map((cell) => cell.text).join(' ')).join('\n');
      outer.write(`\n${text}\n`);
    } else this.rows.push(...rows.slice(0, gridLimits.rows - this.rows.length));
    if (this.tables.length < grids)
      this.tables.push({ grid: { name: null, rows, notices: [] }, inner: outer !== undefined });
  }

  /** A line of prose ends; inside a cell only the line does. */
  private turnLine(): void {
    const table = this.open.at(-1);
    if (table) return table.write('\n');
    const text = this.line.trim();
    this.line = '';
    if (text !== '' && this.rows.length < gridLimits.rows)
      this.rows.push([makeCell(text, `line ${this.rows.length + 1}`)]);
  }

  private nextBullet(): string {
    const last = this.numbers.length - 1;
    const number = this.numbers[last];
    // In a cell every item is one of several opinions, whatever the list looks like.
    if (number === undefined || Number.isNaN(number) || this.open.length > 0) return '・';
    this.numbers[last] = number + 1;
    return `${number + 1}. `;
  }

  /** Many write the bullet or the number into the item as well. */
  private takeBullet(text: string): string {
    const { bullet } = this;
    this.bullet = '';
    return /^\s*(?:[・･●○◯◆◇■□※①-⑳]|[(（]?[\d０-９]{1,2}[)）.．])/u.test(text) ? '' : bullet;
  }
}
