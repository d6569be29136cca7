import { read, utils, type WorkSheet } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { EvaluationTable, ProjectSheet } from '#domain/sheet.ts';
import { LINE_PITCH, lineCount } from '#formats/measure.ts';
import { joined } from '#formats/opinioncell.ts';
import { sizes } from '#formats/placed.ts';
import { layOutResult } from '#formats/resultlayout.ts';
import { makeResultWorkbook } from '#formats/resultworkbook.ts';
import { pageHeight, total } from '#formats/sheetpage.ts';
import { kpi, project, projects, table } from '../fixtures/resultsample.ts';
import { isWellFormed } from '../fixtures/xml.ts';

const sheetOf = (made: EvaluationTable): WorkSheet => {
  const book = read(makeResultWorkbook(made), { cellFormula: true, cellNF: true });
  const sheet = book.Sheets['評価結果'];
  if (!sheet) throw new Error('no sheet 評価結果');
  return sheet;
};
const texts = (sheet: WorkSheet) =>
  utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' });
const withProjects = (...made: readonly ProjectSheet[]): EvaluationTable => ({
  ...table,
  projects: made,
});
const sentence =
  '参加した児童がその後も学び続けているかを確かめる方法を、所管課とともに検討してほしい。';
const opinions = (count: number, sentences: number) =>
  Array.from({ length: count }, (_, index) => ({
    heading: index < count / 2 ? '【R6実績について】' : '【今後の方針等について】',
    text: `${index + 1}件目。${sentence.repeat(sentences)}`,
  }));

describe('the sheet', () => {
  const sheet = sheetOf(table);
  const rows = texts(sheet);

  test('the long title stands on two lines, the header on three rows', () => {
    expect(rows.slice(0, 7).map((row) => row.filter((text) => text !== ''))).toEqual([
      ['令和7年度会津若松市まち・ひと・しごと創生包括連携協議会'],
      ['地方創生事業効果検証会議 令和6年度事業評価結果'],
      [],
      [
        'No',
        '事業名',
        '所管課',
        '第3期総合戦略における位置づけ',
        '重要業績評価指標 (KPI)',
        '地方創生事業効果検証会議による評価結果',
      ],
      ['指標', '【第2期総合戦略】', '【第3期総合戦略】', '事業効果に対する評価', '意見等'],
      ['現状値\n(R1年度)', '実績値\n(R5年度)', '実績値\n(R6年度)', '最終目標値\n(R8年度)'],
      expect.arrayContaining(['1-1', 'デジタル未来アート事業', '5件', '5件以上']),
    ]);
  });

  test('project cells are merged over their KPI rows', () => {
    const merges = (sheet['!merges'] ?? []).map((each) => utils.encode_range(each));
    for (const column of ['A', 'B', 'C', 'D', 'K', 'L'])
      expect(merges).toContain(`${column}7:${column}9`);
  });

  test('figures are numbers, their units formats; — is a text', () => {
    expect(sheet['H8']).toMatchObject({ t: 'n', v: 4858, w: '4,858人' });
    expect(sheet['J7']).toMatchObject({ t: 'n', v: 5, w: '5件以上' });
    expect(sheet['H9']).toMatchObject({ t: 'n', v: 0.82, w: '82%' });
    expect(sheet['I10']).toMatchObject({ t: 'n', v: -419, w: '-419人' });
    expect(sheet['G9']).toMatchObject({ t: 's', v: '—' });
  });

  test('opinions: headings in bold, a ・ before each', () => {
    expect(sheet['L11']).toMatchObject({
      v: expect.stringMatching(
        /^【R6実績について】\n・.*\n・.*\n【今後の方針等について】\n・/,
      ) as string,
      r: expect.stringMatching(/<b\/>.*【R6実績について】/) as string,
    });
  });

  test('an unrated project has an empty rating cell', () => {
    const unrated = rows.find((row) => row[0] === '3-3');
    expect(unrated?.slice(10)).toEqual(['', '']);
  });
});

test('page, panes and borders', () => {
  const files = unzipSync(makeResultWorkbook(table));
  const part = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  for (const [name, bytes] of Object.entries(files)) {
    expect([name, isWellFormed(strFromU8(bytes))]).toEqual([name, true]);
  }
  const xml = part('xl/worksheets/sheet1.xml');
  expect(xml).toMatch(/<pageSetup paperSize="8"[^>]*orientation="landscape"/);
  expect(xml).toMatch(/fitToHeight="0"/);
  expect(xml).toContain('&amp;P / &amp;N');
  expect(xml).toMatch(/<pane xSplit="2" ySplit="6" topLeftCell="C7"[^>]*state="frozen"/);
  expect(part('xl/workbook.xml')).toMatch(/Print_Titles[^>]*>評価結果!\$4:\$6</);
  expect(part('xl/styles.xml')).toContain('<name val="BIZ UDPゴシック"/>');
  expect(part('xl/styles.xml')).toContain('FFDDEBF7');
  // Every cell of a merge is there with its style, or Excel leaves its border out.
  for (const cell of ['A7', 'A8', 'A9', 'L8', 'F5', 'F6', 'L4'])
    expect(xml).toContain(`r="${cell}"`);
});

test.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\tタブ', '=HYPERLINK("x")', '-419'])(
  'the text %j is no formula, and no number',
  (text) => {
    const risky = project({
      no: text,
      name: text,
      sections: [text],
      kpis: [kpi(text, text, ['1件', '2件', '3件', '4件'])],
      ratingText: text,
      opinions: [{ heading: text, text }],
    });
    const sheet = sheetOf(withProjects(risky));
    for (const address of ['A7', 'B7', 'C7', 'E7', 'F7', 'K7', 'L7']) {
      const cell = sheet[address] as { t: string; v: string; f?: string };
      expect([address, cell.t, cell.f]).toEqual([address, 's', undefined]);
      expect(cell.v.startsWith(text)).toBe(true);
    }
    const files = unzipSync(makeResultWorkbook(withProjects(risky)));
    expect(strFromU8(files['xl/styles.xml'] ?? new Uint8Array())).toContain('quotePrefix="1"');
  },
);

describe('room for every text', () => {
  const long = withProjects(
    project({ ...projects[1], opinions: opinions(12, 3) }),
    project({ ...projects[0], opinions: opinions(14, 2) }),
    project({ ...projects[2], opinions: opinions(1, 200) }),
    project({ no: '8', name: '名称の長い事業'.repeat(40), opinions: opinions(2, 1) }),
    ...projects,
  );
  const layout = layOutResult(long);

  test('no row is taller than Excel allows', () => {
    expect(Math.max(...layout.heights)).toBeLessThanOrEqual(409);
  });

  test('no cell is lower than its text', () => {
    const indented = new Set(['left', 'figure', 'opinion']);
    const clipped = layout.cells.filter(({ row, rows, column, columns, style, content }) => {
      const text = content.kind === 'runs' ? joined(content.runs) : content.text;
      const width = total(layout.widths.slice(column, column + columns));
      const em = (width - (indented.has(style) ? 22 : 8)) / ((sizes[style] * 96) / 72);
      const needed = lineCount(text, em) * sizes[style] * LINE_PITCH;
      return needed > total(layout.heights.slice(row, row + rows));
    });
    expect(clipped).toEqual([]);
  });

  test('no opinion is lost or repeated where they take several cells', () => {
    const written = texts(sheetOf(long))
      .map((row) => row[11] ?? '')
      .join('\n');
    for (const { opinions: given } of long.projects) {
      for (const { text } of given) {
        if (text.length < 2000) expect(written.split(`・${text}`).length).toBeGreaterThan(1);
        else expect(written.replaceAll('\n', '')).toContain(text);
      }
    }
  });

  test('a page begins with a project, and cuts none that fits on one', () => {
    const firstRows = layout.cells.filter((cell) => cell.column === 0 && cell.style === 'center');
    const starts = new Set(firstRows.map((cell) => cell.row));
    expect(layout.pageStarts.every((row) => starts.has(row))).toBe(true);
    const { first, last } = layout.header;
    const repeated = total(layout.heights.slice(first, last + 1));
    const pages = [...layout.pageStarts, layout.heights.length].map((end, index, ends) => ({
      from: ends[index - 1] ?? 0,
      end,
    }));
    for (const { from, end } of pages.slice(1)) {
      const on = firstRows.filter((cell) => cell.row >= from && cell.row < end);
      const height = repeated + total(layout.heights.slice(from, end));
      if (on.every((cell) => total(layout.heights.slice(cell.row, cell.row + cell.rows)) < 500)) {
        expect(height).toBeLessThanOrEqual(pageHeight(layout.widths));
      }
    }
  });
});

test('a table written from a meeting has captions of its own', () => {
  const bare = { strategy: null, figures: [], rating: null, ratingGroup: null };
  const rows = texts(sheetOf({ ...table, title: null, captions: bare }));
  expect(rows[0]?.[0]).toBe('会津若松市令和6年度事業評価結果');
  expect(rows[3]?.slice(6, 10)).toEqual([
    '基準値\n(R1年度)',
    '実績値\n(R5年度)',
    '実績値\n(R6年度)',
    '最終目標値\n(R8年度)',
  ]);
});

test('one project without KPIs', () => {
  const rows = texts(sheetOf(withProjects(project({ no: '1', name: '調査事業' }))));
  expect(rows.at(-1)?.slice(0, 2)).toEqual(['1', '調査事業']);
});

test('more number formats than Excel takes become texts', () => {
  const many = Array.from({ length: 400 }, (_, index) => {
    const unit = String.fromCodePoint(0x4e00 + index);
    return kpi(
      'その他のKPI',
      `指標${index}`,
      [1, 2, 3, 4].map((figure) => `${figure}${unit}`),
    );
  });
  const made = withProjects(project({ no: '1', name: '事業', kpis: many }));
  const files = unzipSync(makeResultWorkbook(made));
  const styles = strFromU8(files['xl/styles.xml'] ?? new Uint8Array());
  expect(Number(/<numFmts count="(\d+)"/.exec(styles)?.[1])).toBe(150);
  expect(texts(sheetOf(made)).at(-1)?.slice(5, 8)).toEqual([
    '指標399',
    `1${String.fromCodePoint(0x4e00 + 399)}`,
    `2${String.fromCodePoint(0x4e00 + 399)}`,
  ]);
});
