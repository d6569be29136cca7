/**
 * What a file is, told by its first bytes and by what a zip lists; never by its name. Opens nothing
 * beyond the list of names.
 */
import type { FileRefusal } from './notice.ts';
import { listNames } from './zipguard.ts';

export type Kind = 'workbook' | 'word' | 'pdf' | 'text';
export type KindFound =
  { readonly ok: true; readonly kind: Kind } | { readonly ok: false; readonly code: FileRefusal };

const foreign: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x49, 0x49, 0x2a, 0x00], // TIFF
  [0x4d, 0x4d, 0x00, 0x2a], // TIFF
  [0x1f, 0x8b], // gzip
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0x4d, 0x5a, 0x90], // Windows program
  [0x7b, 0x5c, 0x72, 0x74, 0x66], // RTF
];

/** The kind of a file, or why it has none that is read here. */
export function findKind(bytes: Uint8Array): KindFound {
  const starts = (magic: readonly number[]): boolean =>
    magic.every((byte, index) => bytes[index] === byte);
  if (foreign.some(starts)) return { ok: false, code: 'file-kind-unknown' };
  if (isPdf(bytes)) return { ok: true, kind: 'pdf' };
  if (starts([0xd0, 0xcf, 0x11, 0xe0])) return { ok: true, kind: 'workbook' };
  if (!starts([0x50, 0x4b])) return { ok: true, kind: 'text' };
  const names = listNames(bytes);
  if (typeof names === 'string') return { ok: false, code: names };
  if (names.some((name) => /^word\//i.test(name))) return { ok: true, kind: 'word' };
  if (names.some((name) => /^xl\//i.test(name))) return { ok: true, kind: 'workbook' };
  return { ok: false, code: 'file-kind-unknown' };
}

/** Readers of PDF find its mark anywhere in the first kilobyte, behind whatever a mailer put there. */
function isPdf(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  return /^[\s\u00EF\u00BB\u00BF]*%PDF-|[\r\n]%PDF-\d\.\d/.test(head);
}
