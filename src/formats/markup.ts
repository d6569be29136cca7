/**
 * Looks over the XML of a stranger before a library builds a tree of it: how many elements, how deep,
 * and no document type, because that is where entities are declared. Parses nothing.
 */
import type { FileRefusal } from './notice.ts';

export type MarkupLimits = { readonly elements: number; readonly depth: number };

const [open, close, slash, question, exclamation] = [0x3c, 0x3e, 0x2f, 0x3f, 0x21];

/** The refusal an XML part deserves, or null when a library may have it. One pass over the bytes. */
export function checkMarkup(xml: Uint8Array, limits: MarkupLimits): FileRefusal | null {
  let elements = 0;
  let depth = 0;
  for (let at = xml.indexOf(open); at >= 0; at = xml.indexOf(open, at + 1)) {
    const next = xml[at + 1];
    if (next === question) continue;
    if (next === exclamation) {
      // <!DOCTYPE, in any case of letters; comments and CDATA are no danger.
      if (((xml[at + 2] ?? 0) | 0x20) === 0x64) return 'file-damaged';
      continue;
    }
    if (next === slash) {
      depth--;
      continue;
    }
    if (++elements > limits.elements) return 'file-too-complex';
    const end = xml.indexOf(close, at);
    if (end < 0) return 'file-damaged';
    if (xml[end - 1] !== slash && ++depth > limits.depth) return 'file-too-complex';
    at = end;
  }
  return null;
}
