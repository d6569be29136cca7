import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Minutes } from '#domain/minutes.ts';
import { makeMinutes } from '#formats/minutes.ts';
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
