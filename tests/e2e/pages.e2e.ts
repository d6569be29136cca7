/**
 * Every page in its states: axe finds nothing, nothing is wider than the screen, on a desk, on a
 * phone and on the projector. One data folder, one server, all pages.
 */
import { expect, test, type Page } from '@playwright/test';
import { desk, inspect, inspectSizes } from './inspect.ts';
import { conduct, enter, newSeat, press, vote } from './person.ts';
import { startPrepared } from './prepared.ts';
import { dropFolder, newFolder, startDemo, startServer } from './server.ts';

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await inspectSizes(page, path);
}

test('pages before anybody is signed in', async ({ browser }) => {
  const folder = newFolder();
  const server = await startServer(folder);
  const seat = await newSeat(browser, { baseURL: server.url });
  const setup = /http\S+(\/setup\S+)/.exec(server.output())?.[1] ?? '';
  for (const path of ['/login', setup, '/setup?token=wrong', '/invite#wrong', '/enter#wrong']) {
    await visit(seat.page, path);
  }
  await visit(seat.page, '/no-such-page');
  await seat.close();
  await server.stop();
  dropFolder(folder);
});

test('pages of the secretariat', async ({ browser }) => {
  const demo = await startDemo();
  const seat = await newSeat(browser, { baseURL: demo.url });
  await enter(seat.page, demo.link('secretariat'));
  const meeting = `/meetings/${demo.meeting}`;
  for (const path of [
    '/',
    '/meetings/new',
    `${meeting}/setup`,
    `${meeting}/setup/members`,
    `${meeting}/setup/criteria`,
    `${meeting}/setup/documents`,
    `${meeting}/setup/preview`,
    `${meeting}/report`,
    `${meeting}/import`,
    `${meeting}/results`,
    `${meeting}/results/cp932`,
    `${meeting}/results/print?shape=report-form`,
    `${meeting}/results/print?shape=progress-report`,
    `${meeting}/history`,
    `${meeting}/minutes`,
    // Pages of after a meeting, before there is anything on them.
    `${meeting}/record`,
    `${meeting}/replies`,
    `${meeting}/consistency`,
    '/meetings/unknown',
    '/public/unknown',
  ]) {
    await visit(seat.page, path);
  }
  await seat.close();
  await demo.stop();
});

test(
  'a table nobody knows: its columns are named by hand, and remembered for the next file',
  { tag: '@long' },
  async ({ browser }) => {
    const demo = await startDemo();
    const seat = await newSeat(browser, { baseURL: demo.url });
    const { page } = seat;
    await enter(page, demo.link('secretariat'));
    const table = (year: string) =>
      [
        ['取組のなまえ', 'ものさし', `${year}めざす数`, `${year}できた数`],
        ['まちの窓口', '相談件数', '10件', '9件'],
        ['', '移住者数', '2人', '3人'],
      ]
        .map((row) => row.join('\t'))
        .join('\n');
    const choose = async (name: string, text: string) => {
      await page.goto(`/meetings/${demo.meeting}/import`);
      const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
      await page.getByLabel('ファイルを選ぶ').setInputFiles(file);
      await page.getByRole('button', { name: '内容を確認する' }).click();
    };

    await choose('取組.tsv', table('R6年度'));
    await page.getByRole('button', { name: '列を自分で指定する' }).click();
    await expect(page.getByRole('region', { name: '列の指定' })).toBeVisible();
    const columns = ['事業名', '指標（KPI）', '目標', '実績'];
    for (const [index, role] of columns.entries()) {
      const column = page.getByLabel(new RegExp(`^${'ABCD'[index]}列.*の内容$`));
      await column.selectOption({ label: role });
    }
    for (const letter of ['C', 'D']) {
      await page
        .getByLabel(new RegExp(`^${letter}列.*の年度$`))
        .selectOption({ label: '令和6年度' });
    }
    const preview = page.getByRole('table', { name: '取り込み内容' });
    await expect(preview.getByText('まちの窓口')).toBeVisible();
    await inspectSizes(page, 'the columns');
    await page.getByRole('button', { name: '取り込みを確定する' }).click();
    await page.waitForURL(/\/setup/);

    await choose('取組（翌年度）.tsv', table('R7年度'));
    await expect(page.getByText(/前に「取組\.tsv」.*で指定した列/)).toBeVisible();
    await expect(preview.getByRole('columnheader', { name: /R7年度/ }).first()).toBeVisible();
    await inspect(page, 'the remembered columns');
    await page.getByRole('button', { name: '覚えた指定を消す' }).click();
    await expect(page.getByText('覚えた列の指定を消しました。')).toBeVisible();
    await choose('取組（翌年度）.tsv', table('R7年度'));
    await expect(page.getByRole('button', { name: '列を自分で指定する' })).toBeVisible();
    await seat.close();
    await demo.stop();
  },
);

test('the room and the projector in every state of an item', async ({ browser }) => {
  const demo = await startDemo();
  const chair = await newSeat(browser, { baseURL: demo.url });
  const member = await newSeat(browser, { baseURL: demo.url });
  const observer = await newSeat(browser, { baseURL: demo.url });
  const seats = { chair, member, observer };
  for (const [role, seat] of Object.entries(seats)) await enter(seat.page, demo.link(role));
  const projector = await observer.page.context().newPage();
  await projector.setViewportSize({ width: 1280, height: 720 });
  await projector.goto(`/meetings/${demo.meeting}/screen`);
  const look = async (state: string, projected: string) => {
    // An observer has the page of a member, less what is in it to do.
    for (const role of ['chair', 'member'] as const) {
      await inspectSizes(seats[role].page, `${state} for ${role}`);
    }
    await expect(projector.getByRole('heading').first()).toBeVisible();
    await expect(projector.getByText(projected).first()).toBeVisible();
    await inspect(projector, `${state} on the projector`);
    const scrolls = await projector.evaluate(
      () => document.documentElement.scrollHeight > window.innerHeight,
    );
    expect(scrolls, `${state} on the projector scrolls`).toBe(false);
  };
  await look('準備中', 'まもなく開会します');
  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');
  await expect(member.page.getByRole('textbox', { name: '【R6実績について】' })).toBeVisible();
  await look('審議中', '審議中です');
  await conduct(chair.page, '投票を始める');
  await expect(member.page.getByRole('region', { name: '投票', exact: true })).toContainText(
    '締め切りまで変更できます',
  );
  await look('投票中', '投票中です');
  await vote(member.page, '地方創生に効果があった');
  await conduct(chair.page, '投票を締め切る');
  await conduct(chair.page, '結果を表示する');
  await expect(member.page.getByRole('region', { name: '投票結果' })).toBeVisible();
  await look('結果表示', '（1票）');
  await conduct(chair.page, '評価を確定する');
  await expect(member.page.getByText('この議題は確定済み').first()).toBeVisible();
  await look('確定', '確定');
  for (const seat of Object.values(seats)) await seat.close();
  await demo.stop();
});

test('事前評価 of the secretariat, a member and a section', async ({ browser }) => {
  const demo = await startDemo();
  const office = await newSeat(browser, { baseURL: demo.url });
  const member = await newSeat(browser, { baseURL: demo.url });
  const section = await newSeat(browser, { baseURL: demo.url });
  await enter(office.page, demo.link('secretariat'));
  await office.page.goto(`/meetings/${demo.meeting}/setup`);
  await office.page.getByRole('button', { name: '事前評価を始める' }).click();
  await expect(office.page.getByText('事前評価を始めました。')).toBeVisible();
  await visit(office.page, `/meetings/${demo.meeting}/setup/preview`);
  await enter(member.page, demo.link('member'));
  await enter(section.page, demo.link('section'));
  for (const { page } of [member, section]) {
    await inspectSizes(page, '事前評価');
    await page.setViewportSize(desk);
  }
  await section.page.getByRole('button', { name: '自己評価を書く' }).click();
  await inspect(section.page, 'a section writes its own rating');
  for (const seat of [office, member, section]) await seat.close();
  await demo.stop();
});

test(
  'the dialogs of the room, and a decision whose criterion asks for a reason',
  { tag: '@long' },
  async ({ browser }) => {
    const room = await startPrepared({}, async (meeting, act) => {
      const criteria = meeting.criteria.map((each) => ({ ...each, asksReason: true }));
      await act('secretariat', 0, { type: 'changeCriteria', criteria });
      const present = meeting.participants.map(({ id }) => id);
      await act('chair', 0, { type: 'openMeeting', present });
      const [item] = meeting.items;
      if (!item) throw new Error('the sample lacks an item');
      const { id: itemId, sheet } = item;
      const kpis = Array.from({ length: 5 }, () => sheet.kpis).flat();
      const name = '広域連携人材育成確保定着支援体制構築強化促進事業'.repeat(2);
      await act('secretariat', 0, { type: 'changeItem', itemId, sheet: { ...sheet, name, kpis } });
      await act('chair', 0, { type: 'startItem', itemId });
    });
    const chair = await newSeat(browser, { baseURL: room.url });
    const member = await newSeat(browser, { baseURL: room.url });
    await enter(chair.page, room.link('chair'));
    await enter(member.page, room.link('member'));
    for (const { page } of [chair, member]) await page.setViewportSize(desk);
    const projector = await chair.page.context().newPage();
    await projector.setViewportSize({ width: 1280, height: 720 });
    await projector.goto(`/meetings/${room.meeting}/screen`);
    /** Nobody can scroll a wall: what stands last must not be cut off. */
    const fits = (last: string) =>
      expect(projector.getByText(last, { exact: true }).last()).toBeInViewport({ ratio: 1 });
    await fits('ほか10件の指標');

    /** At every size; left with Escape, which gives the focus back. */
    const looked = async (page: Page, name: string) => {
      const dialog = page.getByRole('dialog');
      await expect(dialog).toBeVisible();
      await inspectSizes(page, name);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    };
    const asked = async (page: Page, button: string) => {
      await press(page, button);
      await looked(page, button);
      await expect(page.getByRole('button', { name: button, exact: true })).toBeFocused();
    };
    await asked(member.page, '除斥を申し出る');
    await asked(member.page, 'キーボード操作');
    await asked(chair.page, '除斥の記録');
    await asked(chair.page, '継続審議とする');
    await press(chair.page, '出席の変更');
    await expect(chair.page.getByRole('checkbox').first()).toBeFocused();
    await chair.page.getByText('予定時間', { exact: true }).click();
    await inspectSizes(chair.page, 'attendance and plan');
    await press(chair.page, 'やめる');

    await press(member.page, '挙手');
    await press(chair.page, '田中 誠さんに発言を許可');
    await inspectSizes(chair.page, 'somebody speaks');
    await inspectSizes(member.page, 'the own turn');
    await conduct(chair.page, '投票を始める');
    await fits('効果がなかった');
    await asked(chair.page, '書面の投票を受け付ける');
    await vote(member.page, '地方創生に効果があった');
    await conduct(chair.page, '投票を締め切る');
    await conduct(chair.page, '結果を表示する');
    await fits('棄権 0');
    const reason = chair.page.getByRole('textbox', { name: '事業効果に対する評価の理由' });
    await expect(reason).toBeVisible();
    await inspectSizes(chair.page, 'a decision that owes a reason');
    await reason.fill('来場者が目標を上回ったため。');
    await conduct(chair.page, '評価を確定する');
    await expect(member.page.getByText('理由：来場者が目標を上回ったため。')).toBeVisible();
    await inspectSizes(member.page, 'a decision with its reason');
    await asked(chair.page, '確定を取り消す');
    for (const seat of [chair, member]) await seat.close();
    await room.end();
  },
);
