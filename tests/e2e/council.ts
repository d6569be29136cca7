/**
 * A whole council in browsers of their own: chair, vice chair, four members of whom one comes to the
 * room with paper only, section, secretariat, observer, projector. What `look` sees is kept as pictures.
 */
import {
  expect,
  test,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from '@playwright/test';
import type { Meeting, MeetingDetails } from '../../src/domain/meeting.ts';
import { inspect, phone } from './inspect.ts';
import { enter, newSeat, press, type Seat } from './person.ts';
import { startPrepared, type Prepared } from './prepared.ts';

export const effect = '事業効果に対する評価';
export const very = '地方創生に非常に効果があった';
export const fairly = '地方創生に相当程度効果があった';
export const some = '地方創生に効果があった';

/** The agenda: the whole round, one put off, one without the chair, one that shares a KPI with it. */
export const [first, deferred, aside, last] = [
  'デジタル未来アート事業',
  '移住支援金',
  '複数分野のデータ連携による共助型スマートシティ推進事業（会津若松プラス運用事業）',
  '複数分野のデータ連携による共助型スマートシティ推進事業（デジタル田園都市国家構想交付金事業）',
];

export type Council = {
  readonly server: Prepared;
  readonly meeting: Meeting;
  /** `/meetings/ID` */
  readonly room: string;
  readonly chair: Page;
  readonly vice: Page;
  /** 田中 誠, at the screen. */
  readonly member: Page;
  /** 山本 健, who stands aside from the first item. */
  readonly recused: Page;
  /** 中村 彩, at the screen. */
  readonly other: Page;
  readonly office: Page;
  readonly section: Page;
  readonly observer: Page;
  readonly projector: Page;
  /** 鈴木 陽子, whose ballot is on paper, when she sits down at a screen after all. */
  comes(): Promise<Page>;
  /** Somebody without an account. */
  stranger(): Promise<Page>;
  /** Everybody goes home; whatever a page complained about fails the test. */
  leave(): Promise<void>;
};

const laptop = { width: 1366, height: 768 };
const wall = { width: 1280, height: 720 };

/** The page as it is now: nothing wrong with it at a laptop and on a phone; left at the laptop. */
export async function look(page: Page, what: string): Promise<void> {
  for (const size of [phone, laptop]) {
    await page.setViewportSize(size);
    await inspect(page, `${what} at ${size.width}`);
    await keep(page, `${what} ${size.width}`);
  }
}

/** The same page for somebody who reads English, with the same rules. */
export async function lookInEnglish(page: Page, what: string): Promise<void> {
  const cookie = { name: 'kensho-language', url: page.url() };
  await page.context().addCookies([{ ...cookie, value: 'en' }]);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await look(page, `${what} in English`);
  await page.context().addCookies([{ ...cookie, value: 'ja' }]);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
}

/** The projector as it is now. */
export async function lookUp(page: Page, what: string): Promise<void> {
  await inspect(page, what);
  await expect(page.getByRole('button')).toHaveCount(0);
  await keep(page, what);
}

let kept = 0;
async function keep(page: Page, what: string): Promise<void> {
  kept += 1;
  const path = test.info().outputPath(`${String(kept).padStart(3, '0')} ${what}.png`);
  // The room scrolls in its parts; any other page is as long as it is.
  const fullPage = !/\/meetings\/[^/]+$/.test(page.url());
  await page.screenshot({ path, fullPage });
}

export const region = (page: Page, name: string): Locator =>
  page.getByRole('region', { name, exact: true });

/** Looks at an item, whichever the chair has taken up. */
export const lookAt = (page: Page, item: string) =>
  page.getByRole('navigation', { name: '議事次第' }).getByRole('link', { name: item }).click();

/** Chooses a level within a region or dialog. */
export const choose = (within: Locator, option: string) =>
  within
    .getByRole('radiogroup', { name: effect })
    .getByRole('radio', { name: option, exact: true })
    .check();

/** A question with a reason, answered. */
export async function giveReason(page: Page, label: string, reason: string, yes: string) {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: label }).fill(reason);
  await dialog.getByRole('button', { name: yes, exact: true }).click();
  await expect(dialog).toBeHidden();
}

export async function gather(browser: Browser, change: Partial<MeetingDetails>): Promise<Council> {
  let found: Meeting | undefined;
  const server = await startPrepared(
    { chairVotes: false, guide: '2016', ...change },
    async (meeting, act) => {
      const agenda = [first, deferred, aside, last];
      for (const { id: itemId, sheet } of meeting.items) {
        if (agenda.includes(sheet.name ?? '')) continue;
        await act('secretariat', 0, { type: 'removeItem', itemId });
      }
      found = meeting;
    },
  );
  if (!found) throw new Error('there is no meeting');
  const seats: Seat[] = [];
  const sit = async (options: BrowserContextOptions = {}) => {
    const seat = await newSeat(browser, { baseURL: server.url, viewport: laptop, ...options });
    seats.push(seat);
    return seat.page;
  };
  const seated = async (role: string, nth = 0) => {
    const page = await sit();
    await enter(page, server.link(role, nth));
    return page;
  };
  const office = await seated('secretariat');
  const vice = await sit();
  await join(vice, await inviteVice(office, found.id));
  const observer = await seated('observer');
  // As in most rooms: the secretariat's own computer drives the wall.
  const projector = await sit({
    viewport: wall,
    storageState: await office.context().storageState(),
  });
  await projector.goto(`/meetings/${found.id}/screen`);
  return {
    server,
    meeting: found,
    room: `/meetings/${found.id}`,
    chair: await seated('chair'),
    vice,
    member: await seated('member'),
    recused: await seated('member', 2),
    other: await seated('member', 3),
    office,
    section: await seated('section'),
    observer,
    projector,
    comes: () => seated('member', 1),
    stranger: () => sit(),
    async leave() {
      for (const seat of seats) await seat.close();
      await server.end();
    },
  };
}

/** The sample has no vice chair: one is invited as anybody would be. */
async function inviteVice(office: Page, id: string): Promise<string> {
  await office.goto(`/meetings/${id}/setup/members`);
  await office.getByRole('textbox', { name: '氏名' }).fill('佐々木 進');
  await office.getByLabel('役割').selectOption({ label: '副会長' });
  await office.getByRole('textbox', { name: '所属' }).fill('大学（学識経験者）');
  await office.getByRole('textbox', { name: 'メールアドレス' }).fill('vice@example.jp');
  await press(office, '委員を招待する');
  const link = await office.getByRole('textbox', { name: '招待リンク' }).inputValue();
  await look(office, 'setup members');
  return link;
}

async function join(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('パスワード').fill('kensho no tameshi');
  await look(page, 'invitation');
  await press(page, '参加する');
  await page.waitForURL(/\/meetings\/[^/]+$/);
}
