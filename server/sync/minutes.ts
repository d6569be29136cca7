/**
 * The minutes document as the meeting sees it: for each section a fragment of paragraphs, in the
 * same nodes as the opinions, so that the same editor writes both.
 */
import * as Y from 'yjs';
import { BULLET } from '#protocol/documents.ts';
import { readParagraphs } from './opinions.ts';

type Section = { readonly key: string; readonly title: string };

/** A new document holds the draft; a section without one gets an empty paragraph to type into. */
export function seedMinutes(
  doc: Y.Doc,
  sections: readonly (Section & { readonly paragraphs: readonly string[] })[],
): void {
  for (const { key, paragraphs } of sections) {
    const nodes = (paragraphs.length === 0 ? [''] : paragraphs).map((text) => {
      const node = new Y.XmlElement(BULLET);
      if (text !== '') node.insert(0, [new Y.XmlText(text)]);
      return node;
    });
    doc.getXmlFragment(key).insert(0, nodes);
  }
}

/** The paragraphs of each section in order; empty ones are left out. */
export const readMinutes = <Named extends Section>(doc: Y.Doc, sections: readonly Named[]) =>
  sections.map((section) => ({ ...section, paragraphs: readParagraphs(doc, section.key) }));
