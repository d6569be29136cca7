/**
 * The main job, from an empty installation to the result table: six browsers (chair, three members,
 * secretariat, projector), a real file in, real files out, and what went out comes in again equal.
 */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { ItemId } from '../../src/domain/types.ts';
import { parseTable } from '../../src/formats/table.ts';
import { sampleTable } from '../../server/sample.ts';
import {
  conduct,
  confirm,
  expectConnected,
  expectSaved,
  heading,
  newSeat,
  press,
  vote,
  write,
  type Seat,
} from './person.ts';
import { send } from './sender.ts';
import { dropFolder, newFolder, startServer } from './server.ts';

const password = 'kensho-no-tameshi';
const table = new TextEncoder().encode(sampleTable());
const people = [
  { name: '会長 一子', role: '会長・座長', email: 'chair@example.jp' },
  { name: '委員 二郎', role: '委員', email: 'member2@example.jp' },
  { name: '委員 三枝', role: '委員', email: 'member3@example.jp' },
  { name: '委員 四郎', role: '委員', email: 'member4@example.jp' },
] as const;

async function setUp(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('textbox', { name: '団体名' }).fill('検証市');
  await page.getByRole('textbox', { name: '氏名' }).fill('事務 局子');
  await page.getByRole('textbox', { name: 'メールアドレス' }).fill('office@example.jp');
  await page.getByRole('textbox', { name: 'パスワード' }).fill(password);
  await press(page, '利用を開始する');
  await expect(page.getByRole('heading', { name: '会議一覧' })).toBeVisible();
}

async function makeMeeting(page: Page, title: string): Promise<string> {
  await page.goto('/');
  await page.getByRole('link', { name: '会議を作る' }).first().click();
  await page.getByRole('textbox', { name: '会議の名称' }).fill(title);
  await page.getByLabel('開催日').fill('2025-08-20');
  await page.getByLabel('評価対象年度').selectOption('2024');
  await page.getByRole('textbox', { name: '場所' }).fill('市役所 第1会議室');
  await press(page, '作成する');
  await page.waitForURL(/\/meetings\/[^/]+\/setup/);
  return /\/meetings\/([^/]+)\/setup/.exec(page.url())?.[1] ?? '';
}

async function importTable(page: Page, id: string, name: string, bytes: Uint8Array) {
  await page.goto(`/meetings/${id}/import`);
  await page
    .getByLabel('ファイルを選ぶ')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  await press(page, '内容を確認する');
  await expect(page.getByRole('table', { name: '取り込み内容' })).toBeVisible();
  await expect(page.getByText('事業9件・KPI16件').first()).toBeVisible();
  await press(page, '取り込みを確定する');
  await page.waitForURL(/\/setup/);
}

async function invite(page: Page, id: string, person: (typeof people)[number]): Promise<string> {
  await page.goto(`/meetings/${id}/setup/members`);
  await page.getByRole('textbox', { name: '氏名' }).fill(person.name);
  await page.getByLabel('役割').selectOption({ label: person.role });
  await page.getByRole('textbox', { name: 'メールアドレス' }).fill(person.email);
  await press(page, '委員を招待する');
  return page.getByRole('textbox', { name: '招待リンク' }).inputValue();
}

async function accept(seat: Seat, link: string): Promise<void> {
  await seat.page.goto(link);
  await seat.page.getByLabel('パスワード').fill(password);
  await press(seat.page, '参加する');
  await seat.page.waitForURL(/\/meetings\/[^/]+$/);
}

async function download(page: Page, link: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ]);
  return readFile(await file.path());
}

test('from set-up to the finished result table and minutes', async ({ browser }) => {
  const folder = newFolder();
  const server = await startServer(folder);
  const setupLink = /http\S+\/setup\S+/.exec(server.output())?.[0] ?? '';
  const options = { baseURL: server.url };
  const office = await newSeat(browser, options);
  await setUp(office.page, setupLink);
  const id = await makeMeeting(office.page, '令和7年度 第1回 検証会議');
  await importTable(office.page, id, '評価結果.tsv', table);

  const seats: Seat[] = [];
  for (const person of people) {
    const link = await invite(office.page, id, person);
    const seat = await newSeat(browser, options);
    await accept(seat, link);
    seats.push(seat);
  }
  const [chair, second, third, fourth] = seats as [Seat, Seat, Seat, Seat];
  const projector = await newSeat(browser, {
    ...options,
    viewport: { width: 1280, height: 720 },
    storageState: await office.page.context().storageState(),
  });
  await projector.page.goto(`/meetings/${id}/screen`);
  await office.page.goto(`/meetings/${id}`);
  for (const seat of [office, ...seats]) await expectConnected(seat.page);

  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');
  await expect(
    projector.page.getByRole('heading', { name: 'デジタル未来アート事業' }),
  ).toBeVisible();
  await write(second.page, '【R6実績について】', '来場者の伸びを評価する。');
  await write(third.page, '【今後の方針等について】', '=応募の数を次に見たい。');
  await expect(heading(fourth.page, '【R6実績について】')).toContainText(
    '来場者の伸びを評価する。',
  );
  await expectSaved(second.page);
  await expectSaved(third.page);

  await conduct(chair.page, '投票を始める');
  await vote(second.page, '地方創生に相当程度効果があった');
  await vote(third.page, '地方創生に相当程度効果があった');
  await expect(chair.page.getByText('4人中2人が投票').first()).toBeVisible();
  await expect(projector.page.getByText('4人中2人が投票').first()).toBeVisible();
  await vote(fourth.page, '地方創生に効果があった');
  await vote(chair.page, '地方創生に相当程度効果があった');
  await expect(projector.page.getByRole('button')).toHaveCount(0);
  await conduct(chair.page, '投票を締め切る');
  await conduct(chair.page, '結果を表示する');
  await expect(fourth.page.getByRole('region', { name: '投票結果' })).toContainText('3');
  await conduct(chair.page, '評価を確定する');
  await expect(
    second.page.getByText('この議題は確定済みのため編集できません。').first(),
  ).toBeVisible();
  await expect(projector.page.getByText('地方創生に相当程度効果があった').first()).toBeVisible();

  // The other eight are put off, as a council that runs out of time would: two by hand.
  for (let item = 2; item <= 3; item += 1) {
    await conduct(chair.page, '次の議題へ');
    await conduct(chair.page, '継続審議とする');
    await confirm(chair.page, '継続審議とする');
  }
  const agenda = chair.page.getByRole('navigation', { name: '議事次第' }).getByRole('link');
  const itemIds = await agenda.evaluateAll((links) =>
    links.map((link) => new URLSearchParams(link.getAttribute('href') ?? '').get('item')),
  );
  for (const itemId of itemIds.slice(3) as ItemId[]) {
    await send(chair.page, id, { type: 'startItem', itemId });
    await send(chair.page, id, { type: 'deferItem', itemId, reason: '時間の都合' });
  }
  await conduct(chair.page, '閉会する');
  await confirm(chair.page, '閉会する');
  await expect(office.page.getByText('閉会').first()).toBeVisible();

  await office.page.goto(`/meetings/${id}/results`);
  await expect(office.page.getByRole('table', { name: '評価結果' })).toBeVisible();
  const workbook = await download(office.page, '評価結果（Excel）');
  const minutes = await download(office.page, '議事録（Word）');
  const openData = await download(office.page, 'オープンデータ（CSV）');

  const read = parseTable({ name: 'out.xlsx', bytes: new Uint8Array(workbook) });
  if (!read.ok) throw new Error(read.code);
  const source = parseTable({ name: 'in.tsv', bytes: table });
  if (!source.ok) throw new Error(source.code);
  expect(read.table.projects.map(({ kpis }) => kpis)).toEqual(
    source.table.projects.map(({ kpis }) => kpis),
  );
  expect(read.table.projects[0]).toMatchObject({
    rating: 3,
    ratingText: '地方創生に相当程度効果があった',
    opinions: [
      { heading: '【R6実績について】', text: '来場者の伸びを評価する。' },
      { heading: '【今後の方針等について】', text: '=応募の数を次に見たい。' },
    ],
  });
  expect(read.table.projects.slice(1).every(({ rating }) => rating === null)).toBe(true);
  const words = strFromU8(
    unzipSync(new Uint8Array(minutes))['word/document.xml'] ?? new Uint8Array(),
  );
  for (const text of ['来場者の伸びを評価する。', '地方創生に相当程度効果があった', '会長 一子']) {
    expect(words).toContain(text);
  }
  expect(openData.toString('utf8')).toContain('デジタル未来アート事業');

  // What went out comes in again, and goes out equal.
  const again = await makeMeeting(office.page, '令和7年度 第2回 検証会議');
  await importTable(office.page, again, '評価結果.xlsx', workbook);
  await office.page.goto(`/meetings/${again}/results`);
  const again_ = await download(office.page, '評価結果（Excel）');
  const reread = parseTable({ name: 'again.xlsx', bytes: new Uint8Array(again_) });
  if (!reread.ok) throw new Error(reread.code);
  expect(reread.table.projects).toEqual(read.table.projects);

  for (const seat of [office, projector, ...seats]) await seat.close();
  const { code } = await server.stop();
  expect(code).toBe(0);
  const database = new Sqlite(join(folder, 'kensho.db'), { readonly: true });
  const decided = database
    .prepare('select rating, method, decided_by from decision where meeting_id = ?')
    .all(id);
  expect(decided).toEqual([
    { rating: '地方創生に相当程度効果があった', method: 'majority', decided_by: '会長 一子' },
  ]);
  const votes = database.prepare('select option, votes from tally order by position').all();
  expect(votes).toEqual([
    { option: '地方創生に非常に効果があった', votes: 0 },
    { option: '地方創生に相当程度効果があった', votes: 3 },
    { option: '地方創生に効果があった', votes: 1 },
    { option: '地方創生に効果がなかった', votes: 0 },
    { option: '棄権', votes: 0 },
  ]);
  database.close();
  dropFolder(folder);
});
