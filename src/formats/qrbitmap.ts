/**
 * A QR code as a Windows bitmap of one bit a pixel: the one picture format that needs no compression,
 * and every word processor reads it.
 */
import { encode } from 'uqr';

const HEADER = 14 + 40 + 8;
/** Modules of quiet zone on each side, as the standard asks. */
const QUIET = 4;

/** Each module is 8 × 8 pixels, so that rows are whole bytes and scaling keeps the edges sharp. */
export function makeQrBitmap(text: string): Uint8Array {
  const code = encode(text, { ecc: 'M', border: QUIET }).data;
  const edge = code.length * 8;
  const stride = Math.ceil(code.length / 4) * 4;
  const bytes = new Uint8Array(HEADER + stride * edge);
  const view = new DataView(bytes.buffer);
  const put = (offset: number, value: number) => view.setUint32(offset, value, true);
  bytes.set([0x42, 0x4d]);
  put(2, bytes.length);
  put(10, HEADER);
  put(14, 40);
  put(18, edge);
  // Negative: the first row is the top one.
  view.setInt32(22, -edge, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 1, true);
  put(34, stride * edge);
  put(46, 2);
  // The palette: white, black.
  put(54, 0x00ffffff);
  put(58, 0);
  for (const [y, row] of code.entries()) {
    for (let line = 0; line < 8; line++) {
      const start = HEADER + (y * 8 + line) * stride;
      for (const [x, dark] of row.entries()) if (dark) bytes[start + x] = 0xff;
    }
  }
  return bytes;
}
