/** 意見の履歴 out of a real log: names, restarts, the end of the retention, a damaged row. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { mayEver } from '#domain/permission.ts';
import { roles, type HeadingId } from '#domain/types.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { openDatabase } from '../../server/db/database.ts';
import { keepSnapshot, readWholeLog } from '../../server/db/document.ts';
import { DAY_MS } from '../../server/retention.ts';
import type { ItemHistory } from '../../server/history.ts';
import type { SampleMeeting } from './house.ts';
import { Street, type Page } from './street.ts';

const results = 'results' as HeadingId;
const future = 'future' as HeadingId;

async function read(
  meeting: SampleMeeting,
  headingId = results,
  step: number | null = null,
): Promise<ItemHistory> {
  const { id: itemId } = meeting.item();
  const answer = await meeting.house.app.history.read(meeting.state, { itemId, headingId, step });
  if (!answer.ok) throw new Error(answer.code);
  return answer.history;
}

const textOf = ({ lines }: ItemHistory, wanted: (gone: string) => boolean): string =>
  lines
    .flat()
    .flatMap(({ text, gone }) => (wanted(gone) ? [text] : []))
    .join('');

function erase(page: Page, from: number, length: number): void {
  const bullet = page.doc.getXmlFragment(results).get(0) as Y.XmlElement;
  (bullet.get(0) as Y.XmlText).delete(from, length);
}

async function written() {
  const { street, meeting } = await Street.withMeeting();
  const { house } = street;
  meeting.open().start();
  const name = opinionsDocument(meeting.item().id);
  const [first, second] = [meeting.guest('member', 0), meeting.guest('member', 1)];
  const anna = await street.document(first, name);
  await anna.type(results, '予算が足りない。');
  house.now += 60_000;
  const ben = await street.document(second, name);
  erase(ben, 0, 3);
  await ben.type(results, '人手も。');
  return { street, house, meeting, name, first, second, anna, ben };
}

describe('[P7] the history of the opinions', () => {
  test('[P7] is of the secretariat alone', () => {
    expect(roles.filter((role) => mayEver(role, 'readHistory'))).toEqual(['secretariat']);
  });

  test('[P7] names who wrote, keeps what was deleted, and has nothing of a heading nobody wrote under', async () => {
    const { meeting, first, second, house } = await written();
    const past = await read(meeting);
    expect(past.steps.map(({ authors }) => authors)).toEqual([[first.name], [second.name]]);
    expect(past.steps[1]).toMatchObject({ from: house.now, written: 4, removed: 3 });
    expect(textOf(past, (gone) => gone === 'now')).toBe('予算が');
    expect(textOf(past, (gone) => gone === 'no')).toBe('足りない。人手も。');
    expect(textOf(await read(meeting, results, 0), (gone) => gone === 'later')).toBe('予算が');
    expect(past.cutBefore).toBeUndefined();
    expect((await read(meeting, future)).steps).toEqual([]);
  });

  test('[P7] holds nothing of ballots', async () => {
    const { meeting } = await written();
    const before = await read(meeting);
    meeting.ballot();
    for (const guest of meeting.council) meeting.cast(guest, 2);
    expect(await read(meeting)).toEqual(before);
    meeting.close().reveal().decide(2, 'unanimous');
    expect(await read(meeting)).toEqual(before);
  });

  test('[P7] is the same after a restart, and names also whose seat was removed', async () => {
    const { house, meeting, second } = await written();
    const before = await read(meeting);
    meeting.do(meeting.guest('secretariat'), {
      type: 'removeParticipant',
      participantId: second.seat,
    });
    await house.restart();
    expect(await read(meeting)).toEqual(before);
  });

  test('[P7] goes across snapshots: the rows are what counts', async () => {
    const { house, meeting, name, anna } = await written();
    const beside = openDatabase(house.file);
    const { head } = readWholeLog(beside.read, name);
    const state = Y.encodeStateAsUpdate(anna.doc);
    beside.transaction((tx) => keepSnapshot(tx, name, head, state));
    beside.close();
    await anna.type(results, 'その後。');
    const past = await read(meeting, results, 0);
    expect(textOf(past, (gone) => gone === 'later')).toBe('予算が');
    expect(past.steps.map(({ written: letters }) => letters)).toEqual([8, 4, 4]);
  });

  test('[R5] ends with the single edits, and says since when there are any', async () => {
    const { street, house, meeting, name } = await written();
    const chair = meeting.guest('chair');
    const end = () => {
      meeting.decide(4, 'noObjection');
      for (const [n, { id: itemId, state }] of meeting.state.items.entries()) {
        if (state === 'waiting')
          meeting.start(n).do(chair, { type: 'deferItem', itemId, reason: '次回' });
      }
      meeting.do(chair, { type: 'closeMeeting' });
    };
    end();
    // Closed and never published: finished after a year.
    house.now += (365 + 30) * DAY_MS;
    await house.app.retention.run();
    const cut = await read(meeting);
    expect(cut).toMatchObject({ steps: [], cutBefore: null });
    expect(JSON.stringify(cut)).not.toContain('予算');
    expect(textOf(cut, () => true)).toBe('足りない。人手も。');

    meeting.do(chair, { type: 'reopenMeeting', reason: '訂正' });
    meeting.do(chair, { type: 'reopenItem', itemId: meeting.item().id, reason: '訂正' });
    const { token } = house.app.auth.newToken({
      purpose: 'sign-in',
      meetingId: meeting.id,
      participantId: meeting.guest('member').seat,
      accountId: meeting.guest('member').accountId,
    });
    const entered = await house.app.auth.enter(token);
    if (!entered.ok) throw new Error(entered.code);
    const page = await street.document(entered.session, name);
    await page.type(results, '追記。');
    const grown = await read(meeting);
    expect(grown).toMatchObject({ cutBefore: house.now, steps: [{ written: 3, removed: 0 }] });
    expect(textOf(grown, () => true)).toBe('足りない。人手も。追記。');
  });

  test('a log that was tampered with is not told as history', async () => {
    const { house, meeting, name } = await written();
    house.tamper(`drop trigger document_update_no_update;
      update document_update set account_id = 'somebody' where document = '${name}' and seq = 2`);
    const { id: itemId } = meeting.item();
    const wanted = { itemId, headingId: results, step: null };
    expect(await house.app.history.read(meeting.state, wanted)).toEqual({
      ok: false,
      code: 'opinions-differ',
    });
    expect(house.lines.join('\n')).toContain(`"document":"${name}","code":"log-damaged"`);
  });

  test('asking for one makes no document', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open();
    expect(await read(meeting)).toMatchObject({ steps: [], lines: [] });
    expect(
      street.house.rows(`select 1 from document_update where document like 'opinions/%'`),
    ).toEqual([]);
  });
});
