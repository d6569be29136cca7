/**
 * Papers as an Excel workbook, a sheet each. It writes what `paperlayout.ts` has placed; it decides
 * no text, and it never writes a formula.
 */
import { DocProperties, Format, Workbook, type Worksheet } from 'wasm-xlsxwriter';
import { makeStyles, writeCell, type BookStyles } from './bookstyle.ts';
import { breakPages } from './pagebreaks.ts';
import type { Paper, PaperSize } from './paper.ts';
import { layOutPaper, type PaperLayout } from './paperlayout.ts';

/** As Excel numbers them. */
const paperCodes: Readonly<Record<PaperSize, number>> = { 'A3 landscape': 8, 'A4 portrait': 9 };

/** Writes papers as .xlsx; at least one. Runs where the wasm of `wasm-xlsxwriter` loads by itself. */
export function makePaperBook(papers: readonly Paper[], title: string): Uint8Array {
  const workbook = new Workbook();
  try {
    // Column widths count in digits of the default font: `resultworkbook.ts` says why Arial.
    workbook.setDefaultFormat(new Format().setFontName('Arial').setFontSize(10), 17, 64);
    workbook.setProperties(new DocProperties().setTitle(title));
    const styles = makeStyles();
    const names = sheetNames(papers.map(({ name }) => name));
    const starts = papers.map((paper, index) =>
      addPaper(workbook, { ...paper, name: names[index] ?? `${index + 1}` }, styles),
    );
    return breakPages(workbook.saveToBufferSync(), ...starts);
  } finally {
    workbook.free();
  }
}

/** Adds a paper as a sheet and answers the rows its pages begin in. */
export function addPaper(workbook: Workbook, paper: Paper, styles: BookStyles): readonly number[] {
  const layout = layOutPaper(paper);
  const sheet = workbook.addWorksheet();
  sheet.setName(paper.name);
  for (const cell of layout.cells) writeCell(sheet, cell, styles);
  layout.widths.forEach((width, column) => sheet.setColumnWidthPixels(column, width));
  layout.heights.forEach((height, row) => sheet.setRowHeight(row, height));
  setUpPage(sheet, paper.size, layout);
  return layout.pageStarts;
}

function setUpPage(sheet: Worksheet, size: PaperSize, layout: PaperLayout): void {
  const { header, widths, heights } = layout;
  sheet.setScreenGridlines(false);
  if (header) {
    sheet.setFreezePanes(header.last + 1, 2);
    sheet.setRepeatRows(header.first, header.last);
  }
  sheet.setPrintArea(0, 0, heights.length - 1, widths.length - 1);
  sheet.setPaperSize(paperCodes[size]);
  if (size === 'A3 landscape') sheet.setLandscape();
  else sheet.setPortrait();
  sheet.setPrintFitToPages(1, 0);
  sheet.setPrintCenterHorizontally(true);
  sheet.setMargins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
  sheet.setFooter('&C&9&P / &N');
}

const NAME = 31;

/** Excel takes 31 characters, none of `[]:*?/\`, no apostrophe at an end, and no name twice. */
function sheetNames(wanted: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  /** Where counting goes on for names that begin alike. */
  const counts = new Map<string, number>();
  return wanted.map((name) => {
    const plain = name
      .replace(/[[\]:*?/\\\p{Cc}\p{Cs}]/gu, ' ')
      .replace(/^'+|'+$/g, '')
      .trim();
    const base = plain.slice(0, 26) || '様式';
    let free = base;
    const from = counts.get(base) ?? 2;
    for (let count = from; taken.has(free.toLowerCase()); count += 1) {
      const tail = ` (${count})`;
      free = `${base.slice(0, NAME - tail.length)}${tail}`;
      counts.set(base, count + 1);
    }
    taken.add(free.toLowerCase());
    return free;
  });
}
