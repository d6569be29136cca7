/** Rules [B10] to [B16], [P10]: secret ballots, standing aside, paper, casting votes, round zero. */
import { describe, expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { Choice } from '#domain/meeting.ts';
import { effectiveRole } from '#domain/permission.ts';
import { roomOf } from '#domain/room.ts';
import { nextStep } from '#domain/step.ts';
import type { OptionId } from '#domain/types.ts';
import { audienceOf, audiencesOf, viewOf } from '#protocol/view.ts';
import { effect, item, option, person, TestRoom } from './room.ts';

const choice = (level: 1 | 2 | 3 | 4 | null): Choice[] => [
  { criterionId: effect, optionId: option(level) },
];
const recuse = (who: string, reason = '取引先のため'): Command => ({
  type: 'declareRecusal',
  itemId: item('i1'),
  participantId: person(who),
  reason,
});
const paper = (
  room: TestRoom,
  type: 'recordPaperBallot' | 'confirmPaperBallot',
  level: 1 | 2 | 3 | 4,
  who = 'm3',
): Command => ({
  type,
  itemId: item('i1'),
  roundId: room.round().id,
  participantId: person(who),
  choices: choice(level),
});
const rate = (level: 1 | 2 | 3 | 4): Command => ({
  type: 'ratePrivately',
  itemId: item('i1'),
  choices: choice(level),
});

describe('secret', () => {
  test('[B11] the record says how many have voted, never who or what', () => {
    const room = new TestRoom().open().start().secret();
    const before = room.events.length;
    room.cast('m2', 4).cast('m1', 1).cast('m2', 3);
    const cast = room.events.slice(before).map(({ body }) => body);
    expect(cast.map(({ kind }) => kind)).toEqual(Array(3).fill('secretBallotCast'));
    expect(JSON.stringify(cast)).not.toMatch(/m1|m2|effect-/);
    expect(room.round()).toMatchObject({ voted: [], turnout: 2, secrecy: 'secret' });
  });

  test('[B11] closing adds up and destroys; the reveal tells the sums and nobody’s ballot', () => {
    const room = new TestRoom().open().start().secret();
    room.cast('m1', 4).cast('m2', 4).cast('m3', 1);
    const { id } = room.round();
    room.close();
    expect(room.ballots.has(id)).toBe(false);
    expect(JSON.stringify(room.events)).not.toContain('"votes"');
    room.asked.length = 0;
    room.reveal();
    expect(room.asked).toEqual(['sealed']);
    const { result } = room.round();
    expect(result?.ballots).toEqual([]);
    expect(result?.tallies[0]?.counts.map(({ votes }) => votes)).toEqual([2, 0, 0, 1]);
  });

  test('[B10] two runs that differ in the votes make the same record until the reveal', () => {
    const run = (levels: readonly (1 | 2 | 3 | 4)[]) => {
      const room = new TestRoom().open().start().secret();
      for (const [at, level] of levels.entries()) room.cast(['m1', 'm2', 'm3'][at] ?? '', level);
      room.cast('m1', levels[2] ?? 1).close();
      return JSON.stringify(room.events);
    };
    expect(run([4, 4, 4])).toBe(run([1, 2, 3]));
  });
});

describe('standing aside', () => {
  test('[B12] is out of the denominator before the opening', () => {
    const room = new TestRoom().open().start().do('m1', recuse('m1')).ballot();
    const { electorate, recused } = room.round();
    expect(electorate.map(({ participantId }) => participantId)).not.toContain('m1');
    expect(recused.map(({ participantId }) => participantId)).toEqual(['m1']);
    expect(room.refusal('m1', room.castOf(4))).toBe('recused');
  });

  test('[B12] takes the vote out of an open ballot, and coming back does not put it in again', () => {
    for (const secrecy of ['named', 'secret'] as const) {
      const room = new TestRoom().open().start().ballot('i1', undefined, secrecy);
      room.cast('m1', 1).cast('m2', 4).do('m1', recuse('m1'));
      expect(room.round().turnout).toBe(1);
      room.do('m1', {
        type: 'withdrawRecusal',
        itemId: item('i1'),
        participantId: person('m1'),
      });
      expect(room.refusal('m1', room.castOf(4))).toBe('not-an-elector');
      room.close().reveal();
      expect(room.round().result?.tallies[0]?.counts.map(({ votes }) => votes)).toEqual([
        1, 0, 0, 0,
      ]);
    }
  });

  test('[B12] waits while a count is closed and not yet shown, and owes a reason', () => {
    const room = new TestRoom().open().start().ballot().cast('m1', 4).close();
    expect(room.refusal('m2', recuse('m2'))).toBe('ballot-not-revealed');
    expect(room.reveal().refusal('m2', recuse('m2', '  '))).toBe('reason-required');
    expect(room.refusal('m2', recuse('m3'))).toBe('not-allowed');
    expect(room.refusal('sec', recuse('section'))).toBe('not-on-council');
    expect(room.refusal('chair', recuse('m3'))).toBeNull();
  });

  test('[P10] a recused chair hands the gavel to the vice chair, without one to the deputy', () => {
    const room = new TestRoom().open().start().do('chair', recuse('chair'));
    expect(room.refusal('chair', room.decisionOf(4))).toBe('recused');
    expect(room.refusal('vice', room.decisionOf(4))).toBeNull();
    room.attend('chair', 'm1', 'm2', 'm3');
    expect(room.refusal('m3', room.decisionOf(4))).toBe('chair-only');
    room.do('sec', { type: 'appointDeputy', participantId: person('m3') });
    expect(room.refusal('m3', room.decisionOf(4))).toBeNull();
    const chair = room.meeting.participants.find(({ id }) => id === 'chair');
    if (!chair) throw new Error('no chair');
    expect(effectiveRole(chair, roomOf(room.meeting))).toBe('chair');
  });

  test('[P10] the view of a recused person has no ballot, count, question or reason of the item', () => {
    const room = new TestRoom().open().start().do('m1', recuse('m1', '秘密の事情'));
    room.do('m2', { type: 'askQuestion', itemId: item('i1'), text: '質問の本文' }).ballot();
    room.cast('m2', 4);
    const m1 = { id: person('m1'), role: 'member' } as const;
    expect(audienceOf(room.meeting, m1)).toBe('m1');
    expect(audiencesOf(room.meeting)).toEqual(['everybody', 'm1', 'observers']);
    const text = JSON.stringify(viewOf(room.meeting, person('m1')).items[0]);
    expect(text).not.toMatch(/秘密の事情|質問の本文|turnout/);
    expect(JSON.stringify(viewOf(room.meeting))).toContain('質問の本文');
    const seen = JSON.stringify(viewOf(room.meeting, 'observers'));
    expect(seen).not.toMatch(/秘密の事情|質問の本文/);
    room.close().reveal().decide(4, 'unanimous');
    expect(audienceOf(room.meeting, m1)).toBe('everybody');
  });

  test('[P4] observers learn how many have voted and never who', () => {
    const room = new TestRoom().open().start().vote({ m1: 4, m2: 3, m3: 3 });
    const round = viewOf(room.meeting, 'observers').items[0]?.rounds[0];
    expect(round).toMatchObject({ turnout: 3, voted: [] });
    expect(round?.result?.ballots).toEqual([]);
    expect(viewOf(room.meeting).items[0]?.rounds[0]?.voted).toHaveLength(3);
  });
});

describe('paper', () => {
  test('[B14] counts when a second person has read the same', () => {
    const room = new TestRoom().open().start().ballot().cast('m1', 4);
    expect(room.refusal('sec', paper(room, 'confirmPaperBallot', 3))).toBe('paper-missing');
    room.do('sec', paper(room, 'recordPaperBallot', 3));
    expect(room.round().turnout).toBe(1);
    const close = { type: 'closeBallot', itemId: item('i1'), roundId: room.round().id } as const;
    expect(room.refusal('sec', close)).toBe('paper-unconfirmed');
    expect(nextStep(roomOf(room.meeting)).kind).toBe('confirmPaper');
    expect(room.refusal('sec', paper(room, 'confirmPaperBallot', 3))).toBe('second-person-needed');
    expect(room.refusal('chair', paper(room, 'confirmPaperBallot', 4))).toBe('paper-differs');
    room.do('chair', paper(room, 'confirmPaperBallot', 3));
    expect(room.round()).toMatchObject({ turnout: 2, voted: ['m1', 'm3'] });
    expect(JSON.stringify(room.events)).not.toContain('effect-3"}');
    room.close().reveal();
    expect(room.round().result?.tallies[0]?.counts.map(({ votes }) => votes)).toEqual([1, 1, 0, 0]);
  });

  test('[B14] is for electors, and a ballot on screen takes it back', () => {
    const room = new TestRoom().open().start().ballot();
    expect(room.refusal('sec', paper(room, 'recordPaperBallot', 3, 'section'))).toBe(
      'not-an-elector',
    );
    room.do('sec', paper(room, 'recordPaperBallot', 3)).cast('m3', 4);
    expect(room.round().paper).toEqual([]);
  });
});

describe('a tie', () => {
  const vote = (room: TestRoom, level: 1 | 2 | 3 | 4, reason = '理由'): Command => ({
    type: 'breakTie',
    itemId: item('i1'),
    roundId: room.round().id,
    criterionId: effect,
    optionId: `effect-${level}` as OptionId,
    reason,
  });

  test('[B15] is broken by the chair, among the tied options, with a reason', () => {
    const room = new TestRoom().open().start().vote({ m1: 4, m2: 3 });
    expect(nextStep(roomOf(room.meeting)).kind).toBe('breakTie');
    expect(room.refusal('sec', vote(room, 4))).toBe('chair-only');
    expect(room.refusal('chair', vote(room, 2))).toBe('unknown-option');
    expect(room.refusal('chair', vote(room, 4, ' '))).toBe('reason-required');
    room.do('chair', vote(room, 4));
    expect(nextStep(roomOf(room.meeting)).kind).toBe('decideItem');
    const clear = new TestRoom().open().start().vote({ m1: 4, m2: 4, m3: 3 });
    expect(clear.refusal('chair', vote(clear, 4))).toBe('no-tie');
  });
});

describe('private ratings', () => {
  test('[B16] leave no event and are shown as a distribution', () => {
    const room = new TestRoom().do('sec', { type: 'startPreview' });
    const before = room.events.length;
    room.do('m1', rate(4)).do('m2', rate(1)).do('m1', rate(3));
    expect(room.events).toHaveLength(before);
    expect(room.refusal('section', rate(4))).toBe('not-allowed');
    room
      .open()
      .start()
      .do('chair', { type: 'revealRoundZero', itemId: item('i1') });
    const zero = room.item().roundZero;
    expect(zero?.given).toBe(2);
    expect(zero?.tallies[0]?.counts.map(({ votes }) => votes)).toEqual([0, 1, 0, 1]);
    expect(JSON.stringify(room.events.at(-1)?.body)).not.toMatch(/m1|m2/);
  });

  test('[B13] are not for those who stand aside, and not counted once they do', () => {
    const room = new TestRoom().do('sec', { type: 'startPreview' });
    room.do('m1', rate(4)).do('m2', rate(4)).do('m1', recuse('m1'));
    expect(room.refusal('m1', rate(3))).toBe('recused');
    room
      .open()
      .start()
      .do('sec', { type: 'revealRoundZero', itemId: item('i1') });
    expect(room.item().roundZero?.given).toBe(1);
    const other = new TestRoom().open().start();
    expect(other.refusal('sec', { type: 'revealRoundZero', itemId: item('i1') })).toBe(
      'no-private-ratings',
    );
  });
});
