/** Mapping by hand: proposed, corrected, remembered by captions, found again in another year's file. */
import { describe, expect, test } from 'vitest';
import type { ColumnRole, Mapping } from '#domain/mapping.ts';
import { readMapped } from '#formats/generictable.ts';
import {
  captionsOf,
  makeFingerprint,
  mapHeader,
  proposeMapping,
  recallMapping,
} from '#formats/mapping.ts';
import { gridOf } from '../fixtures/grid.ts';

/** A table in the words of one office only. */
const rows = (year: string) => [
  ['令和6年度 まちの取組'],
  ['', '', 'ねらい', '', ''],
  ['取組のなまえ', 'ものさし', `${year}めざす数`, `${year}できた数`, 'ひとこと'],
  ['窓口', '相談件数', '10件', '9件', 'もう少し'],
  ['', '移住者数', '2人', '3人', ''],
];
const grid = gridOf(rows('R6年度'));
const roles: readonly (ColumnRole | null)[] = ['name', 'label', 'target', 'actual', 'comment'];
const mapping: Mapping = {
  headerFrom: 1,
  dataFrom: 3,
  columns: roles.map((role, index) => ({ role, year: index === 2 || index === 3 ? 2024 : null })),
};

test('a table nobody knows gets a proposal with its first rows as header, and no meaning', () => {
  expect(proposeMapping(grid)).toEqual({
    headerFrom: 2,
    dataFrom: 3,
    columns: Array.from({ length: 5 }, () => ({ role: null, year: null })),
  });
});

test('header words are proposed with their years; other rows can be chosen', () => {
  const known = gridOf([
    ['事業名', '指標', '目標', '', '実績', 'その他'],
    ['', '', 'R5', 'R6', 'R6', ''],
    ['窓口', '相談件数', '8件', '10件', '9件', 'x'],
  ]);
  const both = [
    { role: 'name', year: null },
    { role: 'label', year: null },
    { role: 'target', year: 2023 },
    { role: 'target', year: 2024 },
    { role: 'actual', year: 2024 },
    { role: null, year: null },
  ];
  expect(proposeMapping(known)).toEqual({ headerFrom: 0, dataFrom: 2, columns: both });
  expect(mapHeader(known, 0, 1).columns.map(({ role }) => role)).toEqual([
    'name',
    'label',
    'target',
    null,
    'actual',
    null,
  ]);
  expect(mapHeader(known, 0, 0).columns.map(({ role }) => role)).toEqual(Array(6).fill(null));
});

test('the table as mapped', () => {
  const table = readMapped(grid, mapping);
  expect(table?.projects).toMatchObject([
    {
      name: '窓口',
      kpis: [
        {
          label: '相談件数',
          comment: 'もう少し',
          series: [{ year: 2024, target: { value: 10, unit: '件' }, actual: { value: 9 } }],
        },
        { label: '移住者数', series: [{ target: { value: 2 }, actual: { value: 3 } }] },
      ],
    },
  ]);
});

test('a column without a role is left out and named', () => {
  const columns = mapping.columns.map((column, index) =>
    index === 4 ? { role: null, year: null } : column,
  );
  const table = readMapped(grid, { ...mapping, columns });
  expect(table?.projects[0]?.kpis[0]?.comment).toBeNull();
  expect(table?.findings).toContainEqual(
    expect.objectContaining({ code: 'caption-unknown', stated: 'ひとこと' }),
  );
});

test('a mapping that names nothing reads nothing', () => {
  const columns = mapping.columns.map(() => ({ role: null, year: null }));
  expect(readMapped(grid, { ...mapping, columns })).toBeNull();
  expect(readMapped(gridOf([]), mapping)).toBeNull();
  expect(proposeMapping(gridOf([]))).toBeNull();
});

test('no wild mapping breaks reading', () => {
  for (const [headerFrom, dataFrom] of [
    [0, 0],
    [4, 4],
    [0, 60],
    [50, 60],
  ] as const)
    expect(() => readMapped(grid, { ...mapping, headerFrom, dataFrom })).not.toThrow();
});

describe('the fingerprint', () => {
  const print = makeFingerprint(grid, mapping);

  test.each([
    ['another year', gridOf(rows('R7年度'))],
    ['the year in full', gridOf(rows('令和７年度'))],
    [
      'other widths and gaps',
      gridOf(rows('Ｒ６年度').map((row) => row.map((text) => text.replace('ひと', 'ひ と')))),
    ],
    [
      'other values',
      gridOf([...rows('R6年度').slice(0, 3), ['体験', '参加者数', '1人', '2人', '']]),
    ],
  ])('stays the same for %s', (_, other) => {
    expect(makeFingerprint(other, mapping)).toBe(print);
  });

  test.each([
    [
      'another caption',
      rows('R6年度').map((row) => row.map((text) => text.replace('ものさし', '目安'))),
    ],
    ['another order', rows('R6年度').map(([a = '', b = '', ...rest]) => [b, a, ...rest])],
    ['one column more', rows('R6年度').map((row, index) => [...row, index === 2 ? '予備' : ''])],
  ])('differs for %s', (_, other) => {
    expect(makeFingerprint(gridOf(other), mapHeader(gridOf(other), 1, 3))).not.toBe(print);
  });

  test('is none without captions', () => {
    expect(makeFingerprint(grid, { ...mapping, headerFrom: 3, dataFrom: 3 })).toBeNull();
  });
});

describe('remembered', () => {
  const fingerprint = makeFingerprint(grid, mapping) ?? '';
  const remembered = [
    { fingerprint: 'other', mapping },
    { fingerprint, mapping },
  ];

  test("is found in next year's file wherever its header stands, with the years printed there", () => {
    const next = gridOf([['まちの取組'], ['（案）'], ...rows('R7年度')]);
    const recalled = recallMapping(next, remembered);
    expect(recalled).toMatchObject({ fingerprint, mapping: { headerFrom: 3, dataFrom: 5 } });
    expect(recalled?.mapping.columns.map(({ role }) => role)).toEqual(roles);
    expect(recalled?.mapping.columns.map(({ year }) => year)).toEqual([
      null,
      null,
      2025,
      2025,
      null,
    ]);
  });

  test('a year typed by hand is not carried into another file', () => {
    const bare = gridOf(rows(''));
    const typed = { fingerprint: makeFingerprint(bare, mapping) ?? '', mapping };
    expect(recallMapping(bare, [typed])?.mapping.columns.map(({ year }) => year)).toEqual(
      Array(5).fill(null),
    );
  });

  test('is not found in another table', () => {
    expect(
      recallMapping(
        gridOf([
          ['事業名', '指標'],
          ['窓口', '件数'],
        ]),
        remembered,
      ),
    ).toBeNull();
    expect(recallMapping(grid, [])).toBeNull();
  });
});

test('the captions of a mapping, group before leaf', () => {
  const table = gridOf([
    ['事業名', '目標', ''],
    ['', 'R5', 'R6'],
  ]);
  expect(captionsOf(table, { ...mapping, headerFrom: 0, dataFrom: 2 }).slice(0, 3)).toEqual([
    '事業名',
    '目標 R5',
    '目標 R6',
  ]);
});
