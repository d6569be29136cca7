/**
 * The three legal modes in real browsers: 合議 with an objection, 意見聴取 with the chair standing
 * aside, 採決 with a secret ballot, a recused member, a paper ballot and a tie; and 書面開催.
 */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { inspect } from './inspect.ts';
import { conduct, enter, newSeat, press, type Seat } from './person.ts';
import { startPrepared, type Prepared } from './prepared.ts';

const effect = '事業効果に対する評価';
const very = '地方創生に非常に効果があった';
const fairly = '地方創生に相当程度効果があった';

async function seat(browser: Browser, server: Prepared, role: string, nth = 0): Promise<Seat> {
  const taken = await newSeat(browser, { baseURL: server.url });
  await enter(taken.page, server.link(role, nth));
  return taken;
}

const choose = (page: Page, within: string, option: string) =>
  page
    .getByRole('region', { name: within })
    .getByRole('radiogroup', { name: effect })
    .getByRole('radio', { name: option })
    .check();

/** A question with a reason, answered. */
async function giveReason(page: Page, label: string, reason: string, yes: string) {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: label }).fill(reason);
  await dialog.getByRole('button', { name: yes, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test(
  '合議: the chair sums up, a member objects and withdraws, it is decided 異議なし',
  { tag: '@long' },
  async ({ browser }) => {
    const server = await startPrepared({ mode: 'consensus' });
    const chair = await seat(browser, server, 'chair');
    const member = await seat(browser, server, 'member');
    const other = await seat(browser, server, 'member', 1);
    await conduct(chair.page, '会議を開く');
    await conduct(chair.page, 'この議題を始める');
    await expect(chair.page.getByRole('button', { name: '投票を始める' })).toHaveCount(0);

    await press(member.page, '挙手');
    await press(chair.page, '田中 誠さんに発言を許可');
    await expect(other.page.getByText('発言中：田中 誠')).toBeVisible();
    await expect(member.page.getByRole('region', { name: '発言者リスト' })).toContainText(
      'あなたの発言の番です。',
    );
    await press(chair.page, '発言を終える');

    await choose(chair.page, '進行', fairly);
    await conduct(chair.page, 'まとめ案を示す');
    const proposal = other.page.getByRole('region', { name: '会長のまとめ案' });
    await expect(proposal).toContainText(fairly);
    await press(other.page, '異議を述べる');
    await giveReason(other.page, '異議の理由', '実績の伸びが目標に届いていない。', '異議を述べる');
    await expect(member.page.getByRole('list', { name: '異議' })).toContainText(
      '目標に届いていない',
    );
    await expect(chair.page.getByLabel('決定の方法')).toHaveValue('chairJudgement');
    await inspect(chair.page, 'an objection for the chair');
    await inspect(other.page, 'an objection for a member');
    await press(other.page, '異議を取り下げる');
    await expect(member.page.getByText('異議は出ていません。')).toBeVisible();
    await chair.page.getByLabel('決定の方法').selectOption('noObjection');
    await conduct(chair.page, '評価を確定する');
    await expect(member.page.getByRole('region', { name: '確定した評価' })).toContainText(
      '異議なし',
    );

    await conduct(chair.page, '休憩する');
    await expect(member.page.getByText(/^休憩中（/)).toBeVisible();
    await inspect(member.page, 'a break');
    await conduct(chair.page, '会議を再開する');
    await expect(member.page.getByText(/^休憩中（/)).toHaveCount(0);
    for (const each of [chair, member, other]) await each.close();
    await server.end();
  },
);

test(
  '意見聴取: individual ratings and no resolution; the vice chair conducts where the chair stands aside',
  { tag: '@long' },
  async ({ browser }) => {
    const server = await startPrepared({ mode: 'hearing' }, async (meeting, act) => {
      const [first] = meeting.items;
      const [criterion] = meeting.criteria;
      const [option] = criterion?.options ?? [];
      const vice = meeting.participants.findLast(({ role }) => role === 'member');
      if (!first || !criterion || !option || !vice) throw new Error('the sample lacks something');
      const { name, affiliation } = vice;
      await act('secretariat', 0, {
        type: 'changeParticipant',
        participantId: vice.id,
        seat: { name, affiliation, role: 'viceChair' },
      });
      await act('secretariat', 0, { type: 'startPreview' });
      await act('member', 0, {
        type: 'ratePrivately',
        itemId: first.id,
        choices: [{ criterionId: criterion.id, optionId: option.id }],
      });
      await act('secretariat', 0, { type: 'setTimer', itemId: first.id, minutes: 20 });
    });
    const chair = await seat(browser, server, 'chair');
    const vice = await seat(browser, server, 'member', 3);
    const member = await seat(browser, server, 'member');
    await conduct(chair.page, '会議を開く');
    await conduct(chair.page, 'この議題を始める');
    await expect(member.page.getByText(/^残り (19|20):/)).toBeVisible();
    await conduct(chair.page, '事前評価の分布を表示する');
    await expect(member.page.getByRole('region', { name: '事前評価', exact: true })).toContainText(
      '1人',
    );

    await press(chair.page, '除斥を申し出る');
    await giveReason(chair.page, '除斥の理由', '受託者の役員を兼ねるため。', '除斥を申し出る');
    await expect(chair.page.getByRole('region', { name: '除斥' })).toContainText(
      '除斥となっています',
    );
    await inspect(chair.page, 'standing aside');
    await expect(chair.page.getByRole('region', { name: '進行' })).toHaveCount(0);
    await expect(
      member.page.getByText(/会長が除斥のため、この議題は.*が進行します。/),
    ).toBeVisible();

    await conduct(vice.page, '個別評価を始める');
    await choose(member.page, '個別評価', very);
    await press(member.page, '評価を提出する');
    await expect(vice.page.getByText(/人中1人が提出/).first()).toBeVisible();
    await expect(chair.page.getByText(/人中1人が提出/)).toHaveCount(0);
    await conduct(vice.page, '個別評価を締め切る');
    await conduct(vice.page, '個別評価を表示する');
    await conduct(vice.page, '意見聴取を終える');
    await expect(member.page.getByRole('region', { name: '意見聴取の終了' })).toBeVisible();
    // What was hidden from the chair is there now, and the gavel is back.
    await expect(chair.page.getByRole('region', { name: '個別評価の結果' })).toBeVisible();
    await conduct(chair.page, '次の議題へ');
    for (const each of [chair, vice, member]) await each.close();
    await server.end();
  },
);

test('採決: a secret ballot with a recused member, a paper ballot and a tie broken by the chair', async ({
  browser,
}) => {
  const server = await startPrepared({ chairVotes: false });
  const chair = await seat(browser, server, 'chair');
  const office = await seat(browser, server, 'secretariat');
  const voter = await seat(browser, server, 'member');
  const recused = await seat(browser, server, 'member', 2);
  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, 'この議題を始める');
  // Four members may vote; without two of them a tie is near.
  await press(recused.page, '除斥を申し出る');
  await giveReason(recused.page, '除斥の理由', '関係団体の役員のため。', '除斥を申し出る');
  await chair.page
    .getByRole('region', { name: '進行' })
    .getByRole('button', { name: '除斥の記録' })
    .click();
  const dialog = chair.page.getByRole('dialog');
  await dialog.getByLabel('除斥となる人').selectOption({ label: '中村 彩' });
  await dialog.getByRole('textbox', { name: '除斥の理由' }).fill('配偶者が勤務するため。');
  await dialog.getByRole('button', { name: '除斥を記録する' }).click();

  await chair.page.getByRole('radio', { name: '無記名' }).check();
  await expect(chair.page.getByText(/委員が5人の会議では/)).toBeVisible();
  await conduct(chair.page, '投票を始める');
  await choose(voter.page, '投票', very);
  await press(voter.page, '投票する');
  await expect(office.page.getByText('2人中1人が投票').first()).toBeVisible();
  await expect(office.page.getByRole('list', { name: '投票の状況' })).toHaveCount(0);
  await expect(recused.page.getByText(/人中1人が投票/)).toHaveCount(0);

  await press(office.page, '書面の投票を受け付ける');
  const paper = office.page.getByRole('dialog');
  await paper.getByLabel('投票した人').selectOption({ label: '鈴木 陽子' });
  await paper.getByRole('radio', { name: fairly }).check();
  await press(office.page, '受け付ける');
  await expect(office.page.getByText('鈴木 陽子 （書面・確認待ち）')).toBeVisible();
  await inspect(office.page, 'a paper ballot that waits');
  // Another reading is refused in words, the same reading counts.
  await conduct(chair.page, '鈴木 陽子さんの書面を確認する');
  const check = chair.page.getByRole('dialog');
  await check.getByRole('radio', { name: very }).check();
  await press(chair.page, '一致を確かめる');
  await expect(check.getByText('1人目の読み取りと一致しません。')).toBeVisible();
  await inspect(chair.page, 'a paper ballot that differs');
  await check.getByRole('radio', { name: fairly }).check();
  await press(chair.page, '一致を確かめる');
  await expect(office.page.getByText('2人中2人が投票').first()).toBeVisible();

  await conduct(chair.page, '投票を締め切る');
  await conduct(chair.page, '結果を表示する');
  const result = voter.page.getByRole('region', { name: '投票結果' });
  await expect(result).toContainText('無記名');
  await expect(result.getByText('投票者ごとの内訳')).toHaveCount(0);
  const console_ = chair.page.getByRole('region', { name: '進行' });
  await console_.getByRole('radiogroup', { name: '可否同数の決裁' }).getByLabel(fairly).check();
  await console_.getByRole('textbox', { name: '決裁の理由' }).fill('目標との差を重くみた。');
  await inspect(chair.page, 'a tie');
  await conduct(chair.page, '可否同数を決裁する');
  await conduct(chair.page, '評価を確定する');
  await expect(voter.page.getByRole('region', { name: '確定した評価' })).toContainText(
    '可否同数のため会長',
  );
  await expect(recused.page.getByRole('region', { name: '投票結果' })).toContainText('目標との差');
  for (const each of [chair, office, voter, recused]) await each.close();
  await server.end();
});

test('書面開催: all items at once, each member sees what is left, one is decided after the other', async ({
  browser,
}) => {
  const server = await startPrepared({ gathering: 'circulated', quorumRule: 'halfOrMore' });
  const chair = await seat(browser, server, 'chair');
  const member = await seat(browser, server, 'member');
  await conduct(chair.page, '会議を開く');
  await conduct(chair.page, '全議題の投票を始める');
  await expect(member.page.getByText('投票していない議題があと9件あります。')).toBeVisible();
  await choose(member.page, '投票', very);
  await press(member.page, '投票する');
  await expect(member.page.getByText('投票していない議題があと8件あります。')).toBeVisible();
  await inspect(member.page, 'a circulated meeting');
  await conduct(chair.page, '投票を締め切る');
  await conduct(chair.page, '結果を表示する');
  await expect(member.page.getByRole('region', { name: '投票結果' })).toBeVisible();
  for (const each of [chair, member]) await each.close();
  await server.end();
});
