/**
 * 議事録 as a Word file, in the order and numbering (1, (1), ア) official minutes have. It sets what
 * the caller decided to print; it names nobody on its own and counts nothing.
 */
import type { Minutes } from '#domain/minutes.ts';
import { AlignmentType, Document, Footer, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import { bodyBlocks } from './minutesbody.ts';
import { itemBlocks } from './minutesitem.ts';
import { recordMark } from './minutesmark.ts';
import { kinds, particularRows, states } from './particulars.ts';
import {
  allScripts,
  gap,
  heading,
  labelled,
  overTitle,
  paragraph,
  styles,
  table,
  title,
  type Block,
  type Cell,
} from './minutesparts.ts';
import { makeDate, makeTime } from './wareki.ts';

const quorumRules = { moreThanHalf: '過半数', halfOrMore: '半数以上' } as const;

/** Millimetres in twips. */
const MM = 56.7;

/** Writes the minutes as .docx: A4 portrait, ＭＳ 明朝 10.5 pt, page numbers `- 1 -`. */
export async function makeMinutes(minutes: Minutes): Promise<Uint8Array> {
  const name = `${minutes.title}\u3000${kinds[minutes.kind]}${states[minutes.state]}`;
  const document = new Document({
    title: name,
    creator: minutes.organisation ?? '',
    lastModifiedBy: minutes.organisation ?? '',
    styles,
    sections: [
      {
        properties: {
          page: {
            size: { width: Math.round(210 * MM), height: Math.round(297 * MM) },
            margin: {
              top: 25 * MM,
              bottom: 25 * MM,
              left: 25 * MM,
              right: 25 * MM,
              footer: 12 * MM,
            },
          },
        },
        footers: { default: pageNumbers() },
        children: [
          ...(minutes.organisation === null ? [] : [overTitle(minutes.organisation)]),
          title(name),
          particulars(minutes),
          ...(minutes.body ? bodyBlocks(minutes.body) : recordBlocks(minutes)),
          ...signatures(minutes),
          ...recordMark(minutes),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

/** What the record tells, where nobody has written minutes yet, and the short kind of them. */
function recordBlocks(minutes: Minutes): Block[] {
  const { closedAt } = minutes;
  return [
    heading(1, '1　開会'),
    paragraph(openingSentence(minutes)),
    ...minutes.opening.map((text) => paragraph(text)),
    heading(1, '2　議事'),
    ...minutes.items.flatMap(itemBlocks),
    heading(1, '3　その他'),
    ...(minutes.other.length > 0 ? minutes.other : ['特になし。']).map((text) => paragraph(text)),
    heading(1, '4　閉会'),
    ...(closedAt === null ? [] : [paragraph(`${makeTime(closedAt)}に閉会した。`)]),
    ...minutes.closing.map((text) => paragraph(text)),
  ];
}

function pageNumbers(): Footer {
  const run = new TextRun({
    children: ['- ', PageNumber.CURRENT, ' -'],
    font: allScripts('ＭＳ 明朝'),
    size: 20,
  });
  return new Footer({
    children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })],
  });
}

function particulars(minutes: Minutes): Block {
  return table({
    widths: [17, 83],
    labels: true,
    rows: particularRows(minutes).map(([label, lines]): readonly Cell[] => [
      { text: label, align: 'distribute', bold: true },
      { text: lines },
    ]),
  });
}

function openingSentence({ openedAt, quorum }: Minutes): string {
  const opened = openedAt === null ? '' : `${makeTime(openedAt)}に開会した。`;
  const came = `委員${quorum.eligible}人中${quorum.present}人が出席し、`;
  const rule = `定足数（${quorumRules[quorum.rule]}、${quorum.required}人以上）`;
  return quorum.met
    ? `${opened}${came}${rule}を満たしているため、会議は成立した。`
    : `${opened}${came}${rule}を満たさなかった。`;
}

function signatures({ signers }: Minutes): Block[] {
  if (signers.length === 0) return [];
  return [
    gap(),
    paragraph('以上のとおり会議の経過を記し、これを確認して署名する。'),
    gap(),
    ...signers.map(({ name, signedAt }) => {
      const date = signedAt === null ? '　　　　年　　月　　日' : makeDate(signedAt);
      return labelled('会議録署名人', `${date}\u3000\u3000${name}`, { width: 8 });
    }),
  ];
}
