/**
 * 照合番号 at the end of printed minutes: how many entries, the last hash, and both as a
 * QR code, so that a record can be held against the paper ([R12]).
 */
import { ImageRun, Paragraph } from 'docx';
import type { Minutes } from '#domain/minutes.ts';
import { makeQrBitmap } from './qrbitmap.ts';
import { small, type Block } from './minutesparts.ts';
import { markText } from './particulars.ts';
import { makeSeal } from './recordseal.ts';

/** Edge of the picture in pixels of 1/96 inch: 28 mm, which phones read from paper. */
const EDGE = 106;

export function recordMark({ record, kind }: Minutes): Block[] {
  if (!record) return [];
  const text = markText({ record, kind });
  const image = new ImageRun({
    type: 'bmp',
    data: makeQrBitmap(makeSeal(record)),
    transformation: { width: EDGE, height: EDGE },
    altText: { name: '照合番号', title: '照合番号', description: text },
  });
  return [small(text), new Paragraph({ keepLines: true, children: [image] })];
}
