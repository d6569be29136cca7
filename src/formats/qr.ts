/** A QR code as one path of squares, for SVG; the quiet zone around it is part of the picture. */
import { encode } from 'uqr';

/** Modules of quiet zone on each side, as the standard asks. */
const QUIET = 4;

export type Qr = {
  /** Modules from edge to edge, quiet zone included: the `viewBox`. */
  readonly size: number;
  /** Dark modules. */
  readonly path: string;
};

export function makeQr(text: string): Qr {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const path = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size, path: path.join('') };
}
