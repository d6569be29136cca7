/** A year's round, after the meeting: minutes, replies, publication, the record, next year's meeting. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { first, look, lookInEnglish, region, type Council } from './council.ts';
import { press } from './person.ts';
import { opinion } from './yearroom.ts';

const reply = '来年度は会場を二か所にします。';
const body = (page: Page) => region(page, '議事録');
const part = (page: Page, name: string) => body(page).getByRole('textbox', { name });
const standing = (page: Page) => page.getByRole('status', { name: /^議事録の状態/ });
const answer = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

/** Drafted, confirmed by all, signed by one, approved; nothing is published before that. */
export async function minutes(council: Council): Promise<void> {
  const { chair, vice, member, recused, other, office, room } = council;
  const address = `${room}/minutes`;
  await expectEmbargo(office, room);
  for (const page of [office, chair]) await page.goto(address);
  await expect(part(office, '1　開会')).toContainText('会議は成立した');
  await part(office, '2　あいさつ').click();
  await office.keyboard.type('会長からあいさつがあった。');
  await expect(body(chair)).toContainText('会長からあいさつがあった。');
  await expect(office.getByRole('status', { name: '保存済み' })).toBeVisible();
  await look(office, 'minutes draft');
  await press(office, '確認を依頼する');
  await office.getByRole('dialog').getByRole('checkbox', { name: '田中 誠' }).check();
  await look(office, 'minutes asking');
  await answer(office, '依頼する');
  await expect(standing(office)).toContainText('確認中');
  await expectEmbargo(office, room);
  const late = await council.comes();
  for (const page of [chair, vice, member, recused, other, late]) {
    await page.goto(address);
    await press(page, '内容を確認した');
    await expect(page.getByText('内容を確認しました。')).toBeVisible();
  }
  await look(member, 'minutes to sign');
  await press(member, '署名する');
  await answer(member, '署名する');
  await expect(member.getByText('署名しました。')).toBeVisible();
  await office.goto(address);
  await look(office, 'minutes confirmed');
  await lookInEnglish(office, 'minutes confirmed');
  await approve(office, '確定　第1版');
}

/** A correction is confirmed and approved anew, and the first version stays. */
export async function correct(council: Council): Promise<void> {
  const { chair, vice, member, recused, other, office, room } = council;
  await press(office, '訂正版を作る');
  await office.getByLabel('訂正の理由').fill('あいさつの順の訂正');
  await answer(office, '訂正版を作る');
  await part(office, '2　あいさつ').click();
  await office.keyboard.press('End');
  await office.keyboard.type('続いて市長が述べた。');
  await expect(office.getByRole('status', { name: '保存済み' })).toBeVisible();
  await look(office, 'minutes correction');
  await press(office, '確認を依頼する');
  await answer(office, '依頼する');
  const late = await council.comes();
  for (const page of [chair, vice, member, recused, other, late]) {
    await page.goto(`${room}/minutes`);
    await press(page, '内容を確認した');
    await expect(page.getByText('内容を確認しました。')).toBeVisible();
  }
  await approve(office, '確定　第2版');
  await office.getByLabel('表示する版').selectOption('1');
  await expect(body(office)).not.toContainText('続いて市長が述べた。');
}

async function approve(office: Page, state: string): Promise<void> {
  await press(office, '確定する');
  await answer(office, '確定する');
  await expect(standing(office)).toContainText(state);
  await look(office, `minutes ${state}`);
}

async function expectEmbargo(office: Page, room: string): Promise<void> {
  await office.goto(`${room}/results`);
  const publish = office.getByRole('button', { name: '公表する' });
  await expect(publish).toHaveAttribute('aria-disabled', 'true');
  await expect(publish).toHaveAccessibleDescription(/議事録がまだ確定していません/);
}

export async function answerOpinions(
  { section, office, room }: Council,
  rating: string | null,
): Promise<void> {
  await section.goto(`${room}/replies`);
  const said = section.getByRole('group').filter({ hasText: opinion });
  await expect(said.getByText('未対応', { exact: true })).toBeVisible();
  await look(section, 'replies');
  await lookInEnglish(section, 'replies');
  await said.getByRole('button', { name: '対応方針を書く' }).click();
  await said.getByLabel('対応方針').fill(reply);
  await said.getByLabel('期限').fill('2026-03-31');
  await look(section, 'replying');
  await said.getByRole('button', { name: '対応方針を保存する' }).click();
  await expect(said.getByText('期限：令和8年3月31日')).toBeVisible();
  await office.goto(`${room}/results`);
  const row = office.getByRole('table', { name: '評価結果' }).getByRole('row');
  await expect(row.filter({ hasText: first })).toContainText(rating ?? '非常に効果があった：1人');
  await look(office, 'results before publication');
  await lookInEnglish(office, 'results before publication');
}

/** Published, and read by somebody without an account and without a name in it. */
export async function publish(council: Council, rating: string | null): Promise<void> {
  const { office, server, meeting } = council;
  await press(office, '公表する');
  await expect(office.getByText('公表しました。')).toBeVisible();
  await look(office, 'results published');
  const address = await office.getByRole('link', { name: /\/public\// }).getAttribute('href');
  const path = new URL(address ?? '', server.url).pathname;
  const stranger = await council.stranger();
  const html = await (await stranger.goto(path))?.text();
  const texts = [html ?? ''];
  for (const file of ['data', 'opendata']) {
    texts.push(await (await stranger.request.get(`${path}/${file}`)).text());
  }
  const names = meeting.participants.flatMap(({ id, name }) => [id, name, name.slice(0, 2)]);
  for (const text of texts) {
    for (const name of [...names, '佐々木', 'vice@example.jp']) expect(text).not.toContain(name);
  }
  const table = stranger.getByRole('table', { name: '評価結果' });
  await expect(table.getByRole('row').filter({ hasText: first })).toContainText(rating ?? '人');
  await expect(table).toContainText('継続審議');
  await expect(stranger.getByText(opinion)).toBeVisible();
  await expect(stranger.getByText(reply)).toBeVisible();
  await look(stranger, 'public');
  await lookInEnglish(stranger, 'public');
}

/** The exported record agrees with itself and with the head that was printed. */
export async function verify({ office, room }: Council): Promise<void> {
  await office.goto(`${room}/record`);
  await expect(office.getByRole('status', { name: '記録の検証結果' })).toContainText(
    '異常はありません',
  );
  await look(office, 'record');
  await lookInEnglish(office, 'record');
  const [download] = await Promise.all([
    office.waitForEvent('download'),
    office.getByRole('link', { name: '会議記録（JSON）' }).click(),
  ]);
  const file = test.info().outputPath('record.json');
  await download.saveAs(file);
  const head = /"head": "([0-9a-f]{64})"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  const root = join(import.meta.dirname, '..', '..');
  const check = (seal: string) =>
    spawnSync(process.execPath, ['server/cli.ts', 'verify', '--record', file, '--head', seal], {
      cwd: root,
      encoding: 'utf8',
    });
  const agreed = check(head);
  expect([agreed.status, agreed.stdout, agreed.stderr]).toEqual([0, expect.any(String), '']);
  const other = head.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  expect(check(other).status).toBe(1);
}

/** Next year's meeting has last year's rating and reply beside this year's figures. */
export async function nextYear(council: Council, rating: string | null): Promise<void> {
  const { office, section, member, room } = council;
  await office.goto(`${room}/results`);
  await press(office, '来年度の会議を作る');
  await office.waitForURL(/\/meetings\/[^/]+\/setup/);
  const next = /\/meetings\/[^/]+/.exec(new URL(office.url()).pathname)?.[0] ?? '';
  expect(next).not.toBe(room);
  await look(office, 'next year setup');

  await section.goto(`${next}/report`);
  await section.getByRole('link', { name: first }).click();
  const kpi = section.getByRole('listitem', { name: 'KPI①' });
  const now = kpi.getByRole('group', { name: /令和7年度末/ });
  await now.getByRole('textbox', { name: '実績値' }).fill('11');
  await expect(section.getByRole('region', { name: '保存と反映' })).toContainText(
    /反映していない入力 \d+件/,
  );
  await look(section, 'next year report');
  await press(section, '事業シートに反映する');
  await expect(section.getByText(/事業シートに反映しました。/)).toBeVisible();
  await office.getByRole('button', { name: '事前評価を始める' }).click();
  await expect(office.getByText('事前評価を始めました。')).toBeVisible();
  await member.goto(next);
  const sheet = region(member, '事業シート');
  const before = sheet.getByRole('region', { name: '昨年度の評価と意見' });
  await expect(sheet.getByRole('row', { name: /^R7年度 11/ })).toBeVisible();
  if (rating !== null) await expect(before).toContainText(rating);
  await expect(before).toContainText(opinion);
  await expect(before).toContainText(reply);
  await before.scrollIntoViewIfNeeded();
  await look(member, 'next year room');
}
