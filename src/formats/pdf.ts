/** Born-digital PDF as one grid in reading order. */
import type { DocumentRead } from './docx.ts';

export function parsePdf(bytes: Uint8Array): Promise<DocumentRead> {
  return Promise.resolve({
    ok: false,
    code: bytes.length > 0 ? 'file-kind-unknown' : 'file-empty',
  });
}
