/**
 * Bytes as text: UTF-8 with or without BOM, UTF-16 with BOM, CP932. Refuses bytes that decode to
 * none of them or only to nonsense, so that no mojibake ever reaches a sheet.
 */

export function parseText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', bytes);
  return decode('utf-8', bytes) ?? decode('shift_jis', bytes);
}

function decode(label: string, bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return sound(text, label) ? text : null;
  } catch {
    return null;
  }
}

/**
 * NUL is no text. And nearly every byte pair of EUC-JP is also "valid" CP932, as half-width
 * katakana; real tables hardly use those.
 */
function sound(text: string, label: string): boolean {
  if (text.includes('\0')) return false;
  if (label !== 'shift_jis') return true;
  const sample = text.slice(0, 20_000);
  const half = sample.match(/[\uFF61-\uFF9F]/g)?.length ?? 0;
  const wide = sample.match(/[\u3040-\u30FF\u4E00-\u9FFF]/g)?.length ?? 0;
  return half <= wide || half < 10;
}
