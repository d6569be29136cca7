/**
 * What each kind of document may hold. An editor deletes nodes it does not know for everybody, and
 * a reader should never meet more than text: so only what the page itself writes comes in.
 */
import * as Y from 'yjs';
import { BULLET, type DocumentRef } from '#protocol/documents.ts';
import { TYPE, type Item } from './edit.ts';
import type { Parent } from './trial.ts';

/** Whether an item may hang there; `key` is set for an attribute or a map entry. */
export type Policy = (item: Item, parent: Parent, key: string | undefined) => boolean;

/** Fragments of bullets, or of paragraphs, with text in them. */
const lines: Policy = (item, parent, key) => {
  // A browser sends what was typed and deleted before it could send it as a bare length.
  if (item.content.kind === 'deleted') return true;
  if (isRootFragment(parent)) return key === undefined && isElement(item, BULLET);
  if (isElement(parent, BULLET)) {
    return key === undefined ? isText(item) : isAttribute(key, item);
  }
  return isText(parent) && key === undefined && item.content.kind === 'text';
};

export const policies: Record<DocumentRef['kind'], Policy> = {
  /** The view is written by the server alone. */
  meeting: () => false,
  opinions: lines,
  minutes: lines,
};

const isRootFragment = (parent: Parent) =>
  parent instanceof Y.XmlFragment && parent.constructor === Y.XmlFragment && parent._item === null;

function isElement(node: Parent, name: string): boolean {
  if (node instanceof Y.AbstractType) {
    return node instanceof Y.XmlElement && node.nodeName === name;
  }
  const { content } = node;
  return content.kind === 'type' && content.type === TYPE.element && content.name === name;
}

function isText(node: Parent): boolean {
  if (node instanceof Y.AbstractType) return node instanceof Y.XmlText && node._item !== null;
  return node.content.kind === 'type' && node.content.type === TYPE.xmlText;
}

/** A small string under a plain name, such as the tag of a bullet. */
function isAttribute(key: string, item: Item): boolean {
  if (!/^[a-z][A-Za-z]{0,31}$/.test(key) || item.content.kind !== 'values') return false;
  const [value, ...more] = item.content.values;
  return more.length === 0 && typeof value === 'string' && value.length <= 200;
}
