/**
 * Japanese with real composition events: somebody composes a word in a bullet while another person types
 * before, behind and inside of it, moves it and merges another into it. The word comes out whole, once.
 */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { enter, expectSaved, heading, newSeat, press } from './person.ts';
import { startPrepared } from './prepared.ts';

const H = '【R6実績について】';
const bullets = (page: Page) => heading(page, H).locator('p');

/** What stands in the bullets, without the name tags of carets. */
const texts = (page: Page): Promise<string[]> =>
  bullets(page).evaluateAll((lines) =>
    lines.map((line) =>
      [...line.childNodes]
        .filter((node) => !(node instanceof Element && node.classList.contains('remote-caret')))
        .map((node) => node.textContent)
        .join(''),
    ),
  );

/** The caret behind the nth letter of a bullet, as a click there would put it. */
async function caretAt(line: Locator, letters: number): Promise<void> {
  await line.click();
  await line.page().keyboard.press('Home');
  for (let step = 0; step < letters; step += 1) await line.page().keyboard.press('ArrowRight');
}

test('[O1] a composed word is whole, whatever others do in its bullet', async ({ browser }) => {
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
  await one.page.keyboard.type('前文後文。');
  await one.page.keyboard.press('Enter');
  await one.page.keyboard.type('別の意見。');
  await expect(bullets(other.page).nth(1)).toContainText('別の意見。');
  const line = bullets(one.page).first();
  await caretAt(line, 2);

  const ime = await one.page.context().newCDPSession(one.page);
  const compose = async (text: string) => {
    const end = { selectionStart: text.length, selectionEnd: text.length };
    await ime.send('Input.imeSetComposition', { text, ...end });
  };
  // What the browser itself says of its composition: begun once, ended once.
  await one.page.evaluate(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    for (const type of ['compositionstart', 'compositionend'] as const) {
      addEventListener(type, ({ data }) => told.push(`${type} ${data}`), true);
    }
  });
  await compose('ｋ');
  await compose('かい');

  const theirs = bullets(other.page).first();
  await caretAt(theirs, 0);
  await other.page.keyboard.type('頭');
  await caretAt(theirs, 2);
  await other.page.keyboard.type('中');
  await other.page.keyboard.press('End');
  await other.page.keyboard.type('尾');
  // A bullet nobody composes in follows at once: so the line has told everything by then.
  await bullets(other.page).nth(1).click();
  await other.page.keyboard.press('End');
  await other.page.keyboard.type('隣');
  await expect(bullets(one.page).nth(1)).toContainText('別の意見。隣');
  expect((await texts(one.page))[0]).toBe('前文かい後文。');
  await compose('かいぎ');

  // Moved behind the other one, and the other one merged into it.
  await other.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => texts(one.page)).toEqual(['別の意見。隣', '前文かいぎ後文。']);
  await compose('かいぎし');
  await other.page.getByText('意見を整理する').click();
  await press(other.page, '「頭前中文後文。尾」を上の意見とまとめる');
  await expect(bullets(other.page)).toHaveCount(1);
  await ime.send('Input.insertText', { text: '会議室' });

  const whole = '別の意見。隣。頭前中文会議室後文。尾';
  await expect.poll(() => texts(one.page)).toEqual([whole]);
  await expect.poll(() => texts(other.page)).toEqual([whole]);
  const told = await one.page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  expect(told).toEqual(['compositionstart ', 'compositionend 会議室']);
  // The caret is where the word ended.
  await one.page.keyboard.type('で');
  await expect.poll(() => texts(other.page)).toEqual([whole.replace('会議室', '会議室で')]);
  await expectSaved(one.page);
  await one.close();
  await other.close();
  await room.end();
});
