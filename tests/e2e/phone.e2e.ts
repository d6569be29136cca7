/** A member on a phone: touch, tabs instead of columns, the ballot within reach of the thumb. */
import { devices, expect, test } from '@playwright/test';
import {
  conduct,
  enter,
  expectConnected,
  expectSaved,
  expectVoted,
  heading,
  newSeat,
  vote,
  write,
} from './person.ts';
import { startDemo } from './server.ts';

test('a member reads, writes and votes on a phone', async ({ browser }) => {
  const demo = await startDemo();
  const chair = await newSeat(browser);
  const phone = await newSeat(browser, devices['Pixel 7']);
  const { page } = phone;
  await enter(chair.page, demo.link('chair'));
  await enter(page, demo.link('member', 3));
  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');

  await page.getByRole('tab', { name: 'シート' }).tap();
  await expect(page.getByRole('region', { name: '事業シート' })).toBeVisible();
  await page.getByRole('tab', { name: '意見等' }).tap();
  await write(page, '【R6実績について】', '電話から書いた意見。');
  await expectSaved(page);
  await expect(heading(chair.page, '【R6実績について】')).toContainText('電話から書いた意見。');

  await conduct(chair.page, '投票を始める');
  await page.getByRole('tab', { name: /投票/ }).tap();
  const cast = page.getByRole('button', { name: '投票する', exact: true });
  const box = await cast.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  // In the lower third, and large enough for a thumb.
  expect(box?.y).toBeGreaterThan((height * 2) / 3);
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await vote(page, '地方創生に非常に効果があった');
  await expect(chair.page.getByText('5人中1人が投票').first()).toBeVisible();

  await page.reload();
  await expectConnected(page);
  await page.getByRole('tab', { name: /投票/ }).tap();
  await expectVoted(page);
  await chair.close();
  await phone.close();
  await demo.stop();
});
