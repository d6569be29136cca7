/**
 * Opens a zip only as far as it is harmless: counts entries and sizes in the central directory
 * first, then counts again while inflating, because the directory may lie. Writes no file, keeps
 * nothing that was not asked for.
 */
import { Inflate } from 'fflate';
import type { FileRefusal } from './notice.ts';

export type ZipRead =
  | { readonly ok: true; readonly files: Readonly<Record<string, Uint8Array>> }
  | { readonly ok: false; readonly code: FileRefusal };

/** A workbook of 500 projects unpacks to about 3 MB; a national form with its images to 20 MB. */
export const zipLimits = {
  entries: 2_000,
  bytes: 64 * 1024 * 1024,
  ratio: 400,
  ratioFrom: 4 * 1024 * 1024,
} as const;

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
};

/** The wanted entries, inflated. */
export function openZip(bytes: Uint8Array, wanted: (name: string) => boolean): ZipRead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = listEntries(bytes, view);
  if (typeof listed === 'string') return { ok: false, code: listed };
  const entries = listed.filter(({ name }) => wanted(name));
  let total = 0;
  for (const { packed, size } of entries) {
    total += size;
    if (
      total > zipLimits.bytes ||
      (size > zipLimits.ratioFrom && size > packed * zipLimits.ratio)
    ) {
      return { ok: false, code: 'file-too-complex' };
    }
  }
  const files: Record<string, Uint8Array> = Object.create(null) as Record<string, Uint8Array>;
  for (const entry of entries) {
    const content = readEntry(bytes, view, entry);
    if (typeof content === 'string') return { ok: false, code: content };
    files[entry.name] = content;
  }
  return { ok: true, files };
}

/** The names a zip lists; opens nothing. */
export function listNames(bytes: Uint8Array): readonly string[] | FileRefusal {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const listed = listEntries(bytes, view);
  return typeof listed === 'string' ? listed : listed.map(({ name }) => name);
}

function listEntries(bytes: Uint8Array, view: DataView): readonly Entry[] | FileRefusal {
  const end = findEnd(view);
  if (end === null) return 'file-damaged';
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > zipLimits.entries) return 'file-too-complex';
  const names = new Set<string>();
  const entries: Entry[] = [];
  let packedSum = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return 'file-damaged';
    if ((view.getUint16(at + 8, true) & 1) === 1) return 'file-locked';
    const nameLength = view.getUint16(at + 28, true);
    const next =
      at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > bytes.length) return 'file-damaged';
    const name = new TextDecoder()
      .decode(bytes.subarray(at + 46, at + 46 + nameLength))
      .replaceAll('\\', '/');
    if (names.has(name)) return 'file-damaged';
    names.add(name);
    const packed = view.getUint32(at + 20, true);
    packedSum += packed;
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      packed,
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = next;
  }
  // Entries that share their bytes are how a small file unpacks to a huge one.
  return packedSum > bytes.length ? 'file-too-complex' : entries;
}

/** The end record stands in the last 64 KiB, before a comment. */
function findEnd(view: DataView): number | null {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return null;
}

function readEntry(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array | FileRefusal {
  const { offset, packed, size, method } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50)
    return 'file-damaged';
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) return 'file-damaged';
  const content = bytes.subarray(start, start + packed);
  if (method === 0) return packed === size ? content : 'file-damaged';
  return method === 8 ? inflate(content, size) : 'file-damaged';
}

/** Stops as soon as more comes out than the directory promised. */
function inflate(content: Uint8Array, size: number): Uint8Array | FileRefusal {
  const out = new Uint8Array(size);
  let length = 0;
  let over = false;
  const stream = new Inflate((chunk) => {
    over ||= length + chunk.length > size;
    if (!over) out.set(chunk, length);
    length += chunk.length;
  });
  const step = 16 * 1024;
  try {
    for (let at = 0; at < content.length && !over; at += step) {
      stream.push(content.subarray(at, at + step), at + step >= content.length);
    }
  } catch {
    return 'file-damaged';
  }
  if (over) return 'file-too-complex';
  return length === size ? out : 'file-damaged';
}
