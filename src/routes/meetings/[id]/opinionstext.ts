/** The opinions of a document as text to be copied, when they could not be saved. */
import * as Y from 'yjs';
import type { Heading } from '#domain/meeting.ts';

export const textOf = (doc: Y.Doc, headings: readonly Heading[]): string =>
  headings
    .map(({ id, text }) =>
      [text, ...doc.getXmlFragment(id).toArray().map(bulletOf).filter(Boolean)].join('\n'),
    )
    .join('\n\n');

type Piece = { readonly insert?: unknown };

/** Through the tree and never by `toString()`, which does not escape. */
function bulletOf(node: Y.XmlElement | Y.XmlText | Y.XmlHook): string {
  if (!(node instanceof Y.XmlElement)) return '';
  const text = node
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlText ? (child.toDelta() as Piece[]) : []))
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');
  return text.trim() === '' ? '' : `・${text}`;
}
