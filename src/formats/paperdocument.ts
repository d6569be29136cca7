/**
 * Papers as a Word file: real headings, tables with repeated header rows, page numbers. It sets what
 * the papers say and decides no text.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IPropertiesOptions,
  type ISectionOptions,
} from 'docx';
import { allScripts, runs } from './minutesparts.ts';
import type { TextRun as Run } from './opinioncell.ts';
import type { Paper, PaperBlock, PaperCell, PaperSize, PaperTable } from './paper.ts';
import { total } from './sheetpage.ts';

const GOTHIC = allScripts('BIZ UDPゴシック');
/** Millimetres in twips (1/20 point). */
const MM = 56.7;
const MARGIN = 12 * MM;
const sheets: Readonly<Record<PaperSize, { width: number; height: number; landscape: boolean }>> = {
  'A3 landscape': { width: 297, height: 420, landscape: true },
  'A4 portrait': { width: 210, height: 297, landscape: false },
};
/** Half points. A3 is drawn wider than it is printed, so its type is set smaller. */
const typeSizes: Readonly<Record<PaperSize, { body: number; header: number }>> = {
  'A3 landscape': { body: 18, header: 17 },
  'A4 portrait': { body: 18, header: 17 },
};
/** A row with more text than this may be divided between pages; a shorter one never is. */
const LONG_CELL = 700;

/** Writes papers of one size as .docx, each beginning a page. */
export async function makePaperDocument(
  papers: readonly Paper[],
  title: string,
): Promise<Uint8Array> {
  // One section for all: with a footer each, five hundred forms would take half a minute.
  const size = papers[0]?.size ?? 'A4 portrait';
  const children = papers.flatMap((paper, index) =>
    paper.blocks.flatMap((block, at) => makeBlock(block, paper, index > 0 && at === 0)),
  );
  const document = new Document({ title, styles, sections: [{ ...section(size), children }] });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

const styles: NonNullable<IPropertiesOptions['styles']> = {
  default: {
    document: {
      // Latin text as English: as Japanese, LibreOffice breaks lines inside a number.
      run: { font: GOTHIC, size: 20, language: { value: 'en-US', eastAsia: 'ja-JP' } },
    },
    title: {
      run: { font: GOTHIC, size: 26, bold: true, color: '000000' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 160 }, keepNext: true },
    },
    heading1: {
      run: { font: GOTHIC, size: 24, bold: true, color: '000000' },
      paragraph: { spacing: { before: 280, after: 80 }, keepNext: true },
    },
    heading2: {
      run: { font: GOTHIC, size: 21, bold: true, color: '000000' },
      paragraph: { spacing: { before: 180, after: 60 }, keepNext: true },
    },
    heading3: {
      run: { font: GOTHIC, size: 20, bold: true, color: '000000' },
      paragraph: { spacing: { before: 120, after: 40 }, keepNext: true },
    },
  },
};

function section(size: PaperSize): Omit<ISectionOptions, 'children'> {
  const { width, height, landscape } = sheets[size];
  const number = new TextRun({
    children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
    font: GOTHIC,
    size: 18,
  });
  return {
    properties: {
      page: {
        size: {
          width: Math.round(width * MM),
          height: Math.round(height * MM),
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: MARGIN, bottom: 15 * MM, left: MARGIN, right: MARGIN, footer: 7 * MM },
      },
    },
    footers: {
      default: new Footer({
        children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })],
      }),
    },
  };
}

const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;
/** One full-width character, in twips. */
const EM = 200;

/** @param fresh whether the block begins a page */
function makeBlock(block: PaperBlock, paper: Paper, fresh: boolean): (Paragraph | Table)[] {
  const pageBreakBefore = fresh;
  switch (block.kind) {
    case 'title':
      return [
        new Paragraph({ heading: HeadingLevel.TITLE, pageBreakBefore, children: runs(block.text) }),
      ];
    case 'heading':
      return [
        new Paragraph({
          heading: levels[block.level - 1],
          pageBreakBefore,
          children: runs(block.text),
        }),
      ];
    case 'text':
      // A short line captions what follows it.
      return [
        new Paragraph({
          keepNext: block.text.length < 40,
          indent: { left: EM },
          spacing: { after: 60 },
          children: runs(block.text),
        }),
      ];
    case 'bullet':
      return [
        new Paragraph({
          indent: { left: 2 * EM, hanging: EM },
          children: runs(`・${block.text}`),
        }),
      ];
    case 'note':
      return [
        new Paragraph({
          spacing: { before: 40, after: 80 },
          children: runs(block.text, { size: 17 }),
        }),
      ];
    case 'table':
      // Two tables in a row would grow together without a line between them.
      return [
        makeTable(block, paper),
        new Paragraph({ spacing: { line: 120, lineRule: LineRuleType.EXACT }, children: [] }),
      ];
  }
}

const line = { style: BorderStyle.SINGLE, size: 4, color: '404040' };

function makeTable(table: PaperTable, paper: Paper): Table {
  const { width, height, landscape } = sheets[paper.size];
  const page = Math.round((landscape ? height : width) * MM - 2 * MARGIN);
  const all = total(paper.widths);
  let from = 0;
  const widths = table.spans.map((span) => {
    const own = total(paper.widths.slice(from, (from += span)));
    return Math.floor((own / all) * page);
  });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: total(widths), type: WidthType.DXA },
    columnWidths: widths,
    margins: { left: 80, right: 80, top: 30, bottom: 30 },
    borders: {
      top: line,
      bottom: line,
      left: line,
      right: line,
      insideHorizontal: line,
      insideVertical: line,
    },
    rows: table.rows.map(
      (cells, row) =>
        new TableRow({
          cantSplit: cells.every(({ text }) => text.length <= LONG_CELL),
          tableHeader: row < table.header,
          children: cells.map((each) => makeCell(each, paper.size)),
        }),
    ),
  });
}

const fills = { header: 'DDEBF7', label: 'F2F2F2' } as const;
const alignments = {
  header: AlignmentType.CENTER,
  center: AlignmentType.CENTER,
  figure: AlignmentType.RIGHT,
  label: AlignmentType.LEFT,
  left: AlignmentType.LEFT,
  plain: AlignmentType.LEFT,
} as const;

function makeCell(cell: PaperCell, size: PaperSize): TableCell {
  const { style, columns, rows } = cell;
  const fill = style === 'header' || style === 'label' ? fills[style] : null;
  return new TableCell({
    ...(columns > 1 ? { columnSpan: columns } : {}),
    ...(rows > 1 ? { rowSpan: rows } : {}),
    verticalAlign: VerticalAlignTable.CENTER,
    ...(fill ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill } } : {}),
    children: linesOf(cell).map(
      ({ text, bold }) =>
        new Paragraph({
          alignment: alignments[style],
          ...(/^[・①-⑳]/u.test(text) ? { indent: { left: EM, hanging: EM } } : {}),
          children: runs(text, {
            size: fill ? typeSizes[size].header : typeSizes[size].body,
            ...(bold || fill ? { bold: true } : {}),
          }),
        }),
    ),
  });
}

/** A paragraph a line, so that a bullet's own lines hang behind it. */
function linesOf({ text, runs: given, style }: PaperCell): readonly Run[] {
  const whole = given ?? [{ text, bold: false }];
  if (style === 'figure') return whole;
  return whole.flatMap((run) => run.text.split('\n').map((each) => ({ ...run, text: each })));
}
