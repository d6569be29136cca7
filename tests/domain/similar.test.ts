/** [D11] Opinions that say nearly the same are offered for merging. */
import { expect, test } from 'vitest';
import { likeness, similarPairs } from '#domain/similar.ts';

const bullets = [
  '来場者数が大きく伸びたことを評価する。',
  'KPIの目標値を見直す必要がある。',
  '来場者数が伸びたことを高く評価したい',
  '若い世代の参加を増やしてほしい。',
  'ＫＰＩの目標値は見直す必要があるのではないか',
];

test('[D11] finds the pairs that are alike, each bullet once, the most alike first', () => {
  const pairs = similarPairs(bullets).map(({ one, other }) => [one, other]);
  expect(pairs.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
    [0, 2],
    [1, 4],
  ]);
  expect(similarPairs(['同じ意見を書いた', '同じ意見を書いた', '同じ意見を書いた'])).toHaveLength(
    1,
  );
});

test('[D11] width and punctuation are no difference, short ones are never alike', () => {
  expect(likeness('ＫＰＩを見直すべき。', 'KPIを、見直すべき')).toBe(1);
  expect(likeness('賛成です', '賛成です')).toBe(0);
  expect(likeness('来場者数を増やす工夫を', '空き家の活用を進める')).toBe(0);
});
