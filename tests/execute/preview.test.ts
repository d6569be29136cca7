/** [B16] [P12] Private ratings and drafts reach their owner and nobody else; the 目安 waits for them. */
import { describe, expect, test } from 'vitest';
import type { HeadingId } from '#domain/types.ts';
import { audiencesOf, viewOf } from '#protocol/view.ts';
import type { Choice } from '#domain/meeting.ts';
import { House, SampleMeeting, type Guest } from './house.ts';

type Level = 1 | 2 | 3 | 4;

const choices = (meeting: SampleMeeting, level: Level): readonly Choice[] =>
  meeting.state.criteria.map(({ id, options }) => ({
    criterionId: id,
    optionId: options[4 - level]?.id ?? null,
  }));

const seated = (meeting: SampleMeeting, who: Guest) => {
  const found = meeting.house.app.meetings.find(who.accountId, meeting.id);
  if (!found) throw new Error('no seat');
  return found;
};

/** Everything is the same but what is rated and drafted. */
async function run(level: Level, words: string): Promise<SampleMeeting> {
  const meeting = await SampleMeeting.open(new House('same'));
  const owner = meeting.guest('member');
  meeting.do(meeting.guest('secretariat'), { type: 'startPreview' });
  const itemId = meeting.item().id;
  meeting.do(owner, { type: 'ratePrivately', itemId, choices: choices(meeting, level) });
  const headingId = meeting.state.headings[0]?.id as HeadingId;
  meeting.house.app.meetings.saveDraft(seated(meeting, owner), { itemId, headingId, text: words });
  return meeting;
}

/** What pages and sockets tell a person of ratings, drafts and the state of the meeting. */
const told = (meeting: SampleMeeting, who: Guest) => {
  const { meetings } = meeting.house.app;
  const seat = seated(meeting, who);
  return {
    views: audiencesOf(seat.meeting).map((audience) => viewOf(seat.meeting, audience)),
    ratings: meetings.ownRatings(seat),
    drafts: meetings.drafts(seat),
    rated: meetings.rated(meeting.id),
    record: meetings.record(seat),
    lines: meeting.house.lines,
  };
};

describe('[B16] [P12] paired runs', () => {
  test('[B16] [P12] what is rated and drafted changes nothing for anybody else', async () => {
    const [one, other] = [await run(4, 'よい取組だ'), await run(1, 'まったく足りない')];
    const owner = one.guest('member');
    for (const who of one.guests.filter(({ seat }) => seat !== owner.seat)) {
      const mirror = other.guests[one.guests.indexOf(who)] as Guest;
      expect(JSON.stringify(told(one, who))).toBe(JSON.stringify(told(other, mirror)));
    }
    // The comparison can fail: to the owner they differ.
    expect(told(one, owner)).not.toEqual(told(other, other.guest('member')));
  });

  test('[M15] the secretariat reads who has rated, without any option', async () => {
    const meeting = await run(3, '下書き');
    const rated = meeting.house.app.meetings.rated(meeting.id);
    expect(rated).toEqual([
      { itemId: meeting.item().id, participantId: meeting.guest('member').seat },
    ]);
  });
});

test('[P12] a draft is kept, changed, and gone when it is empty', async () => {
  const meeting = await run(2, '一つ目');
  const { meetings } = meeting.house.app;
  const owner = seated(meeting, meeting.guest('member'));
  const { itemId, headingId } = meetings.drafts(owner)[0] ?? {};
  if (!itemId || !headingId) throw new Error('no draft');
  meetings.saveDraft(owner, { itemId, headingId, text: '二つ目' });
  expect(meetings.drafts(owner).map(({ text }) => text)).toEqual(['二つ目']);
  meetings.saveDraft(owner, { itemId, headingId, text: '' });
  expect(meetings.drafts(owner)).toEqual([]);
});
