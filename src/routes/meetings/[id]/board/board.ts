/**
 * Putting the opinions of one heading in order: moving, merging and tagging bullets, each as one
 * transaction on the shared document. A bullet is known by its Yjs id, which no edit changes.
 */
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { isTag, TAG, type Tag } from '#protocol/documents.ts';

export type BoardBullet = { readonly key: string; readonly text: string; readonly tag: Tag | '' };

const keyOf = (element: Y.XmlElement): string => {
  const id = element._item?.id;
  return id ? `${id.client}/${id.clock}` : '';
};

const elementsOf = (doc: Y.Doc, headingId: string): readonly Y.XmlElement[] =>
  doc
    .getXmlFragment(headingId)
    .toArray()
    .filter((node): node is Y.XmlElement => node instanceof Y.XmlElement);

type Piece = { readonly insert?: unknown };
const textOf = (element: Y.XmlElement): string =>
  element
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlText ? (child.toDelta() as Piece[]) : []))
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');

/** The bullets of a heading that say something, in order. */
export const bulletsIn = (doc: Y.Doc, headingId: string): readonly BoardBullet[] =>
  elementsOf(doc, headingId)
    .map((element) => {
      const tag = element.getAttribute(TAG);
      return { key: keyOf(element), text: textOf(element), tag: isTag(tag) ? tag : ('' as const) };
    })
    .filter(({ text }) => text.trim() !== '');

/**
 * Yjs cannot move: the bullet is written again at its new place and the old one goes, in one step.
 * Whoever typed into the old one at that moment would lose those words, so a bullet in which
 * somebody else's caret stands is left alone (`occupied`).
 */
export function moveBullet(doc: Y.Doc, headingId: string, key: string, by: 1 | -1): string | null {
  const shown = bulletsIn(doc, headingId);
  const at = shown.findIndex((bullet) => bullet.key === key);
  const neighbour = shown[at + by];
  const elements = elementsOf(doc, headingId);
  const from = elements.findIndex((element) => keyOf(element) === key);
  const to = elements.findIndex((element) => keyOf(element) === neighbour?.key);
  const moved = elements[from];
  if (!moved || to < 0) return null;
  const copy = moved.clone();
  doc.transact(() => {
    const fragment = doc.getXmlFragment(headingId);
    fragment.delete(from, 1);
    // With the old one gone everything behind it has come one place nearer.
    fragment.insert(to, [copy]);
  });
  return keyOf(copy);
}

/** The second one's words behind the first one's; the tag of the first, else of the second. */
export function mergeBullets(doc: Y.Doc, headingId: string, first: string, second: string): void {
  const elements = elementsOf(doc, headingId);
  const kept = elements.find((element) => keyOf(element) === first);
  const at = elements.findIndex((element) => keyOf(element) === second);
  const gone = elements[at];
  if (!kept || !gone || kept === gone) return;
  const before = textOf(kept).trimEnd();
  const joint = /[。．.!?！？]$/u.test(before) ? '' : '。';
  const words = `${joint}${textOf(gone).trim()}`;
  const tag = gone.getAttribute(TAG);
  doc.transact(() => {
    const text = kept.toArray().findLast((child) => child instanceof Y.XmlText);
    if (text instanceof Y.XmlText) text.insert(text.length, words);
    else kept.insert(0, [new Y.XmlText(words)]);
    if (!kept.getAttribute(TAG) && isTag(tag)) kept.setAttribute(TAG, tag);
    doc.getXmlFragment(headingId).delete(at, 1);
  });
}

export function tagBullet(doc: Y.Doc, headingId: string, key: string, tag: Tag | ''): void {
  const element = elementsOf(doc, headingId).find((each) => keyOf(each) === key);
  if (!element) return;
  if (tag === '') element.removeAttribute(TAG);
  else element.setAttribute(TAG, tag);
}

/** Bullets in which the caret of somebody else stands. */
export function occupied(doc: Y.Doc, awareness: Awareness): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [client, state] of awareness.getStates()) {
    if (client === doc.clientID) continue;
    const cursor: unknown = state['cursor'];
    if (typeof cursor !== 'object' || cursor === null || !('head' in cursor)) continue;
    const place = absolute(doc, cursor.head);
    for (let node: unknown = place; node instanceof Y.AbstractType; node = node.parent) {
      if (node instanceof Y.XmlElement) keys.add(keyOf(node as Y.XmlElement));
    }
  }
  return keys;
}

/** What others tell of themselves is not to be trusted to have a shape. */
function absolute(doc: Y.Doc, head: unknown): Y.AbstractType<unknown> | null {
  try {
    const position = Y.createRelativePositionFromJSON(head);
    return Y.createAbsolutePositionFromRelativePosition(position, doc)?.type ?? null;
  } catch {
    return null;
  }
}
