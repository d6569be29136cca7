/** The sign beside 昨年度からの変化; the words stand next to it. */
import type { PublicRating } from '#domain/publication.ts';
import type { IconName } from '$lib/design/icons.ts';

export const changeLooks: Readonly<Record<NonNullable<PublicRating['change']>, IconName>> = {
  better: 'up',
  same: 'right',
  worse: 'down',
};
