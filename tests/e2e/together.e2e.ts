/** [W9] Two people of the office change one project at once: the second is told, and nothing is lost. */
import { expect, test, type Page } from '@playwright/test';
import { inspect, inspectSizes } from './inspect.ts';
import { enter, newSeat, press } from './person.ts';
import { startDemo } from './server.ts';

const PROJECT = 'デジタル未来アート事業';
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

test(
  'a project two people change at once keeps what both wrote',
  { tag: '@long' },
  async ({ browser }) => {
    const demo = await startDemo();
    const link = demo.link('secretariat');
    const [first, second] = [await newSeat(browser), await newSeat(browser)];
    await enter(first.page, link);
    // The link signs in once; the second window is the same person at another desk.
    await second.page.context().addCookies(await first.page.context().cookies());
    await first.page.goto(`${demo.url}/meetings/${demo.meeting}/setup`);
    await first.page.getByRole('link', { name: PROJECT }).click();
    await expect(field(first.page, '事業の概要')).toBeVisible();
    await second.page.goto(first.page.url());

    await field(second.page, '事業の概要').fill('小学校で体験会を開く。');
    await field(second.page, '柱').fill('学びの柱');
    await press(second.page, '保存する');
    await expect(field(second.page, '事業の概要')).toBeHidden();

    await field(first.page, '柱').fill('子育ての柱');
    await field(first.page, '指標').first().fill('体験会の回数');
    await press(first.page, '保存する');
    const told = first.page.getByRole('status').filter({ hasText: '先に変更' });
    await expect(told).toBeFocused();
    await expect(told).toContainText('先の変更を取り入れた項目：事業の概要');
    await expect(told).toContainText('柱 先の変更：「学びの柱」');
    await expect(field(first.page, '事業の概要')).toHaveValue('小学校で体験会を開く。');
    await expect(field(first.page, '柱')).toHaveValue('子育ての柱');
    await inspectSizes(first.page);

    await press(first.page, '保存する');
    await expect(field(first.page, '事業の概要')).toBeHidden();
    await second.page.goto(first.page.url());
    await second.page.getByRole('link', { name: PROJECT }).click();
    await expect(field(second.page, '事業の概要')).toHaveValue('小学校で体験会を開く。');
    await expect(field(second.page, '柱')).toHaveValue('子育ての柱');
    await expect(field(second.page, '指標').first()).toHaveValue('体験会の回数');
    await inspect(second.page);
    for (const seat of [first, second]) await seat.close();
    await demo.stop();
  },
);
