/** The opinions of a document as text to be copied, when they could not be saved. */
import type * as Y from 'yjs';
import type { Heading } from '#domain/meeting.ts';
import { bulletsOf } from '$lib/live/bullets.ts';

export const textOf = (doc: Y.Doc, headings: readonly Heading[]): string =>
  headings
    .map(({ id, text }) => {
      const bullets = bulletsOf(doc.getXmlFragment(id)).filter((bullet) => bullet.text.trim());
      return [text, ...bullets.map((bullet) => `・${bullet.text}`)].join('\n');
    })
    .join('\n\n');
