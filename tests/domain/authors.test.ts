/** [P15] Who is told who wrote an opinion. */
import { expect, test } from 'vitest';
import { seesAuthors } from '#domain/permission.ts';
import type { Role } from '#domain/types.ts';

test('[P15] those who write opinions are told who wrote them, and nobody else', () => {
  const told = (
    ['secretariat', 'chair', 'viceChair', 'member', 'section', 'observer'] as Role[]
  ).filter((role) => seesAuthors(role, 'open', 'discussing', false));
  expect(told).toEqual(['secretariat', 'chair', 'viceChair', 'member']);
  expect(seesAuthors('member', 'published', 'decided', false)).toBe(true);
  // Not before there are any, and not to whoever stands aside until it is decided.
  expect(seesAuthors('secretariat', 'preview', 'waiting', false)).toBe(false);
  expect(seesAuthors('chair', 'open', 'rating', true)).toBe(false);
  expect(seesAuthors('chair', 'open', 'decided', true)).toBe(true);
});
