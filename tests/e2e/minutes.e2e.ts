/**
 * [R6]–[R8] The minutes, as people live them: drafted when the meeting closes, written by two at once,
 * confirmed, mended, signed, locked, taken along, corrected.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { inspectSizes } from './inspect.ts';
import { enter, newSeat, press } from './person.ts';
import { startPrepared } from './prepared.ts';

/** A meeting that is over: one project decided, the others put off, one member gone before the end. */
const overMeeting = () =>
  startPrepared({}, async (meeting, act) => {
    const { participants, items, criteria } = meeting;
    const seats = participants.map(({ id }) => id);
    const member = participants.find(({ role }) => role === 'member');
    const [first] = items;
    if (!member || !first) throw new Error('the sample has changed');
    await act('secretariat', 0, { type: 'openMeeting', present: seats });
    await act('chair', 0, { type: 'startItem', itemId: first.id });
    await act('member', 0, { type: 'askQuestion', itemId: first.id, text: '参加者の内訳は。' });
    const ratings = criteria.flatMap(({ id, options: [best] }) =>
      best ? [{ criterionId: id, optionId: best.id, reason: '' }] : [],
    );
    const decided = { itemId: first.id, ratings, method: 'noObjection', reason: '' } as const;
    await act('chair', 0, { type: 'decideItem', ...decided });
    const present = seats.filter((id) => id !== member.id);
    await act('secretariat', 0, { type: 'recordAttendance', present });
    for (const { id: itemId } of items.slice(1)) {
      await act('chair', 0, { type: 'startItem', itemId });
      await act('chair', 0, { type: 'deferItem', itemId, reason: '時間の都合' });
    }
    await act('chair', 0, { type: 'closeMeeting' });
  });

const body = (page: Page) => page.getByRole('region', { name: '議事録' });
const section = (page: Page, name: string) => body(page).getByRole('textbox', { name });
const standing = (page: Page) => page.getByRole('status', { name: /^議事録の状態/ });
const answer = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

async function take(page: Page, link: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test(
  '[R6]–[R8] from the draft to a corrected second version',
  { tag: '@long' },
  async ({ browser }) => {
    const server = await overMeeting();
    const address = `/meetings/${server.meeting}/minutes`;
    const seats = await Promise.all(
      ['secretariat', 'chair', 'member'].map(() => newSeat(browser, { baseURL: server.url })),
    );
    const [office, chair, member] = seats.map(({ page }) => page);
    if (!office || !chair || !member) throw new Error('a seat is missing');
    await enter(office, server.link('secretariat'));
    await enter(chair, server.link('chair'));
    await enter(member, server.link('member', 1));
    for (const page of [office, chair, member]) await page.goto(address);

    // Drafted from the record, and written by two at once.
    await expect(section(office, '1　開会')).toContainText('会議は成立した');
    await expect(section(office, '1　開会')).toContainText('委員が退室した');
    await expect(body(office)).toContainText('委員：参加者の内訳は。');
    await section(office, '2　あいさつ').click();
    await office.keyboard.type('会長からあいさつがあった。');
    await section(chair, '4　その他').click();
    await chair.keyboard.type('次回は10月に開く。');
    for (const page of [office, chair, member]) {
      await expect(section(page, '2　あいさつ')).toContainText('会長からあいさつがあった。');
      await expect(section(page, '4　その他')).toContainText('次回は10月に開く。');
    }
    await expect(section(member, '2　あいさつ')).toHaveAttribute('contenteditable', 'false');
    await inspectSizes(office, 'the draft');

    // Speakers are named anew in lines nobody has touched.
    await office.getByLabel('発言者の書き方').selectOption('letter');
    await expect(body(chair)).toContainText('委員A：参加者の内訳は。');
    await expect(section(chair, '2　あいさつ')).toContainText('会長からあいさつがあった。');

    // Asked, confirmed, and a change requested.
    await expect(office.getByRole('status', { name: '保存済み' })).toBeVisible();
    await press(office, '確認を依頼する');
    await office.getByRole('dialog').getByRole('checkbox').nth(1).check();
    const signer = await office.getByRole('dialog').locator('label').nth(1).textContent();
    await inspectSizes(office, 'asking');
    await answer(office, '依頼する');
    await expect(standing(office)).toContainText('確認中');
    await expect(section(chair, '4　その他')).toHaveCount(0);
    await expect(body(chair)).toContainText('次回は10月に開く。');
    await expect(office.getByRole('button', { name: '確定する' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await press(member, '内容を確認した');
    await expect(standing(office)).toContainText(/人中1人が確認/);
    await press(member, '修正を依頼する');
    await member.getByLabel('直してほしいところと内容').fill('質問の趣旨が違います。');
    await answer(member, '依頼する');
    await expect(office.getByRole('list', { name: '修正の依頼' })).toContainText(
      '質問の趣旨が違います。',
    );
    await expect(chair.getByRole('list', { name: '修正の依頼' })).toHaveCount(0);
    await inspectSizes(office, 'being confirmed');
    await inspectSizes(member, 'being confirmed by a member');

    // Back, mended, asked again without signers, confirmed by all.
    await press(office, '下書きに戻す');
    await answer(office, '下書きに戻す');
    await section(office, '2　あいさつ').click();
    await office.keyboard.press('End');
    await office.keyboard.type('続いて市長が述べた。');
    await expect(section(chair, '2　あいさつ')).toContainText('続いて市長が述べた。');
    await expect(office.getByRole('status', { name: '保存済み' })).toBeVisible();
    await press(office, '確認を依頼する');
    await office
      .getByRole('dialog')
      .getByLabel(signer ?? '', { exact: true })
      .check();
    await answer(office, '依頼する');
    const council = [chair, member];
    const rest = [
      ['member', 0],
      ['member', 2],
      ['member', 3],
    ] as const;
    for (const [role, nth] of rest) {
      const link = server.link(role, nth);
      const seat = await newSeat(browser, { baseURL: server.url });
      seats.push(seat);
      await enter(seat.page, link);
      await seat.page.goto(address);
      council.push(seat.page);
    }
    for (const page of council) {
      await press(page, '内容を確認した');
      await expect(page.getByText('内容を確認しました。')).toBeVisible();
      const sign = page.getByRole('button', { name: '署名する', exact: true });
      if ((await sign.count()) === 0) continue;
      await sign.click();
      await answer(page, '署名する');
      await expect(page.getByText('署名しました。')).toBeVisible();
    }
    await press(office, '確定する');
    await answer(office, '確定する');
    await expect(standing(office)).toContainText('確定　第1版');
    await expect(standing(member)).toContainText('確定　第1版');
    await expect(body(member)).toContainText('続いて市長が述べた。');
    await inspectSizes(office, 'approved');

    // Taken along: the text as locked, with the seal of the record.
    const word = await take(office, '議事録（Word）');
    expect(word.name).toMatch(/議事録\.docx$/);
    expect(word.bytes.subarray(0, 2).toString()).toBe('PK');
    const text = (await take(member, '議事録（テキスト）')).bytes.toString('utf8');
    expect(text).toContain('続いて市長が述べた。');
    expect(text).toContain('委員A：参加者の内訳は。');
    expect(text).toMatch(/会議録署名人\u3000令和.+/);
    const [, head = ''] = /末尾の照合番号 ([0-9a-f]{64})/.exec(text) ?? [];
    const shown = await body(office).locator('dd.head').textContent();
    expect(shown?.replace(/\s/g, '')).toBe(head);

    // Corrected: a second version, the first stays.
    await press(office, '訂正版を作る');
    await office.getByLabel('訂正の理由').fill('市長の発言の訂正');
    await answer(office, '訂正版を作る');
    await section(office, '2　あいさつ').click();
    await office.keyboard.press('End');
    await office.keyboard.type('（訂正）');
    await expect(section(chair, '2　あいさつ')).toContainText('（訂正）');
    await office.getByLabel('表示する版').selectOption('1');
    await expect(body(office)).toContainText('続いて市長が述べた。');
    await expect(body(office)).not.toContainText('（訂正）');
    await inspectSizes(office, 'the first version beside a correction');
    for (const seat of seats) await seat.close();
    await server.end();
  },
);

test('[R14] before closing the page says when there are minutes, and has the preliminary ones', async ({
  browser,
}) => {
  const server = await startPrepared({});
  const seat = await newSeat(browser, { baseURL: server.url });
  const { page } = seat;
  await enter(page, server.link('secretariat'));
  await page.goto(`/meetings/${server.meeting}/minutes`);
  await expect(page.getByText('議事録は、閉会すると自動で下書きが作られます')).toBeVisible();
  // The head of the minutes can be filled in already; a count that is none is told of at once.
  await page.getByText('議事録の記載事項').click();
  await page.getByRole('textbox', { name: '傍聴者数' }).fill('三人');
  await expect(page.getByRole('textbox', { name: '傍聴者数' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await inspectSizes(page, 'before closing, with the head open');
  expect((await take(page, '議事録の速報（Word）')).name).toMatch(/\.docx$/);
  const observer = await newSeat(browser, { baseURL: server.url });
  await enter(observer.page, server.link('observer'));
  const refused = await observer.page.goto(`/meetings/${server.meeting}/minutes`);
  expect(refused?.status()).toBe(403);
  await observer.close();
  await seat.close();
  await server.end();
});
