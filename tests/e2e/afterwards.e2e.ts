/**
 * After a meeting, as people live it: the section replies, the secretariat publishes, somebody
 * without an account reads, and what is taken back is gone. And the record, with its checks.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import type { Meeting } from '../../src/domain/meeting.ts';
import { inspectSizes } from './inspect.ts';
import { enter, expectSaved, newSeat, press, write } from './person.ts';
import { startPrepared } from './prepared.ts';
import { ask, send } from './sender.ts';

const opinion = '窓口を一つにまとめてほしい。';

/** In session on its first item, which the section of the sample is in charge of. */
async function inSession() {
  let found: Meeting | undefined;
  const server = await startPrepared({}, async (meeting, act) => {
    found = meeting;
    const [sheet] = meeting.items;
    const section = meeting.participants.find(({ role }) => role === 'section');
    if (!sheet || !section) throw new Error('the sample has changed');
    await act('secretariat', 0, {
      type: 'changeItem',
      itemId: sheet.id,
      sheet: { ...sheet.sheet, sections: [section.affiliation] },
    });
    const present = meeting.participants.map(({ id }) => id);
    await act('secretariat', 0, { type: 'openMeeting', present });
    await act('chair', 0, { type: 'startItem', itemId: sheet.id });
  });
  const [first] = found?.items ?? [];
  if (!found || !first) throw new Error('the sample meeting has no item');
  return { server, meeting: found, first };
}

/** The chair decides the first item, puts the others off and closes. */
async function close(chair: Page, { id, criteria, items }: Meeting): Promise<void> {
  const ratings = criteria.flatMap(({ id: criterionId, options }) => {
    const [best] = options;
    return best ? [{ criterionId, optionId: best.id, reason: '' }] : [];
  });
  for (const [n, { id: itemId }] of items.entries()) {
    if (n > 0) {
      await send(chair, id, { type: 'startItem', itemId });
      await send(chair, id, { type: 'deferItem', itemId, reason: '次回に続ける' });
    } else {
      await send(chair, id, {
        type: 'decideItem',
        itemId,
        ratings,
        method: 'noObjection',
        reason: '',
      });
    }
  }
  await send(chair, id, { type: 'closeMeeting' });
}

/** Nobody answers, and the deadline passes: that is agreement ([R6]). */
async function approve(office: Page, id: string): Promise<void> {
  const deadline = Date.now() + 1500;
  await send(office, id, { type: 'requestConfirmation', deadline, signers: [] });
  await expect.poll(async () => (await ask(office, id, { type: 'approveMinutes' })).ok).toBe(true);
}

const result = (page: Page) => page.getByRole('status', { name: '検証結果' });

async function check(page: Page, record: string, seal: string): Promise<void> {
  const file = { name: 'record.json', mimeType: 'application/json', buffer: Buffer.from(record) };
  await page.getByLabel('会議記録（JSON）').setInputFiles(file);
  await page.getByLabel('印刷された照合番号（任意）').fill(seal);
  await press(page, '検証する');
}

test(
  'replied to, published, read by anybody without a name in it, taken back',
  {
    tag: '@long',
  },
  async ({ browser }) => {
    const { server, meeting } = await inSession();
    const here = `/meetings/${meeting.id}`;
    const options = { baseURL: server.url };
    const chair = await newSeat(browser, options);
    const member = await newSeat(browser, options);
    const office = await newSeat(browser, options);
    const section = await newSeat(browser, options);
    const stranger = await newSeat(browser, options);
    await enter(chair.page, server.link('chair'));
    await enter(member.page, server.link('member'));
    await enter(office.page, server.link('secretariat'));
    await enter(section.page, server.link('section'));
    await write(member.page, '【R6実績について】', opinion);
    await expectSaved(member.page);
    await close(chair.page, meeting);

    await office.page.goto(`${here}/results`);
    const publish = office.page.getByRole('button', { name: '公表する' });
    await expect(publish).toHaveAttribute('aria-disabled', 'true');
    await expect(publish).toHaveAccessibleDescription(/議事録がまだ確定していません/);

    await section.page.goto(`${here}/replies`);
    await expect(
      section.page.getByRole('heading', { name: '意見への対応', level: 1 }),
    ).toBeVisible();
    await expect(section.page.getByText('未対応', { exact: true })).toBeVisible();
    await inspectSizes(section.page, 'replies to write');
    await press(section.page, '対応方針を書く');
    await section.page.getByLabel('対応方針').fill('来年度に窓口をまとめます。');
    await section.page.getByLabel('期限').fill('2026-03-31');
    await press(section.page, '対応方針を保存する');
    const saved = section.page.getByRole('status').filter({ hasText: '対応方針を保存しました。' });
    await expect(saved).toBeFocused();
    await expect(section.page.getByText('期限：令和8年3月31日')).toBeVisible();

    await approve(office.page, meeting.id);
    await office.page.reload();
    await inspectSizes(office.page, 'ready to publish');
    await publish.click();
    await expect(office.page.getByText('公表しました。')).toBeVisible();
    await inspectSizes(office.page, 'published');
    const address = await office.page
      .getByRole('link', { name: /\/public\// })
      .getAttribute('href');
    const path = new URL(address ?? '').pathname;

    const answer = await stranger.page.goto(path);
    expect(answer?.headers()['cache-control']).toBe('public, max-age=60');
    expect(answer?.headers()['x-robots-tag']).toBeUndefined();
    const html = (await answer?.text()) ?? '';
    const json = await (await stranger.page.request.get(`${path}/data`)).text();
    const csv = await (await stranger.page.request.get(`${path}/opendata`)).text();
    for (const { id, name } of meeting.participants)
      for (const text of [html, json, csv]) {
        expect(text).not.toContain(name);
        expect(text).not.toContain(id);
      }
    await expect(stranger.page.getByRole('heading', { name: '評価結果', level: 1 })).toBeVisible();
    await expect(stranger.page.getByRole('table', { name: '評価結果' })).toBeVisible();
    await expect(stranger.page.getByText(opinion)).toBeVisible();
    await expect(stranger.page.getByText('来年度に窓口をまとめます。')).toBeVisible();
    await inspectSizes(stranger.page, 'the public page');

    await press(office.page, '公表を取り消す');
    const dialog = office.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '公表を取り消す' }).click();
    await expect(dialog.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
    await dialog.getByRole('textbox').fill('数値の誤り');
    await dialog.getByRole('button', { name: '公表を取り消す' }).click();
    await expect(office.page.getByText('公表を取り消しました。')).toBeVisible();
    const bodies: string[] = [];
    for (const gone of [path, '/public/never', `${path}/data`, `${path}/opendata`]) {
      const after = await stranger.page.request.get(gone);
      expect([gone, after.status(), after.headers()['x-robots-tag']]).toEqual([
        gone,
        404,
        'noindex',
      ]);
      bodies.push(await after.text());
    }
    expect(bodies[0]).not.toContain(meeting.title);

    await office.page.goto(`${here}/results`);
    await press(office.page, '来年度の会議を作る');
    await office.page.waitForURL(/\/setup/);
    await expect(office.page.getByText('令和8年度', { exact: false }).first()).toBeVisible();
    for (const seat of [chair, member, office, section, stranger]) await seat.close();
    await server.end();
  },
);

test(
  'the record is read, checked on the page, and again from the file alone',
  { tag: '@long' },
  async ({ browser }) => {
    const { server, meeting } = await inSession();
    const here = `/meetings/${meeting.id}`;
    const office = await newSeat(browser, { baseURL: server.url });
    const chair = await newSeat(browser, { baseURL: server.url });
    const { page } = office;
    await enter(page, server.link('secretariat'));
    await enter(chair.page, server.link('chair'));
    await page.goto(`${here}/record`);
    await expect(page.getByText('会議記録のファイルは、閉会すると受け取れます。')).toBeVisible();
    await close(chair.page, meeting);

    await page.goto(`${here}/record`);
    await expect(page.getByRole('status', { name: '記録の検証結果' })).toContainText(
      '異常はありません',
    );
    const table = page.getByRole('table', { name: '記録' });
    await expect(table.getByRole('row').filter({ hasText: '閉会' })).toBeVisible();
    await expect(page.getByRole('img', { name: '照合番号と件数のQRコード' })).toBeVisible();
    await inspectSizes(page, 'the record');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '会議記録（JSON）' }).click(),
    ]);
    const record = readFileSync(await download.path(), 'utf8');
    expect(record).toContain('"format": "kensho-record/1"');

    const head = /"head": "([0-9a-f]{64})"/.exec(record)?.[1] ?? '';
    const count = Number(/"count": (\d+)/.exec(record)?.[1]);
    const saved = test.info().outputPath('checker.html');
    writeFileSync(saved, await (await page.request.get('/checker.html')).text());
    for (const address of [`${server.url}/checker.html`, pathToFileURL(saved).href]) {
      const stranger = await newSeat(browser);
      await stranger.page.goto(address);
      await check(stranger.page, record, '');
      await expect(result(stranger.page)).toContainText('異常はありません');
      await check(stranger.page, record, `KENSHO-RECORD/1 count=${count} head=${head}`);
      await expect(result(stranger.page)).toContainText(`${count}件目の記録と一致しました`);
      await inspectSizes(stranger.page, 'the checker');
      await check(stranger.page, record.replace('次回に続ける', '次回は扱わない'), '');
      await expect(result(stranger.page)).toContainText('書かれたあとに内容が変えられています');
      await check(
        stranger.page,
        record,
        head.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      );
      await expect(result(stranger.page)).toContainText('末尾の照合番号が一致しません');
      await check(stranger.page, '{}', '');
      await expect(result(stranger.page)).toContainText('会議記録（JSON）ではありません');
      await stranger.close();
    }

    const groups = head.match(/.{4}/g) ?? [];
    for (const place of [here, `${here}/screen`]) {
      await page.goto(place);
      await expect(page.getByText(groups[0] ?? '', { exact: true }).first()).toBeVisible();
      await inspectSizes(page, `${place} after the closing`);
    }

    await page.goto(`${here}/consistency`);
    await expect(page.getByRole('heading', { name: '整合の確認', level: 1 })).toBeVisible();
    await inspectSizes(page, 'consistency');
    for (const seat of [office, chair]) await seat.close();
    await server.end();
  },
);
