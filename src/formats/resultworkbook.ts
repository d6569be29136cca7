/**
 * 評価結果 as an Excel workbook, in the shape municipalities publish it. It writes what
 * `resultlayout.ts` has placed; it decides no text, and it never writes a formula.
 */
import type { EvaluationTable } from '#domain/sheet.ts';
import {
  Color,
  DocProperties,
  Format,
  FormatAlign,
  FormatBorder,
  RichString,
  Workbook,
  type Worksheet,
} from 'wasm-xlsxwriter';
import { breakPages } from './pagebreaks.ts';
import {
  layOutResult,
  sizes,
  type CellStyle,
  type PlacedCell,
  type ResultLayout,
} from './resultlayout.ts';

const SHEET_NAME = '評価結果';
const FONT = 'BIZ UDPゴシック';
const A3 = 8;
/** Excel takes about 200 number formats a workbook; figures beyond are written as texts. */
const MAX_NUMBER_FORMATS = 150;

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
    return breakPages(workbook.saveToBufferSync(), layout.pageStarts);
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

type Styles = {
  readonly of: (style: CellStyle) => Format;
  readonly number: (format: string) => Format | undefined;
  readonly quoted: (style: CellStyle) => Format;
  readonly run: (bold: boolean) => Format;
};

function writeCell(sheet: Worksheet, cell: PlacedCell, styles: Styles): void {
  const { row, column, content } = cell;
  const text = content.kind === 'runs' ? (content.runs[0]?.text ?? '') : content.text;
  const format = isRisky(text) ? styles.quoted(cell.style) : styles.of(cell.style);
  if (cell.rows > 1 || cell.columns > 1) {
    // The merge gives every one of its cells the style; its first cell is written over below.
    sheet.mergeRange(row, column, row + cell.rows - 1, column + cell.columns - 1, '', format);
  }
  const numeric = content.kind === 'number' ? styles.number(content.format) : undefined;
  if (content.kind === 'number' && numeric) {
    sheet.writeNumberWithFormat(row, column, content.value, numeric);
  } else if (text === '') {
    sheet.writeBlank(row, column, format);
  } else if (content.kind === 'runs') {
    const rich = new RichString();
    content.runs.forEach((run, index) =>
      rich.append(styles.run(run.bold), index === 0 ? run.text : `\n${run.text}`),
    );
    sheet.writeRichStringWithFormat(row, column, rich, format);
  } else {
    sheet.writeStringWithFormat(row, column, text, format);
  }
}

/** A string that an office program would take for a formula once somebody edits the cell. */
function isRisky(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

function makeStyles(): Styles {
  const made = new Map<string, Format>();
  const once = (key: string, make: () => Format) => {
    const format = made.get(key) ?? make();
    made.set(key, format);
    return format;
  };
  const numberFormats = new Set<string>();
  return {
    of: (style) => once(style, () => makeStyle(style)),
    quoted: (style) => once(`quoted ${style}`, () => makeStyle(style).setQuotePrefix()),
    run: (bold) =>
      once(`run ${bold}`, () => (bold ? font(sizes.opinion).setBold() : font(sizes.opinion))),
    number: (format) => {
      if (numberFormats.size >= MAX_NUMBER_FORMATS && !numberFormats.has(format)) return undefined;
      numberFormats.add(format);
      return once(`number ${format}`, () => makeNumberStyle(format));
    },
  };
}

function font(size: number): Format {
  return new Format().setFontName(FONT).setFontSize(size);
}

function makeStyle(style: CellStyle): Format {
  return laidOut(style).setTextWrap();
}

/** Without wrapping: LibreOffice forgets the indent of a wrapped number. */
function makeNumberStyle(format: string): Format {
  return laidOut('figure').setNumFormat(format);
}

function laidOut(style: CellStyle): Format {
  const format = font(sizes[style]).setAlign(FormatAlign.VerticalCenter);
  if (style === 'title') return format.setBold().setAlign(FormatAlign.Center);
  format.setBorder(FormatBorder.Thin).setBorderColor(Color.rgb(0x404040));
  switch (style) {
    case 'header':
      return format.setBold().setAlign(FormatAlign.Center).setBackgroundColor(Color.rgb(0xddebf7));
    case 'center':
      return format.setAlign(FormatAlign.Center);
    case 'left':
    case 'opinion':
      return format.setAlign(FormatAlign.Left).setIndent(1);
    case 'figure':
      return format.setAlign(FormatAlign.Right).setIndent(1);
  }
}
