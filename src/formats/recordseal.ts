/**
 * 照合番号: the number of events and the last hash of a record at one moment, as printed in minutes,
 * shown on the closing screen and carried by its QR code. Only what was printed elsewhere can show
 * that a tail was cut off or that the whole was computed anew ([R12]).
 */

export type Seal = {
  readonly count: number;
  /** SHA-256, 64 hexadecimal digits. */
  readonly head: string;
};

const FORMAT = 'KENSHO-RECORD/1';

/** What the QR code says: `KENSHO-RECORD/1 count=42 head=9f86…`. */
export const makeSeal = ({ count, head }: Seal): string => `${FORMAT} count=${count} head=${head}`;

/** Groups of four are read aloud and compared by eye. */
export const groupHead = (head: string): readonly string[] => head.match(/.{1,4}/gu) ?? [];

/**
 * Reads what somebody typed or scanned: the text of the QR code, or a hash with or without spaces,
 * in any case and width. Undefined where no whole hash is in it.
 */
export function parseSeal(typed: string): Partial<Seal> | undefined {
  const text = typed.normalize('NFKC').toLowerCase();
  const count = /count\s*[=:]\s*(\d{1,9})/u.exec(text)?.[1];
  const rest = text.replace(/kensho-record\/1|count\s*[=:]\s*\d+|head\s*[=:]/gu, ' ');
  const head = rest.replace(/[\s\-‐－・:]/gu, '');
  if (!/^[0-9a-f]{64}$/u.test(head)) return undefined;
  return count === undefined ? { head } : { head, count: Number(count) };
}
