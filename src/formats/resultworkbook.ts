/**
 * 評価結果 as an Excel workbook, in the shape municipalities publish it, and the replies on a sheet
 * behind. It writes what `resultlayout.ts` has placed; it decides no text and writes no formula.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import { DocProperties, Format, Workbook, type Worksheet } from 'wasm-xlsxwriter';
import { makeStyles, writeCell } from './bookstyle.ts';
import { breakPages } from './pagebreaks.ts';
import { addPaper } from './paperbook.ts';
import { repliesBehind } from './papers.ts';
import { layOutResult, type ResultLayout } from './resultlayout.ts';

const SHEET_NAME = '評価結果';
const A3 = 8;

/**
 * Writes a result table as .xlsx. Runs where the wasm of `wasm-xlsxwriter` loads by itself (Node,
 * also inside a worker); takes about a millisecond a project.
 */
export function makeResultWorkbook(table: EvaluationTable): Uint8Array {
  const layout = layOutResult(table);
  const workbook = new Workbook();
  try {
    // Column widths count in digits of the default font. Arial 10 has the same digits everywhere;
    // a Japanese default would make the columns a third narrower where that font is missing.
    workbook.setDefaultFormat(new Format().setFontName('Arial').setFontSize(10), 17, 64);
    workbook.setProperties(new DocProperties().setTitle(table.title ?? SHEET_NAME));
    const sheet = workbook.addWorksheet();
    sheet.setName(SHEET_NAME);
    const styles = makeStyles();
    for (const cell of layout.cells) writeCell(sheet, cell, styles);
    layout.widths.forEach((width, column) => sheet.setColumnWidthPixels(column, width));
    layout.heights.forEach((height, row) => sheet.setRowHeight(row, height));
    setUpPage(sheet, layout);
    const behind = repliesBehind(table).map((paper) => addPaper(workbook, paper, styles));
    return breakPages(workbook.saveToBufferSync(), layout.pageStarts, ...behind);
  } finally {
    workbook.free();
  }
}

function setUpPage(sheet: Worksheet, { header, widths, heights }: ResultLayout): void {
  sheet.setScreenGridlines(false);
  sheet.setFreezePanes(header.last + 1, 2);
  sheet.setRepeatRows(header.first, header.last);
  sheet.setPrintArea(0, 0, heights.length - 1, widths.length - 1);
  sheet.setPaperSize(A3);
  sheet.setLandscape();
  sheet.setPrintFitToPages(1, 0);
  sheet.setPrintCenterHorizontally(true);
  sheet.setMargins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
  sheet.setFooter('&C&9&P / &N');
}
