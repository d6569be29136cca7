/** 列の指定 as the installation remembers it, and as a file is read by it. */
import { expect, test } from 'vitest';
import type { Mapping } from '#domain/mapping.ts';
import { readByHand } from '#formats/byhand.ts';
import { makeFingerprint } from '#formats/mapping.ts';
import { openDatabase } from '../../server/db/database.ts';
import { createMappings } from '../../server/mapping.ts';

const table = (year: string) =>
  `取組\tものさし\t${year}めざす数\t${year}できた数\n窓口\t相談件数\t10件\t9件\n`;
const mapping: Mapping = {
  headerFrom: 0,
  dataFrom: 1,
  columns: [
    { role: 'name', year: null },
    { role: 'label', year: null },
    { role: 'target', year: 2024 },
    { role: 'actual', year: 2024 },
  ],
};

function house() {
  let now = 0;
  return createMappings({ database: openDatabase(':memory:'), clock: () => ++now });
}
const kept = (fingerprint: string, name: string) => ({ fingerprint, mapping, name });

test('the newest first, one for the same captions, and none once it is dropped', () => {
  const mappings = house();
  mappings.keep(kept('a', '1.xlsx'));
  mappings.keep(kept('b', '2.xlsx'));
  mappings.keep(kept('a', '3.xlsx'));
  expect(
    mappings.list().map(({ fingerprint, name, keptAt }) => [fingerprint, name, keptAt]),
  ).toEqual([
    ['a', '3.xlsx', 3],
    ['b', '2.xlsx', 2],
  ]);
  mappings.drop('a');
  expect(mappings.list().map(({ fingerprint }) => fingerprint)).toEqual(['b']);
});

test('no more are kept than any office has tables', () => {
  const mappings = house();
  for (let index = 0; index < 60; index++) mappings.keep(kept(String(index), 'x'));
  expect(mappings.list()).toHaveLength(50);
  expect(mappings.list()[0]?.fingerprint).toBe('59');
});

test("next year's file is read by what was kept, a file with other captions is not", async () => {
  const first = await readByHand({ text: table('R6年度'), html: null, remembered: [] });
  if (!first.ok) throw new Error(first.code);
  expect(first.recalled).toBeNull();
  const [grid] = first.grids;
  const remembered = [kept((grid && makeFingerprint(grid, mapping)) ?? '', '前年度.tsv')];
  const next = await readByHand({ text: table('R7年度'), html: null, remembered });
  expect(next.ok && next.recalled?.table.projects[0]?.kpis[0]?.series).toMatchObject([
    { year: 2025, target: { value: 10 }, actual: { value: 9 } },
  ]);
  const other = await readByHand({
    text: table('R7年度').replace('ものさし', 'めやす'),
    html: null,
    remembered,
  });
  expect(other).toMatchObject({ ok: true, recalled: null });
});

test.each([
  ['nothing', ''],
  ['prose', '会議を開いた。\n意見が出た。'],
])('%s holds no table to name columns of', async (_, text) => {
  expect(await readByHand({ text, html: null, remembered: [] })).toMatchObject({ ok: false });
});
