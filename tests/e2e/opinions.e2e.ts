/** 意見を整理する: dragged, moved by keys, merged, given a kind, and taken back; who wrote it stays. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { inspect } from './inspect.ts';
import { enter, expectSaved, heading, newSeat } from './person.ts';
import { startPrepared } from './prepared.ts';

const H = '【R6実績について】';
const board = (page: Page) => page.getByRole('list', { name: `${H}の意見` });
const row = (page: Page, text: string) =>
  board(page).getByRole('listitem').filter({ hasText: text });
const words = (page: Page) => board(page).locator('.words p:first-child');

async function drag(page: Page, from: Locator, above: Locator): Promise<void> {
  await above.scrollIntoViewIfNeeded();
  const [start, end] = [await from.locator('.grip').boundingBox(), await above.boundingBox()];
  if (!start || !end) throw new Error('there is nothing to drag');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + 20, end.y + 4, { steps: 4 });
  // One can see where it would land.
  await expect(above).toHaveClass(/above/);
  await page.mouse.up();
}

/** The name over a caret steps aside after a while, and is there again whenever its person moves. */
async function showsWhoMoves(page: Page, other: Page): Promise<void> {
  const name = page.locator('.remote-name');
  for (const move of ['ArrowLeft', 'ArrowLeft', 'ArrowUp', 'Control+End', '上', 'Backspace']) {
    await expect(name, `before ${move}`).toBeVisible();
    await page.evaluate(() => {
      const hiding = (each: Animation) =>
        each instanceof CSSAnimation && each.animationName.endsWith('step-aside');
      for (const each of document.getAnimations().filter(hiding)) each.finish();
    });
    await expect(name, `before ${move}`).toBeHidden();
    if (move.length === 1) await other.keyboard.insertText(move);
    else await other.keyboard.press(move);
  }
  await expect(name).toBeVisible();
}

test('[O2] opinions are put in order and keep who wrote them', async ({ browser }) => {
  const room = await startPrepared({}, async (meeting, act) => {
    const present = meeting.participants.map(({ id }) => id);
    await act('chair', 0, { type: 'openMeeting', present });
    const [item] = meeting.items;
    if (item) await act('chair', 0, { type: 'startItem', itemId: item.id });
  });
  const one = await newSeat(browser);
  const other = await newSeat(browser);
  await enter(one.page, room.link('member', 0));
  await enter(other.page, room.link('member', 1));
  await heading(one.page, H).click();
  await one.page.keyboard.type('移住者の伸びを評価する。');
  await one.page.keyboard.press('Enter');
  await one.page.keyboard.type('周知が足りない。');
  await expect(heading(other.page, H)).toContainText('周知が足りない。');
  await heading(other.page, H).click();
  await other.page.keyboard.press('Control+End');
  await other.page.keyboard.press('Enter');
  await other.page.keyboard.type('移住者の伸びを高く評価する。');
  await expectSaved(other.page);
  await showsWhoMoves(one.page, other.page);

  for (const { page } of [one, other]) await page.getByText('意見を整理する').click();
  const mine = row(one.page, '周知');
  const theirs = row(one.page, '高く');
  const writerOf = (line: Locator) => line.getByText(/^書いた人：/);
  await expect(writerOf(theirs)).not.toContainText('確認中');
  const [me, them] = [await writerOf(mine).textContent(), await writerOf(theirs).textContent()];
  expect(me).not.toBe(them);

  // By pointer, while its author goes on typing there.
  await heading(other.page, H).click();
  await other.page.keyboard.press('Control+End');
  await drag(one.page, theirs, row(one.page, 'の伸びを評価'));
  await other.page.keyboard.type('続けて。');
  const dragged = [
    '移住者の伸びを高く評価する。続けて。',
    '移住者の伸びを評価する。',
    '周知が足りない。',
  ];
  await expect(words(one.page)).toHaveText(dragged);
  await expect(words(other.page)).toHaveText(dragged);
  await expect(writerOf(theirs)).toHaveText(them ?? '');

  // By keys; the focus goes along.
  await mine.getByRole('button', { name: /を上へ$/ }).focus();
  await one.page.keyboard.press('Alt+ArrowUp');
  await expect(words(other.page).nth(1)).toHaveText('周知が足りない。');
  await expect(mine.getByRole('button', { name: /を上へ$/ })).toBeFocused();
  await mine.getByRole('combobox').selectOption('課題');
  await theirs.getByRole('combobox').selectOption('評価');
  await expect(theirs.getByText(/^整理した人：/)).toBeVisible();
  await expect(row(other.page, '周知').getByRole('combobox')).toHaveValue('problem');

  // Merged on offer: both origins are kept.
  await one.page.getByRole('button', { name: /を1つにまとめる$/ }).click();
  const merged = '移住者の伸びを高く評価する。続けて。移住者の伸びを評価する。';
  await expect(words(other.page)).toHaveText([merged, '周知が足りない。']);
  const both = row(other.page, '続けて');
  for (const name of [me, them]) {
    await expect(writerOf(both)).toContainText((name ?? '').replace('書いた人：', ''));
  }
  await inspect(one.page);

  // Undo takes back the own steps alone: what the other has typed since stays.
  await heading(other.page, H).click();
  await other.page.keyboard.press('Control+End');
  await other.page.keyboard.type('ぜひ。');
  await expect(words(one.page).last()).toHaveText('周知が足りない。ぜひ。');
  const back = one.page.getByRole('button', { name: `${H}の自分の操作を元に戻す` });
  await back.click();
  await expect(words(one.page)).toHaveCount(3);
  await back.click();
  await back.click();
  await expect(row(other.page, '周知').getByRole('combobox')).toHaveValue('');
  await back.click();
  await back.click();
  await expect(words(other.page)).toHaveText([
    '移住者の伸びを評価する。',
    '周知が足りない。ぜひ。',
    '移住者の伸びを高く評価する。続けて。',
  ]);
  await one.close();
  await other.close();
  await room.end();
});
