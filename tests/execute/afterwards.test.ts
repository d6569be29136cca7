/** After a meeting on real SQLite: the record verified, the public page, next year's meeting ([R12], [R16], [M17]). */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replay } from '#domain/evolve.ts';
import { makeRecordFile } from '#formats/recordfile.ts';
import { loadEvents } from '../../server/db/record.ts';
import { openSnapshot } from '../../server/db/database.ts';
import { usualKeeping } from '../../server/retention.ts';
import { sha256 } from '../../server/sha256.ts';
import { readArguments, verify } from '../../server/verify.ts';
import { SampleMeeting, type House } from './house.ts';

/** Decided, deferred, closed, approved; a member wrote, another voted differently. */
async function over(): Promise<SampleMeeting> {
  const meeting = await SampleMeeting.open();
  meeting.open().start().vote([4, 4, 3, 4, 4]).decide(4, 'majority', '多数のため');
  const chair = meeting.guest('chair');
  for (const [n, { id: itemId }] of meeting.state.items.entries()) {
    if (n > 0) meeting.start(n).do(chair, { type: 'deferItem', itemId, reason: '次回' });
  }
  return meeting.do(chair, { type: 'closeMeeting' });
}

function approved(meeting: SampleMeeting): SampleMeeting {
  const sec = meeting.guest('secretariat');
  const deadline = meeting.house.now + 1;
  meeting.do(sec, { type: 'requestConfirmation', deadline, signers: [] });
  for (const member of meeting.council) meeting.do(member, { type: 'confirmMinutes' });
  return meeting.do(sec, { type: 'approveMinutes' });
}

const seatedOf = (meeting: SampleMeeting, role: 'secretariat' | 'member' = 'secretariat') => {
  const seated = meeting.house.app.meetings.find(meeting.guest(role).accountId, meeting.id);
  if (!seated) throw new Error('no seat');
  return seated;
};

/** What `kensho verify` says, and its exit code. */
function verified(house: House, ...given: string[]) {
  const lines: string[] = [];
  const settings = {
    port: 0,
    host: '',
    dataDir: dirname(house.file),
    databaseFile: house.file,
    origin: null,
    metricsToken: null,
    keeping: usualKeeping,
  };
  const asked = readArguments(given);
  if (!asked) throw new Error('not asked rightly');
  const code = verify(asked, settings, dirname(house.file), (line) => lines.push(line));
  return { code, text: lines.join('\n') };
}

const triggers = 'drop trigger meeting_event_no_update; drop trigger meeting_event_no_delete;';

describe('[R12] kensho verify over the database', () => {
  test('fits, and says how many there are', async () => {
    const meeting = await over();
    const { code, text } = verified(meeting.house);
    expect([code, text]).toEqual([0, expect.stringContaining('記録に異常はありません')]);
    expect(text).toContain(`会議 ${meeting.id}: ${meeting.state.rev}件`);
  });

  test.each([
    [
      'an edit',
      `update meeting_event set body = replace(body, '次回', '来年') where seq > 20`,
      '書かれたあとに内容が変えられています',
    ],
    [
      'a swap',
      `update meeting_event set seq = 1000 where seq = 9; update meeting_event set seq = 9
       where seq = 10; update meeting_event set seq = 10 where seq = 1000`,
      '前の記録とつながっていません',
    ],
    ['a deletion', 'delete from meeting_event where seq = 9', '通し番号が続いていません'],
  ])('%s behind the triggers is found and said in words', async (_, statement, words) => {
    const { house } = await over();
    await house.app.close();
    house.tamper(`${triggers} ${statement}`);
    const { code, text } = verified(house);
    expect([code, text]).toEqual([1, expect.stringContaining(words)]);
  });

  test('a cut tail and a record computed anew show against the printed seal', async () => {
    const meeting = await over();
    const { house } = meeting;
    const seal = house.app.meetings.seal(seatedOf(meeting));
    if (!seal) throw new Error('no seal');
    approved(meeting);
    const file = join(dirname(house.file), 'record.json');
    const write = (change: (entries: Entry[]) => Entry[]) => {
      const { id: meetingId, title, municipality, heldOn } = meeting.state;
      const entries = change([...house.app.meetings.record(seatedOf(meeting))]);
      const order = { meetingId, title, municipality, heldOn, exportedAt: 0, entries };
      writeFileSync(file, makeRecordFile(order));
    };
    const printed = [
      '--record',
      file,
      '--head',
      seal.head.toUpperCase(),
      '--count',
      String(seal.count),
    ];

    // The record went on after the closing was printed, and fits all the same.
    write((entries) => entries);
    expect(verified(house, ...printed).code).toBe(0);

    write((entries) => entries.slice(0, seal.count - 1));
    expect(verified(house, '--record', file).code).toBe(0);
    expect(verified(house, ...printed)).toEqual({
      code: 1,
      text: expect.stringContaining('末尾の照合番号が一致しません') as unknown,
    });

    write((entries) => rechained(meeting.id, entries.map(edited)));
    expect(verified(house, '--record', file).code).toBe(0);
    expect(verified(house, ...printed).code).toBe(1);
  });
});

type Entry = ReturnType<SampleMeeting['house']['app']['meetings']['record']>[number];

const edited = (entry: Entry): Entry => ({ ...entry, body: entry.body.replace('次回', '来年') });

function rechained(meetingId: string, entries: readonly Entry[]): Entry[] {
  let prev = '0'.repeat(64);
  return entries.map((entry) => {
    const { seq, at, actor, kind, body } = entry;
    const hash = sha256(prev + JSON.stringify([meetingId, seq, at, actor, kind, body]));
    const next = { ...entry, prev, hash };
    prev = hash;
    return next;
  });
}

test('[R12] the seal is that of the closing, for every seat, and there is none before', async () => {
  const meeting = await SampleMeeting.open();
  expect(meeting.house.app.meetings.seal(seatedOf(meeting.open()))).toBeNull();
  const closed = await over();
  const { meetings } = closed.house.app;
  const entries = meetings.record(seatedOf(closed));
  const last = { count: entries.length, head: entries.at(-1)?.hash };
  expect(meetings.seal(seatedOf(closed, 'member'))).toEqual(last);
  approved(closed);
  expect(meetings.seal(seatedOf(closed))).toEqual(last);
});

test('[R16] an address is there while it is published; before, after and never are alike', async () => {
  const meeting = approved(await over());
  const { publications } = meeting.house.app;
  const sec = meeting.guest('secretariat');
  meeting.do(sec, { type: 'publish' });
  const slug = meeting.state.publication?.slug ?? '';
  const told = JSON.stringify(publications.find(slug));
  for (const { name, seat } of meeting.guests) {
    expect(told).not.toContain(name);
    expect(told).not.toContain(`"${seat}"`);
  }
  const csv = new TextDecoder().decode(publications.openData(slug));
  for (const { name } of meeting.guests) expect(csv).not.toContain(name);
  meeting.do(sec, { type: 'unpublish', reason: '誤記' });
  const gone = [slug, 'never', ''].map((each) => [
    publications.find(each),
    publications.openData(each),
  ]);
  expect(gone).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
  // Published again it has another address.
  meeting.do(sec, { type: 'publish' });
  expect(publications.find(slug)).toBeUndefined();
  expect(publications.find(meeting.state.publication?.slug ?? '')).toMatchObject({
    rehearsal: false,
  });
});

describe('[M17] next year', () => {
  test('is founded once, as one record that replays to the same meeting', async () => {
    const meeting = await over();
    const { house } = meeting;
    const sec = meeting.guest('secretariat');
    expect(house.app.meetings.nextOf(seatedOf(meeting), sec.accountId)).toBeNull();
    const id = house.app.meetings.foundNext(sec, seatedOf(meeting));
    const next = house.app.meetings.find(sec.accountId, id)?.meeting;
    expect(next).toMatchObject({
      phase: 'draft',
      evaluatedYear: 2025,
      previousMeetingId: meeting.id,
      title: '令和8年度 第1回 地方創生事業効果検証会議',
    });
    expect(next?.headings[0]?.text).toBe('【R7実績について】');
    expect(next?.items).toHaveLength(meeting.state.items.length);
    expect(house.app.meetings.nextOf(seatedOf(meeting), sec.accountId)).toBe(id);
    await house.restart();
    const snapshot = openSnapshot(house.file);
    try {
      expect(replay(loadEvents(snapshot.read, id))).toEqual(next);
    } finally {
      snapshot.close();
    }
    expect(verified(house).code).toBe(0);
  });

  test('whoever had joined sits there again; last year’s rating is told', async () => {
    const meeting = await over();
    const { meetings } = meeting.house.app;
    const sec = meeting.guest('secretariat');
    const id = meetings.foundNext(sec, seatedOf(meeting));
    const member = meeting.guest('member');
    expect(meetings.find(member.accountId, id)?.me.role).toBe('member');
    const seated = meetings.find(sec.accountId, id);
    const [first] = seated?.meeting.items ?? [];
    if (!seated || !first) throw new Error('nothing there');
    expect(meetings.previous(seated, first.id)?.ratings).toHaveLength(1);
  });

  test('is made by staff of its secretariat only, and only when it is over', async () => {
    const meeting = await over();
    const { meetings } = meeting.house.app;
    const member = { ...meeting.guest('member'), isStaff: true };
    expect(() => meetings.foundNext(member, seatedOf(meeting, 'member'))).toThrow('only staff');
    const open = (await SampleMeeting.open()).open();
    const sec = open.guest('secretariat');
    expect(() => open.house.app.meetings.foundNext(sec, seatedOf(open))).toThrow('only staff');
  });
});
