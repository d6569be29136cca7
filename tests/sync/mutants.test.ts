/** Every rule that `mutants.ts` would take away is still there to be taken. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutants, patternOf } from './mutants.ts';

test.each(mutants)('%s in %s', (_, file, from) => {
  const source = readFileSync(new URL(`../../server/sync/${file}`, import.meta.url), 'utf8');
  expect(source).toMatch(patternOf(from));
});
