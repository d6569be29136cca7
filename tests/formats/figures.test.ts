/** The figures of a KPI as they stand on screen. */
import { expect, test } from 'vitest';
import { shownFigure } from '#formats/figures.ts';
import { parseQuantity } from '#formats/quantity.ts';

test('a bare number gets the unit that stands elsewhere, what is printed with words stays', () => {
  const shown = (text: string, unit: string | null) =>
    shownFigure({ ...parseQuantity(text), unit });
  expect(shown('11', '件')).toBe('11件');
  expect(shown('１，２３４．５', '人')).toBe('１，２３４．５人');
  expect(shown('−419', '人')).toBe('−419人');
  expect(shown('11', null)).toBe('11');
  expect(shown('9件', '件')).toBe('9件');
  expect(shown('80%以上', '%')).toBe('80%以上');
  expect(shown('未計測', '件')).toBe('未計測');
});
