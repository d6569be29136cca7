/**
 * What each kind of document may hold. An editor deletes nodes it does not know for everybody, and
 * a reader should never meet more than text: so only what the page itself writes comes in.
 */
import * as Y from 'yjs';
import { CHOICE_LENGTH, isChoiceField } from '#domain/formfield.ts';
import { INTO, isInto, isOrder, ORDER } from '#protocol/arrange.ts';
import { BULLET, FORM_ROOTS, TAG, type DocumentRef } from '#protocol/documents.ts';
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

/** What a text field of a form can hold; the page stops long before. */
const FIELD_LENGTH = 10_000;

/**
 * The report form: letters in the texts the server has made, choices under the names of choices.
 * Another text, another key or anything but a short string has no reader.
 */
const form: Policy = (item, parent, key) => {
  if (item.content.kind === 'deleted') return true;
  if (!(parent instanceof Y.AbstractType)) return false;
  if (isRoot(parent, FORM_ROOTS.choices)) {
    if (key === undefined || !isChoiceField(key) || item.content.kind !== 'values') return false;
    const [value, ...more] = item.content.values;
    return more.length === 0 && typeof value === 'string' && value.length <= CHOICE_LENGTH;
  }
  return (
    key === undefined &&
    parent instanceof Y.Text &&
    parent._item?.parent === parent.doc?.share.get(FORM_ROOTS.texts) &&
    item.content.kind === 'text' &&
    parent.length + item.content.text.length <= FIELD_LENGTH
  );
};

const isRoot = (parent: Y.AbstractType<unknown>, name: string): boolean =>
  parent._item === null && parent.doc?.share.get(name) === parent;

/** Whether what stands in the document may be taken out of it. */
export type Removable = (item: Y.Item) => boolean;

const anything: Removable = () => true;

export const removables: Readonly<Record<DocumentRef['kind'], Removable>> = {
  meeting: anything,
  opinions: anything,
  minutes: anything,
  /** The fields themselves stay, and what the sheet said last; letters and choices come and go. */
  sheet: ({ content, parent }) =>
    !(content instanceof Y.ContentType) &&
    !(parent instanceof Y.AbstractType && isRoot(parent, FORM_ROOTS.known)),
};

export const policies: Record<DocumentRef['kind'], Policy> = {
  /** The view is written by the server alone. */
  meeting: () => false,
  opinions: lines,
  minutes: lines,
  sheet: form,
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

/** The kind of a bullet, its place, and what it goes on; another name has no reader. */
function isAttribute(key: string, item: Item): boolean {
  if (item.content.kind !== 'values') return false;
  const [value, ...more] = item.content.values;
  if (more.length > 0) return false;
  if (key === TAG) return typeof value === 'string' && value.length <= 200;
  return (key === ORDER && isOrder(value)) || (key === INTO && isInto(value));
}
