/** The chair conducts and a member votes without ever touching a mouse; focus is never lost. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { enter, expectVoted, heading, newSeat } from './person.ts';
import { startDemo } from './server.ts';

/** Tab, as often as it takes; a place that cannot be reached is a failure. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  await expect(place).toBeVisible();
  for (let step = 0; step < 150; step += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function take(page: Page, step: string): Promise<void> {
  const place = page.getByRole('region', { name: '進行' }).getByRole('button', {
    name: step,
    exact: true,
  });
  await expect(place).toBeEnabled();
  await tabTo(page, place);
  await page.keyboard.press('Enter');
}

test('an item from opening to decision by keyboard alone', async ({ browser }) => {
  const demo = await startDemo();
  const chair = await newSeat(browser);
  const member = await newSeat(browser);
  await enter(chair.page, demo.link('chair'));
  await enter(member.page, demo.link('member'));
  await take(chair.page, '会議を開く');
  await take(chair.page, 'この議題を始める');

  const opinions = heading(member.page, '【R6実績について】');
  await tabTo(member.page, opinions);
  await member.page.keyboard.type('鍵盤だけで書いた。');
  await member.page.keyboard.press('Enter');
  await member.page.keyboard.type('次の意見。');
  await expect(heading(chair.page, '【R6実績について】')).toContainText('次の意見。');
  // Tab leads out of the editor again.
  await member.page.keyboard.press('Tab');
  await expect(opinions).not.toBeFocused();

  await take(chair.page, '投票を始める');
  const first = member.page.getByRole('radio', { name: '地方創生に非常に効果があった' });
  await tabTo(member.page, first);
  await member.page.keyboard.press('Space');
  await member.page.keyboard.press('ArrowDown');
  const second = member.page.getByRole('radio', { name: '地方創生に相当程度効果があった' });
  await expect(second).toBeChecked();
  await tabTo(member.page, button(member.page, '投票する'));
  await member.page.keyboard.press('Enter');
  await expectVoted(member.page);
  // The button that was pressed still has the focus: a reader goes on from there.
  await expect(button(member.page, '投票する')).toBeFocused();

  await take(chair.page, '投票を締め切る');
  await take(chair.page, '結果を表示する');
  await take(chair.page, '評価を確定する');
  await expect(member.page.getByText('この議題は確定済み').first()).toBeVisible();
  for (const { page } of [chair, member]) {
    const lost = await page.evaluate(() => document.activeElement === document.body);
    expect(lost).toBe(false);
  }
  await chair.close();
  await member.close();
  await demo.stop();
});
