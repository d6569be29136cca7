/** 意見への対応 in the files of the results: beside its opinion, and nowhere while there is none. */
import { read, utils } from '@e965/xlsx';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { EvaluationTable } from '#domain/sheet.ts';
import { makeDocument, makeWorkbook } from '#formats/export.ts';
import { makeOpenData } from '#formats/opendata.ts';
import { papersOf } from '#formats/papers.ts';
import { parseTable, readTable } from '#formats/table.ts';
import { makeTableFile } from '#formats/tablefile.ts';
import { flawsOf, partOf } from '../fixtures/parts.ts';
import { table } from '../fixtures/resultsample.ts';

const text = '=次年度から参加者の追跡調査を行う。\n結果は公表する。';
const answered: EvaluationTable = {
  ...table,
  projects: table.projects.map((project, at) => ({
    ...project,
    opinions: project.opinions.map((opinion, index) => ({
      ...opinion,
      reply: at === 0 && index === 0 ? { text, due: '2026-03-31' as const } : null,
    })),
  })),
};
const first = answered.projects[0]?.opinions[0];
const count = table.projects.flatMap(({ opinions }) => opinions).length;
const shape = 'result-table';

const tableIn = async (name: string, bytes: Uint8Array) => {
  const found = await readTable({ name, bytes });
  if (!found.ok) throw new Error(found.code);
  return found.table;
};

describe('the workbook', () => {
  const file = makeWorkbook({ table: answered, shape });
  const book = read(file);

  test('has a sheet behind the results, one opinion a row with its reply and its day', () => {
    expect(book.SheetNames).toEqual(['評価結果', '意見への対応']);
    expect(flawsOf(file)).toEqual([]);
    const sheet = book.Sheets['意見への対応'];
    const rows = sheet ? utils.sheet_to_json<string[]>(sheet, { header: 1, defval: '' }) : [];
    const [, , head, one, two] = rows;
    expect(head).toEqual(['No', '事業名', '所管課', '見出し', '意見等', '対応方針', '期限']);
    expect(one?.slice(3)).toEqual([first?.heading, first?.text, text, '令和8年3月31日（火）']);
    expect(two?.slice(5)).toEqual(['（未回答）', '']);
    expect(rows.filter(([no, name]) => no !== 'No' && name !== '')).toHaveLength(count);
  });

  test('is read back as the same table, with no sheet left unread', async () => {
    const before = parseTable({ name: 'a.xlsx', bytes: makeWorkbook({ table, shape }) });
    const after = parseTable({ name: 'a.xlsx', bytes: file });
    expect(after).toEqual(before);
  });
});

test('the Word file has it behind the results, and comes back as the same table', async () => {
  const bytes = await makeDocument({ table: answered, shape });
  expect(flawsOf(bytes)).toEqual([]);
  const said = partOf(bytes, 'word/document.xml').replace(/<[^>]*>/g, '');
  expect(said).toContain('結果は公表する。');
  expect(said).toContain('令和8年3月31日');
  const plain = await makeDocument({ table, shape });
  expect(await tableIn('a.docx', bytes)).toEqual(await tableIn('a.docx', plain));
});

test('the printed page has it behind the results, and other shapes do not', () => {
  expect(papersOf({ table: answered, shape }).map(({ name }) => name)).toEqual([
    '評価結果',
    '意見への対応',
  ]);
  expect(papersOf({ table: answered, shape: 'achievement-list' })).toHaveLength(1);
});

test('the JSON has it with its opinion', () => {
  const made = JSON.parse(new TextDecoder().decode(makeTableFile(answered))) as EvaluationTable;
  expect(made.projects[0]?.opinions[0]?.reply).toEqual({ text, due: '2026-03-31' });
  expect(made.projects[0]?.opinions[1]).not.toHaveProperty('reply');
});

test('the open data have a row an opinion, with one datum a cell', () => {
  const { bytes } = makeOpenData(answered, { encoding: 'utf-8' });
  const { data } = Papa.parse<Record<string, string>>(new TextDecoder().decode(bytes).trimEnd(), {
    header: true,
  });
  const opinions = data.filter((row) => row['区分'] === '意見');
  expect(opinions).toHaveLength(count);
  expect(opinions[0]).toMatchObject({
    事業番号: answered.projects[0]?.no,
    意見_見出し: first?.heading,
    意見: first?.text,
    対応方針: "'=次年度から参加者の追跡調査を行う。 結果は公表する。",
    対応期限: '2026-03-31',
    値: '',
  });
  expect(opinions[1]).toMatchObject({ 対応方針: '', 対応期限: '' });
});

test('without any reply nothing is added to any file', async () => {
  expect(read(makeWorkbook({ table, shape })).SheetNames).toEqual(['評価結果']);
  expect(papersOf({ table, shape })).toHaveLength(1);
  expect(new TextDecoder().decode(makeTableFile(table))).not.toContain('"reply"');
  const csv = new TextDecoder().decode(makeOpenData(table, { encoding: 'utf-8' }).bytes);
  expect(csv).not.toContain('対応方針');
});
