import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAbsence, makeQuantity, parseQuantity } from '#formats/quantity.ts';

describe('one printed figure', () => {
  test.each([
    ['5件以上', 5, '件', '以上'],
    ['-490人', -490, '人', null],
    ['5,000人程度', 5000, '人', '程度'],
    ['82%', 82, '%', null],
    ['８２％', 82, '%', null],
    ['▲3.5', -3.5, null, null],
    ['△ 1,200円', -1200, '円', null],
    ['−419人', -419, '人', null],
    ['－２０人', -20, '人', null],
    ['14, 894円', 14894, '円', null],
    ['14, 894, 396円', 14894396, '円', null],
    ['9,825', 9825, null, null],
    ['220 世帯', 220, '世帯', null],
    ['10,000人以上', 10000, '人', '以上'],
    ['150%増', 150, '%', '増'],
    ['累計 220世帯', 220, '世帯', '累計'],
    ['約5,000人', 5000, '人', '約'],
    ['対前年比66%', 66, '%', '対前年比'],
    ['5件/年', 5, '件/年', null],
    ['75.6％以下', 75.6, '%', '以下'],
    ['5件（うち新規2件）', 5, '件', '(うち新規2件)'],
    ['0件', 0, '件', null],
    ['-0', 0, null, null],
    ['¥14,894,396', 14894396, '円', null],
    ['12か所', 12, 'か所', null],
  ])('%s', (text, value, unit, qualifier) => {
    expect(parseQuantity(text)).toEqual({ text, value, unit, qualifier });
  });
});

test.each([
  '',
  '—',
  '－',
  '-',
  'なし',
  '未計測',
  '省略',
  '調査中',
  '1,23',
  '9,825, 28,873',
  '約七割',
  '5件と3人',
  '±3',
  '3-5件',
  '10:30',
  '令和6年度',
  '2024年度',
  'R6',
  '1億2,000万円',
  '第3位以内を目指す',
  '（5）',
  '5.5.5',
  '1e5',
  '0x10',
  'Infinity',
  '9007199254740993人',
  '#DIV/0!',
  '９'.repeat(200),
])('%s is no figure: the value stays null, never a guess', (text) => {
  expect(parseQuantity(text)).toMatchObject({ text, value: null, unit: null });
});

test.each([
  ['男 12 / 女 8', [12, 8]],
  ['10名×9回', [10, 9]],
  ['1,000～1,200人', [1000, 1200]],
  ['2件\n3社', [2, 3]],
])('%s has parts and no value of its own', (text, values) => {
  const { value, parts } = parseQuantity(text);
  expect(value).toBeNull();
  expect(parts?.map((part) => part.value)).toEqual(values);
});

test.each([
  ['10 名×10 回/年', ['10 名', '10 回/年'], [10, 10], ['名', '回/年']],
  ['2 回×22 名', ['2 回', '22 名'], [2, 22], ['回', '名']],
  ['男:18.18年 女:20.29年', ['男:18.18年', '女:20.29年'], [18.18, 20.29], ['年', '年']],
  ['男：18.51年', ['男：18.51年'], [18.51], ['年']],
])('%s is a compound whose parts keep their texts', (text, texts, values, units) => {
  const { value, parts } = parseQuantity(text);
  expect(value).toBeNull();
  expect(parts?.map((part) => part.text)).toEqual(texts);
  expect(parts?.map((part) => part.value)).toEqual(values);
  expect(parts?.map((part) => part.unit)).toEqual(units);
});

test('1 件 (40 名) counts twice: the first figure is the value, both are parts', () => {
  expect(parseQuantity('1 件 (40 名)')).toEqual({
    text: '1 件 (40 名)',
    value: 1,
    unit: '件',
    qualifier: null,
    parts: [
      { text: '1 件', value: 1, unit: '件', qualifier: null },
      { text: '40 名', value: 40, unit: '名', qualifier: null },
    ],
  });
  expect(parseQuantity('３組（8名）').parts?.map(({ text }) => text)).toEqual(['３組', '8名']);
});

test.each([
  ['登録者 30 名', 30, '名'],
  ['困りごと収集 10 件', 10, '件'],
  ['登録者：30名以上', 30, '名'],
])('%s says what is counted before the figure', (text, value, unit) => {
  expect(parseQuantity(text)).toMatchObject({ text, value, unit });
});

test.each(['平成 30年', '前年 5件', '最大 30名', '会議の 3回', '登録者 30', '新規 5件と3人'])(
  '%s is not read as one figure',
  (text) => {
    expect(parseQuantity(text)).toEqual({ text, value: null, unit: null, qualifier: null });
  },
);

test('blank, −, なし, 未計測 and 省略 are five things, and 0 is none of them', () => {
  expect(['', '—', 'なし', '未計測', '省略', '0', '0件'].map(findAbsence)).toEqual([
    'blank',
    'dash',
    'none',
    'unmeasured',
    'omitted',
    null,
    null,
  ]);
  expect(['‐', '–', '―', 'ー', '－', '−', '--', '―――'].map(findAbsence)).toEqual(
    Array(8).fill('dash'),
  );
});

test('a made quantity is read back equal', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 1e12 }).map((number) => number / 100),
      fc.constantFrom(null, '件', '人', '%', '円', '世帯'),
      fc.constantFrom(null, '以上', '以下', '程度'),
      (value, unit, qualifier) => {
        expect(parseQuantity(makeQuantity(value, unit, qualifier).text)).toEqual(
          makeQuantity(value, unit, qualifier),
        );
      },
    ),
  );
});

test('any text: no exception, the printed text kept, only finite values', () => {
  const pieces = fc.constantFrom(
    '1',
    '2,345',
    '０',
    '.',
    ',',
    '-',
    '▲',
    '−',
    '件',
    '人',
    '％',
    '以上',
    ' ',
    '　',
    '(',
    '）',
    '×',
    '/',
    '\n',
    '約',
    'e',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(pieces).map((parts) => parts.join('')),
      ),
      (text) => {
        const quantity = parseQuantity(text);
        expect(quantity.text).toBe(text.trim());
        expect(quantity.value === null || Number.isFinite(quantity.value)).toBe(true);
      },
    ),
  );
});
