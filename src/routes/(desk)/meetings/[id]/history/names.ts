/** Who wrote a step, in words; the server and people nobody knows any more have words of their own. */
import type { NamedStep } from '../../../../../../server/history.ts';

export const namesOf = (
  { authors }: Pick<NamedStep, 'authors'>,
  t: { readonly server: string; readonly unknown: string; readonly and: string },
): string =>
  [...new Set(authors.map((name) => (name === null ? t.server : name || t.unknown)))].join(t.and);
