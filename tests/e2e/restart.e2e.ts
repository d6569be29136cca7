/**
 * The server is killed in the middle of a ballot and started again on the same data: every browser
 * comes back by itself, nothing typed is gone, votes count once.
 */
import { expect, test } from '@playwright/test';
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
import { dropFolder, newFolder, startDemo, startServer } from './server.ts';

const results = '【R6実績について】';

test('a killed server comes back with phase, ballots and text', async ({ browser }) => {
  const folder = newFolder();
  const demo = await startDemo(folder);
  const port = Number(new URL(demo.url).port);
  const [chairLink, ...memberLinks] = demo.people
    .filter(({ role }) => role === 'chair' || role === 'member')
    .map(({ link }) => link);
  const chair = await newSeat(browser);
  const first = await newSeat(browser);
  const second = await newSeat(browser);
  await enter(chair.page, chairLink ?? '');
  await enter(first.page, memberLinks[0] ?? '');
  await enter(second.page, memberLinks[1] ?? '');

  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');
  await write(first.page, results, '再起動の前に書いた意見。');
  await expectSaved(first.page);
  await conduct(chair.page, '投票を始める');
  await vote(first.page, '地方創生に相当程度効果があった');

  await demo.kill();
  const offline = first.page.getByRole('status').filter({ hasText: /再接続中|オフライン/ });
  await expect(offline.first()).toBeVisible();
  await heading(first.page, results).click();
  await first.page.keyboard.press('ControlOrMeta+End');
  await first.page.keyboard.type('止まっている間の続き。');
  await expect(first.page.getByRole('status').filter({ hasText: '未送信' }).first()).toBeVisible();

  const server = await startServer(folder, port);
  for (const seat of [chair, first, second]) await expectConnected(seat.page);
  await expectSaved(first.page);
  await expect(heading(second.page, results)).toContainText(
    '再起動の前に書いた意見。止まっている間の続き。',
  );
  // The vote cast before the kill is still there, and only there.
  await expectVoted(first.page);
  await expect(second.page.getByText('5人中1人が投票').first()).toBeVisible();
  await vote(second.page, '地方創生に相当程度効果があった');
  await expect(chair.page.getByText('5人中2人が投票').first()).toBeVisible();

  await conduct(chair.page, '投票を締め切る');
  await conduct(chair.page, '結果を表示する');
  await expect(first.page.getByRole('region', { name: '投票結果' })).toContainText('2');

  const { ms, code } = await server.stop();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(1000);
  for (const seat of [chair, first, second]) await seat.close();
  dropFolder(folder);
});

test('a browser that was offline merges what it wrote with what the others wrote', async ({
  browser,
}) => {
  const demo = await startDemo();
  const chair = await newSeat(browser);
  const away = await newSeat(browser);
  await enter(chair.page, demo.link('chair'));
  await enter(away.page, demo.link('member'));
  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');
  await write(away.page, results, '先に書いた。');
  await expect(heading(chair.page, results)).toContainText('先に書いた。');

  await away.page.context().setOffline(true);
  await heading(away.page, results).click();
  await away.page.keyboard.press('ControlOrMeta+End');
  await away.page.keyboard.type('離れて書いた。');
  await expect(away.page.getByRole('status').filter({ hasText: '未送信' }).first()).toBeVisible();
  await write(chair.page, '【今後の方針等について】', '会長が書いた。');
  await away.page.context().setOffline(false);

  await expectSaved(away.page);
  await expect(heading(chair.page, results)).toContainText('先に書いた。離れて書いた。');
  await expect(heading(away.page, '【今後の方針等について】')).toContainText('会長が書いた。');
  await chair.close();
  await away.close();
  await demo.stop();
});
