/**
 * The bullets of one heading as the board shows them: those that say something, who wrote them, and
 * the steps in which they are put in order.
 */
import type * as Y from 'yjs';
import { INTO } from '#protocol/arrange.ts';
import { TAG, type Tag } from '#protocol/documents.ts';
import { bulletsOf, BY_HAND, textsOf, type Bullet } from '$lib/live/bullets.ts';
import * as change from '$lib/live/bullets.ts';

export type BoardBullet = {
  readonly key: string;
  readonly text: string;
  readonly tag: Tag | null;
  /** The clientIDs whose letters stand in it, most letters first; one person may have several. */
  readonly writers: readonly number[];
  /** Those who merged it or told its kind. */
  readonly hands: readonly number[];
};

/** The bullets of a heading that say something, in order. */
export const bulletsIn = (doc: Y.Doc, headingId: string): readonly BoardBullet[] =>
  bulletsOf(doc.getXmlFragment(headingId))
    .filter(({ text }) => text.trim() !== '')
    .map((bullet) => {
      const { key, text, tag } = bullet;
      return { key, text, tag, writers: writersOf(bullet), hands: handsOf(bullet) };
    });

/** Told by the ids of the letters, which nobody can write under another name (Y11). */
function writersOf(bullet: Bullet): readonly number[] {
  const letters = new Map<number, number>();
  for (const text of textsOf(bullet)) {
    for (let item = text._start; item; item = item.right) {
      if (item.deleted || !item.countable) continue;
      letters.set(item.id.client, (letters.get(item.id.client) ?? 0) + item.length);
    }
  }
  return [...letters].toSorted(([, one], [, other]) => other - one).map(([client]) => client);
}

/** A place is no such mark: whoever moves the first one gives all of them a place. */
const handsOf = ({ elements }: Bullet): readonly number[] => [
  ...new Set(
    elements
      .flatMap(({ _map }) => [_map.get(TAG), _map.get(INTO)])
      .flatMap((mark) => (mark && !mark.deleted ? [mark.id.client] : [])),
  ),
];

/** To stand where another bullet stands now, the ones between make room. */
export function moveBullet(doc: Y.Doc, headingId: string, key: string, to: number): void {
  const fragment = doc.getXmlFragment(headingId);
  const others = bulletsIn(doc, headingId).filter((bullet) => bullet.key !== key);
  // Behind the one that is shown above it: empty lines between go along with neither.
  const above = others[to - 1]?.key ?? null;
  doc.transact(() => change.moveBullet(fragment, key, above), BY_HAND);
}

/** The second one's words behind the first one's; the tag of the first, else of the second. */
export function mergeBullets(doc: Y.Doc, headingId: string, first: string, second: string): void {
  const fragment = doc.getXmlFragment(headingId);
  const kept = bulletsOf(fragment).find(({ key }) => key === first);
  if (!kept || first === second) return;
  doc.transact(() => {
    if (!/[。．.!?！？]\s*$/u.test(kept.text)) {
      change.editText(kept, { at: kept.text.length, removed: 0, added: '。' });
    }
    change.mergeBullets(fragment, first, second);
  }, BY_HAND);
}

export function tagBullet(doc: Y.Doc, headingId: string, key: string, tag: Tag | null): void {
  const bullet = bulletsOf(doc.getXmlFragment(headingId)).find((each) => each.key === key);
  if (bullet) doc.transact(() => change.tagBullet(bullet, tag), BY_HAND);
}

export const shortOf = (text: string): string =>
  text.length > 20 ? `${text.slice(0, 20)}…` : text;
