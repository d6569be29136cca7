/** What the page itself does to the shared text of the minutes: reads it, replaces a section of it. */
import * as Y from 'yjs';
import { BULLET } from '#protocol/documents.ts';
import { bulletsOf, editText } from '$lib/live/bullets.ts';
import { editBetween } from '$lib/live/typing.ts';
import type { MinutesSection } from '#domain/minutes.ts';

/** The paragraphs of a section as they stand, empty ones included. */
export const paragraphsOf = (doc: Y.Doc, key: string): readonly string[] =>
  bulletsOf(doc.getXmlFragment(key)).map(({ text }) => text);

/** Puts other paragraphs into a section: one step for everybody who looks at it. */
export function replaceSection(doc: Y.Doc, { key, paragraphs }: MinutesSection): void {
  doc.transact(() => {
    const fragment = doc.getXmlFragment(key);
    fragment.delete(0, fragment.length);
    fragment.insert(0, (paragraphs.length === 0 ? [''] : paragraphs).map(nodeOf));
  });
}

/** Lines nobody has touched since they were drafted follow the new draft; all others stay. */
export function followDraft(
  doc: Y.Doc,
  before: readonly MinutesSection[],
  after: readonly MinutesSection[],
): void {
  doc.transact(() => {
    for (const { key, paragraphs } of after) {
      const old = before.find((section) => section.key === key)?.paragraphs ?? [];
      // Only a draft of the same lines in other words can be followed line by line.
      if (old.length !== paragraphs.length) continue;
      const fragment = doc.getXmlFragment(key);
      const changes = new Map(
        old.flatMap((text, at) => {
          const now = paragraphs[at];
          return now === undefined || now === text ? [] : [[text, now] as const];
        }),
      );
      for (const bullet of bulletsOf(fragment)) {
        const now = changes.get(bullet.text);
        const edit = now === undefined ? null : editBetween(bullet.text, now);
        if (edit) editText(bullet, edit);
      }
    }
  });
}

function nodeOf(text: string): Y.XmlElement {
  const node = new Y.XmlElement(BULLET);
  if (text !== '') node.insert(0, [new Y.XmlText(text)]);
  return node;
}
