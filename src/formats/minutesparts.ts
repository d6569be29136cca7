/**
 * The building blocks of a Japanese official document in Word: paragraphs, headings, tables and the
 * styles they hang on. It knows how things look, and no word of any document.
 */
import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  LineRuleType,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IPropertiesOptions,
} from 'docx';

const MINCHO = 'ＭＳ 明朝';
const GOTHIC = 'BIZ UDPゴシック';
/** One full-width character of the body, in twips (1/20 point). */
export const CHARACTER = 210;
/** Text width of A4 with margins of 25 mm, in twips. */
export const TEXT_WIDTH = 9072;

type Block = Paragraph | Table;
export type Cell = {
  readonly text: string | readonly string[];
  readonly align?: 'left' | 'center' | 'right' | 'distribute';
  readonly bold?: boolean;
};

/** Default fonts and real heading styles; spacing is "at least", so that no font is ever cut. */
export const styles: NonNullable<IPropertiesOptions['styles']> = {
  default: {
    document: {
      // Latin text as English: as Japanese, LibreOffice breaks lines inside a number.
      run: { font: allScripts(MINCHO), size: 21, language: { value: 'en-US', eastAsia: 'ja-JP' } },
      paragraph: { spacing: { line: 360, lineRule: LineRuleType.AT_LEAST } },
    },
    title: {
      run: { font: allScripts(GOTHIC), size: 30, bold: true, color: '000000' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 60, after: 240 } },
    },
    heading1: {
      run: { font: allScripts(GOTHIC), size: 26, bold: true, color: '000000' },
      paragraph: { spacing: { before: 320, after: 120 }, keepNext: true },
    },
    heading2: {
      run: { font: allScripts(GOTHIC), size: 23, bold: true, color: '000000' },
      paragraph: { spacing: { before: 280, after: 80 }, keepNext: true },
    },
    heading3: {
      run: { font: allScripts(GOTHIC), size: 21, bold: true, color: '000000' },
      paragraph: {
        indent: { left: CHARACTER },
        spacing: { before: 160, after: 60 },
        keepNext: true,
      },
    },
  },
};

export function title(text: string): Paragraph {
  return new Paragraph({ heading: HeadingLevel.TITLE, children: runs(text) });
}

export function overTitle(text: string): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    children: runs(text, { font: allScripts(GOTHIC), size: 24 }),
  });
}

export function heading(level: 1 | 2 | 3, text: string): Paragraph {
  const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;
  return new Paragraph({ heading: levels[level - 1], children: runs(text) });
}

/** A paragraph of the body, `indent` characters in, its first line one more. */
export function paragraph(text: string, indent = 1): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.BOTH,
    indent: { left: indent * CHARACTER, firstLine: CHARACTER },
    children: runs(text),
  });
}

/** A line of its own: label in gothic, then the text, which hangs behind it. */
export function labelled(
  label: string,
  text: string,
  { width = 7, indent = 2, keepNext = false } = {},
): Paragraph {
  const left = (indent + width) * CHARACTER;
  return new Paragraph({
    keepNext,
    alignment: AlignmentType.BOTH,
    indent: { left, hanging: width * CHARACTER },
    tabStops: [{ type: TabStopType.LEFT, position: left }],
    children: [...runs(label, { font: allScripts(GOTHIC), bold: true }), ...runs(`\t${text}`)],
  });
}

/** 【R6実績について】 over its opinions. */
export function subheading(text: string, indent = 2): Paragraph {
  return new Paragraph({
    keepNext: true,
    indent: { left: indent * CHARACTER },
    children: runs(text, { font: allScripts(GOTHIC), bold: true }),
  });
}

/** ・ and a text that hangs behind it. */
export function bullet(text: string, indent = 2): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.BOTH,
    indent: { left: (indent + 1) * CHARACTER, hanging: CHARACTER },
    children: runs(`・${text}`),
  });
}

/** Small print, e.g. the hash of the record. */
export function small(text: string): Paragraph {
  return new Paragraph({
    spacing: { before: 360, line: 260, lineRule: LineRuleType.AT_LEAST },
    children: runs(text, { size: 16, color: '404040' }),
  });
}

export function gap(): Paragraph {
  return new Paragraph({ spacing: { line: 160, lineRule: LineRuleType.EXACT }, children: [] });
}

/**
 * A table with thin lines. Widths are parts of the text width left of `indent` characters; `header`
 * rows are shaded and repeated on every page, no row is divided between pages.
 */
export function table(options: {
  readonly widths: readonly number[];
  readonly header?: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** Shade the first column, as in a list of particulars. */
  readonly labels?: boolean;
  readonly indent?: number;
  /** Keep a short table on one page. */
  readonly together?: boolean;
}): Table {
  const indent = (options.indent ?? 0) * CHARACTER;
  const parts = options.widths.reduce((sum, width) => sum + width, 0);
  const widths = options.widths.map((width) => Math.floor((width / parts) * (TEXT_WIDTH - indent)));
  const line = { style: BorderStyle.SINGLE, size: 4, color: '404040' };
  const row = (cells: readonly Cell[], isHeader: boolean, keepNext: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isHeader,
      children: cells.map((cell, column) => {
        const fill = isHeader ? 'DDEBF7' : options.labels && column === 0 ? 'F2F2F2' : null;
        return makeCell(cell, { width: widths[column] ?? 0, fill, isHeader, keepNext });
      }),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    indent: { size: indent, type: WidthType.DXA },
    margins: { left: 100, right: 100, top: 20, bottom: 20 },
    borders: {
      top: line,
      bottom: line,
      left: line,
      right: line,
      insideHorizontal: line,
      insideVertical: line,
    },
    rows: [
      ...(options.header ? [row(options.header, true, true)] : []),
      ...options.rows.map((cells, index) =>
        row(cells, false, options.together === true && index < options.rows.length - 1),
      ),
    ],
  });
}

function makeCell(
  cell: Cell,
  place: { width: number; fill: string | null; isHeader: boolean; keepNext: boolean },
): TableCell {
  const { width, fill, isHeader, keepNext } = place;
  const lines = typeof cell.text === 'string' ? [cell.text] : cell.text;
  const face = isHeader || cell.bold ? { font: allScripts(GOTHIC), bold: true } : {};
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    ...(fill ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill } } : {}),
    children: (lines.length > 0 ? lines : ['']).map(
      (text) =>
        new Paragraph({
          keepNext,
          alignment: isHeader ? AlignmentType.CENTER : (cell.align ?? 'left'),
          spacing: { line: 320, lineRule: LineRuleType.AT_LEAST },
          children: runs(text, isHeader ? { ...face, size: 20 } : face),
        }),
    ),
  });
}

/** One font name for Latin and Japanese alike, or digits fall into another face. */
export function allScripts(name: string) {
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
}

type Face = ConstructorParameters<typeof TextRun>[0] & object;

/** Runs of a text, its line breaks kept; characters that XML forbids are dropped. */
export function runs(text: string, face: Exclude<Face, string> = {}): TextRun[] {
  return clean(text)
    .split('\n')
    .map((line, index) => new TextRun({ ...face, text: line, ...(index > 0 ? { break: 1 } : {}) }));
}

function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\t\n])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '');
}

export type { Block };
