/** [W1]–[W8] 実施報告書 in the browser: two people of one section, the sheet, questions, and who may not. */
import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { io } from 'socket.io-client';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { inspectSizes } from './inspect.ts';
import { enter, expectConnected, expectSaved, newSeat, press } from './person.ts';
import { startDemo, type Demo } from './server.ts';

const box = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name }).first();
const frame = (page: Page, mark: string) => page.getByRole('listitem', { name: `KPI${mark}` });
const state = (page: Page) => page.getByRole('region', { name: '保存と反映' });

/** Opens the form of a project from the home page, as somebody of a section would. */
async function openForm(page: Page, project: RegExp): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: '担当する事業' }).click();
  await expect(page.getByRole('heading', { name: '担当する事業', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: project }).click();
  await expect(page.getByRole('heading', { name: '実施報告書', level: 1 })).toBeVisible();
  await expectConnected(page);
  await expect(box(page, '指標名')).toBeEditable();
}

/** Another person of the same section, invited by the secretariat. */
async function invite(page: Page, demo: Demo): Promise<string> {
  await page.goto(`/meetings/${demo.meeting}/setup/members`);
  await page.getByRole('textbox', { name: '氏名' }).fill('村上 さくら');
  await page.getByRole('combobox', { name: '役割' }).selectOption('section');
  await page.getByRole('textbox', { name: '所属' }).fill('情報戦略課');
  await page.getByRole('textbox', { name: 'メールアドレス' }).fill('murakami@example.jp');
  await press(page, '委員を招待する');
  return page.getByRole('textbox', { name: '招待リンク' }).inputValue();
}

/** The secretariat and 渡辺 直樹 of a section, signed in, and a third seat for somebody else. */
async function takeSeats(browser: Browser) {
  const demo = await startDemo();
  const seat = () => newSeat(browser, { baseURL: demo.url });
  const [office, naoki, third] = [await seat(), await seat(), await seat()];
  await enter(office.page, demo.link('secretariat'));
  await enter(naoki.page, demo.link('section'));
  const end = async () => {
    for (const each of [office, naoki, third]) await each.close();
    await demo.stop();
  };
  return { demo, office, naoki, third, end };
}

/** A question of the secretariat, whichever page it is asked from. */
async function ask(page: Page, demo: Demo, itemId: string, text: string): Promise<unknown> {
  const cookies = await page.context().cookies();
  const socket = io(demo.url, {
    transports: ['websocket'],
    auth: { version: PROTOCOL_VERSION },
    extraHeaders: {
      Origin: demo.url,
      Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    },
  });
  const command = { type: 'askQuestion', itemId, text };
  const envelope = { meetingId: demo.meeting, id: randomUUID(), command };
  try {
    return (await socket.timeout(5_000).emitWithAck('command', envelope)) as unknown;
  } finally {
    socket.disconnect();
  }
}

test(
  'two people of a section write one report, and the sheet has it after 反映',
  { tag: '@long' },
  async ({ browser }) => {
    const { demo, office, naoki, third: sakura, end } = await takeSeats(browser);
    const invitation = await invite(office.page, demo);
    await sakura.page.goto(invitation);
    await sakura.page.getByRole('textbox', { name: 'パスワード' }).fill('himitsu no kotoba');
    await press(sakura.page, '参加する');
    await sakura.page.waitForURL(/\/meetings\/[^/]+$/);
    for (const { page } of [naoki, sakura]) await openForm(page, /オンライン診療推進事業/);

    // Both in one box at the same time: letters of both, none lost.
    const [mine, theirs] = [naoki, sakura].map(({ page }) =>
      frame(page, '①').getByRole('textbox', { name: /取組/ }),
    );
    await mine?.click();
    await expect(frame(sakura.page, '①').getByText('渡辺 直樹さんが入力中')).toBeVisible();
    await Promise.all([
      mine?.pressSequentially('医療機関への説明を続けた。'),
      theirs?.pressSequentially('ＡＢＣＤＥＦＧＨＩＪＫＬＭ'),
    ]);
    await expect(theirs ?? sakura.page.locator('none')).toHaveValue(/^.{26}$/u);
    const both = (await theirs?.inputValue()) ?? '';
    await expect(mine ?? naoki.page.locator('none')).toHaveValue(both);
    expect([...both].sort()).toEqual(
      [...'医療機関への説明を続けた。ＡＢＣＤＥＦＧＨＩＪＫＬＭ'].sort(),
    );
    await expect(frame(naoki.page, '①').getByText('26/300字')).toBeVisible();

    // Totals add up by themselves, full-width digits too.
    const planned = naoki.page.getByRole('group', { name: '予定していた令和6年度の収支' });
    await planned.getByRole('textbox', { name: '経費項目1の名称' }).fill('運用経費');
    await planned.getByRole('textbox', { name: '経費項目1の金額（千円）' }).fill('２，０００');
    await planned.getByRole('textbox', { name: '経費項目2の名称' }).fill('広報費');
    await planned.getByRole('textbox', { name: '経費項目2の金額（千円）' }).fill('約五百');
    await expect(planned.getByText('計算できません').first()).toBeVisible();
    await planned.getByRole('textbox', { name: '経費項目2の金額（千円）' }).fill('500');
    await expect(planned.getByText('2,500', { exact: false }).first()).toBeVisible();
    await expect(
      sakura.page
        .getByRole('group', { name: '予定していた令和6年度の収支' })
        .getByText('2,500')
        .first(),
    ).toBeVisible();

    // 未計測 asks for a reason and a date; the link leads to the field by keyboard.
    const second = frame(sakura.page, '②');
    await second.getByRole('button', { name: /令和6年度末の実績を未計測にする/ }).click();
    await expect(second.getByText('未計測', { exact: true }).first()).toBeVisible();
    const check = sakura.page.getByRole('region', { name: '回答漏れチェック' });
    const kpiRow = check.getByRole('row', { name: /事業のKPI/ });
    await expect(kpiRow).toContainText('計測できなかった理由と、今後の計測時期を書いてください。');
    await kpiRow.getByRole('link').focus();
    await sakura.page.keyboard.press('Enter');
    const reason = second.getByRole('textbox', { name: /計測できなかった理由/ });
    await expect(reason).toBeFocused();
    await sakura.page.keyboard.type('集計が終わっていない。');
    await expect(kpiRow).toContainText('今後の計測時期（例：令和8年9月）を書いてください。');
    await sakura.page.keyboard.type('令和8年9月に計測する。');
    await expect(kpiRow).toContainText('回答済');

    // Over 300 characters is told and kept; far more is not taken in.
    const long = 'あ'.repeat(312);
    await reason.fill(long);
    await expect(second.getByText('312/300字')).toBeVisible();
    await expect(second.getByText(/上限を12字超えています/)).toBeVisible();
    await expect(reason).toHaveValue(long);
    await reason.fill('い'.repeat(50_000));
    await expect(second.getByText(/ここに入る文は2000字までです/)).toBeVisible();
    await expect(reason).toHaveValue(long);
    await reason.fill('集計が終わっていない。令和8年9月に計測する。');

    // A reload keeps everything; the sheet does not have it yet.
    await expectSaved(naoki.page);
    await expectSaved(sakura.page);
    await naoki.page.reload();
    await expectConnected(naoki.page);
    await expect(frame(naoki.page, '①').getByRole('textbox', { name: /取組/ })).toHaveValue(both);
    await expect(planned.getByRole('textbox', { name: '経費項目1の金額（千円）' })).toHaveValue(
      '２，０００',
    );
    const itemId = naoki.page.url().split('/').at(-1) ?? '';
    const edit = `/meetings/${demo.meeting}/setup/items/${itemId}`;
    await expect(state(naoki.page)).toContainText(/反映していない入力 \d+件/);
    await inspectSizes(naoki.page);

    await press(naoki.page, '事業シートに反映する');
    await expect(naoki.page.getByText(/事業シートに反映しました。/)).toBeVisible();
    for (const { page } of [naoki, sakura])
      await expect(state(page)).toContainText('事業シートと同じ内容です');
    await office.page.goto(edit);
    await expect(office.page.getByRole('textbox', { name: '備考' }).first()).toHaveValue(both);

    // The secretariat mends the sheet: the open form follows.
    await office.page
      .getByRole('textbox', { name: '指標', exact: true })
      .first()
      .fill('診療所の数');
    await press(office.page, '保存する');
    await expect(frame(naoki.page, '①').getByRole('textbox', { name: '指標名' })).toHaveValue(
      '診療所の数',
    );

    await end();
  },
);

test(
  'a question is answered in the form; nobody else opens it',
  { tag: '@long' },
  async ({ browser }) => {
    const { demo, office, naoki, third: member, end } = await takeSeats(browser);
    await openForm(naoki.page, /オンライン診療推進事業/);
    const itemId = naoki.page.url().split('/').at(-1) ?? '';

    // A question shows at once, and is answered there; an empty answer is none.
    expect(await ask(office.page, demo, itemId, '受診者が減ったのはなぜですか。')).toMatchObject({
      ok: true,
    });
    const questions = naoki.page.getByRole('region', { name: '質問が届いています' });
    await expect(questions).toContainText('受診者が減ったのはなぜですか。');
    await press(naoki.page, '回答する');
    await expect(questions).toContainText('回答を入力してください。');
    await inspectSizes(naoki.page);
    await questions
      .getByRole('textbox', { name: '質問1への回答' })
      .fill('説明の場が少なかったためです。');
    await press(naoki.page, '回答する');
    await expect(naoki.page.getByText('回答しました。')).toBeVisible();
    await expect(questions).toHaveCount(0);

    // Who has no part in it.
    const own = new URL(naoki.page.url()).pathname;
    await enter(member.page, demo.link('member'));
    expect((await member.page.goto(own))?.status()).toBe(403);
    expect((await member.page.goto(`/meetings/${demo.meeting}/report`))?.status()).toBe(403);
    const list = `/meetings/${demo.meeting}/setup`;
    await office.page.goto(list);
    const other = await office.page
      .getByRole('listitem')
      .filter({ hasText: '結婚支援事業' })
      .getByRole('link', { name: '実施報告書' })
      .getAttribute('href');
    expect((await naoki.page.goto(other ?? ''))?.status()).toBe(403);
    expect((await naoki.page.goto(`${own}x`))?.status()).toBe(404);
    expect((await office.page.goto(other ?? ''))?.status()).toBe(200);
    await expectConnected(office.page);
    await end();
  },
);
