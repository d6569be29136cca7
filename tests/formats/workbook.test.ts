/** What real workbooks add: furigana, formats, noise in numbers, merges, hidden rows and columns. */
import { utils, write } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { gridLimits } from '#formats/grid.ts';
import { parseTable } from '#formats/table.ts';
import { parseWorkbook } from '#formats/workbook.ts';
import { orderlyRows } from '../fixtures/resulttable.ts';
import { makeRawWorkbook } from '../fixtures/workbook.ts';

const formats = ['General', '0%', '0.0%', '#,##0"人"', '#,##0;"▲ "#,##0', '0"件以上"', '0.0'];
const styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>${formats
  .map(
    (code, index) =>
      `<numFmt numFmtId="${170 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  )
  .join(
    '',
  )}</numFmts><cellXfs>${formats.map((_, index) => `<xf numFmtId="${170 + index}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`;

function gridOf(sheet: string, strings = '') {
  const read = parseWorkbook(makeRawWorkbook({ sheet, strings, styles }));
  if (!read.ok) throw new Error(read.code);
  const [grid] = read.grids;
  if (!grid) throw new Error('no sheet');
  return grid;
}
const textsOf = (sheet: string, strings?: string) =>
  gridOf(sheet, strings).rows.map((row) => row.map(({ text }) => text));
const number = (ref: string, value: string, style = 0) =>
  `<c r="${ref}" s="${style}"><v>${value}</v></c>`;

test('furigana is no part of the text', () => {
  const strings =
    '<si><t>年度</t><rPh sb="0" eb="2"><t>ネンド</t></rPh><phoneticPr fontId="1"/></si><si><r><t>事業</t></r><r><rPr><b/></rPr><t>名</t></r><rPh sb="0" eb="2"><t>ジギョウ</t></rPh></si>';
  const row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>';
  expect(textsOf(`<sheetData>${row}</sheetData>`, strings)).toEqual([['年度', '事業名']]);
});

test('numbers show as on screen: no binary noise, percents, units in the format', () => {
  const row = [
    number('A1', '75.599999999999994'),
    number('B1', '0.82', 1),
    number('C1', '0.75600000000000001', 2),
    number('D1', '5253', 3),
    number('E1', '-419', 4),
    number('F1', '5', 5),
    number('G1', '75.599999999999994', 6),
  ].join('');
  const grid = gridOf(`<sheetData><row r="1">${row}</row></sheetData>`);
  expect(grid.rows[0]?.map(({ text }) => text)).toEqual([
    '75.6',
    '82%',
    '75.6%',
    '5,253人',
    '▲ 419',
    '5件以上',
    '75.6',
  ]);
  expect(grid.rows[0]?.map(({ at }) => at)).toEqual(
    ['A1', 'B1', 'C1', 'D1', 'E1', 'F1', 'G1'].map((ref) => `評価!${ref}`),
  );
  expect(grid.rows[0]?.[1]?.number).toBe(0.82);
});

test('a merge over the whole sheet costs nothing and speaks from its first visible cell', () => {
  const cell = (ref: string, text: string) =>
    `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = `<row r="1" hidden="1">${cell('A1', '事業名')}</row><row r="2">${cell('C2', 'x')}</row>`;
  const grid = gridOf(
    `<sheetData>${rows}</sheetData><mergeCells><mergeCell ref="A1:B1048576"/></mergeCells>`,
  );
  expect(grid.rows.map((row) => row.map(({ text }) => text))).toEqual([['事業名', '', 'x']]);
  expect(grid.rows[0]?.[1]?.anchor?.text).toBe('事業名');
});

test('a cell at the far end of a sheet is refused, empty formatted rows are not', () => {
  const far = (inner: string) =>
    makeRawWorkbook({
      sheet: `<sheetData><row r="1">${number('A1', '1')}</row><row r="${gridLimits.rows + 1}">${inner}</row></sheetData>`,
    });
  expect(parseWorkbook(far(number(`A${gridLimits.rows + 1}`, '1')))).toEqual({
    ok: false,
    code: 'file-too-complex',
  });
  expect(parseWorkbook(far(`<c r="A${gridLimits.rows + 1}" s="0"/>`)).ok).toBe(true);
  const wide = makeRawWorkbook({
    sheet: `<sheetData><row r="1">${number('XFD1', '1')}</row></sheetData>`,
  });
  expect(parseWorkbook(wide)).toEqual({ ok: false, code: 'file-too-complex' });
});

test('hidden rows, columns and sheets are left out, and said so', () => {
  const rows = orderlyRows();
  const sheet = utils.aoa_to_sheet(rows.map((row) => [...row, row[0] === 'No' ? '内部メモ' : '']));
  sheet['!rows'] = [];
  sheet['!rows'][6] = { hidden: true };
  sheet['!cols'] = [];
  sheet['!cols'][12] = { hidden: true };
  const book = utils.book_new(sheet, '公表');
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), '作業用');
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet(rows.slice(0, 6).map((row) => [...row])),
    '抜粋',
  );
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }, { Hidden: 0 }] };
  const read = parseTable({
    name: 'a.xlsx',
    bytes: new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
  });
  if (!read.ok) throw new Error(read.code);
  expect(read.table.projects.flatMap(({ kpis }) => kpis)).toHaveLength(15);
  const found = read.table.findings.map(({ code, at }) => [code, at]);
  expect(found).toContainEqual(['hidden-row', '公表!E7']);
  expect(found).toContainEqual(['hidden-column', '公表!M3']);
  expect(found).toContainEqual(['sheet-unread', '抜粋']);
  expect(found.filter(([, at]) => at === '作業用')).toEqual([]);
});

test('figures stored as numbers read like printed ones; a rounded display is named', () => {
  const rows: (string | number | { t: 'n'; v: number; z: string })[][] = orderlyRows().map(
    (row) => [...row],
  );
  const cell = (v: number, z: string) => ({ t: 'n' as const, v, z });
  const at = rows.findIndex((row) => row[5] === '来場者の会津大学等への興味関心度');
  rows[at]?.splice(
    6,
    4,
    cell(0.756, '0%'),
    cell(0.82, '0%'),
    cell(0.82, '0%'),
    cell(0.85, '0%"以上"'),
  );
  const migration = rows.findIndex((row) => row[5] === '人口の社会動態/年(1~12月)');
  rows[migration]?.splice(
    6,
    4,
    cell(-490, '#,##0"人";"▲"#,##0"人"'),
    cell(-620, '#,##0"人";"▲"#,##0"人"'),
    -419,
    -180,
  );
  const bytes = new Uint8Array(
    write(utils.book_new(utils.aoa_to_sheet(rows), '表'), {
      type: 'array',
      bookType: 'xlsx',
    }) as ArrayBuffer,
  );
  const read = parseTable({ name: 'a.xlsx', bytes });
  if (!read.ok) throw new Error(read.code);
  const [art, services] = read.table.projects;
  expect(art?.kpis[2]).toMatchObject({
    unit: '%',
    baseline: { text: '76%', value: 76 },
    finalTarget: { text: '85%以上', value: 85, qualifier: '以上' },
  });
  expect(services?.kpis[0]?.series.map(({ actual, target }) => (actual ?? target)?.value)).toEqual([
    -490, -620, -419, -180,
  ]);
  expect(services?.kpis[0]?.baseline?.text).toBe('▲490人');
  expect(read.table.findings.filter(({ code }) => code === 'value-rounded')).toMatchObject([
    { project: '1-1', stated: '0.756' },
  ]);
});
