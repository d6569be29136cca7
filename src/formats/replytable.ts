/**
 * 意見への対応 as a workbook, a Word file or CSV. Says what `domain/replies.ts` lists and adds no name.
 */
import { makeField } from './opendata.ts';
import { makePaperBook } from './paperbook.ts';
import { makePaperDocument } from './paperdocument.ts';
import { replyColumns, replyPaper, type OpinionRow } from './replypaper.ts';

export type ReplyOrder = {
  readonly title: string;
  readonly opinions: readonly OpinionRow[];
  readonly kind: 'xlsx' | 'docx' | 'csv';
};

export async function makeReplyFile({ title, opinions, kind }: ReplyOrder): Promise<Uint8Array> {
  if (kind === 'csv') return makeCsv(opinions);
  const paper = replyPaper(title, opinions);
  return kind === 'xlsx' ? makePaperBook([paper], title) : makePaperDocument([paper], title);
}

/** With BOM and CRLF, like the open data; the day as ISO 8601. */
function makeCsv(opinions: readonly OpinionRow[]): Uint8Array {
  const rows = opinions.map(({ no, name, sections, heading, text, reply }) => [
    no,
    name,
    sections.join(';'),
    heading,
    text,
    reply?.text ?? null,
    reply?.due ?? null,
  ]);
  const lines = [replyColumns, ...rows].map((row) => row.map(makeField).join(','));
  return new TextEncoder().encode(`\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`);
}
