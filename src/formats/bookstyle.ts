/**
 * How cells of a workbook look and how a value gets into one: fonts, fills, borders, numbers with
 * their unit in the format, and no text that an office program would take for a formula.
 */
import {
  Color,
  Format,
  FormatAlign,
  FormatBorder,
  RichString,
  type Worksheet,
} from 'wasm-xlsxwriter';
import { sizes, type CellStyle, type PlacedCell } from './placed.ts';

const FONT = 'BIZ UDPゴシック';
/** Excel takes about 200 number formats a workbook; figures beyond are written as texts. */
const MAX_NUMBER_FORMATS = 150;
/** Excel keeps 32,767 characters a cell. */
const MAX_TEXT = 32_000;
const CUT = '…（以下省略）';

/** The formats of one workbook, each made once. */
export type BookStyles = {
  readonly of: (style: CellStyle) => Format;
  readonly number: (format: string) => Format | undefined;
  readonly quoted: (style: CellStyle) => Format;
  readonly run: (bold: boolean) => Format;
};

/** Writes a cell or merge; a text that begins like a formula stays a text when it is edited. */
export function writeCell(sheet: Worksheet, cell: PlacedCell, styles: BookStyles): void {
  const { row, column, content } = cell;
  const text = fitting(content.kind === 'runs' ? (content.runs[0]?.text ?? '') : content.text);
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

function fitting(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - CUT.length)}${CUT}` : text;
}

/** A string that an office program would take for a formula once somebody edits the cell. */
function isRisky(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

export function makeStyles(): BookStyles {
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
  switch (style) {
    case 'title':
      return format.setBold().setAlign(FormatAlign.Center);
    case 'heading':
    case 'subheading':
      return format.setBold().setAlign(FormatAlign.Left);
    case 'plain':
      return format.setAlign(FormatAlign.Left).setIndent(1);
    case 'note':
      return format.setAlign(FormatAlign.Left);
    default:
      format.setBorder(FormatBorder.Thin).setBorderColor(Color.rgb(0x404040));
  }
  switch (style) {
    case 'header':
      return format.setBold().setAlign(FormatAlign.Center).setBackgroundColor(Color.rgb(0xddebf7));
    case 'label':
      return format
        .setBold()
        .setAlign(FormatAlign.Left)
        .setIndent(1)
        .setBackgroundColor(Color.rgb(0xf2f2f2));
    case 'center':
      return format.setAlign(FormatAlign.Center);
    case 'left':
    case 'opinion':
      return format.setAlign(FormatAlign.Left).setIndent(1);
    case 'figure':
      return format.setAlign(FormatAlign.Right).setIndent(1);
  }
}
