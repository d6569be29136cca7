/** [F14] in files: the value taken over stands in the table, what was printed is told beside it. */
import { describe, expect, test } from 'vitest';
import { acceptRecomputed } from '#domain/correction.ts';
import { examineSheet } from '#domain/examine.ts';
import {
  emptyKpi,
  emptyPoint,
  emptyProject,
  noCaptions,
  type EvaluationTable,
} from '#domain/sheet.ts';
import { makeWorkbook } from '#formats/export.ts';
import { makeOpenData } from '#formats/opendata.ts';
import { papersOf } from '#formats/papers.ts';
import { parseQuantity } from '#formats/quantity.ts';
import { shapes } from '#formats/shape.ts';
import { parseTable } from '#formats/table.ts';
import { flawsOf, partOf } from '../fixtures/parts.ts';

const printed = {
  ...emptyProject,
  no: '4-1',
  name: '英語塾',
  kpis: [
    {
      ...emptyKpi,
      label: '開催回数',
      direction: 'increase' as const,
      series: [
        { ...emptyPoint(2024), target: parseQuantity('10回'), actual: parseQuantity('13回') },
      ],
      statedRate: parseQuantity('120%'),
    },
  ],
};
function mended() {
  const finding = examineSheet(printed, 2024).find(({ code }) => code === 'rate-mismatch');
  const sheet = finding && acceptRecomputed(printed, finding);
  if (!sheet) throw new Error('nothing to take over');
  return sheet;
}
const tableOf = (project: EvaluationTable['projects'][number]): EvaluationTable => ({
  layout: 'pillar-report',
  title: '報告',
  municipality: 'みほん市',
  fiscalYear: 2024,
  captions: noCaptions,
  projects: [project],
  findings: [],
});

describe('[F14] a value taken over', () => {
  test.each(shapes)('is told below the table in the shape %s, and only there', (shape) => {
    const notes = (project: EvaluationTable['projects'][number]) =>
      papersOf({ table: tableOf(project), shape })
        .flatMap(({ blocks }) => blocks)
        .flatMap((block) => (block.kind === 'note' ? [block.text] : []))
        .filter((text) => text.includes('原資料の値'));
    expect(notes(mended())).toEqual([
      '※ 4-1 英語塾「開催回数」の達成率（R6年度）は再計算した値です。原資料の値は120%。',
    ]);
    expect(notes(printed)).toEqual([]);
  });

  test('is told in the workbook of the results too, and reading that asks nothing about it', () => {
    const made = makeWorkbook({ table: tableOf(mended()), shape: 'result-table' });
    const texts = partOf(made, 'xl/sharedStrings.xml');
    expect(texts).toContain('R6年度）は再計算した値です。原資料の値は120%。');
    expect(flawsOf(made)).toEqual([]);
    const plain = makeWorkbook({ table: tableOf(printed), shape: 'result-table' });
    expect(parseTable({ name: 'a.xlsx', bytes: made })).toEqual(
      parseTable({ name: 'a.xlsx', bytes: plain }),
    );
  });

  test('stands in the table of the pillars', () => {
    const texts = JSON.stringify(papersOf({ table: tableOf(mended()), shape: 'pillar-report' }));
    expect(texts).toContain('130%');
  });

  test('leaves the column 原表 of the open data as it was printed', () => {
    const read = (project: EvaluationTable['projects'][number]) =>
      new TextDecoder().decode(makeOpenData(tableOf(project), { encoding: 'utf-8' }).bytes);
    expect(read(mended())).toBe(read(printed));
    expect(read(mended())).toContain('120%');
  });
});
