/** What a person does in the room, said in their words; every name is the one on the screen. */
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';

export type Seat = { readonly page: Page; close(): Promise<void> };

/** A browser of their own. Anything the page complains about fails the test. */
export async function newSeat(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Seat> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    // A server that is down or a line that is cut is part of the tests; broken rules are not.
    if (
      message.type() === 'error' &&
      /Content Security Policy|is not defined|undefined/.test(text)
    ) {
      complaints.push(text);
    }
  });
  return {
    page,
    async close() {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** Exactly this button: 投票する is not 投票する・変更する. */
export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click();

export async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.waitForURL(/\/meetings\/[^/]+$/);
  await expectConnected(page);
}

export const expectConnected = (page: Page) =>
  expect(page.getByRole('status').filter({ hasText: '接続中' }).first()).toBeVisible();

export const expectSaved = (page: Page) =>
  expect(page.getByRole('status').filter({ hasText: '保存済み' }).first()).toBeVisible();

/** The opinions under a heading, not the own draft for it. */
export const heading = (page: Page, name: string) =>
  page.getByRole('textbox', { name, exact: true });

export async function write(page: Page, under: string, text: string): Promise<void> {
  await heading(page, under).click();
  await page.keyboard.type(text);
}

export async function vote(page: Page, option: string): Promise<void> {
  // The ballot, and not the private rating that stands there until it is opened.
  const ballot = page.getByRole('region', { name: '投票', exact: true });
  const group = ballot.getByRole('radiogroup', { name: '事業効果に対する評価' });
  await group.getByRole('radio', { name: option }).check();
  await press(page, '投票する');
  await expectVoted(page);
}

/** The chair's console. */
export const conduct = (page: Page, step: string) =>
  page
    .getByRole('region', { name: '進行' })
    .getByRole('button', { name: step, exact: true })
    .click();

/** Answers the question that a step asks first. */
export const confirm = (page: Page, answer: string) =>
  page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click();

/** Said beside the ballot; the agenda says it too, and may be folded away. */
export const expectVoted = (page: Page) =>
  expect(
    page.getByText('投票済み', { exact: true }).filter({ visible: true }).first(),
  ).toBeVisible();
