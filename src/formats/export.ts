/** The one way from a table to a workbook or a Word file in the shape of a layout. */
import { makePaperBook } from './paperbook.ts';
import { makePaperDocument } from './paperdocument.ts';
import { papersOf, type Order } from './papers.ts';
import { makeResultWorkbook } from './resultworkbook.ts';

/** A table as .xlsx in a shape. */
export function makeWorkbook(order: Order): Uint8Array {
  const { table, shape } = order;
  // The report form is one a project, and a workbook has at least one sheet.
  if (shape === 'result-table' || table.projects.length === 0) return makeResultWorkbook(table);
  return makePaperBook(papersOf(order), table.title ?? '');
}

/** A table as .docx in a shape. */
export function makeDocument(order: Order): Promise<Uint8Array> {
  return makePaperDocument(papersOf(order), order.table.title ?? '');
}
