/**
 * The opinions document as the meeting sees it: under each heading a fragment of bullets. Reads
 * plain text through the tree; `Y.XmlFragment.toString()` does not escape and is never used.
 */
import * as Y from 'yjs';
import type { HeadingId } from '#domain/types.ts';
import { arrange, INTO, ORDER } from '#protocol/arrange.ts';
import { BULLET } from '#protocol/documents.ts';

export type Opinions = { readonly headingId: HeadingId; readonly bullets: readonly string[] };

/** A new document gets one empty bullet per heading, so that everybody types into the same one. */
export function seedOpinions(doc: Y.Doc, headingIds: readonly HeadingId[]): void {
  for (const headingId of headingIds) {
    const fragment = doc.getXmlFragment(headingId);
    if (fragment.length === 0) fragment.insert(0, [new Y.XmlElement(BULLET)]);
  }
}

/** The bullets under each heading in order; empty ones are left out, outer white space is cut. */
export function readOpinions(doc: Y.Doc, headingIds: readonly HeadingId[]): Opinions[] {
  return headingIds.map((headingId) => ({
    headingId,
    bullets: readParagraphs(doc, headingId),
  }));
}

/**
 * The texts of one fragment as they are shown: in order, merged ones as one; empty ones are left out,
 * outer white space is cut.
 */
export const readParagraphs = (doc: Y.Doc, name: string): readonly string[] =>
  arranged(doc.getXmlFragment(name))
    .map((elements) => elements.map(textOf).join('').trim())
    .filter((text) => text !== '');

/** The elements of each bullet that is shown, in order. */
export function arranged(fragment: Y.XmlFragment): readonly (readonly Y.XmlElement[])[] {
  const elements = fragment.toArray().filter((node) => node instanceof Y.XmlElement);
  const rows = elements.map((element) => {
    const id = element._item?.id;
    return {
      id: id ? `${id.client}/${id.clock}` : '',
      order: element.getAttribute(ORDER),
      into: element.getAttribute(INTO),
    };
  });
  return arrange(rows).map(({ rows: members }) => members.flatMap((at) => elements[at] ?? []));
}

function textOf(node: Y.XmlElement | Y.XmlText | Y.XmlHook): string {
  if (node instanceof Y.XmlText) return plain(node);
  return node instanceof Y.XmlElement ? node.toArray().map(textOf).join('') : '';
}

/** Only strings count: an embed or a mark has no letter of its own. */
function plain(text: Y.XmlText): string {
  const delta = text.toDelta() as readonly { insert?: unknown }[];
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
