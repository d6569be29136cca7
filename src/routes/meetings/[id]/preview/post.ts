/** 下書きを意見に載せる: the lines of a draft as bullets at the end of a heading. */
import type * as Y from 'yjs';
import { bulletsOf as shownIn, BY_HAND, insertBullet } from '$lib/live/bullets.ts';

/** One bullet per line, without the signs people put in front of theirs. */
export const bulletsOf = (draft: string): readonly string[] =>
  draft
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/^\s*[・･•●○]\s*/u, '').trim())
    .filter((line) => line !== '');

/** Answers how many were put there. An empty last bullet stays last: somebody may stand in it. */
export function postBullets(doc: Y.Doc, headingId: string, bullets: readonly string[]): number {
  const fragment = doc.getXmlFragment(headingId);
  doc.transact(() => {
    for (const words of bullets) {
      const shown = shownIn(fragment);
      const last = shown.at(-1);
      const behind = last?.text === '' ? shown.at(-2) : last;
      insertBullet(fragment, behind ?? null, words);
    }
  }, BY_HAND);
  return bullets.length;
}
