/** The sheet doctor asks through people: a finding becomes a question, the section answers in the sheet. */
import { expect, test, type Page } from '@playwright/test';
import { inspect } from './inspect.ts';
import { conduct, enter, newSeat } from './person.ts';
import { startDemo } from './server.ts';

const sheetOf = (page: Page) => page.getByRole('region', { name: '事業シート' });
const questionsOf = (page: Page) => page.getByRole('region', { name: '質問と回答' });
const lookAt = (page: Page, project: string) =>
  page.getByRole('navigation', { name: '議事次第' }).getByRole('link', { name: project }).click();

test('a finding is asked about, answered, and both stand in the sheet for everybody', async ({
  browser,
}) => {
  const demo = await startDemo();
  const [chair, member, section, observer] = [
    await newSeat(browser),
    await newSeat(browser),
    await newSeat(browser),
    await newSeat(browser),
  ];
  await enter(chair.page, demo.link('chair'));
  await enter(member.page, demo.link('member'));
  await enter(section.page, demo.link('section'));
  await enter(observer.page, demo.link('observer'));
  await conduct(chair.page, '会議を開く');

  const project =
    '複数分野のデータ連携による共助型スマートシティ推進事業（会津若松プラス運用事業）';
  const { page } = member;
  await lookAt(page, project);
  await expect(page.getByRole('link', { name: project })).toContainText('指摘 1件');
  const ask = sheetOf(page).getByRole('button', { name: '所管課に質問する' });
  await ask.click();
  const box = page.getByRole('dialog').getByRole('textbox', { name: '質問の内容' });
  await expect(box).toHaveValue(/28,873/);
  // Nothing is sent unread: closing sends nothing, and the focus comes back.
  await page.keyboard.press('Escape');
  await expect(ask).toBeFocused();
  await expect(questionsOf(page)).toContainText('質問はまだありません');
  await ask.click();
  await box.fill('目標を見直す予定はありますか。');
  await page.getByRole('button', { name: '質問を送る' }).click();
  await expect(questionsOf(page)).toContainText('回答待ち');

  await lookAt(section.page, project);
  await expect(questionsOf(section.page)).toContainText('目標を見直す予定はありますか。');
  await section.page.getByRole('textbox', { name: '質問1への回答' }).fill('次の計画で見直します。');
  await section.page.getByRole('button', { name: '回答する' }).click();
  await expect(questionsOf(section.page)).toContainText('回答済み');
  await expect(questionsOf(section.page).getByRole('listitem')).toBeFocused();
  await expect(questionsOf(page)).toContainText('次の計画で見直します。');
  await expect(page.getByRole('textbox', { name: '質問1への回答' })).toBeHidden();

  await lookAt(observer.page, project);
  await expect(sheetOf(observer.page)).toContainText('28,873');
  await expect(questionsOf(observer.page)).toBeHidden();
  await expect(observer.page.getByText('指摘')).toBeHidden();

  for (const { page: each } of [member, section]) await inspect(each);
  for (const seat of [chair, member, section, observer]) await seat.close();
  await demo.stop();
});
