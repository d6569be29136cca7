/**
 * Tables in pasted HTML as grids, with their spans. Reads only table, tr, th, td and the breaks
 * inside a cell; scripts, styles and attributes other than the spans are never looked at.
 */
import { gridLimits, makeCell, type Cell, type Grid } from './grid.ts';

const token =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|head|template)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?)([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>|[^<]+|</gi;
const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  middot: '・',
  minus: '−',
};

/** One grid per table; a table inside a cell counts as text of that cell. */
export function parseHtml(html: string): readonly Grid[] {
  const grids: Grid[] = [];
  let table: Table | null = null;
  let depth = 0;
  for (const match of html.matchAll(token)) {
    const name = match[3]?.toLowerCase();
    const closes = match[2] === '/';
    if (name === 'table') {
      depth = Math.max(0, depth + (closes ? -1 : 1));
      if (!closes && depth === 1) table = new Table();
      if (depth === 0 && table) {
        grids.push(table.close());
        table = null;
      }
    } else if (!table || depth > 1 || (match[0].startsWith('<!--') && name === undefined)) {
      if (table && name === undefined && !match[0].startsWith('<')) table.write(decode(match[0]));
    } else if (name === 'tr') table.turnRow(!closes);
    else if (name === 'td' || name === 'th') table.startCell(closes ? null : (match[4] ?? ''));
    else if (name === 'li') table.write(closes ? '\n' : '\n・');
    else if (name === 'br' || name === 'p' || name === 'div' || name === 'ul' || name === 'ol')
      table.write('\n');
    else if (name === undefined && match[1] === undefined)
      table.write(decode(match[0]).replace(/\s+/g, ' '));
    if (grids.length >= 20) break;
  }
  if (table) grids.push(table.close());
  return grids;
}

/** Builds one grid; what a rowspan covers in later rows is remembered per column. */
class Table {
  private readonly rows: Cell[][] = [];
  private row: Cell[] = [];
  private inRow = false;
  private open: { text: string; rowSpan: number; colSpan: number } | null = null;
  private readonly reserved = new Map<number, { left: number; anchor: Cell }>();
  private cells = 0;

  write(text: string): void {
    if (this.open && this.open.text.length < gridLimits.cellText) this.open.text += text;
  }

  startCell(attributes: string | null): void {
    this.endCell();
    if (attributes === null) return;
    this.inRow = true;
    this.open = {
      text: '',
      rowSpan: span(attributes, 'rowspan'),
      colSpan: span(attributes, 'colspan'),
    };
  }

  /** At <tr> and </tr>: ends the row under way, since either may be missing. */
  turnRow(opens: boolean): void {
    this.endCell();
    if (this.inRow) {
      this.fillReserved();
      if (this.row.length > 0) this.rows.push(this.row);
      this.row = [];
    }
    this.inRow = opens;
  }

  close(): Grid {
    this.turnRow(false);
    return { name: null, rows: this.rows, notices: [] };
  }

  private endCell(): void {
    const cell = this.open;
    this.open = null;
    if (!cell || this.rows.length >= gridLimits.rows || this.cells >= gridLimits.cells) return;
    this.fillReserved();
    const text = cell.text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
    const anchor: Cell = {
      ...makeCell(text, `line ${this.rows.length + 1}`),
      rowSpan: cell.rowSpan,
      colSpan: cell.colSpan,
    };
    for (
      let covered = 0;
      covered < cell.colSpan && this.row.length < gridLimits.columns;
      covered++
    ) {
      const column = this.row.length;
      this.row.push(covered === 0 ? anchor : { ...makeCell('', anchor.at), anchor });
      this.cells++;
      if (cell.rowSpan > 1) this.reserved.set(column, { left: cell.rowSpan - 1, anchor });
      else this.reserved.delete(column);
    }
  }

  /** Puts covered cells where an earlier row reaches down. A span made in this row begins in the next. */
  private fillReserved(): void {
    for (;;) {
      const held = this.reserved.get(this.row.length);
      if (!held || held.anchor.at === `line ${this.rows.length + 1}`) return;
      if (held.left <= 1) this.reserved.delete(this.row.length);
      else this.reserved.set(this.row.length, { ...held, left: held.left - 1 });
      this.row.push({ ...makeCell('', held.anchor.at), anchor: held.anchor });
    }
  }
}

function span(attributes: string, name: 'rowspan' | 'colspan'): number {
  const limit = name === 'rowspan' ? gridLimits.rows : gridLimits.columns;
  const value = Number(
    new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,5})`, 'i').exec(attributes)?.[1] ?? '1',
  );
  return Math.min(Math.max(value, 1), limit);
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
