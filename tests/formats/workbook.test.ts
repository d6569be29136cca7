/** What real workbooks add: furigana, formats, noise in numbers, merges, hidden rows and columns. */
import { utils, write } from '@e965/xlsx';
import { strToU8 } from 'fflate';
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

const showing = (codes: readonly string[], serial: number) => {
  const list = codes.map(
    (code, index) =>
      `<numFmt numFmtId="${170 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  );
  const formatted = codes.map((_, index) => `<xf numFmtId="${170 + index}"/>`);
  const cells = codes.map((_, index) =>
    number(`${String.fromCharCode(65 + index)}1`, String(serial), index),
  );
  const read = parseWorkbook(
    makeRawWorkbook({
      sheet: `<sheetData><row r="1">${cells.join('')}</row></sheetData>`,
      styles: `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>${list.join('')}</numFmts><cellXfs>${formatted.join('')}</cellXfs></styleSheet>`,
    }),
  );
  if (!read.ok) throw new Error(read.code);
  return read.grids[0]?.rows[0]?.map(({ text }) => text);
};

test('dates show in the Japanese calendar where their format says so', () => {
  const codes = [
    '[$-411]ggge"年"m"月"d"日"',
    '[$-411]ge.m.d',
    '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@',
    'yyyy"年"m"月"d"日"(aaa)',
    '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
  ];
  expect(showing(codes, 45000)).toEqual([
    '令和5年3月15日',
    'R5.3.15',
    '令和5年3月15日',
    '2023年3月15日(水)',
    '2023年3月15日',
  ]);
  // 2019-05-01, and the day before.
  expect(showing(codes.slice(0, 3), 43586)).toEqual(['令和1年5月1日', 'R1.5.1', '令和元年5月1日']);
  expect(showing(codes.slice(0, 2), 43585)).toEqual(['平成31年4月30日', 'H31.4.30']);
});

test('formats that are no dates are left alone', () => {
  expect(showing(['General', '"e"0', '0.00E+00', '#,##0"g"'], 12345)).toEqual([
    '12345',
    'e12345',
    '1.23E+04',
    '12,345g',
  ]);
});

test('built-in date formats mean what they mean in Japan', () => {
  const ids = [14, 31, 55, 57, 58];
  const cells = ids.map((_, index) =>
    number(`${String.fromCharCode(65 + index)}1`, '45000', index),
  );
  const read = parseWorkbook(
    makeRawWorkbook({
      sheet: `<sheetData><row r="1">${cells.join('')}</row></sheetData>`,
      styles: `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
    }),
  );
  expect(read.ok && read.grids[0]?.rows[0]?.map(({ text }) => text)).toEqual([
    '2023/3/15',
    '2023年3月15日',
    '2023年3月',
    'R5.3.15',
    '令和5年3月15日',
  ]);
});

test('prefixed XML is the same XML', () => {
  const prefixed = (xml: string) =>
    strToU8(xml.replace(/<(\/?)(?=[a-z])/gi, '<$1x:').replaceAll('xmlns=', 'xmlns:x='));
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const read = parseWorkbook(
    makeRawWorkbook({
      sheet: '',
      extra: {
        'xl/sharedStrings.xml': prefixed(
          `<sst xmlns="${main}"><si><t>年度</t><rPh sb="0" eb="1"><t>ネンド</t></rPh></si></sst>`,
        ),
        'xl/styles.xml': prefixed(styles),
        'xl/worksheets/sheet1.xml': prefixed(
          `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>${number('B1', '0.756', 2)}</row><row r="2" hidden="1">${number('A2', '1')}</row></sheetData><mergeCells><mergeCell ref="B1:C1"/></mergeCells></worksheet>`,
        ),
      },
    }),
  );
  if (!read.ok) throw new Error(read.code);
  expect(read.grids[0]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
    ['年度', '75.6%'],
  ]);
  expect(read.grids[0]?.notices).toEqual([{ code: 'hidden-row', at: '評価!A2', stated: '1' }]);
});

test('errors, truth values and calculated texts show; a formula without a result is told', () => {
  const grid = gridOf(
    '<sheetData><row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="str"><f>A2&amp;"件"</f><v>5件</v></c><c r="D1"><f>SUM(A2:A9)</f></c><c r="E1"><f>A2</f><v>7</v></c></row></sheetData>',
  );
  expect(grid.rows[0]?.map(({ text }) => text)).toEqual(['#REF!', 'TRUE', '5件', '', '7']);
  expect(grid.notices).toEqual([{ code: 'formula-uncalculated', at: 'D1', stated: null }]);
});

test('comments on cells are left out, and said so', () => {
  const read = parseWorkbook(
    makeRawWorkbook({
      sheet: '<sheetData/>',
      extra: { 'xl/comments1.xml': strToU8('<comments/>') },
    }),
  );
  expect(read.ok && read.grids[0]?.notices.map(({ code }) => code)).toEqual(['notes-unread']);
});

test('a workbook with a project on each sheet is one table; last year’s sheet is another', () => {
  const rows = orderlyRows();
  const [head, first, second] = [rows.slice(0, 5), rows.slice(5, 8), rows.slice(8, 9)];
  const bookOf = (...sheets: (readonly (readonly string[])[])[]) => {
    const book = utils.book_new();
    sheets.forEach((sheet, index) =>
      utils.book_append_sheet(
        book,
        utils.aoa_to_sheet(sheet.map((row) => [...row])),
        `事業${index + 1}`,
      ),
    );
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
    const read = parseTable({ name: 'a.xlsx', bytes });
    if (!read.ok) throw new Error(read.code);
    return read.table;
  };
  const found = ({ findings }: ReturnType<typeof bookOf>) =>
    findings.filter(({ code }) => code.startsWith('sheet')).map(({ code, at }) => [code, at]);
  const joined = bookOf([...head, ...first], [...head, ...second]);
  expect(joined.projects.map(({ no }) => no)).toEqual(['1-1', '1-2']);
  expect(found(joined)).toEqual([['sheets-joined', '事業2']]);
  const before = head.map((row) => row.map((cell) => cell.replaceAll('令和6年度', '令和5年度')));
  const apart = bookOf([...head, ...first], [...before, ...second]);
  expect(apart.projects.map(({ no }) => no)).toEqual(['1-1']);
  expect(found(apart)).toEqual([['sheet-unread', '事業2']]);
});
