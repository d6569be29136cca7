/**
 * 事前評価 as people live it: the secretariat starts it, two members rate and draft in private, the
 * secretariat sees who and never what, and in the room the chair shows the distribution.
 */
import { expect, test, type Page } from '@playwright/test';
import { conduct, enter, expectSaved, heading, newSeat, press } from './person.ts';
import { startDemo } from './server.ts';

const guide = (page: Page) => page.getByRole('region', { name: 'KPIからみた目安' });

async function rate(page: Page, option: string): Promise<void> {
  const own = page.getByRole('region', { name: '自分の事前評価' });
  await own.getByRole('radio', { name: option, exact: true }).check();
  await press(page, '評価を保存する');
  await expect(own.getByText('保存済み', { exact: true })).toBeVisible();
}

test('from the preview to the room', async ({ browser }) => {
  const demo = await startDemo();
  const options = { baseURL: demo.url };
  const seats = {
    office: await newSeat(browser, options),
    chair: await newSeat(browser, options),
    second: await newSeat(browser, options),
    third: await newSeat(browser, options),
  };
  const { office, chair, second, third } = seats;
  const room = `/meetings/${demo.meeting}`;
  await enter(office.page, demo.link('secretariat'));
  await enter(chair.page, demo.link('chair'));

  await office.page.goto(`${room}/setup/documents`);
  await office.page.getByLabel('KPIからみた目安').selectOption({ label: '平成28年度の定義による' });
  await press(office.page, '保存する');
  await expect(office.page.getByText('保存しました。')).toBeVisible();
  await office.page.goto(`${room}/setup`);
  await press(office.page, '事前評価を始める');
  await expect(office.page.getByText('事前評価を始めました。')).toBeVisible();
  await expect(office.page.getByText('5人中0人が、すべての議題を評価しました。')).toBeVisible();

  await enter(second.page, demo.link('member'));
  await enter(third.page, demo.link('member', 1));
  // Before the own rating the level is neither on the page nor given to anybody who asks for it.
  const item = await second.page
    .getByRole('navigation', { name: '議事次第' })
    .getByRole('link')
    .first()
    .getAttribute('href');
  const itemId = item?.split('=')[1] ?? '';
  const asked = () => second.page.request.get(`${room}/guides/${itemId}`);
  expect((await asked()).status()).toBe(404);
  await expect(guide(second.page)).toHaveCount(0);
  await rate(second.page, '地方創生に相当程度効果があった');
  await expect(guide(second.page)).toContainText('判断できない');
  await expect(guide(second.page)).toContainText('平成28年度の定義による');
  expect((await asked()).status()).toBe(200);
  await expect(guide(third.page)).toHaveCount(0);
  await rate(third.page, '地方創生に効果があった');

  const draft = second.page.getByRole('textbox', { name: '【R6実績について】の下書き' });
  await draft.fill('・来場者の伸びを評価する。\n応募者の年齢層を広げたい。');
  await expect(second.page.getByText('下書き：保存済み')).toBeVisible();
  await second.page.reload();
  await expect(draft).toHaveValue('・来場者の伸びを評価する。\n応募者の年齢層を広げたい。');

  await office.page.reload();
  const matrix = office.page.getByRole('table', { name: '回答の状況' });
  await expect(matrix.getByText('評価済', { exact: true })).toHaveCount(2);
  await expect(office.page.locator('main')).not.toContainText('地方創生に効果があった');
  await expect(office.page.locator('main')).not.toContainText('来場者の伸び');

  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');
  await press(chair.page, '事前評価の分布を表示する');
  const zero = third.page.getByRole('region', { name: '事前評価', exact: true });
  await expect(zero).toContainText('2人の事前評価の分布です');
  await press(second.page, '【R6実績について】：この下書きを意見に載せる');
  await expect(heading(third.page, '【R6実績について】').first()).toContainText(
    '応募者の年齢層を広げたい。',
  );
  await expectSaved(second.page);
  await expect(draft).toHaveValue('');
  await second.page.reload();
  await expect(heading(second.page, '【R6実績について】').first()).toContainText(
    '来場者の伸びを評価する。',
  );
  for (const seat of Object.values(seats)) await seat.close();
  await demo.stop();
});
