/** A year's round, in the room: what every legal mode has in common, from the opening to the closing. */
import { expect, type Page } from '@playwright/test';
import {
  aside,
  choose,
  deferred,
  fairly,
  first,
  last,
  look,
  lookInEnglish,
  lookUp,
  region,
  very,
  type Council,
} from './council.ts';
import { conduct, confirm, expectSaved, heading, press, write } from './person.ts';
import { drafted } from './yearbefore.ts';

export const results = '【R6実績について】';
const future = '【今後の方針等について】';
export const opinion = '来場者の伸びを評価する。';

export const console_ = (page: Page) => region(page, '進行');

export async function open({ chair, member, projector, observer }: Council): Promise<void> {
  await lookUp(projector, 'projector before');
  const quorum = console_(chair).getByRole('status');
  await expect(quorum).toContainText('出席 6人／委員 6人。定足数（4人）を満たします。');
  for (const name of ['鈴木 陽子', '山本 健', '中村 彩']) {
    await console_(chair).getByRole('checkbox', { name }).uncheck();
  }
  await expect(quorum).toContainText('定足数（4人）に足りません。');
  await look(chair, 'opening without quorum');
  for (const name of ['鈴木 陽子', '山本 健', '中村 彩']) {
    await console_(chair).getByRole('checkbox', { name }).check();
  }
  await conduct(chair, '会議を開く');
  await expect(projector.getByText('定足数を満たしています')).toBeVisible();
  await lookUp(projector, 'projector opened');
  await look(observer, 'observer');
  await conduct(chair, 'この議題を始める');
  await expect(projector.getByRole('heading', { name: first })).toBeVisible();
  await expect(region(member, '発言者リスト')).toBeVisible();
}

/** Time, floor, opinions, a draft of the preview, and what the preview came to. */
export async function discuss(council: Council, roundZero: boolean): Promise<void> {
  const { chair, member, other, recused, section, projector } = council;
  await console_(chair).getByText('予定時間', { exact: true }).click();
  await console_(chair).getByLabel('予定時間（分）').fill('20');
  await press(chair, '予定時間を保存する');
  await expect(member.getByText(/^残り (19|20):/)).toBeVisible();

  await press(member, '挙手');
  await expect(projector.getByText('挙手：田中 誠')).toBeVisible();
  await press(chair, '田中 誠さんに発言を許可');
  await expect(region(member, '発言者リスト')).toContainText('あなたの発言の番です。');
  await expect(projector.getByText('発言中：田中 誠')).toBeVisible();
  await lookUp(projector, 'projector discussing');
  await press(chair, '発言を終える');

  await write(member, results, opinion);
  await expect(heading(other, results)).toContainText(opinion);
  await heading(other, results).click();
  await other.keyboard.press('ControlOrMeta+End');
  await other.keyboard.type('会場を増やす余地がある。');
  await expect(heading(member, results)).toContainText(`${opinion}会場を増やす余地がある。`);
  await expectSaved(other);
  await press(member, `${future}：この下書きを意見に載せる`);
  await expect(heading(other, future)).toContainText(drafted);
  await expect(heading(recused, results)).toHaveCount(0);
  if (roundZero) {
    await conduct(chair, '事前評価の分布を表示する');
    await expect(region(other, '事前評価')).toContainText('3人の事前評価の分布です');
    await expect(region(recused, '事前評価')).toHaveCount(0);
  }
  await look(chair, 'discussing chair');
  await look(member, 'discussing member');
  await look(recused, 'discussing recused');
  await look(section, 'discussing section');
}

/** A break, then the item that is put off. */
export async function pause({ chair, member, projector }: Council): Promise<void> {
  await conduct(chair, '休憩する');
  await expect(member.getByText(/^休憩中（/)).toBeVisible();
  await expect(projector.getByRole('heading', { name: '休憩中です' })).toBeVisible();
  await lookUp(projector, 'projector break');
  await look(member, 'break');
  await look(chair, 'break chair');
  await conduct(chair, '会議を再開する');
  await expect(projector.getByRole('heading', { name: '休憩中です' })).toHaveCount(0);

  await conduct(chair, '次の議題へ');
  await expect(projector.getByRole('heading', { name: deferred })).toBeVisible();
  await conduct(chair, '継続審議とする');
  await chair.getByRole('dialog').getByRole('textbox').fill('移住の調査がまだ出ていない。');
  await confirm(chair, '継続審議とする');
  await expect(projector.getByText(/継続(審議)?となりました/)).toBeVisible();
  await lookUp(projector, 'projector deferred');
}

/** The chair stands aside from the next item: the vice chair takes it up and conducts it. */
export async function handOver({ chair, vice, member, projector }: Council): Promise<void> {
  await expect(console_(chair)).toContainText('会長は除斥のため、佐々木 進さんが進行します。');
  await look(chair, 'next item without the chair');
  await conduct(chair, '次の議題へ');
  await expect(projector.getByRole('heading', { name: aside })).toBeVisible();
  await expect(
    member.getByText('会長が除斥のため、この議題は佐々木 進さん（副会長）が進行します。'),
  ).toBeVisible();
  await expect(console_(chair)).toHaveCount(0);
  await look(chair, 'chair standing aside');
  await look(vice, 'vice chair conducting');
}

/** 鈴木 陽子 votes on paper: the secretariat takes it in, the chair reads the same from it. */
export async function paper({ chair, office, room }: Council, ballot: string): Promise<void> {
  await office.goto(room);
  await press(office, '書面の投票を受け付ける');
  const taking = office.getByRole('dialog');
  await taking.getByLabel('投票した人').selectOption({ label: '鈴木 陽子' });
  await choose(taking, fairly);
  await look(office, 'paper');
  await press(office, '受け付ける');
  await conduct(chair, '鈴木 陽子さんの書面を確認する');
  const reading = chair.getByRole('dialog');
  await choose(reading, very);
  await press(chair, '一致を確かめる');
  await expect(reading.getByText('1人目の読み取りと一致しません。')).toBeVisible();
  await look(chair, 'paper differs');
  await choose(reading, fairly);
  await press(chair, '一致を確かめる');
  await expect(reading).toBeHidden();
  await expect(
    region(office, ballot)
      .getByText(/4人中4人が/)
      .first(),
  ).toBeVisible();
}

/** Before closing, the ratings are looked at side by side; then it is over. */
export async function close(council: Council, rated: boolean): Promise<void> {
  const { chair, member, office, projector } = council;
  await look(chair, 'before closing');
  await lookInEnglish(chair, 'before closing');
  await lookInEnglish(member, 'last item');
  const board = console_(chair).getByRole('link', { name: '整合の確認' });
  if (rated) {
    await board.click();
    await expect(chair.getByRole('heading', { name: '整合の確認', level: 1 })).toBeVisible();
    const finding = region(chair, '同じKPIで評価が違う').getByRole('table');
    await expect(finding).toContainText(aside);
    await expect(finding).toContainText(last);
    await look(chair, 'consistency');
    await chair.getByRole('link', { name: '会議室へ戻る' }).click();
  } else {
    await expect(board).toHaveCount(0);
  }
  await conduct(chair, '閉会する');
  await look(chair, 'closing');
  await confirm(chair, '閉会する');
  await expect(projector.getByRole('heading', { name: '閉会しました' })).toBeVisible();
  await lookUp(projector, 'projector closed');
  await look(member, 'closed member');
  await office.goto(council.room);
  await look(office, 'closed office');
}
