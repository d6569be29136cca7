/** [R6]–[R8], [R14] Minutes in the house: when they are drafted, who may write, what is locked. */
import { expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import { parseMinutesText } from '#formats/minutesdraft.ts';
import { makeMinutesFile } from '#formats/minutestext.ts';
import { particularRows } from '#formats/particulars.ts';
import { minutesOf } from '#formats/record.ts';
import { SampleMeeting, type Guest } from './house.ts';

const request = (room: SampleMeeting): Command => ({
  type: 'requestConfirmation',
  deadline: room.house.now + 1000,
  signers: [],
});

/** One item is decided, the others are put off. */
async function closedMeeting(): Promise<SampleMeeting> {
  const room = (await SampleMeeting.open()).open().start().vote([4, 4, 4, 4]);
  room.decide(4, 'unanimous');
  const chair = room.guest('chair');
  for (const { id, state } of room.state.items) {
    if (state === 'decided') continue;
    room.do(chair, { type: 'startItem', itemId: id });
    room.do(chair, { type: 'deferItem', itemId: id, reason: '時間の都合' });
  }
  return room.do(chair, { type: 'closeMeeting' });
}

const seatedOf = (room: SampleMeeting, who: Guest) => {
  const seated = room.house.app.meetings.find(who.accountId, room.id);
  if (!seated) throw new Error('no seat');
  return seated;
};
const textOf = (room: SampleMeeting, who = room.guest('secretariat')) =>
  room.house.app.meetings.minutes(seatedOf(room, who));

test('[R14] nothing drafts the minutes before the meeting is closed', async () => {
  const room = (await SampleMeeting.open()).open().start();
  const secretariat = room.guest('secretariat');
  expect(textOf(room)).toBeNull();
  expect(room.send(secretariat, request(room))).toMatchObject({ refused: 'meeting-not-closed' });
  const stored = `minutes/${room.id}`;
  expect(JSON.stringify(room.house.rows('SELECT document FROM document_update'))).not.toContain(
    stored,
  );
});

test('[R14] the draft tells the decision, and observers get none of it', async () => {
  const room = await closedMeeting();
  const text = JSON.stringify(textOf(room));
  expect(text).toContain('全会一致により');
  expect(text).toContain('継続審議とした。理由：時間の都合');
  expect(textOf(room, room.guest('observer'))).toBeNull();
});

test('[R7] [R8] what is locked stays as stored; a correction is written besides it', async () => {
  const room = await closedMeeting();
  const secretariat = room.guest('secretariat');
  room.do(secretariat, request(room));
  expect(room.send(secretariat, { type: 'approveMinutes' })).toMatchObject({
    refused: 'confirmation-pending',
  });
  room.house.now += 2000;
  const before = textOf(room);
  room.do(secretariat, { type: 'approveMinutes' });
  const [locked] = room.state.minutes.approved;
  expect(parseMinutesText(locked?.text ?? '')).toEqual(before?.map((section) => ({ ...section })));
  // The number of the event leads to the head of the record at that moment.
  const entries = room.house.app.meetings.record(seatedOf(room, secretariat));
  expect(entries.at((locked?.seq ?? 0) - 1)?.kind).toBe('minutesApproved');
  room.do(secretariat, { type: 'correctMinutes', reason: '誤字' });
  room.do(secretariat, request(room));
  room.house.now += 2000;
  room.do(secretariat, { type: 'approveMinutes' });
  expect(room.state.minutes.approved.map(({ version, reason }) => [version, reason])).toEqual([
    [1, ''],
    [2, '誤字'],
  ]);
});

test('[R13] how speakers are named is settled while the minutes are a draft', async () => {
  const room = await closedMeeting();
  const secretariat = room.guest('secretariat');
  room.do(secretariat, { type: 'nameSpeakers', speakers: 'letter' });
  expect(room.state.minutes.speakers).toBe('letter');
  room.do(secretariat, request(room));
  expect(room.send(secretariat, { type: 'nameSpeakers', speakers: 'name' })).toMatchObject({
    refused: 'minutes-not-draft',
  });
});

test('[R15] the head of the minutes is filled in by the office, and a locked version keeps its own', async () => {
  const room = (await SampleMeeting.open()).open().start();
  const secretariat = room.guest('secretariat');
  const [chair, rows] = [room.guest('chair'), () => particularRows(minutesOf(room.state))];
  const head = {
    openness: '一部非公開（個人情報を扱うため）',
    visitors: 0,
    materials: ['資料1　事業評価シート', '資料2　評価結果（案）'],
    next: '',
    contact: '企画課',
  };
  const fill = (particulars = head): Command => ({ type: 'fillParticulars', particulars });
  expect(room.send(chair, fill())).toEqual({ ok: false, refused: 'not-allowed' });
  // Known before the meeting is over, and so filled in at any time.
  room.do(secretariat, fill()).do(chair, { type: 'adjourn' });
  room.house.now += 10 * 60_000;
  room.do(chair, { type: 'resume' }).decide(4, 'noObjection');
  const labels = ['公開の別', '傍聴者数', '配布資料', '休憩', '次回', '問合先'];
  expect(rows().filter(([label]) => labels.includes(label))).toEqual([
    ['公開の別', ['一部非公開（個人情報を扱うため）']],
    ['傍聴者数', ['0人']],
    ['配布資料', ['資料1　事業評価シート', '資料2　評価結果（案）']],
    ['休憩', ['午後1時00分～午後1時10分']],
    ['問合先', ['企画課']],
  ]);
  for (const { id } of room.state.items.slice(1)) {
    room.do(chair, { type: 'startItem', itemId: id });
    room.do(chair, { type: 'deferItem', itemId: id, reason: '' });
  }
  room.do(chair, { type: 'closeMeeting' });
  expect(textOf(room)?.[0]?.paragraphs).toContain('午後1時00分から午後1時10分まで休憩した。');
  room.do(secretariat, request(room));
  expect(room.send(secretariat, fill())).toMatchObject({ refused: 'minutes-not-draft' });
  room.house.now += 2000;
  room.do(secretariat, { type: 'approveMinutes' });
  room.do(secretariat, { type: 'correctMinutes', reason: '人数の誤り' });
  expect(room.state.minutes.particulars).toEqual(head);
  room.do(secretariat, fill({ ...head, visitors: 3 }));
  expect(room.state.minutes.approved[0]?.particulars).toEqual(head);
  const kinds = (kind: 'minutes' | 'summary') =>
    new TextDecoder().decode(makeMinutesFile({ ...minutesOf(room.state), kind }));
  expect(kinds('minutes')).toContain('　会議録（案）\r\n');
  expect(kinds('summary')).toContain('　議事要旨（案）\r\n');
});

test('[R14] who left before the end was there, with the time', async () => {
  const room = (await SampleMeeting.open()).open();
  const gone = room.guest('member');
  const present = room.guests.map(({ seat }) => seat).filter((seat) => seat !== gone.seat);
  room.house.now += 75 * 60_000;
  room.do(room.guest('secretariat'), { type: 'recordAttendance', present });
  const { attendance, quorum } = minutesOf(room.state);
  expect(attendance.present.join()).toContain('（午後2時15分に退席）');
  expect(attendance.absent).toEqual([]);
  expect(quorum.present).toBe(quorum.eligible);
});
