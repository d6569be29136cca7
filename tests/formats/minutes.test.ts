import { strFromU8, unzipSync } from 'fflate';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import type { Minutes } from '#domain/minutes.ts';
import { makeMinutes } from '#formats/minutes.ts';
import { makeQrBitmap } from '#formats/qrbitmap.ts';
import { makeSeal } from '#formats/recordseal.ts';
import { isWellFormed } from '../fixtures/xml.ts';
import { minutes } from '../fixtures/minutes.ts';

async function partsOf(made: Minutes) {
  const files = unzipSync(await makeMinutes(made));
  const part = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const xml = part('word/document.xml');
  const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
  );
  return { files, part, xml, paragraphs };
}

test('every part of the file is well-formed XML', async () => {
  const { files } = await partsOf(minutes);
  for (const [name, bytes] of Object.entries(files)) {
    if (/\.(xml|rels)$/.test(name))
      expect([name, isWellFormed(strFromU8(bytes))]).toEqual([name, true]);
  }
});

test('headings are real headings, numbered 1, (1), ア', async () => {
  const { xml } = await partsOf(minutes);
  const headings = [
    ...xml.matchAll(/<w:p[ >](?:(?!<\/w:p>).)*?w:val="(Title|Heading[123])".*?<\/w:p>/gs),
  ].map(
    ([paragraph, style]) =>
      `${style} ${[...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('')}`,
  );
  expect(headings).toEqual([
    'Title 第1回　地方創生事業効果検証会議　議事要旨（案）',
    'Heading1 1　開会',
    'Heading1 2　議事',
    'Heading2 (1) 1-1　デジタル未来アート事業',
    'Heading3 ア　重要業績評価指標（KPI）',
    'Heading3 イ　説明及び質疑',
    'Heading3 ウ　投票結果',
    'Heading3 エ　決定',
    'Heading3 オ　意見等',
    'Heading2 (2) 2-1　移住支援金',
    'Heading3 ア　投票結果',
    'Heading3 イ　決定',
    'Heading3 ウ　意見等',
    'Heading2 (3) 総合戦略の改定について',
    'Heading3 ア　説明及び質疑',
    'Heading1 3　その他',
    'Heading1 4　閉会',
  ]);
});

test('particulars, quorum, vote, decision and closing say what happened', async () => {
  const { paragraphs } = await partsOf(minutes);
  for (const text of [
    '令和7年8月20日（水）　午前10時00分～午前11時45分',
    '産業界1人、学識経験者1人、金融機関1人、労働団体1人、メディア1人',
    '午前10時00分に開会した。委員6人中5人が出席し、定足数（過半数、4人以上）を満たしているため、会議は成立した。',
    '無記名投票（午前10時20分～午前10時24分、投票権のある委員5人）',
    '「事業効果に対する評価」を「地方創生に非常に効果があった」と決定した（多数、午前10時26分）。',
    '・興味関心度の調査は、来場の前と後で比べられるようにしてほしい。',
    '継続審議とした。',
    '午前11時45分に閉会した。',
  ]) {
    expect(paragraphs).toContain(text);
  }
});

test('a meeting not yet opened prints its day, and no time it does not know', async () => {
  const { paragraphs } = await partsOf({ ...minutes, openedAt: null, closedAt: null, items: [] });
  expect(paragraphs).toContain('令和7年8月20日（水）');
  expect(paragraphs.join('')).not.toMatch(/に開会した|に閉会した/);
});

test('who voted what appears only where the caller gives it', async () => {
  const { paragraphs } = await partsOf({ ...minutes, items: minutes.items.slice(0, 1) });
  expect(paragraphs).not.toContain('各委員の投票');
  const named = await partsOf({ ...minutes, items: minutes.items.slice(1, 2) });
  expect(named.paragraphs).toContain('各委員の投票');
});

test('A4 portrait, page numbers, a repeated table header, no author but the body', async () => {
  const { part, xml } = await partsOf(minutes);
  expect(xml).toMatch(/<w:pgSz w:w="11907" w:h="16840"/);
  expect(xml).toContain('<w:tblHeader/>');
  expect(part('word/footer1.xml')).toMatch(/- .*PAGE.* -/s);
  expect(part('word/styles.xml')).toContain('w:eastAsia="ＭＳ 明朝"');
  expect(part('docProps/core.xml')).toContain(`<dc:creator>${minutes.organisation}</dc:creator>`);
});

test('what a person typed cannot break the file', async () => {
  const text = '</w:t><w:bad a="1">&amp; \u0000\u000b\ud800 改行\nあり\r\nです';
  const made = await partsOf({ ...minutes, other: [text] });
  expect(isWellFormed(made.xml)).toBe(true);
  expect(made.xml).toContain('&lt;/w:t&gt;&lt;w:bad');
  expect(made.xml).toMatch(/改行<\/w:t>.*<w:br\/>.*あり/s);
});

test('what people wrote stands in place of what the record tells, under the same numbering', async () => {
  const body = [
    { key: 'opening', title: '1　開会', paragraphs: ['会長が開会を宣した。'] },
    {
      key: 'item-1',
      title: '(1) 1-1　デジタル未来アート事業',
      paragraphs: ['ア　質疑・意見', '委員A：内訳は。', '【R6実績について】', '・よい。'],
    },
    { key: 'other', title: '4　その他', paragraphs: [] },
  ];
  const { xml, paragraphs, part } = await partsOf({
    ...minutes,
    kind: 'minutes',
    state: 'approved',
    body,
    version: { number: 2, reason: '誤字の訂正' },
    approvedAt: Date.parse('2025-09-01T10:00:00+09:00'),
    record: { count: 42, head: 'c0ffee'.repeat(10) },
  });
  expect(paragraphs).toEqual(
    expect.arrayContaining([
      '第1回　地方創生事業効果検証会議　会議録',
      '第2版（令和7年9月1日（月）確定）',
      '訂正の理由：誤字の訂正',
      '3　議事',
      '(1) 1-1　デジタル未来アート事業',
      'ア　質疑・意見',
      '委員A\t内訳は。',
      '・よい。',
      '特になし。',
    ]),
  );
  expect(paragraphs.join('')).not.toContain('定足数');
  expect(paragraphs.join('')).toContain('会議記録42件');
  expect(xml).toContain('<w:drawing>');
  expect(part('word/_rels/document.xml.rels')).toMatch(/media\/[^"]+\.bmp/);
});

test('the seal of the record is a bitmap of whole squares with a quiet zone', () => {
  const text = makeSeal({ count: 42, head: 'ab'.repeat(32) });
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const bytes = makeQrBitmap(text);
  const view = new DataView(bytes.buffer);
  expect(new TextDecoder().decode(bytes.subarray(0, 2))).toBe('BM');
  expect(view.getUint32(2, true)).toBe(bytes.length);
  expect([view.getUint32(18, true), view.getInt32(22, true)]).toEqual([
    data.length * 8,
    -data.length * 8,
  ]);
  const stride = Math.ceil(data.length / 4) * 4;
  for (const [y, line] of data.entries()) {
    const row = bytes.subarray(62 + y * 8 * stride).subarray(0, data.length);
    expect([...row]).toEqual(line.map((dark) => (dark ? 0xff : 0)));
  }
  expect(data.slice(0, 4).flat().some(Boolean)).toBe(false);
});
