/**
 * [B18] 書面開催: the deadline closes the ballots, whether the timer looks first, or somebody's command,
 * or the house was shut when it passed; [B19] and opinions are read from then on. The clock is the test's own.
 */
import { expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { Secrecy } from '#domain/types.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { examine } from '../../server/doctor.ts';
import { House, SampleMeeting } from './house.ts';
import { Street } from './street.ts';

const HOUR = 3_600_000;

/** Two ballots under way, one person has voted in each. */
async function circulated(secrecy: Secrecy = 'named') {
  const house = new House();
  const deadline = house.now + HOUR;
  const meeting = await SampleMeeting.open(house, { gathering: 'circulated', deadline });
  meeting.do(meeting.guest('secretariat'), { type: 'openMeeting', present: [] });
  const criterionIds = meeting.state.criteria.map(({ id }) => id);
  for (const n of [0, 1]) {
    const itemId = meeting.item(n).id;
    meeting.do(meeting.guest('chair'), { type: 'openBallot', itemId, criterionIds, secrecy });
    meeting.cast(meeting.guest('member', 0), 4, n);
  }
  return { house, meeting, deadline };
}

const late = { ok: false, refused: 'ballot-closed' };
const statesOf = ({ state }: SampleMeeting) => state.items.slice(0, 2).map((item) => item.state);

test('[B18] the timer closes what is open at the deadline, and not before; nobody is the actor', async () => {
  const { house, meeting, deadline } = await circulated();
  house.now = deadline - 1;
  house.app.deadlines.look();
  meeting.cast(meeting.guest('member', 1), 3);
  const { rev } = meeting.state;

  house.now = deadline;
  house.app.deadlines.look();
  expect(statesOf(meeting)).toEqual(['counted', 'counted']);
  expect(house.rows('select kind, actor from meeting_event where seq > ?', rev)).toEqual([
    { kind: 'ballotClosed', actor: null },
    { kind: 'ballotClosed', actor: null },
  ]);
  expect(meeting.send(meeting.guest('member', 2), meeting.castOf(4))).toEqual(late);
  // Once is enough.
  house.app.deadlines.look();
  expect(meeting.state.rev).toBe(rev + 2);
  meeting.reveal();
  expect(meeting.round().result?.ballots).toHaveLength(2);
  await house.app.close();
  expect(examine(house.file, undefined).filter(({ found }) => found.length > 0)).toEqual([]);
});

test('[B18] [B4] a late cast is late although no timer has looked: the closing is stored before it', async () => {
  const { house, meeting, deadline } = await circulated();
  const voter = meeting.guest('member', 0);
  const [early, id] = [meeting.castOf(3), house.newId()];
  const ack = meeting.send(voter, early, id);
  expect(ack).toMatchObject({ ok: true });
  house.now = deadline + 1;
  const { rev } = meeting.state;
  // Sent again because the answer was lost: the answer is the old one, and nothing closes by it.
  expect(meeting.send(voter, early, id)).toEqual(ack);
  expect(meeting.state.rev).toBe(rev);

  expect(meeting.send(meeting.guest('member', 1), meeting.castOf(4))).toEqual(late);
  expect(meeting.send(voter, meeting.castOf(1))).toEqual(late);
  expect(statesOf(meeting)).toEqual(['counted', 'counted']);
  meeting.reveal();
  expect(meeting.round().result?.ballots).toEqual([
    { participantId: voter.seat, choices: 'choices' in early ? early.choices : [] },
  ]);
});

test('[B18] a deadline that passed while the house was shut is kept at its start', async () => {
  const { house, meeting, deadline } = await circulated();
  await house.app.close();
  house.now = deadline + HOUR;
  await house.restart();
  expect(statesOf(meeting)).toEqual(['rating', 'rating']);
  house.app.deadlines.start();
  expect(statesOf(meeting)).toEqual(['counted', 'counted']);
  expect(meeting.send(meeting.guest('member', 1), meeting.castOf(4))).toEqual(late);
});

test('[B18] [B11] a secret ballot is sealed by it: sums stay, ballots go', async () => {
  const { house, meeting, deadline } = await circulated('secret');
  house.now = deadline;
  house.app.deadlines.look();
  expect(house.rows('select * from ballot')).toEqual([]);
  expect(house.rows('select round_id from sealed_tally')).toHaveLength(2);
  meeting.reveal();
  expect(meeting.round().result?.tallies[0]?.counts[0]?.votes).toBe(1);
});

test('[B18] [B14] paper taken in before the deadline is confirmed after it, and nothing else comes in', async () => {
  const { house, meeting, deadline } = await circulated();
  const [sec, chair] = [meeting.guest('secretariat'), meeting.guest('chair')];
  const { seat: participantId } = meeting.guest('member', 3);
  const [itemId, roundId] = [meeting.item().id, meeting.round().id];
  const cast = meeting.castOf(2);
  const choices = 'choices' in cast ? cast.choices : [];
  const paper = (
    type: 'recordPaperBallot' | 'confirmPaperBallot',
    who = participantId,
  ): Command => ({
    type,
    itemId,
    roundId,
    participantId: who,
    choices,
  });
  meeting.do(sec, paper('recordPaperBallot'));
  house.now = deadline;
  house.app.deadlines.look();
  expect(statesOf(meeting)).toEqual(['rating', 'counted']);
  expect(meeting.send(meeting.guest('member', 1), meeting.castOf(4))).toEqual(late);
  const other = meeting.guest('member', 2).seat;
  expect(meeting.send(sec, paper('recordPaperBallot', other))).toEqual(late);
  const { rev } = meeting.state;
  house.app.deadlines.look();
  expect(meeting.state.rev).toBe(rev);

  meeting.do(chair, paper('confirmPaperBallot'));
  house.app.deadlines.look();
  expect(statesOf(meeting)).toEqual(['counted', 'counted']);
  meeting.reveal();
  expect(meeting.round().result?.ballots.map((ballot) => ballot.participantId)).toContain(
    participantId,
  );
});

test('[B18] a round that is opened after the deadline is closed by hand', async () => {
  const { house, meeting, deadline } = await circulated();
  house.now = deadline + 1;
  house.app.deadlines.look();
  meeting.reveal().ballot().cast(meeting.guest('member', 1), 4);
  house.app.deadlines.look();
  expect(meeting.item().state).toBe('rating');
  meeting.close();
});

test('[B18] no deadline, no closing: a meeting in one room, and one without a deadline', async () => {
  const house = new House();
  const room = await SampleMeeting.open(house, { deadline: house.now + HOUR });
  room.open().start().ballot();
  house.now += 2 * HOUR;
  house.app.deadlines.look();
  room.cast(room.guest('member'), 4);
  const free = await SampleMeeting.open(new House('free'), { gathering: 'circulated' });
  free.do(free.guest('secretariat'), { type: 'openMeeting', present: [] }).ballot();
  free.house.now += 1000 * HOUR;
  free.house.app.deadlines.look();
  expect(free.item().state).toBe('rating');
});

test('[B18] a file that cannot be written holds the closing up, and ends nothing', async () => {
  const { house, meeting, deadline } = await circulated();
  house.tamper(
    `create trigger still before insert on meeting_event begin select raise(abort, 'x'); end`,
  );
  house.now = deadline;
  const before = meeting.state;
  house.app.deadlines.look();
  expect(meeting.state).toEqual(before);
  expect(house.lines.filter((line) => line.includes('deadline-failed'))).toHaveLength(1);
  house.tamper('drop trigger still');
  house.app.deadlines.look();
  expect(statesOf(meeting)).toEqual(['counted', 'counted']);
});

test('[B19] after it the words of a member are not taken; whoever conducts goes on', async () => {
  const street = await Street.open();
  const { house } = street;
  const deadline = house.now + HOUR;
  const meeting = await SampleMeeting.open(house, { gathering: 'circulated', deadline });
  const office = meeting.guest('secretariat');
  meeting.do(office, { type: 'openMeeting', present: [] });
  const name = opinionsDocument(meeting.item().id);
  const heading = meeting.state.headings[0]?.id ?? '';
  const member = await street.document(meeting.guest('member'), name);
  await member.type(heading, '期限の前。');

  house.now = deadline;
  const ended = new Promise<void>((resolve) => member.closed(resolve));
  void member.type(heading, '期限の後。');
  await ended;
  const chair = await street.document(meeting.guest('chair'), name);
  await chair.type(heading, '整理した。');
  expect(chair.doc.getXmlFragment(heading).toJSON()).toContain('期限の前。整理した。');
});
