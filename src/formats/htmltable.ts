/**
 * One HTML table while it is read: rows and cells with their spans, whichever end tags are missing.
 * Knows nothing of the document around it.
 */
import { gridLimits, makeCell, type Cell } from './grid.ts';

/** Builds the rows; what a rowspan covers in later rows is remembered per column. */
export class HtmlTable {
  private readonly above: number;
  private readonly rows: Cell[][] = [];
  private row: Cell[] = [];
  private inRow = false;
  private open: { text: string; rowSpan: number; colSpan: number } | null = null;
  private readonly reserved = new Map<number, { left: number; covered: Cell }>();
  private cells = 0;

  /** @param above rows of the document before this table */
  constructor(above: number) {
    this.above = above;
  }

  /** Text goes nowhere between two cells. */
  get writes(): boolean {
    return this.open !== null;
  }

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

  close(): readonly (readonly Cell[])[] {
    this.turnRow(false);
    return this.rows;
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
      ...makeCell(text, this.at()),
      rowSpan: cell.rowSpan,
      colSpan: cell.colSpan,
    };
    const covered: Cell = { ...makeCell('', anchor.at), anchor };
    for (let span = 0; span < cell.colSpan && this.row.length < gridLimits.columns; span++) {
      const column = this.row.length;
      this.row.push(span === 0 ? anchor : covered);
      this.cells++;
      if (cell.rowSpan > 1) this.reserved.set(column, { left: cell.rowSpan - 1, covered });
      else this.reserved.delete(column);
    }
  }

  /** Puts covered cells where an earlier row reaches down. A span made in this row begins in the next. */
  private fillReserved(): void {
    for (;;) {
      if (this.cells >= gridLimits.cells) return;
      const held = this.reserved.get(this.row.length);
      if (!held || held.covered.at === this.at()) return;
      if (held.left <= 1) this.reserved.delete(this.row.length);
      else this.reserved.set(this.row.length, { ...held, left: held.left - 1 });
      this.row.push(held.covered);
      this.cells++;
    }
  }

  private at(): string {
    return `line ${this.above + this.rows.length + 1}`;
  }
}

function span(attributes: string, name: 'rowspan' | 'colspan'): number {
  const limit = name === 'rowspan' ? gridLimits.rows : gridLimits.columns;
  const value = Number(
    new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,5})`, 'i').exec(attributes)?.[1] ?? '1',
  );
  return Math.min(Math.max(value, 1), limit);
}
