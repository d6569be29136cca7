/** Word, PDF, old Excel, HTML and Markdown of other programs are read like the same table as xlsx. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocx } from '#formats/docx.ts';
import type { Grid } from '#formats/grid.ts';
import { parsePdf } from '#formats/pdf.ts';
import { parseTable, readTable, type TableRead } from '#formats/table.ts';
import { makeDocx, makePdf } from '../fixtures/hostilefiles.ts';
import { headings, opinionsOf, orderlyRows, projects, title } from '../fixtures/resulttable.ts';
import { makeHtml, makeWorkbook } from '../fixtures/workbook.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/files/${name}`, import.meta.url)));

function markdown(): string {
  const [, , ...rows] = orderlyRows();
  const lines = rows.map(
    (row) =>
      `| ${row.map((cell) => cell.replaceAll('\n', '<br>').replaceAll('|', '\\|')).join(' | ')} |`,
  );
  lines.splice(1, 0, `|${'---|'.repeat(12)}`);
  return `# ${title}\n\n${lines.join('\n')}\n`;
}

/** What a person would compare: everything but where it stood and what remains to be looked at. */
function told(read: TableRead) {
  if (!read.ok) throw new Error(read.code);
  return read.table.projects.map(({ kpis, ...project }) => ({
    ...project,
    kpis: kpis.map(({ kind, label, unit, series, baseline, finalTarget }) => ({
      kind,
      label,
      unit,
      series,
      baseline,
      finalTarget,
    })),
  }));
}
const expected = told(
  parseTable({ name: 'a.xlsx', bytes: makeWorkbook(orderlyRows(), { merge: true }) }),
);

test('a PDF may come as the Buffer in which Node read it', async () => {
  const read = await readTable({ name: 'writer.pdf', bytes: Buffer.from(file('writer.pdf')) });
  expect(read.ok && read.table.projects).toHaveLength(9);
});

test('the workbook to compare with holds nine projects, sixteen KPIs and all opinions', () => {
  expect(expected).toHaveLength(9);
  expect(expected.flatMap(({ kpis }) => kpis)).toHaveLength(16);
  expect(expected.map(({ opinions }) => opinions)).toEqual(projects.map(opinionsOf));
  expect(new Set(expected[0]?.opinions.map(({ heading }) => heading))).toEqual(new Set(headings));
});

describe.each([
  ['result.docx', () => file('result.docx'), 9],
  ['result.xls', () => file('result.xls'), 9],
  ['result.html', () => file('result.html'), 9],
  ['writer.pdf', () => file('writer.pdf'), 9],
  ['calc.pdf', () => file('calc.pdf'), 9],
  ['chromium.pdf', () => file('chromium.pdf'), 2],
  ['a.md', () => utf8(markdown()), 9],
  ['a.html', () => utf8(makeHtml(orderlyRows())), 9],
] as const)('%s', (name, bytes, count) => {
  test('projects, KPIs, ratings and opinions are those of the workbook', async () => {
    const read = await readTable({ name, bytes: bytes() });
    expect(told(read)).toEqual(expected.slice(0, count));
  });

  test('title, municipality and year', async () => {
    const read = await readTable({ name, bytes: bytes() });
    if (!read.ok) throw new Error(read.code);
    const { layout, municipality, fiscalYear } = read.table;
    expect({ layout, municipality, fiscalYear }).toEqual({
      layout: 'result-table',
      municipality: '会津若松市',
      fiscalYear: 2024,
    });
    // A title broken over two lines has lost the space it was broken at.
    expect(read.table.title?.replaceAll(' ', '')).toBe(title.replaceAll(' ', ''));
  });
});

async function gridOf(read: ReturnType<typeof parsePdf>): Promise<Grid> {
  const answer = await read;
  if (!answer.ok) throw new Error(answer.code);
  const [grid] = answer.grids;
  if (!grid) throw new Error('no grid');
  return grid;
}
const textsOf = ({ rows }: Grid) =>
  rows.map((row) => row.map((cell) => (cell.anchor ? '<' : cell.text)));

describe('Word', () => {
  const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
  const cell = (text: string, properties = '') =>
    `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
  const row = (...cells: readonly string[]) => `<w:tr>${cells.join('')}</w:tr>`;

  test('prose and tables stand in reading order, merged cells with their spans', async () => {
    const body = `${paragraph('前文')}<w:tbl>${row(
      cell('縦', '<w:vMerge w:val="restart"/>'),
      cell('横', '<w:gridSpan w:val="2"/>'),
    )}${row(cell('', '<w:vMerge/>'), cell('1'), cell('2'))}</w:tbl>${paragraph('後文')}`;
    const grid = await gridOf(parseDocx(makeDocx(body)));
    expect(textsOf(grid)).toEqual([['前文'], ['縦', '横', '<'], ['<', '1', '2'], ['後文']]);
    expect(grid.rows[1]?.[0]).toMatchObject({ rowSpan: 2, colSpan: 1 });
    expect(grid.rows[1]?.[1]).toMatchObject({ rowSpan: 1, colSpan: 2 });
  });

  test('a table inside a cell is text of that cell, and a grid of its own', async () => {
    const inner = `<w:tbl>${row(cell('内1'), cell('内2'))}</w:tbl>`;
    const read = await parseDocx(
      makeDocx(`<w:tbl>${row(`<w:tc>${inner}${paragraph('')}</w:tc>`, cell('外'))}</w:tbl>`),
    );
    if (!read.ok) throw new Error(read.code);
    expect(read.grids.map(textsOf)).toContainEqual([['内1 内2', '外']]);
    expect(read.grids.map(textsOf)).toContainEqual([['内1', '内2']]);
  });

  test('furigana is no part of a word, a footnote mark no part of a label', async () => {
    const ruby =
      '<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>ジギョウ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>事業</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>名</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>';
    const grid = await gridOf(parseDocx(makeDocx(ruby)));
    expect(textsOf(grid)).toEqual([['事業名']]);
    expect(grid.notices.map(({ code }) => code)).toEqual(['notes-unread']);
  });

  test('a text box that is lost is told', async () => {
    const box =
      '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>枠</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent><w:t>本文</w:t></w:r></w:p>';
    const grid = await gridOf(parseDocx(makeDocx(box)));
    expect(grid.notices.map(({ code }) => code)).toEqual(['text-box-unread']);
  });
});

describe('PDF', () => {
  const line = (x0: number, y0: number, x1: number, y1: number) => `${x0} ${y0} m ${x1} ${y1} l S`;
  const text = (x: number, y: number, shown: string) =>
    `BT /F1 10 Tf ${x} ${y} Td (${shown}) Tj ET`;
  const flat = (y: number, from = 50, to = 350) => line(from, y, to, y);
  const upright = (x: number, from = 600, to = 700) => line(x, from, x, to);
  const read = (...content: readonly string[]) => gridOf(parsePdf(makePdf(1, content.join('\n'))));

  test('cells, spans and prose of a page of rules', async () => {
    const grid = await read(
      text(50, 750, 'Title of the page'),
      ...[700, 600].map((y) => flat(y)),
      flat(650, 150),
      ...[50, 150, 350].map((x) => upright(x)),
      upright(250, 600, 650),
      text(60, 645, 'tall'),
      text(160, 670, 'wide'),
      text(160, 620, '12'),
      text(260, 620, '-419'),
      text(50, 500, 'Below'),
    );
    expect(textsOf(grid)).toEqual([
      ['Title of the page'],
      ['tall', 'wide', '<'],
      ['<', '12', '-419'],
      ['Below'],
    ]);
    expect(grid.rows[1]?.[0]?.rowSpan).toBe(2);
    expect(grid.rows[1]?.[1]?.colSpan).toBe(2);
  });

  test('thin filled shapes are rules, double rules are one, white ones none', async () => {
    const grid = await read(
      '50 699 300 1 re f 50 600 300 1 re f 50 600 1 100 re f 349 600 1 100 re f',
      upright(200),
      upright(201.5),
      '1 1 1 RG',
      upright(100),
      '0 0 0 RG',
      text(60, 645, 'left'),
      text(220, 645, 'right'),
    );
    expect(textsOf(grid)).toEqual([['left', 'right']]);
  });

  test('a table without rules at its sides still has all its columns', async () => {
    const grid = await read(
      ...[700, 650, 600].map((y) => flat(y)),
      upright(200),
      ...[670, 620].flatMap((y) => [text(60, y, `a${y}`), text(220, y, `b${y}`)]),
    );
    expect(textsOf(grid)).toEqual([
      ['a670', 'b670'],
      ['a620', 'b620'],
    ]);
  });

  test('bold that is printed twice is read once; a box around prose is no table', async () => {
    const grid = await read(
      text(60, 645, 'KPI'),
      text(60.3, 645, 'KPI'),
      ...[700, 600].map((y) => flat(y)),
      ...[50, 350].map((x) => upright(x)),
    );
    expect(textsOf(grid)).toEqual([['KPI']]);
  });

  test('the same header on the next page, page numbers and invisible text go', async () => {
    const content = [
      ...[700, 650, 600].map((y) => flat(y)),
      ...[50, 200, 350].map((x) => upright(x)),
      text(60, 670, 'No'),
      text(220, 670, 'Name'),
      text(60, 620, '1'),
      text(290, 30, '- 3 -'),
      `3 Tr ${text(60, 560, 'unseen')} 0 Tr`,
    ].join('\n');
    const own = ['One', 'Two'].map((name) => text(220, 620, name));
    expect(textsOf(await gridOf(parsePdf(makePdf(2, content, own))))).toEqual([
      ['No', 'Name'],
      ['1', 'One'],
      ['1', 'Two'],
    ]);
  });

  test('pages without text are a scan', async () => {
    expect(await parsePdf(makePdf(2, '0 0 m 100 100 l S'))).toEqual({
      ok: false,
      code: 'pdf-without-text',
    });
  });

  test('a PDF that breaks off is read or refused, and one of nothing but its mark is damaged', async () => {
    const bytes = file('calc.pdf');
    const half = await readTable({ name: 'a.pdf', bytes: bytes.subarray(0, bytes.length / 2) });
    expect(half).toEqual({ ok: false, code: 'file-damaged' });
    expect(await readTable({ name: 'a.pdf', bytes: utf8('%PDF-1.7 …') })).toEqual({
      ok: false,
      code: 'file-damaged',
    });
  });
});
