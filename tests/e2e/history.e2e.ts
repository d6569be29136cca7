/** [P7] 意見の履歴 in the browser: deleted words found again and copied, by the secretariat alone. */
import { expect, test } from '@playwright/test';
import { inspectSizes } from './inspect.ts';
import { conduct, enter, expectSaved, heading, newSeat, write } from './person.ts';
import { startDemo } from './server.ts';

const results = '【R6実績について】';

test(
  '[P7] words that were deleted are found again, with who wrote them, and copied',
  {
    tag: '@long',
  },
  async ({ browser }) => {
    const demo = await startDemo();
    const options = { baseURL: demo.url, permissions: ['clipboard-read', 'clipboard-write'] };
    const chair = await newSeat(browser, options);
    const member = await newSeat(browser, options);
    const secretariat = await newSeat(browser, options);
    const nameOf = (role: string) => demo.people.find((each) => each.role === role)?.name ?? '';
    await enter(chair.page, demo.link('chair'));
    await enter(member.page, demo.link('member'));
    await conduct(chair.page, '会議を開く');
    await conduct(chair.page, 'この議題を始める');
    await expect(heading(member.page, results)).toBeVisible();
    await write(member.page, results, '予算が足りない。人手もない。');
    await expectSaved(member.page);
    // Somebody else goes on: a step of its own.
    await expect(heading(chair.page, results)).toContainText('人手もない。');
    await heading(chair.page, results).click();
    await chair.page.keyboard.press('ControlOrMeta+Home');
    // In one go: what is deleted slowly is several steps in the list.
    for (let n = 0; n < '予算が'.length; n++) await chair.page.keyboard.press('Shift+ArrowRight');
    await chair.page.keyboard.press('Delete');
    await expect(heading(chair.page, results)).not.toContainText('予算が');
    await expectSaved(chair.page);

    const { page } = secretariat;
    await enter(page, demo.link('secretariat'));
    await page.goto(`/meetings/${demo.meeting}/results`);
    await page.getByRole('link', { name: '意見の履歴' }).click();
    await expect(page.getByRole('heading', { name: '意見の履歴', level: 1 })).toBeVisible();
    await page.getByRole('combobox', { name: '見出し' }).selectOption('【今後の方針等について】');
    await page.getByRole('button', { name: '表示する' }).click();
    await expect(page.getByText('まだ何も書かれていません。')).toBeVisible();
    await inspectSizes(page);
    await page.getByRole('combobox', { name: '見出し' }).selectOption(results);
    await page.getByRole('button', { name: '表示する' }).click();

    const changes = page.getByRole('region', { name: '変更の一覧' }).getByRole('link');
    await expect(changes.first()).toContainText(nameOf('chair'));
    await expect(changes.last()).toContainText(nameOf('member'));
    const text = page.getByRole('region', { name: /の文章$/ });
    await expect(text.getByRole('deletion')).toHaveText('削除予算が');
    await inspectSizes(page);

    await changes.last().click();
    await expect(changes.last()).toHaveAttribute('aria-current', 'true');
    await expect(text).toContainText(`書いた人：${nameOf('member')}`);
    await expect(text.getByRole('deletion')).toHaveText('のちに削除予算が');
    await expect(text.getByRole('insertion')).toContainText('足りない。人手もない。');
    await inspectSizes(page);

    const lost = page.getByRole('region', { name: '消された文章' });
    await lost.getByRole('button', { name: 'コピー', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'コピーしました。' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('予算が');
    await page.getByRole('button', { name: 'この時点の文章をコピー' }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe('予算が足りない。人手もない。');

    for (const { page: other } of [chair, member]) {
      const answer = await other.goto(`/meetings/${demo.meeting}/history`);
      expect(answer?.status()).toBe(403);
      await expect(other.getByText('このページを開く権限がありません。')).toBeVisible();
      await other.goto(`/meetings/${demo.meeting}/results`);
      await expect(other.getByRole('heading', { name: '評価結果', level: 1 })).toBeVisible();
      await expect(other.getByRole('link', { name: '意見の履歴' })).toHaveCount(0);
    }
    for (const seat of [chair, member, secretariat]) await seat.close();
    await demo.stop();
  },
);
