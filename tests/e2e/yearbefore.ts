/** A year's round, before the meeting: 事前評価 with its private ratings, drafts, questions and 除斥. */
import { expect, type Page } from '@playwright/test';
import {
  aside,
  choose,
  fairly,
  first,
  giveReason,
  look,
  lookAt,
  lookInEnglish,
  region,
  some,
  type Council,
} from './council.ts';
import { press } from './person.ts';

const guide = (page: Page) => region(page, 'KPIからみた目安');

export const drafted = '応募者の年齢層を広げたい。';

async function rate(page: Page, option: string): Promise<void> {
  const own = region(page, '自分の事前評価');
  await choose(own, option);
  await press(page, '評価を保存する');
  await expect(own.getByText('保存済み', { exact: true })).toBeVisible();
}

export async function preview(council: Council): Promise<void> {
  const { room, chair, vice, member, recused, other, office, section, observer } = council;
  await office.goto(`${room}/setup`);
  await look(office, 'setup items');
  await press(office, '事前評価を始める');
  await expect(office.getByText('6人中0人が、すべての議題を評価しました。')).toBeVisible();

  // The level that the KPIs suggest comes after the own rating, never before.
  await expect(guide(member)).toHaveCount(0);
  await look(member, 'preview unrated');
  await rate(member, fairly);
  await expect(guide(member)).toBeVisible();
  await expect(guide(other)).toHaveCount(0);
  await rate(other, some);
  await rate(vice, fairly);
  const draft = member.getByRole('textbox', { name: '【今後の方針等について】の下書き' });
  await draft.fill(drafted);
  await expect(member.getByText('下書き：保存済み')).toBeVisible();

  await press(member, '質問を書く');
  await member
    .getByRole('textbox', { name: '質問の内容' })
    .fill('来場者の市外の割合はどれほどですか。');
  await look(member, 'preview asking');
  await press(member, '質問を送る');
  const questions = region(section, '質問と回答');
  await expect(questions).toContainText('来場者の市外の割合は');
  await look(section, 'preview section');
  await questions.getByRole('textbox', { name: '質問1への回答' }).fill('約3割です。');
  await press(section, '回答する');
  await expect(region(member, '質問と回答')).toContainText('約3割です。');

  await press(section, '自己評価を書く');
  const self = region(section, '所管課の自己評価');
  await choose(self, fairly);
  await self.getByRole('textbox', { name: '根拠' }).fill('来場者数が目標を上回ったため。');
  await look(section, 'preview self-rating');
  await press(section, '自己評価を保存する');
  await expect(region(member, '所管課の自己評価')).toContainText('来場者数が目標を上回ったため。');
  await look(member, 'preview rated');

  // Who stands aside says so in advance: one member from the first item, the chair from the third.
  await press(recused, '除斥を申し出る');
  await giveReason(recused, '除斥の理由', '関係団体の役員のため。', '除斥を申し出る');
  await expect(region(recused, '除斥')).toContainText('除斥となっています');
  await expect(region(recused, '自分の事前評価')).toHaveCount(0);
  await look(recused, 'preview standing aside');
  await lookAt(chair, aside);
  await press(chair, '除斥を申し出る');
  await giveReason(chair, '除斥の理由', '受託者の役員を兼ねるため。', '除斥を申し出る');
  await expect(region(chair, '除斥')).toContainText('除斥となっています');
  await lookAt(chair, first);
  // Standing aside hides an item, and nobody: they see each other as before.
  for (const page of [chair, recused, member]) {
    const people = page.getByRole('list', { name: '参加者' });
    for (const name of ['高橋 恵子', '山本 健', '田中 誠'])
      await expect(people).toContainText(name);
  }
  await look(chair, 'preview chair');
  await look(observer, 'preview observer');

  // Who has answered, never what; and a text for who has not.
  await office.reload();
  const matrix = office.getByRole('table', { name: '回答の状況' });
  await expect(matrix.getByText('評価済', { exact: true })).toHaveCount(3);
  await expect(matrix.getByText('除斥', { exact: true })).toHaveCount(2);
  const reminder = office.getByRole('listitem').filter({ hasText: '鈴木 陽子さんへの文面' });
  await reminder.getByText('鈴木 陽子さんへの文面').first().click();
  await expect(reminder).toContainText(`1-1「${first}」`);
  for (const secret of [fairly, some, drafted]) {
    await expect(office.locator('main')).not.toContainText(secret);
  }
  await look(office, 'preview answers');
  await lookInEnglish(office, 'preview answers');
  await lookInEnglish(section, 'preview section');
  await lookInEnglish(other, 'preview rated');
}
