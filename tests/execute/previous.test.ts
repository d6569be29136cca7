/** [P11] over the one write path: who may link last year's meeting, and who then reads what of it. */
import { describe, expect, test } from 'vitest';
import type { MeetingDetails } from '#domain/meeting.ts';
import type { MeetingId } from '#domain/types.ts';
import { details as usual, House, SampleMeeting } from './house.ts';

/** Two meetings of the same people on the same projects; of the first, one project is decided. */
async function twoYears() {
  const house = new House();
  const earlier = (await SampleMeeting.open(house)).open().start();
  earlier.vote([3, 3, 3, 3]).decide(3, 'unanimous');
  const now = await SampleMeeting.open(house);
  const link = (previousMeetingId: string | null, more: Partial<MeetingDetails> = {}) =>
    now.send(now.guest('secretariat'), {
      type: 'changeDetails',
      details: {
        ...usual,
        title: now.state.title,
        ...more,
        previousMeetingId: previousMeetingId as MeetingId | null,
      },
    });
  const readBy = (role: 'secretariat' | 'member' | 'section' | 'observer', n = 0) => {
    const seated = house.app.meetings.find(now.guest(role).accountId, now.id);
    return seated ? house.app.meetings.previous(seated, now.item(n).id) : undefined;
  };
  return { house, earlier, now, link, readBy };
}
const unknown = { ok: false, refused: 'unknown-meeting' };

describe('[P11] linking', () => {
  test('a meeting without a seat, one that never was and the meeting itself are alike unknown', async () => {
    const { house, now, link } = await twoYears();
    const member = now.guest('member');
    const others = house.app.meetings.found({ ...member, isStaff: true }, usual);
    expect([link(others), link('no-such-meeting'), link(now.id)]).toEqual([
      unknown,
      unknown,
      unknown,
    ]);
    expect(now.state.previousMeetingId).toBeNull();
  });

  test('its own secretariat links it; others of the secretariat may keep the link and undo it', async () => {
    const { earlier, now, link } = await twoYears();
    expect(link(earlier.id)).toMatchObject({ ok: true });
    expect(now.state.previousMeetingId).toBe(earlier.id);
    expect(link(earlier.id, { place: '第2会議室' })).toMatchObject({ ok: true });
    expect(link(null)).toMatchObject({ ok: true });
    expect(now.state.previousMeetingId).toBeNull();
  });
});

describe('[P11] reading', () => {
  test('who reads the sheets reads what was decided; before that, and observers, nothing', async () => {
    const { earlier, now, link, readBy } = await twoYears();
    expect(readBy('secretariat')).toBeNull();
    link(earlier.id);
    expect(readBy('secretariat')).toMatchObject({
      ratings: [{ label: '地方創生に相当程度効果があった' }],
    });
    // In preparation only those who prepare read sheets [P6].
    expect([readBy('member'), readBy('section'), readBy('observer')]).toEqual([null, null, null]);
    now.open();
    expect(readBy('member')).toMatchObject({ evaluatedYear: earlier.state.evaluatedYear });
    expect(readBy('section')).not.toBeNull();
    expect(readBy('observer')).toBeNull();
    // The second project was never decided.
    expect(readBy('member', 1)).toBeNull();
  });

  test('a decision that is taken back is not told any more', async () => {
    const { earlier, link, readBy } = await twoYears();
    link(earlier.id);
    const { id: itemId } = earlier.item();
    earlier.do(earlier.guest('chair'), { type: 'reopenItem', itemId, reason: '数値の訂正' });
    expect(readBy('secretariat')).toBeNull();
  });

  test('no name and no id of the earlier meeting is among it', async () => {
    const { earlier, link, readBy } = await twoYears();
    link(earlier.id);
    const told = JSON.stringify(readBy('secretariat'));
    for (const { name, seat, accountId } of earlier.guests)
      for (const secret of [name, seat, accountId]) expect(told).not.toContain(secret);
    expect(told).toContain('相当程度');
  });
});
