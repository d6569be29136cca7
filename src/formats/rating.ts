/**
 * Printed rating labels as the four national levels (domain.md §2). Labels drift from office to
 * office, so wording around the level is ignored; a sentence that only resembles one is not a level.
 */

export type Level = 1 | 2 | 3 | 4;

const lead =
  '(?:本事業は|当該事業は)?[、,]?(?:地方創生に(?:対して|とって|おいて|関して)?(?:は)?)?[、,]?';
const patterns: readonly (readonly [Level, RegExp])[] = [
  [
    1,
    new RegExp(`^${lead}効果(?:が|は)?(?:なかった|無かった|なし|無し|ない|無い|ありませんでした)$`),
  ],
  [1, new RegExp(`^${lead}効果的(?:では)?(?:なかった|ない)$`)],
  [
    4,
    new RegExp(
      `^${lead}非常に(?:効果(?:が|は)?(?:あった|ある|有り?|あり)|効果的(?:であった|だった|である)?)$`,
    ),
  ],
  [
    3,
    new RegExp(
      `^${lead}相当程度(?:の)?(?:効果(?:が|は)?(?:あった|ある|有り?|あり)|効果的(?:であった|だった|である)?)$`,
    ),
  ],
  [
    2,
    new RegExp(
      `^${lead}効果(?:(?:が|は)?(?:あった|ある|有り?|あり)|的(?:であった|だった|である))$`,
    ),
  ],
];

/** 地方創生に非常に効果があった → 4 … 地方創生に効果がなかった → 1, anything else null. */
export function parseRating(text: string): Level | null {
  const plain = text
    .replace(/^\s*[①-④]/u, '')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^[(（]?[1-4][)）.．:：、]/u, '')
    .replace(/[。.]$/, '');
  for (const [level, pattern] of patterns) if (pattern.test(plain)) return level;
  return null;
}
