/**
 * 意見への対応 as a workbook, a Word file or CSV: one opinion a row, with 対応方針 and 期限. Says what
 * `domain/replies.ts` lists and adds no name.
 */
import type { AnsweredOpinion } from '#domain/replies.ts';
import { makeField } from './opendata.ts';
import { cell, type Paper } from './paper.ts';
import { makePaperBook } from './paperbook.ts';
import { makePaperDocument } from './paperdocument.ts';
import { makeDay } from './wareki.ts';

export type ReplyOrder = {
  readonly title: string;
  readonly opinions: readonly AnsweredOpinion[];
  readonly kind: 'xlsx' | 'docx' | 'csv';
};

const NAME = '意見への対応';
const columns = ['No', '事業名', '所管課', '見出し', '意見等', '対応方針', '期限'] as const;
/** Pixels of 1/96 inch, in the order of the columns. */
const widths = [52, 170, 110, 140, 380, 380, 110];
const UNANSWERED = '（未回答）';

export async function makeReplyFile({ title, opinions, kind }: ReplyOrder): Promise<Uint8Array> {
  if (kind === 'csv') return makeCsv(opinions);
  const paper = paperOf(title, opinions);
  return kind === 'xlsx' ? makePaperBook([paper], title) : makePaperDocument([paper], title);
}

function paperOf(title: string, opinions: readonly AnsweredOpinion[]): Paper {
  return {
    name: NAME,
    size: 'A3 landscape',
    widths,
    blocks: [
      { kind: 'title', text: `${title} ${NAME}` },
      {
        kind: 'table',
        name: NAME,
        spans: widths.map(() => 1),
        header: 1,
        rows: [
          columns.map((name) => cell('header', name)),
          ...opinions.map(({ no, name, sections, heading, text, reply }) => [
            cell('center', no),
            cell('left', name),
            cell('center', sections.join('\n')),
            cell('left', heading),
            cell('left', text),
            cell('left', reply?.text ?? UNANSWERED),
            cell('center', reply?.due ? makeDay(reply.due) : ''),
          ]),
        ],
      },
    ],
  };
}

/** With BOM and CRLF, like the open data; the day as ISO 8601. */
function makeCsv(opinions: readonly AnsweredOpinion[]): Uint8Array {
  const rows = opinions.map(({ no, name, sections, heading, text, reply }) => [
    no,
    name,
    sections.join(';'),
    heading,
    text,
    reply?.text ?? null,
    reply?.due ?? null,
  ]);
  const lines = [columns, ...rows].map((row) => row.map(makeField).join(','));
  return new TextEncoder().encode(`\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`);
}
