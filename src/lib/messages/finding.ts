/** What in a table a person should look at, one sentence per kind; the words are those of `formats`. */
import { findingWords } from '#formats/findingwords.ts';
import { findingCodes, type FindingCode } from '#formats/notice.ts';
import type { Locale } from '../messages.ts';

/** The sentence of each kind of finding. */
export function finding(locale: Locale): Readonly<Record<FindingCode, string>> {
  const words = findingWords[locale];
  const sentences = findingCodes.map((code) => [code, words[code].what]);
  return Object.fromEntries(sentences) as Record<FindingCode, string>;
}
