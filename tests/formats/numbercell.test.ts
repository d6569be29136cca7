import { SSF } from '@e965/xlsx';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeNumberCell } from '#formats/numbercell.ts';
import { makeQuantity, parseQuantity } from '#formats/quantity.ts';

/** The number formatter of a spreadsheet reader, which comes without types. */
const { format: print } = SSF as { format: (format: string, value: number) => string };

const printedBack = (text: string) => {
  const cell = makeNumberCell(parseQuantity(text));
  return cell && print(cell.format, cell.value);
};

test.each([
  ['5件以上', 5, '#,##0"件以上"'],
  ['5,000人程度', 5000, '#,##0"人程度"'],
  ['9825', 9825, '0'],
  ['33,383', 33383, '#,##0'],
  ['-419人', -419, '#,##0"人"'],
  ['▲419人', -419, '#,##0"人";"▲"#,##0"人"'],
  ['82%', 0.82, '#,##0%'],
  ['86.70%', 0.867, '#,##0.00%'],
  ['85%以上', 0.85, '#,##0%"以上"'],
  ['0件', 0, '#,##0"件"'],
])('%s is a number and reads the same', (text, value, format) => {
  expect(makeNumberCell(parseQuantity(text))).toEqual({ value, format });
  expect(printedBack(text)).toBe(text);
});

test.each([
  '—',
  '未計測',
  '',
  '約5件',
  '14, 894円',
  '５件',
  '男 12 / 女 8',
  '10名×9回',
  '007',
  '1,23',
  '-0人',
])('%s stays a text', (text) => {
  expect(makeNumberCell(parseQuantity(text))).toBeNull();
});

test('a value that is not the printed figure is not written', () => {
  expect(makeNumberCell({ ...parseQuantity('5件'), value: 6 })).toBeNull();
});

test('any figure that becomes a number cell is printed back to the letter', () => {
  const value = fc.oneof(
    fc.integer({ min: -9_999_999, max: 9_999_999 }),
    fc.integer({ min: -99_999, max: 99_999 }).map((each) => each / 100),
  );
  const unit = fc.constantFrom(null, '件', '人', '%', '世帯', '円', '"個"');
  const qualifier = fc.constantFrom(null, '以上', '程度', '増');
  fc.assert(
    fc.property(value, unit, qualifier, (...figure) => {
      const quantity = makeQuantity(...figure);
      const cell = makeNumberCell(quantity);
      return cell !== null && print(cell.format, cell.value) === quantity.text;
    }),
  );
});
