/**
 * The bullets of one heading in their Yjs fragment: read in the order they are shown in, and changed so
 * that no word is ever written again. Moving sets a place, merging sets what a bullet goes on; whoever
 * wrote a word stays its author, and whoever types in the bullet meanwhile loses nothing (decision
 * 0015). Every change here belongs into a transaction of its caller.
 */
import * as Y from 'yjs';
import { arrange, between, INTO, ORDER, spread } from '#protocol/arrange.ts';
import { BULLET, isTag, TAG, type Tag } from '#protocol/documents.ts';

export type Bullet = {
  /** The Yjs id of its first element, which no edit changes. */
  readonly key: string;
  /** More than one where bullets were merged. */
  readonly elements: readonly Y.XmlElement[];
  readonly order: string;
  readonly isPlaced: boolean;
  readonly text: string;
  readonly tag: Tag | null;
};

/** Origin of every change somebody makes by hand: what undo takes back, and nothing else. */
export const BY_HAND = { by: 'hand' };

export const keyOf = (element: Y.XmlElement): string => {
  const id = element._item?.id;
  return id ? `${id.client}/${id.clock}` : '';
};

const elementsOf = (fragment: Y.XmlFragment): readonly Y.XmlElement[] =>
  fragment.toArray().filter((node): node is Y.XmlElement => node instanceof Y.XmlElement);

/** All of them in order, empty ones included. */
export function bulletsOf(fragment: Y.XmlFragment): readonly Bullet[] {
  const elements = elementsOf(fragment);
  const rows = elements.map((element) => ({
    id: keyOf(element),
    order: element.getAttribute(ORDER),
    into: element.getAttribute(INTO),
  }));
  return arrange(rows).map(({ order, isPlaced, rows: members }) => {
    const own = members.flatMap((at) => elements[at] ?? []);
    const tags = own.map((element): unknown => element.getAttribute(TAG)).filter(isTag);
    return {
      key: own[0] ? keyOf(own[0]) : '',
      elements: own,
      order,
      isPlaced,
      text: textsOf({ elements: own }).map(plain).join(''),
      tag: tags[0] ?? null,
    };
  });
}

/** The texts a bullet is made of, one behind the other. */
export const textsOf = ({ elements }: Pick<Bullet, 'elements'>): readonly Y.XmlText[] =>
  elements.flatMap((element) =>
    element.toArray().filter((child): child is Y.XmlText => child instanceof Y.XmlText),
  );

type Piece = { readonly insert?: unknown };

/** Never by `toString()`, which does not escape. */
export const plain = (text: Y.XmlText): string =>
  (text.toDelta() as readonly Piece[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');

/** Where an offset lies; between two texts at the end of the first. */
export function placeIn(bullet: Bullet, offset: number): { text: Y.XmlText; at: number } | null {
  let at = offset;
  let end: { text: Y.XmlText; at: number } | null = null;
  for (const text of textsOf(bullet)) {
    if (at <= text.length) return { text, at };
    at -= text.length;
    end = { text, at: text.length };
  }
  return end;
}

/** Takes letters out and puts others there. */
export function editText(
  bullet: Bullet,
  { at, removed, added }: { at: number; removed: number; added: string },
): void {
  let start = at;
  let left = removed;
  for (const text of textsOf(bullet)) {
    const { length } = text;
    if (start >= length) {
      start -= length;
      continue;
    }
    const here = Math.min(left, length - start);
    if (here > 0) text.delete(start, here);
    left -= here;
    start = 0;
    if (left === 0) break;
  }
  if (added === '') return;
  const place = placeIn(bullet, at);
  if (place) place.text.insert(place.at, added);
  else bullet.elements[0]?.insert(0, [new Y.XmlText(added)]);
}

/** A new bullet behind another one; null: at the top. */
export function insertBullet(
  fragment: Y.XmlFragment,
  behind: Bullet | null,
  text: string,
  tag: Tag | null = null,
): Y.XmlElement {
  const shown = bulletsOf(fragment);
  const next = shown[behind ? shown.findIndex(({ key }) => key === behind.key) + 1 : 0];
  const made = new Y.XmlElement(BULLET);
  const first = behind?.elements[0];
  fragment.insert(first ? fragment.toArray().indexOf(first) + 1 : 0, [made]);
  if (text !== '') made.insert(0, [new Y.XmlText(text)]);
  if (tag) made.setAttribute(TAG, tag);
  // Where nothing was ever moved the fragment itself is the order.
  const place = behind?.order ? between(behind.order, next?.order ?? null) : undefined;
  if (place) made.setAttribute(ORDER, place);
  return made;
}

export function removeBullet(fragment: Y.XmlFragment, bullet: Bullet): void {
  for (const element of bullet.elements) {
    const at = fragment.toArray().indexOf(element);
    if (at >= 0) fragment.delete(at, 1);
  }
}

/** To stand behind another one; null: at the top. */
export function moveBullet(fragment: Y.XmlFragment, key: string, behind: string | null): void {
  if (key === behind) return;
  const all = placed(fragment);
  const moved = all.find((bullet) => bullet.key === key);
  const others = all.filter((bullet) => bullet !== moved);
  const at = behind === null ? 0 : others.findIndex((bullet) => bullet.key === behind) + 1;
  if (!moved || (behind !== null && at === 0)) return;
  const place = between(others[at - 1]?.order ?? '', others[at]?.order ?? null);
  if (place) moved.elements[0]?.setAttribute(ORDER, place);
  else number([...others.slice(0, at), moved, ...others.slice(at)]);
}

/** The second one goes on the first: both keep their letters, and so their authors. */
export function mergeBullets(fragment: Y.XmlFragment, first: string, second: string): void {
  const all = placed(fragment);
  const kept = all.find(({ key }) => key === first);
  const joined = all.find(({ key }) => key === second);
  const [head, member] = [kept?.elements[0], joined?.elements[0]];
  if (!kept || !joined || !head || !member || head === member) return;
  const last = kept.elements.reduce(
    (found, element) => later(found, element.getAttribute(ORDER)),
    kept.order,
  );
  const next = all[all.indexOf(kept) + 1];
  const after = next === joined ? all[all.indexOf(joined) + 1] : next;
  member.setAttribute(INTO, keyOf(head));
  // Behind what was merged before, and where the first one stands should that ever go.
  const place = between(last, after?.order ?? null) ?? between(last, null);
  if (place) member.setAttribute(ORDER, place);
}

const later = (one: string, other: unknown): string =>
  typeof other === 'string' && other > one ? other : one;

export function tagBullet(bullet: Bullet, tag: Tag | null): void {
  for (const element of bullet.elements) {
    if (element.getAttribute(TAG) !== undefined) element.removeAttribute(TAG);
  }
  if (tag) bullet.elements[0]?.setAttribute(TAG, tag);
}

/** Gives a place to every bullet that has none. Two people who do so at once write the same. */
function placed(fragment: Y.XmlFragment): readonly Bullet[] {
  const shown = bulletsOf(fragment);
  if (shown.every(({ isPlaced }) => isPlaced)) return shown;
  for (let from = 0; from < shown.length;) {
    let to = from;
    while (shown[to]?.isPlaced === false) to += 1;
    const places = spread(shown[from - 1]?.order ?? '', shown[to]?.order ?? null, to - from);
    if (!places) {
      number(shown);
      break;
    }
    for (const [index, place] of places.entries()) {
      shown[from + index]?.elements[0]?.setAttribute(ORDER, place);
    }
    from = to + 1;
  }
  return bulletsOf(fragment);
}

/** Fresh places for all, where two had the same one. */
function number(bullets: readonly Bullet[]): void {
  const places = spread('', null, bullets.length) ?? [];
  for (const [at, bullet] of bullets.entries()) {
    const place = places[at];
    if (place) bullet.elements[0]?.setAttribute(ORDER, place);
  }
}

const managers = new WeakMap<Y.XmlFragment, Y.UndoManager>();

/** Takes back what was done here by hand, in the editor and on the board. */
export function undoOf(fragment: Y.XmlFragment): Y.UndoManager {
  let manager = managers.get(fragment);
  if (!manager) {
    manager = new Y.UndoManager(fragment, {
      trackedOrigins: new Set([BY_HAND]),
      deleteFilter: mayGo,
    });
    managers.set(fragment, manager);
  }
  return manager;
}

/** Taking back one's own line break must not take the words others have typed there since. */
function mayGo({ content }: Y.Item): boolean {
  if (!(content instanceof Y.ContentType)) return true;
  const { type } = content;
  if (type instanceof Y.XmlText) return type.length === 0;
  if (!(type instanceof Y.XmlElement)) return true;
  return type.toArray().every((child) => !(child instanceof Y.XmlText) || child.length === 0);
}
