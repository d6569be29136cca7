/**
 * A year's round per legal mode, from the preview to the public page and next year's meeting, each
 * with a whole council, section, secretariat, observer and projector in browsers of their own.
 */
import { expect, test } from '@playwright/test';
import {
  choose,
  fairly,
  gather,
  giveReason,
  look,
  lookUp,
  region,
  some,
  very,
  type Council,
} from './council.ts';
import { conduct, press } from './person.ts';
import { answerOpinions, correct, minutes, nextYear, publish, verify } from './yearafter.ts';
import { preview } from './yearbefore.ts';
import { close, console_, discuss, handOver, open, paper, pause } from './yearroom.ts';

const long = { tag: '@long' };
test.describe.configure({ timeout: 900_000 });

/** @param rating what was decided of the first item; in 意見聴取 nothing was */
async function afterwards(council: Council, rating: string | null): Promise<void> {
  await minutes(council);
  await correct(council);
  await answerOpinions(council, rating);
  await publish(council, rating);
  await verify(council);
  await nextYear(council, rating);
}

test('採決: a secret ballot with paper, a tie the chair breaks', long, async ({ browser }) => {
  const council = await gather(browser, { mode: 'vote' });
  const { chair, vice, member, other, recused, office, observer, projector } = council;
  await preview(council);
  await open(council);
  await discuss(council, true);

  // Four may vote: the chair has no vote of his own, one member stands aside.
  await console_(chair).getByRole('radio', { name: '無記名' }).check();
  await conduct(chair, '投票を始める');
  for (const [page, level] of [
    [member, very],
    [vice, very],
    [other, fairly],
  ] as const) {
    await choose(region(page, '投票'), level);
    if (page === member) await look(member, 'ballot');
    await press(page, '投票する');
    await expect(
      page.getByText('投票済み', { exact: true }).filter({ visible: true }).first(),
    ).toBeVisible();
  }
  await expect(projector.getByText('4人中3人が投票').first()).toBeVisible();
  await expect(recused.getByText(/人中.人が投票/)).toHaveCount(0);
  await expect(office.getByRole('list', { name: '投票の状況' })).toHaveCount(0);
  await lookUp(projector, 'projector voting');
  await paper(council, '投票');
  await expect(projector.getByText('全員が投票しました')).toBeVisible();
  await look(chair, 'all voted');
  await conduct(chair, '投票を締め切る');
  await lookUp(projector, 'projector counted');
  await conduct(chair, '結果を表示する');
  const result = region(member, '投票結果');
  await expect(result).toContainText('無記名');
  await expect(result.getByText('投票者ごとの内訳')).toHaveCount(0);
  await lookUp(projector, 'projector tie');
  const tie = console_(chair);
  await tie.getByRole('radiogroup', { name: '可否同数の決裁' }).getByLabel(very).check();
  await tie.getByRole('textbox', { name: '決裁の理由' }).fill('目標を三つとも上回った。');
  await look(chair, 'tie');
  await conduct(chair, '可否同数を決裁する');
  await conduct(chair, '評価を確定する');
  await expect(region(member, '確定した評価')).toContainText('可否同数のため会長');
  await expect(region(recused, '投票結果')).toBeVisible();
  await lookUp(projector, 'projector decided');
  await look(member, 'decided');
  await look(observer, 'observer decided');

  await pause(council);
  await handOver(council);
  await console_(vice).getByRole('radio', { name: '記名', exact: true }).check();
  await conduct(vice, '投票を始める');
  for (const page of [member, other, recused, vice]) {
    await choose(region(page, '投票'), very);
    await press(page, '投票する');
  }
  await expect(console_(vice)).toContainText('あと1人（鈴木 陽子）');
  await expect(chair.getByText(/人中.人が投票/)).toHaveCount(0);
  await conduct(vice, '投票を締め切る');
  await conduct(vice, '結果を表示する');
  await look(vice, 'result vice');
  await conduct(vice, '評価を確定する');
  await expect(region(chair, '確定した評価')).toContainText('全会一致');

  // The chair has the gavel again; nobody asks for a ballot.
  await conduct(chair, '次の議題へ');
  await console_(chair).getByText('投票を行わずに確定', { exact: true }).click();
  await choose(console_(chair), some);
  await console_(chair).getByLabel('決定の方法').selectOption('noObjection');
  await look(chair, 'without a ballot');
  await conduct(chair, '評価を確定する');
  await expect(region(member, '確定した評価')).toContainText('異議なし');
  await close(council, true);
  await afterwards(council, very);
  await council.leave();
});

test('合議: a summing-up, an objection, its withdrawal, 異議なし', long, async ({ browser }) => {
  const council = await gather(browser, { mode: 'consensus' });
  const { chair, vice, member, other, recused, projector } = council;
  await preview(council);
  await open(council);
  await discuss(council, false);
  await expect(chair.getByRole('button', { name: '投票を始める' })).toHaveCount(0);

  await choose(console_(chair), fairly);
  await conduct(chair, 'まとめ案を示す');
  await expect(region(other, '会長のまとめ案')).toContainText(fairly);
  await expect(region(recused, '会長のまとめ案')).toHaveCount(0);
  await lookUp(projector, 'projector proposal');
  await press(other, '異議を述べる');
  await giveReason(other, '異議の理由', '応募の数が足りない。', '異議を述べる');
  await expect(member.getByRole('list', { name: '異議' })).toContainText('応募の数が足りない。');
  await look(chair, 'objection chair');
  await look(other, 'objection');
  await press(other, '異議を取り下げる');
  await expect(region(member, '会長のまとめ案')).toContainText('異議は出ていません。');
  await console_(chair).getByLabel('決定の方法').selectOption('noObjection');
  await look(chair, 'deciding by consensus');
  await conduct(chair, '評価を確定する');
  await expect(region(member, '確定した評価')).toContainText('異議なし');
  await expect(region(recused, '確定した評価')).toContainText(fairly);
  await lookUp(projector, 'projector decided');

  await pause(council);
  await handOver(council);
  await choose(console_(vice), very);
  await conduct(vice, 'まとめ案を示す');
  await expect(region(member, '会長のまとめ案')).toContainText(very);
  await conduct(vice, '評価を確定する');
  await expect(region(chair, '確定した評価')).toContainText('異議なし');
  await conduct(chair, '次の議題へ');
  await choose(console_(chair), some);
  await conduct(chair, 'まとめ案を示す');
  await conduct(chair, '評価を確定する');
  await expect(region(member, '確定した評価')).toContainText(some);
  await close(council, true);
  await afterwards(council, fairly);
  await council.leave();
});

test('意見聴取: individual ratings and no resolution', long, async ({ browser }) => {
  const council = await gather(browser, { mode: 'hearing' });
  const { chair, vice, member, other, recused, projector } = council;
  await preview(council);
  await open(council);
  await discuss(council, true);

  await conduct(chair, '個別評価を始める');
  for (const [page, level] of [
    [member, very],
    [vice, fairly],
    [other, fairly],
  ] as const) {
    await choose(region(page, '個別評価'), level);
    await press(page, '評価を提出する');
    await expect(
      page.getByText('提出済み', { exact: true }).filter({ visible: true }).first(),
    ).toBeVisible();
  }
  await expect(recused.getByText(/人中.人が提出/)).toHaveCount(0);
  await expect(projector.getByText('4人中3人が提出').first()).toBeVisible();
  await lookUp(projector, 'projector rating');
  await paper(council, '個別評価');
  await conduct(chair, '個別評価を締め切る');
  await conduct(chair, '個別評価を表示する');
  await expect(region(member, '個別評価の結果')).toBeVisible();
  await lookUp(projector, 'projector ratings');
  await look(chair, 'ratings chair');
  await conduct(chair, '意見聴取を終える');
  await expect(region(member, '意見聴取の終了')).toBeVisible();
  await expect(region(recused, '個別評価の結果')).toBeVisible();
  await look(member, 'heard');
  await expect(projector.getByText('意見聴取を終えました（高橋 恵子）')).toBeVisible();
  await lookUp(projector, 'projector heard');

  await pause(council);
  await handOver(council);
  await conduct(vice, '個別評価を始める');
  await choose(region(member, '個別評価'), very);
  await press(member, '評価を提出する');
  await expect(vice.getByText('5人中1人が提出').first()).toBeVisible();
  await expect(chair.getByText(/人中.人が提出/)).toHaveCount(0);
  await conduct(vice, '個別評価を締め切る');
  await conduct(vice, '個別評価を表示する');
  await conduct(vice, '意見聴取を終える');
  await expect(region(chair, '個別評価の結果')).toBeVisible();
  await conduct(chair, '次の議題へ');
  await console_(chair).getByText('個別評価を行わずに終える', { exact: true }).click();
  await conduct(chair, '意見聴取を終える');
  await expect(region(member, '意見聴取の終了')).toBeVisible();
  await close(council, false);
  await afterwards(council, null);
  await council.leave();
});
