/** 下書きを意見に載せる: the lines of a draft as bullets at the end of a heading. */
import * as Y from 'yjs';
import { BULLET } from '#protocol/documents.ts';

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
    const last = fragment.length > 0 ? fragment.get(fragment.length - 1) : undefined;
    const at =
      last instanceof Y.XmlElement && isBlank(last) ? fragment.length - 1 : fragment.length;
    fragment.insert(at, bullets.map(makeBullet));
  });
  return bullets.length;
}

function makeBullet(words: string): Y.XmlElement {
  const bullet = new Y.XmlElement(BULLET);
  bullet.insert(0, [new Y.XmlText(words)]);
  return bullet;
}

const isBlank = (bullet: Y.XmlElement): boolean =>
  bullet.toArray().every((child) => child instanceof Y.XmlText && child.length === 0);
