import { expect, it } from 'vitest';
import type { Tally } from '#domain/meeting.ts';
import { readsSheets } from '#domain/permission.ts';
import { nationalCriterion } from '#domain/scale.ts';
import { isDivided } from '#domain/tally.ts';
import type { phases } from '#domain/types.ts';
import { roles } from '#domain/types.ts';

it('[P6] leaves the sheets to those who prepare or open the meeting until it is open', () => {
  const readers = (phase: (typeof phases)[number]) =>
    roles.filter((role) => readsSheets(role, phase));
  expect(readers('draft')).toEqual(['secretariat', 'chair']);
  expect(readers('open')).toEqual([...roles]);
  expect(readers('closed')).toEqual([...roles]);
});

it('[B9] calls votes divided from two levels apart on', () => {
  const tally = (spread: number): Tally => ({
    criterionId: nationalCriterion.id,
    counts: [],
    abstained: 0,
    notVoted: 0,
    median: null,
    spread,
    leading: [],
  });
  expect([0, 1, 2, 3].map((spread) => isDivided(tally(spread)))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
