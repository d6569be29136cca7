/**
 * 議事録 as a Word file, in the order and numbering (1, (1), ア) official minutes have. It sets what
 * the caller decided to print; it names nobody on its own and counts nothing.
 */
import type { Minutes, MinutesItem } from '#domain/minutes.ts';
import { AlignmentType, Document, Footer, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import { itemBlocks } from './minutesitem.ts';
import {
  allScripts,
  gap,
  heading,
  labelled,
  overTitle,
  paragraph,
  small,
  styles,
  table,
  title,
  type Block,
  type Cell,
} from './minutesparts.ts';
import { makeDate, makeDay, makePeriod, makeTime } from './wareki.ts';

const kinds = { minutes: '議事録', summary: '議事要旨' } as const;
const states = { preliminary: '（速報）', draft: '（案）', approved: '' } as const;
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
          heading(1, '1　開会'),
          paragraph(openingSentence(minutes)),
          ...minutes.opening.map((text) => paragraph(text)),
          heading(1, '2　議事'),
          ...minutes.items.flatMap(itemBlocks),
          heading(1, '3　その他'),
          ...(minutes.other.length > 0 ? minutes.other : ['特になし。']).map((text) =>
            paragraph(text),
          ),
          heading(1, '4　閉会'),
          ...closing(minutes),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
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

/** 会議の名称, 開催日時 … as a table; what nobody entered has no row. */
function particulars(minutes: Minutes): Block {
  const { attendance, openedAt, closedAt, visitors } = minutes;
  const rows: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ['会議の名称', [minutes.title]],
    ['開催日時', [openedAt === null ? makeDay(minutes.day) : makePeriod(openedAt, closedAt)]],
    ['場所', some(minutes.place)],
    ['出席委員', listed(attendance.present)],
    ['欠席委員', attendance.absent.length > 0 ? listed(attendance.absent) : ['なし']],
    ['事務局', listed(attendance.secretariat)],
    ['所管課', listed(attendance.sections)],
    ['公開の別', some(minutes.openness)],
    ['傍聴者数', visitors === null ? [] : [`${visitors}人`]],
    ['議題', minutes.items.map((item, index) => `(${index + 1}) ${topic(item)}`)],
    ['配布資料', minutes.materials],
    ['次回', some(minutes.next)],
    ['問合先', some(minutes.contact)],
  ];
  return table({
    widths: [17, 83],
    labels: true,
    rows: rows
      .filter(([, lines]) => lines.length > 0)
      .map(([label, lines]): readonly Cell[] => [
        { text: label, align: 'distribute', bold: true },
        { text: lines },
      ]),
  });
}

function topic(item: MinutesItem): string {
  return item.no === null ? item.title : `${item.no}\u3000${item.title}`;
}

/** Short entries share a line, as in 産業界1名、学識経験者1名; long ones take one each. */
function listed(entries: readonly string[]): readonly string[] {
  const short = entries.every((entry) => entry.length <= 16 && !entry.includes('\n'));
  return entries.length > 0 && short ? [entries.join('、')] : entries;
}

function openingSentence({ openedAt, quorum }: Minutes): string {
  const opened = openedAt === null ? '' : `${makeTime(openedAt)}に開会した。`;
  const came = `委員${quorum.eligible}人中${quorum.present}人が出席し、`;
  const rule = `定足数（${quorumRules[quorum.rule]}、${quorum.required}人以上）`;
  return quorum.met
    ? `${opened}${came}${rule}を満たしているため、会議は成立した。`
    : `${opened}${came}${rule}を満たさなかった。`;
}

function closing({ kind, closedAt, closing: texts, signers, record }: Minutes): Block[] {
  const blocks: Block[] = texts.map((text) => paragraph(text));
  if (closedAt !== null) blocks.unshift(paragraph(`${makeTime(closedAt)}に閉会した。`));
  if (signers.length > 0) {
    blocks.push(gap(), paragraph('以上のとおり会議の経過を記し、これを確認して署名する。'), gap());
    for (const { name, signedAt } of signers) {
      const date = signedAt === null ? '　　　　年　　月　　日' : makeDate(signedAt);
      blocks.push(labelled('会議録署名人', `${date}\u3000\u3000${name}`, { width: 8 }));
    }
  }
  if (record) {
    const from = `会議記録${record.count}件（最後の記録のハッシュ値 ${record.head}）`;
    blocks.push(small(`この${kinds[kind]}は、${from}から作成した。`));
  }
  return blocks;
}

function some(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : [text];
}
