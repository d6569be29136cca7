/**
 * Text as CP932 (Windows-31J), the encoding older office programs still want. It maps the few
 * characters whose Unicode differs between makers and lists what the encoding does not have.
 */
import Encoding from 'encoding-japanese';

/** Same glyph, other code point: Unicode's own on the left, Microsoft's on the right. */
const microsoft: Readonly<Record<string, string>> = {
  '〜': '～',
  '−': '－',
  '‖': '∥',
  '—': '―',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
  '¦': '￤',
  '¥': '￥',
  '\u00a0': ' ',
  '–': '―',
};

/** What stands for a character that cannot be written (geta, as in print). */
const GETA = '〓';

/** CP932 bytes, and each character that could not be written, once, in order of appearance. */
export function makeCp932(text: string): { bytes: Uint8Array; unwritable: string[] } {
  const unwritable: string[] = [];
  const known = new Map<string, readonly number[]>();
  const bytes: number[] = [];
  // か and a combining ゙ are one character there. Nothing else is normalised: a compatibility ideograph would become another.
  for (const character of text.replace(/.[\u3099\u309a]/gu, (pair) => pair.normalize('NFC'))) {
    let code = known.get(character);
    if (!code) {
      const written = encode(microsoft[character] ?? character);
      if (!written) unwritable.push(character);
      code = written ?? encode(GETA) ?? [];
      known.set(character, code);
    }
    bytes.push(...code);
  }
  return { bytes: Uint8Array.from(bytes), unwritable };
}

/** Bytes of one character, or null; decoding them must give the character back. */
function encode(character: string): readonly number[] | null {
  if (/^[\0-\x7f]$/.test(character)) return [character.charCodeAt(0)];
  const bytes = Encoding.convert(Encoding.stringToCode(character), { from: 'UNICODE', to: 'SJIS' });
  return decoder.decode(Uint8Array.from(bytes)) === character ? bytes : null;
}

const decoder = new TextDecoder('shift_jis');
