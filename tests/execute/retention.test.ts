/** [R5] and the days of security.md, on real SQLite with the clock in the hands of the test. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { EDITOR_SCHEMA, opinionsDocument } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import { examine } from '../../server/doctor.ts';
import { openSnapshot } from '../../server/db/database.ts';
import {
  createRetention,
  DAY_MS,
  findDue,
  usualKeeping,
  type Retention,
} from '../../server/retention.ts';
import { readSettings } from '../../server/settings.ts';
import { House, SampleMeeting } from './house.ts';
import { Street, type Page } from './street.ts';

const canary = '消したはずの言葉カナリア';

function erase(page: Page, heading: string, from: number, length: number): void {
  const bullet = page.doc.getXmlFragment(heading).get(0);
  const text = bullet instanceof Y.XmlElement ? bullet.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) throw new Error('nothing to erase');
  text.delete(from, length);
}

/** A meeting that is closed; in its first item somebody wrote a word and took it back. */
async function closed() {
  const { street, meeting } = await Street.withMeeting();
  meeting.open().start();
  const name = opinionsDocument(meeting.item().id);
  const page = await street.document(meeting.guest('member'), name);
  await page.type('results', canary);
  erase(page, 'results', 0, canary.length);
  await page.type('results', '残した言葉');
  meeting.decide(4, 'noObjection');
  const chair = meeting.guest('chair');
  for (const [n, { id: itemId }] of meeting.state.items.entries()) {
    if (n > 0) meeting.start(n).do(chair, { type: 'deferItem', itemId, reason: '次回' });
  }
  meeting.do(chair, { type: 'closeMeeting' });
  return { street, meeting, name, house: street.house };
}

/** The same, published at once. */
async function finished() {
  const found = await closed();
  const { meeting, house } = found;
  const sec = meeting.guest('secretariat');
  const deadline = house.now + 1;
  meeting.do(sec, { type: 'requestConfirmation', deadline, signers: [] });
  for (const member of meeting.council) meeting.do(member, { type: 'confirmMinutes' });
  meeting.do(sec, { type: 'approveMinutes' }).do(sec, { type: 'publish' });
  return found;
}

const rows = (house: House, name: string): number =>
  house.rows('select seq from document_update where document = ?', name).length;

/** Wherever SQLite keeps something of it. */
const isOnDisk = ({ file }: House, word: string): boolean =>
  [file, `${file}-wal`].some((each) => existsSync(each) && readFileSync(each).includes(word));

const healthy = ({ file, now }: House): boolean =>
  examine(file, undefined, usualKeeping, now).every(({ found }) => found.length === 0);

/** Lets a whole year of sessions be alive: the clock of the house moves far. */
const later = (house: House, days: number): void => {
  house.now += days * DAY_MS;
};

describe('[R5] the single edits of a finished meeting', () => {
  test('[R5] are there for 30 days, then the state alone, and the words taken back are nowhere', async () => {
    const { meeting, name, house } = await finished();
    const before = rows(house, name);
    expect(before).toBeGreaterThan(3);
    later(house, 29);
    expect((await house.app.retention.run()).documents).toEqual([]);
    expect(rows(house, name)).toBe(before);
    expect(isOnDisk(house, canary)).toBe(true);

    later(house, 1);
    const done = await house.app.retention.run();
    expect(done.documents).toEqual(
      expect.arrayContaining([`meeting/${meeting.id}`, `minutes/${meeting.id}`, name]),
    );
    expect(rows(house, name)).toBe(0);
    expect(rows(house, `meeting/${meeting.id}`)).toBe(0);
    expect(isOnDisk(house, canary)).toBe(false);
    expect(house.lines.some((line) => line.includes('"event":"retention"'))).toBe(true);
    expect((await house.app.retention.run()).documents).toEqual([]);
    expect(meeting.item().decision?.opinions[0]?.bullets).toEqual(['残した言葉']);
    expect(healthy(house)).toBe(true);
    await house.restart();
    expect(healthy(house)).toBe(true);
  });

  test('[R5] stay while a meeting is open, and a year longer where it is not published', async () => {
    const { meeting, name, house } = await closed();
    meeting.do(meeting.guest('chair'), { type: 'reopenMeeting', reason: '訂正' });
    later(house, 400);
    expect((await house.app.retention.run()).documents).toEqual([]);
    expect(rows(house, name)).toBeGreaterThan(3);
    // The days count from the last closing.
    meeting.do(meeting.guest('chair'), { type: 'closeMeeting' });
    later(house, 365 + 29);
    expect((await house.app.retention.run()).documents).toEqual([]);
    later(house, 1);
    expect((await house.app.retention.run()).documents).toContain(name);
  });

  test('[R5] a compacted document is written on where it stopped', async () => {
    const { street, meeting, name, house } = await closed();
    later(house, 365 + 30);
    await house.app.retention.run();
    const chair = meeting.guest('chair');
    meeting.do(chair, { type: 'reopenMeeting', reason: '訂正' });
    const { id: itemId } = meeting.item();
    meeting.do(chair, { type: 'reopenItem', itemId, reason: '訂正' });
    const link = await again(house, meeting);
    const page = await street.document(link, name);
    await page.type('results', 'と続き');
    meeting.decide(4, 'noObjection');
    expect(meeting.item().decision?.opinions[0]?.bullets).toEqual(['残した言葉と続き']);
    expect(rows(house, name)).toBe(1);
    expect(healthy(house)).toBe(true);
    await house.restart();
    expect(healthy(house)).toBe(true);
  });

  test('[R5] nothing is given up where memory and log do not agree, and it is told', async () => {
    const { meeting, name, house } = await finished();
    house.tamper(`delete from document_update where document = '${name}' and
      seq = (select max(seq) from document_update where document = '${name}')`);
    const left = rows(house, name);
    later(house, 30);
    const { documents } = await house.app.retention.run();
    expect(documents).toContain(`meeting/${meeting.id}`);
    expect(documents).not.toContain(name);
    expect(rows(house, name)).toBe(left);
    expect(house.lines.join('\n')).toContain(`"document":"${name}","code":"memory-differs"`);
    const text = house.app.metrics(meeting.guest('secretariat'), null);
    expect(text).toContain('{event="document-differs",rule="",code="memory-differs"} 1');
  });

  test('[R5] a flipped bit in the log keeps it all', async () => {
    const { name, house } = await finished();
    house.tamper(`drop trigger document_update_no_update;
      update document_update set at = at + 1 where document = '${name}' and seq = 2`);
    const left = rows(house, name);
    later(house, 30);
    expect((await house.app.retention.run()).documents).not.toContain(name);
    expect(rows(house, name)).toBe(left);
    expect(house.lines.join('\n')).toContain(`"document":"${name}","code":"log-damaged"`);
  });

  test('a snapshot that was damaged after that is no new document', async () => {
    const { street, meeting, name, house } = await finished();
    later(house, 30);
    await house.app.retention.run();
    const link = await again(house, meeting);
    house.tamper(`update document_snapshot set data = x'0000' where document = '${name}'`);
    const complaint = `the snapshot of ${name} does not fit and its rows were given up`;
    const found = examine(house.file, undefined).flatMap((check) => check.found);
    expect(found).toContain(complaint);
    expect(found).toContain(`${name}: log-damaged`);
    await house.restart();
    const other = await Street.open(house);
    const line = new WebSocket(
      `ws://127.0.0.1:${other.port}/yjs/${name}?schema=${EDITOR_SCHEMA}&client=5`,
      {
        headers: other.headers(link.token),
      },
    );
    onTestFinished(() => line.terminate());
    expect(await new Promise((resolve) => line.on('close', resolve))).toBe(CLOSE.unavailable);
    expect(rows(house, name)).toBe(0);
    expect(street.house).toBe(house);
  });
});

/** The sessions of a month ago have ended: the member comes in anew. */
async function again(house: House, meeting: SampleMeeting): Promise<{ readonly token: string }> {
  const member = meeting.guest('member');
  const link = house.app.auth.newToken({
    purpose: 'sign-in',
    meetingId: meeting.id,
    participantId: member.seat,
    accountId: member.accountId,
  });
  const entered = await house.app.auth.enter(link.token);
  if (!entered.ok) throw new Error(entered.code);
  return entered.session;
}

describe('rows about sign-ins', () => {
  const count = (house: House, table: string): number =>
    house.rows(`select 1 from ${table}`).length;

  test('sessions go when they end, links 30 days after their use or end, counters after a day', async () => {
    const { street, meeting } = await Street.withMeeting();
    const { house } = street;
    const sec = meeting.guest('secretariat');
    meeting.do(sec, {
      type: 'addParticipant',
      seat: { name: '石井 花', role: 'member', affiliation: '' },
    });
    const seat = meeting.state.participants.at(-1);
    if (!seat) throw new Error('no seat');
    house.app.meetings.invite(sec, meeting.id, seat.id, 'ishii@example.jp');
    await house.app.auth.signIn('nobody@example.jp', '違うパスワード', '192.0.2.1');
    const people = meeting.guests.length;
    expect([count(house, 'session'), count(house, 'link'), count(house, 'attempt')]).toEqual([
      people,
      people + 1,
      2,
    ]);
    const nothing = { sessions: 0, links: 0, attempts: 0, drafts: 0, ratings: 0, documents: [] };
    expect(await house.app.retention.run()).toEqual(nothing);
    later(house, 1);
    expect(await house.app.retention.run()).toEqual({ ...nothing, sessions: people, attempts: 2 });
    later(house, 29.5);
    expect(await house.app.retention.run()).toEqual({ ...nothing, links: people });
    // The invitation ran out after a week, and stands for 30 days from then.
    later(house, 6.4);
    expect(await house.app.retention.run()).toEqual(nothing);
    later(house, 0.1);
    expect(await house.app.retention.run()).toEqual({ ...nothing, links: 1 });
    expect(house.app.meetings.listFor(sec.accountId)).toHaveLength(1);
  });

  test('[P12] drafts nobody took over go 90 days after their last change, from the disk too', async () => {
    const { meeting, house } = await closed();
    const { accountId } = meeting.guest('member');
    const seated = house.app.meetings.find(accountId, meeting.id);
    if (!seated) throw new Error('no seat');
    const about = { itemId: meeting.item().id, headingId: meeting.state.headings[0]?.id };
    if (about.headingId === undefined) throw new Error('no heading');
    const word = '下書きのカナリア';
    house.tamper(`insert into draft (meeting_id, participant_id, item_id, heading_id, text, saved_at)
      values ('${meeting.id}', '${seated.me.id}', '${about.itemId}', '${about.headingId}',
        '${word}', ${house.now})`);
    later(house, 89);
    expect((await house.app.retention.run()).drafts).toBe(0);
    expect(house.app.meetings.drafts(seated)).toHaveLength(1);
    later(house, 1);
    expect((await house.app.retention.run()).drafts).toBe(1);
    expect(house.app.meetings.drafts(seated)).toEqual([]);
    expect(isOnDisk(house, word)).toBe(false);
  });

  /** A member has rated the first item in private. */
  async function rated(): Promise<SampleMeeting> {
    const meeting = await SampleMeeting.open(new House('rated'));
    const cast = meeting.castOf(3, 0, 'none' as never);
    const choices = 'choices' in cast ? cast.choices : [];
    meeting.do(meeting.guest('secretariat'), { type: 'startPreview' });
    const itemId = meeting.item().id;
    return meeting.do(meeting.guest('member'), { type: 'ratePrivately', itemId, choices });
  }

  /** How many are left after a round, which takes what the doctor said was due. */
  const leftOf = async ({ house }: SampleMeeting): Promise<number> => {
    const snapshot = openSnapshot(house.file);
    const due = findDue(snapshot.read, house.now, usualKeeping).ratings;
    snapshot.close();
    expect((await house.app.retention.run()).ratings).toBe(due);
    return count(house, 'private_rating');
  };

  test('[B16] private ratings go 90 days after the closing of their meeting', async () => {
    const meeting = await rated();
    const { house } = meeting;
    const sec = meeting.guest('secretariat');
    meeting.open();
    for (const { id: itemId } of meeting.state.items) {
      meeting.do(sec, { type: 'startItem', itemId });
      meeting.do(sec, { type: 'deferItem', itemId, reason: '' });
    }
    later(house, 60);
    meeting.do(sec, { type: 'closeMeeting' });
    later(house, 89);
    expect(await leftOf(meeting)).toBe(1);
    later(house, 1);
    expect(await leftOf(meeting)).toBe(0);
    expect(healthy(house)).toBe(true);
  });

  test('[B16] of a meeting that was never closed they go with its day and its last event past', async () => {
    const meeting = await rated();
    const { house } = meeting;
    const held = Date.parse(meeting.state.heldOn);
    later(house, Math.max(0, Math.ceil((held - house.now) / DAY_MS)) + 80);
    const text = '参加者の内訳は。';
    const itemId = meeting.item().id;
    meeting.do(meeting.guest('member'), { type: 'askQuestion', itemId, text });
    // Its day is long past, and it is alive.
    later(house, 89);
    expect(await leftOf(meeting)).toBe(1);
    later(house, 1);
    expect(await leftOf(meeting)).toBe(0);
  });

  test('the doctor says what is due before it is gone', async () => {
    const { house } = await finished();
    const said = (now: number) =>
      examine(house.file, undefined, usualKeeping, now).find(({ en }) => /^due /.test(en));
    const people = house.rows('select 1 from session').length;
    expect(said(house.now)).toEqual({
      ja: '保存期間を過ぎたもの: 文書の編集履歴0 招待リンク等0 サインイン0',
      en: 'due to be forgotten: edits of 0 documents, 0 links, 0 sign-ins',
      found: [],
    });
    expect(said(house.now + 31 * DAY_MS)?.en).toMatch(
      new RegExp(`edits of [1-9]\\d* documents, ${people} links, ${people} sign-ins$`),
    );
  });
});

describe('every day', () => {
  function world(compact: () => undefined = () => undefined) {
    const rounds: string[] = [];
    const timers: { ms: number; work: () => void }[] = [];
    const errors: string[] = [];
    const retention: Retention = createRetention({
      database: {
        read: { all: () => [], first: () => undefined },
        transaction() {
          rounds.push('round');
          if (rounds.length === 2) throw new Error('disk');
          return { sessions: 0, links: 0, attempts: 0, drafts: 0, ratings: 0 } as never;
        },
        checkpoint: () => undefined,
      },
      clock: () => 0,
      log: { info: () => undefined, error: (event) => errors.push(event) },
      sync: { compact },
      differs: () => undefined,
      keeping: usualKeeping,
      every(ms, work) {
        const timer = { ms, work };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    });
    return { retention, rounds, timers, errors };
  }

  test('at once and after 24 hours, again after one that failed, and not after the end', async () => {
    const { retention, rounds, timers, errors } = world();
    retention.start();
    retention.start();
    expect(rounds).toHaveLength(1);
    expect(timers.map(({ ms }) => ms)).toEqual([24 * 3_600_000]);
    timers[0]?.work();
    await new Promise(setImmediate);
    expect(errors).toEqual(['retention-failed']);
    timers[0]?.work();
    expect(rounds).toHaveLength(3);
    retention.stop();
    expect(timers).toEqual([]);
    retention.start();
    expect(rounds).toHaveLength(3);
  });

  test('a house that closes in the middle of a round is not written to any more', async () => {
    const { name, house } = await finished();
    later(house, 30);
    const round = house.app.retention.run();
    await house.app.close();
    expect((await round).documents).toEqual([]);
    expect(rows(house, name)).toBeGreaterThan(3);
    expect(house.lines.join('\n')).not.toContain('retention-failed');
  });
});

describe('the settings', () => {
  const read = (environment: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), 'kensho-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return readSettings({ DATA_DIR: folder, ...environment }).keeping;
  };

  test('30 and 90 days where nothing is said, else what is said', () => {
    const usual = { historyDays: 30, accessDays: 30, draftDays: 90, ratingDays: 90 };
    expect(read({})).toEqual(usual);
    const days = { KEEP_ACCESS_DAYS: '0', KEEP_DRAFT_DAYS: '7', KEEP_RATING_DAYS: '14' };
    expect(read({ KEEP_HISTORY_DAYS: ' 365 ', ...days })).toEqual({
      historyDays: 365,
      accessDays: 0,
      draftDays: 7,
      ratingDays: 14,
    });
    for (const wrong of ['-1', '1.5', 'forever', '1e3', '999999']) {
      expect(() => read({ KEEP_HISTORY_DAYS: wrong })).toThrow('KEEP_HISTORY_DAYS');
    }
  });
});
