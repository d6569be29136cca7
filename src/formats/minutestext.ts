/**
 * 議事録 as plain text (.txt), for mail and for systems that take nothing else. UTF-8 with a byte order
 * mark and CRLF, so that the oldest Notepad shows it.
 */
import type { Minutes } from '#domain/minutes.ts';
import { isOfItem, itemsTitle, written } from './minutesdraft.ts';
import { kinds, markText, particularRows, states } from './particulars.ts';
import { makeDate } from './wareki.ts';

/** The edited minutes; those of a meeting nobody has written yet have no body. */
export function makeMinutesFile(minutes: Minutes): Uint8Array {
  const { body, signers, record, kind } = minutes;
  const sections = body ?? [];
  const firstItem = sections.find(isOfItem);
  const lines = [
    ...(minutes.organisation === null ? [] : [minutes.organisation]),
    `${minutes.title}\u3000${kinds[kind]}${states[minutes.state]}`,
    '',
    ...particularRows(minutes).map(([label, entries]) => `${label}：${entries.join('／')}`),
    ...sections.flatMap((section) => [
      '',
      ...(section === firstItem ? [itemsTitle, ''] : []),
      section.title,
      ...written(section).map((text) => text.replace(/\s*\n\s*/gu, ' ')),
    ]),
    ...(signers.length === 0 ? [] : ['', '以上のとおり会議の経過を記し、これを確認して署名する。']),
    ...signers.map(
      ({ name, signedAt }) =>
        `会議録署名人\u3000${signedAt === null ? '（署名前）' : makeDate(signedAt)}\u3000${name}`,
    ),
    ...(record ? ['', markText({ record, kind })] : []),
    '',
  ];
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}`);
}
