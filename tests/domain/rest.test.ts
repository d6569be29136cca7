/** [M18] A break is no item's time. */
import { expect, test } from 'vitest';
import { timeSpent } from '#domain/rest.ts';
import { TestRoom } from './room.ts';

test('[M18] the breaks of a meeting are kept, in order, and the one under way stops the clock', () => {
  const room = new TestRoom().open().start();
  const { startedAt } = room.item();
  if (startedAt === null) throw new Error('not started');
  const spent = () => timeSpent(startedAt, room.now, room.meeting);
  room.now += 60_000;
  room.do('chair', { type: 'adjourn' });
  const before = spent();
  expect(before).toBe(61_000);
  room.now += 600_000;
  expect(spent()).toBe(before);
  room.do('chair', { type: 'resume' });
  expect(spent()).toBe(before);
  room.now += 5_000;
  expect(spent()).toBe(before + 5_000);
  room.do('sec', { type: 'adjourn' });
  room.do('sec', { type: 'resume' });
  expect(room.meeting.breaks.map(({ from, to }) => to - from)).toEqual([601_000, 1_000]);
  expect(spent()).toBe(before + 6_000);
});

test('[M18] only the part of a break within the item counts, and a clock put back never counts less than nothing', () => {
  const breaks = [
    { from: 100, to: 200 },
    { from: 300, to: 250 },
  ];
  const at = (from: number, to: number) => timeSpent(from, to, { breaks, adjournedAt: null });
  expect([at(0, 50), at(0, 150), at(150, 160), at(150, 260), at(0, 400)]).toEqual([
    50, 100, 0, 60, 300,
  ]);
  expect(timeSpent(500, 400, { breaks: [], adjournedAt: null })).toBe(0);
});
