/** [B2] Every scale to start from is ordered, best first, and told apart by its labels. */
import { expect, test } from 'vitest';
import { scaleTemplates } from '#domain/scale.ts';

const labels = Object.fromEntries(
  Object.entries(scaleTemplates).map(([name, { options }]) => [
    name,
    options.map(({ shortLabel }) => shortLabel).join(' '),
  ]),
);

test('[B2] the scales of domain.md §2 are there, best first', () => {
  expect(labels).toEqual({
    national2016: '非常に効果があった 相当程度効果があった 効果があった 効果がなかった',
    national2015: '非常に効果があった 相当程度効果があった 効果があった 効果がなかった',
    maru3: '○ × −',
    maru4: '◎ ○ △ ×',
    letters: 'A B C D',
    numbers: '1 2 3 4 5',
    numbersUp: '5 4 3 2 1',
    effective: '有効であった 有効とは言えない',
    policy: '発展 改善 継続 中止 終了',
  });
});

test('[D12] 今後の方針 is the template that asks for a reason', () => {
  const asking = Object.entries(scaleTemplates).filter(([, { asksReason }]) => asksReason);
  expect(asking.map(([name]) => name)).toEqual(['policy']);
});

test('[B2] no scale has an option twice, and both national ones differ in their meanings', () => {
  for (const { options } of Object.values(scaleTemplates)) {
    expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
    expect(new Set(options.map(({ label }) => label)).size).toBe(options.length);
  }
  const meanings = (of: 'national2015' | 'national2016') =>
    scaleTemplates[of].options.map(({ meaning }) => meaning);
  expect(meanings('national2015')).not.toEqual(meanings('national2016'));
});
