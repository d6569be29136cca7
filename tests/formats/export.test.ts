/** Every shape as workbook and Word file: sound parts, true numbers, nothing clipped, no formula. */
import { read, utils, type CellObject, type WorkSheet } from '@e965/xlsx';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { EvaluationTable, Quantity } from '#domain/sheet.ts';
import { makeDocument, makeWorkbook } from '#formats/export.ts';
import type { Inspection } from '#formats/inspect.ts';
import { LINE_PITCH, lineCount } from '#formats/measure.ts';
import { placeCells } from '#formats/paper.ts';
import { makeOpenData } from '#formats/opendata.ts';
import { layOutPaper } from '#formats/paperlayout.ts';
import { sizes } from '#formats/placed.ts';
import { papersOf } from '#formats/papers.ts';
import { parseQuantity } from '#formats/quantity.ts';
import { shapes, type Shape } from '#formats/shape.ts';
import { total } from '#formats/sheetpage.ts';
import { makeTableFile } from '#formats/tablefile.ts';
import { flawsOf, partOf } from '../fixtures/parts.ts';
import { table as result } from '../fixtures/resultsample.ts';
import { achievements, pillars, progress, report, samples } from '../fixtures/shapes.ts';

const everything = [result, ...samples];
const orders = everything.flatMap((table) => shapes.map((shape) => ({ table, shape })));
const named = orders.map((order) => [order.table.layout, order.shape, order] as const);

function sheetOf(table: EvaluationTable): WorkSheet {
  const book = read(makeWorkbook({ table, shape: table.layout as Shape }), { cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) throw new Error('no sheet');
  return sheet;
}
const cellsOf = (sheet: WorkSheet): readonly CellObject[] =>
  Object.entries(sheet).flatMap(([at, cell]) => (at.startsWith('!') ? [] : [cell as CellObject]));
const find = (sheet: WorkSheet, text: string) => cellsOf(sheet).filter((cell) => cell.w === text);
const rowsOf = (sheet: WorkSheet) =>
  utils
    .sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' })
    .map((row) => row.filter((text) => text !== ''));

test.each(named)(
  'a table read as %s leaves as %s: sound workbook, sound Word file',
  async (_, __, order) => {
    expect(flawsOf(makeWorkbook(order))).toEqual([]);
    expect(flawsOf(await makeDocument(order))).toEqual([]);
  },
);

describe('達成状況一覧', () => {
  const sheet = sheetOf(achievements);

  test('one row a project, its KPIs marked inside the cells, 決算額 a number', () => {
    const rows = rowsOf(sheet);
    expect(rows.filter(([no]) => /^\d$/.test(no ?? ''))).toHaveLength(3);
    expect(rows.find(([no]) => no === '6')?.slice(3, 8)).toEqual([
      '5,292,876円',
      '①社会増(UIJターン数)\n②焼津ファンクラブ会員数\n③ふるさと納税寄付件数(年間関係人口数)\n④ふるさと納税寄付金額(年間関係人口消費金額)',
      '①250人\n②1,000人\n③715,000人\n④11,000,000千円',
      '①203人\n②0人\n③725,929人\n④10,812,285千円',
      '①×\n②−\n③○\n④×',
    ]);
    expect(find(sheet, '14,894,396円')).toMatchObject([{ t: 'n', v: 14_894_396 }]);
  });

  test('the header is repeated on every page of A3 landscape', () => {
    const file = makeWorkbook({ table: achievements, shape: 'achievement-list' });
    expect(partOf(file, 'xl/workbook.xml')).toMatch(/Print_Titles[^>]*>達成状況一覧!\$3:\$3</);
    expect(partOf(file, 'xl/worksheets/sheet1.xml')).toMatch(/paperSize="8"[^>]*landscape/);
  });

  test('a meeting without stated judgements gets those of the figures, another year is named', () => {
    const sheet = papersOf({ table: result, shape: 'achievement-list' })[0];
    const cells = sheet?.blocks
      .flatMap((block) => (block.kind === 'table' ? block.rows : []))
      .flat();
    expect(cells?.map(({ text }) => text)).toContain(
      '①5件以上（R8年度）\n②5,000人程度（R8年度）\n③85%以上（R8年度）',
    );
  });
});

describe('進捗状況', () => {
  const sheet = sheetOf(progress);

  test('differences are numbers in brackets, and what they are counted from is named', () => {
    expect(find(sheet, '(-4,656)')).toMatchObject([{ t: 'n', v: -4656 }]);
    expect(find(sheet, '(+134,280)')).toMatchObject([{ t: 'n', v: 134_280 }]);
    expect(find(sheet, '(+0)').every(({ t, v }) => t === 'n' && v === 0)).toBe(true);
    expect(rowsOf(sheet).flat()).toContain('※（ ）内は対前年度目標の増減');
  });

  test('bases that differ are named one by one', () => {
    const [project, ...others] = progress.projects;
    const [first, ...kpis] = project?.kpis ?? [];
    if (!project || !first) throw new Error('no KPI');
    const mixed = { ...project, kpis: [{ ...first, deltaBase: 'start' as const }, ...kpis] };
    expect(rowsOf(sheetOf({ ...progress, projects: [mixed, ...others] })).flat()).toContain(
      '※（ ）内の増減は、「ブランド化したガラス商品の販売額」は対当初、「きららガラス未来館の来客数」は対前年度目標、「ブランド化したガラス商品数」は対前年度目標',
    );
  });

  test('a project whose KPIs were left out says why', () => {
    expect(rowsOf(sheet).flat()).toContain('県及び県内市町全体での評価のため省略');
  });
});

describe('柱別報告', () => {
  test('the stated rate stays, Kensho’s own stands beside it', () => {
    const year = 2018;
    const dated = pillars.projects.map((project) => ({
      ...project,
      kpis: project.kpis.map((kpi) => ({
        ...kpi,
        series: kpi.series.map((point) => ({ ...point, year })),
      })),
    }));
    const rows = rowsOf(sheetOf({ ...pillars, fiscalYear: year, projects: dated }));
    expect(rows.find((row) => row[1]?.includes('英語'))?.slice(-2)).toEqual(['120%', '130%']);
  });

  test('sections in order, each activity with what it brought', () => {
    const lines = rowsOf(sheetOf(pillars)).flat();
    const order = [
      '1 土台づくり',
      '1) 定量効果',
      '2) 定性効果',
      '3) 各事業及び成果',
      '② 百人委員会',
      '6 プロジェクト',
    ];
    const places = order.map((line) => lines.indexOf(line));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

describe('事業実施報告書', () => {
  const sheet = sheetOf(report);
  const texts = rowsOf(sheet).flat();

  test('both sides of the money, totals, a frame per KPI, boxes with their counters', () => {
    expect(find(sheet, '-2,000')).toMatchObject([{ t: 'n', v: -2000 }]);
    for (const mark of ['KPI①', 'KPI②', 'KPI③', 'KPI④']) expect(texts).toContain(mark);
    expect(texts.filter((text) => text === '収入合計－経費合計')).toHaveLength(2);
    expect(texts).toContain('38\n/300字');
    expect(texts.filter((text) => text === '回答済')).toHaveLength(4);
    expect(find(sheet, '66.9')).toMatchObject([{ t: 'n', v: 66.9 }]);
  });

  test('a form per project, each on a sheet of its own name', () => {
    const file = makeWorkbook({ table: result, shape: 'report-form' });
    const { SheetNames } = read(file);
    expect(SheetNames).toHaveLength(result.projects.length);
    expect(new Set(SheetNames).size).toBe(result.projects.length);
    expect(SheetNames.every((name) => name.length <= 31)).toBe(true);
  });
});

test.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\tタブ', '=HYPERLINK("x")'])(
  'the text %j is no formula in any shape',
  (text) => {
    const risky: EvaluationTable = {
      ...achievements,
      title: text,
      projects: achievements.projects.map((project) => ({
        ...project,
        no: text,
        name: text,
        overview: text,
        sections: [text],
        kpiNote: text,
        effects: [text],
        activities: [{ name: text, quantitative: [text], qualitative: [text] }],
        kpis: project.kpis.map((kpi) => ({ ...kpi, mark: null, label: text, comment: text })),
      })),
    };
    for (const shape of shapes) {
      const file = makeWorkbook({ table: risky, shape });
      const { Sheets } = read(file, { cellFormula: true });
      const cells = Object.values(Sheets).flatMap(cellsOf);
      expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);
      const found = cells.filter(({ w }) => w?.startsWith(text));
      expect([shape, found.length > 0]).toEqual([shape, true]);
      expect(found.every(({ t }) => t === 's')).toBe(true);
      expect(partOf(file, 'xl/styles.xml')).toContain('quotePrefix="1"');
    }
  },
);

describe('room for every text', () => {
  const long = '目標に届かなかった理由を、数字と現場の声の両方から説明する。'.repeat(120);
  const tall: EvaluationTable = {
    ...progress,
    projects: progress.projects.map((project) => ({
      ...project,
      overview: long,
      effects: [long],
      kpis: project.kpis.map((kpi) => ({ ...kpi, comment: long })),
    })),
  };
  test.each(shapes.filter((shape) => shape !== 'result-table'))('%s', (shape) => {
    for (const paper of papersOf({ table: tall, shape })) {
      const layout = layOutPaper(paper);
      expect(Math.max(...layout.heights)).toBeLessThanOrEqual(409);
      const clipped = layout.cells.filter(({ row, rows, column, columns, style, content }) => {
        if (content.kind !== 'text') return false;
        const width = total(layout.widths.slice(column, column + columns));
        const em = (width - 22) / ((sizes[style] * 96) / 72);
        const figure = style === 'figure' && !content.text.includes('\n');
        const lines = figure ? 1 : lineCount(content.text, em);
        return (
          lines * sizes[style] * LINE_PITCH - 1 > total(layout.heights.slice(row, row + rows)) + 20
        );
      });
      expect(clipped.map(({ content }) => content)).toEqual([]);
    }
  });

  test('no two cells of a sheet overlap', () => {
    for (const order of orders)
      for (const { blocks } of papersOf(order))
        for (const block of blocks) {
          if (block.kind !== 'table') continue;
          const taken = placeCells(block).flatMap(({ cell, row, column }) =>
            Array.from(
              { length: cell.rows * cell.columns },
              (_, index) =>
                `${row + Math.floor(index / cell.columns)}:${column + (index % cell.columns)}`,
            ),
          );
          expect(new Set(taken).size).toBe(taken.length);
          expect(taken.every((at) => Number(at.split(':')[1]) < block.spans.length)).toBe(true);
        }
  });
});

test('Word: real headings, header rows that repeat, the page in its size', async () => {
  const file = await makeDocument({ table: pillars, shape: 'pillar-report' });
  const xml = partOf(file, 'word/document.xml');
  expect(xml.match(/<w:pStyle w:val="Heading1"/g)).toHaveLength(3);
  expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(2);
  expect(/<w:pgSz[^>]*>/.exec(xml)?.[0]).toContain('w:w="11907" w:h="16840"');
  const wide = await makeDocument({ table: result, shape: 'result-table' });
  const page = /<w:pgSz w:w="(\d+)" w:h="(\d+)" w:orient="landscape"/.exec(
    partOf(wide, 'word/document.xml'),
  );
  expect(Number(page?.[1])).toBeGreaterThan(Number(page?.[2]));
  expect(partOf(wide, 'word/footer1.xml')).toMatch(/PAGE.*NUMPAGES/s);
});

/** Every printed figure of the series, anywhere in the file. */
function figuresIn(file: Uint8Array): readonly Pick<Quantity, 'text' | 'value'>[] {
  const { projects } = JSON.parse(new TextDecoder().decode(file)) as Inspection;
  return projects.flatMap(({ kpis }) =>
    kpis.flatMap(({ series }) =>
      series.flatMap(({ target, actual }) => [target, actual].flatMap((each) => each ?? [])),
    ),
  );
}

/** A text that could be a formula is quoted in the open data. */
const unescaped = (text: string) => text.replace(/^'/, '');

test('the same figure is the same in every output', async () => {
  for (const table of everything) {
    const shape = table.layout as Shape;
    const figures = table.projects.flatMap(({ kpis }) =>
      kpis.flatMap(({ series }) =>
        series.flatMap(({ target, actual }) => [target, actual].flatMap((each) => each ?? [])),
      ),
    );
    const word = await makeDocument({ table, shape });
    const said = partOf(word, 'word/document.xml').replace(/<[^>]*>/g, '');
    const cells = rowsOf(sheetOf(table)).flat().join('\n');
    const csv = Papa.parse<Record<string, string>>(
      new TextDecoder().decode(makeOpenData(table, { encoding: 'utf-8' }).bytes).trimEnd(),
      { header: true },
    ).data;
    const json = figuresIn(makeTableFile(table));
    // Values beside texts: the same figure may not stand with another value anywhere.
    const values = new Map(figures.map(({ text, value }) => [text.trim(), value]));
    for (const { text, value } of json)
      if (values.has(text.trim())) expect([text, value]).toEqual([text, values.get(text.trim())]);
    for (const row of csv) {
      const text = unescaped(row['原表記'] ?? '');
      const value = row['値'] === '' ? null : Number(row['値']);
      if (values.has(text)) expect([text, value]).toEqual([text, values.get(text)]);
    }
    const inCsv = new Set(csv.map((row) => unescaped(row['原表記'] ?? '')));
    const inJson = new Set(json.map(({ text }) => text));
    for (const { text } of figures) {
      expect([shape, 'xlsx', text, cells.includes(text)]).toEqual([shape, 'xlsx', text, true]);
      expect([shape, 'docx', text, said.includes(text)]).toEqual([shape, 'docx', text, true]);
      expect([shape, 'json', text, inJson.has(text)]).toEqual([shape, 'json', text, true]);
      const flat = text.replace(/\s*\n\s*/g, ' ').trim();
      expect([shape, 'csv', text, inCsv.has(flat)]).toEqual([shape, 'csv', text, true]);
    }
    for (const cell of cellsOf(sheetOf(table)))
      if (cell.t === 'n') {
        const printed = parseQuantity((cell.w ?? '').replace(/[()]/g, ''));
        const stored = cell.w?.includes('%') ? Number(cell.v) * 100 : Number(cell.v);
        expect(stored).toBeCloseTo(printed.value ?? Number.NaN, 9);
      }
  }
});
