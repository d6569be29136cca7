/**
 * Delimited text (CSV, TSV, text files, text from the clipboard) as grids. Cells may be quoted and
 * hold line breaks. Does not decide what the delimiter is: offers each reading, the layout decides.
 */
import Papa from 'papaparse';
import { gridLimits, makeCell, type Cell, type Grid } from './grid.ts';

/**
 * The readings worth trying, likeliest first: tab before comma, since tabs never stand in prose; so
 * a text without any is read as lines of one cell.
 */
export function parseDelimited(text: string): readonly Grid[] {
  return ['\t', ',', ';']
    .filter((delimiter) => delimiter === '\t' || text.includes(delimiter))
    .map((delimiter) => readGrid(text, delimiter))
    .filter((grid) => grid !== null);
}

/** Null when the text has more cells than any table that is read here. */
function readGrid(text: string, delimiter: string): Grid | null {
  const quoted = readRows(text, delimiter, '"');
  if (quoted === 'too-many') return null;
  if (!quoted.broken) return { name: null, rows: quoted.rows, notices: [] };
  // A quotation mark that never closes swallows the rest of the file: read marks as characters.
  // NUL cannot occur (encoding.ts), so as the quoting character it switches quoting off.
  const plain = readRows(text, delimiter, '\0');
  if (plain === 'too-many') return null;
  const at = quoted.broken;
  return { name: null, rows: plain.rows, notices: [{ code: 'quotes-broken', at, stated: null }] };
}

type Rows = { readonly rows: readonly (readonly Cell[])[]; readonly broken: string | null };

function readRows(text: string, delimiter: string, quoteChar: string): Rows | 'too-many' {
  const rows: Cell[][] = [];
  let cells = 0;
  let line = 1;
  let from = 0;
  let broken: string | null = null;
  let tooMany = false;
  Papa.parse<string[]>(text, {
    delimiter,
    quoteChar,
    step: ({ data, errors, meta }, parser) => {
      const at = `line ${line}`;
      if (errors.some((error) => error.type === 'Quotes')) broken ??= at;
      cells += data.length;
      if (
        rows.length >= gridLimits.rows ||
        data.length > gridLimits.columns ||
        cells > gridLimits.cells
      ) {
        tooMany = true;
        parser.abort();
        return;
      }
      rows.push(data.map((value) => makeCell(value, at)));
      for (; from < meta.cursor; from++) if (text.charCodeAt(from) === 10) line++;
    },
  });
  return tooMany ? 'too-many' : { rows, broken };
}
