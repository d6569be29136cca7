/** What leaves a meeting as files: its record as hashed, and the template an office keeps. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeRecordFile } from '#formats/recordfile.ts';
import { SampleMeeting } from './house.ts';

test('[R1] the record of a meeting verifies from its file alone', async () => {
  const meeting = (await SampleMeeting.open())
    .open()
    .start()
    .vote([4, 4, 3, null])
    .decide(4, 'majority');
  const { app } = meeting.house;
  const [who] = meeting.guests;
  const seated = who && app.meetings.find(who.accountId, meeting.id);
  if (!seated) throw new Error('no seat');
  const entries = app.meetings.record(seated);
  const { title, municipality, heldOn, rev } = seated.meeting;
  const order = { meetingId: meeting.id, title, municipality, heldOn, exportedAt: 0, entries };
  const file = JSON.parse(new TextDecoder().decode(makeRecordFile(order))) as {
    meetingId: string;
    head: string;
    events: Record<'seq' | 'at' | 'actor' | 'kind' | 'body' | 'prev' | 'hash', unknown>[];
  };
  expect(file.events).toHaveLength(rev);
  let previous = '0'.repeat(64);
  for (const { seq, at, actor, kind, body, prev, hash } of file.events) {
    expect(prev).toBe(previous);
    previous = createHash('sha256')
      .update(String(prev))
      .update(JSON.stringify([file.meetingId, seq, at, actor, kind, body]))
      .digest('hex');
    expect(hash).toBe(previous);
  }
  expect(file.head).toBe(previous);
});

test('the template of an office is kept over a restart, replaced and dropped', async () => {
  const { house } = await SampleMeeting.open();
  const bytes = new Uint8Array([1, 2, 3, 250]);
  expect(house.app.templates.find()).toBeNull();
  house.app.templates.keep('様式第1号.docx', bytes);
  await house.restart();
  expect(house.app.templates.find()).toEqual({ name: '様式第1号.docx', keptAt: house.now, bytes });
  house.app.templates.keep('様式第2号.docx', bytes.slice(1));
  expect(house.app.templates.about()).toEqual({ name: '様式第2号.docx', keptAt: house.now });
  house.app.templates.drop();
  expect(house.app.templates.find()).toBeNull();
  expect(house.app.templates.about()).toBeNull();
});
