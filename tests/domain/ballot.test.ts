/** Rules [B1] to [B9]: who votes, what a ballot may hold, how it is counted, what nobody sees. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { Ballot, Choice, Criterion, Elector } from '#domain/meeting.ts';
import { nationalCriterion } from '#domain/scale.ts';
import { isDivided, isUnanimous, tallyOf } from '#domain/tally.ts';
import type { CriterionId, OptionId, RoundId } from '#domain/types.ts';
import { effect, item, option, person, policy, seat, TestRoom } from './room.ts';

// Chance belongs to the test: the same cases in every run.
fc.configureGlobal({ seed: 20250820 });

const names = (electors: readonly Elector[]) => electors.map(({ participantId }) => participantId);

describe('the electorate', () => {
  test('[B1] is the members and the vice chair who are present, without chair, section, observer', () => {
    const room = new TestRoom()
      .open('sec', 'chair', 'vice', 'm1', 'm2', 'section')
      .start()
      .ballot();
    expect(names(room.round().electorate)).toEqual(['vice', 'm1', 'm2']);
    expect(names(room.round().absent)).toEqual(['m3']);
  });

  test('[B1] holds the chair where the meeting says so', () => {
    const room = new TestRoom({ details: { chairVotes: true } })
      .open('chair', 'm1', 'm2')
      .start()
      .ballot();
    expect(names(room.round().electorate)).toEqual(['chair', 'm1', 'm2']);
    expect(names(room.round().absent)).toEqual(['vice', 'm3']);
    expect(room.cast('chair', 4).round().voted).toEqual(['chair']);
  });

  test('[B1] is frozen at the opening: nobody joins, leaves or is renamed afterwards', () => {
    const room = new TestRoom().open('chair', 'vice', 'm1', 'm2').start().ballot();
    const { electorate, absent } = room.round();
    room.attend('m3');
    room.do('sec', { type: 'addParticipant', seat: seat('late', 'member') });
    const renamed = { ...seat('m1', 'member'), name: '改姓 花子' };
    room.do('sec', { type: 'changeParticipant', participantId: person('m1'), seat: renamed });
    expect(room.round()).toMatchObject({ electorate, absent });
    expect(room.refusal('m3', room.castOf(4))).toBe('not-an-elector');
    // Whoever left the room after the opening still has a vote in this round.
    expect(room.refusal('m2', room.castOf(4))).toBeNull();
  });

  test('[B1] the labels of a round are those of its opening', () => {
    const room = new TestRoom().open().start().ballot();
    expect(room.round().criteria).toEqual([nationalCriterion]);
    const change: Command = { type: 'changeCriteria', criteria: [policy] };
    expect(room.refusal('sec', change)).toBe('meeting-not-draft');
  });

  test('[B1] without a quorum or without electors no ballot is opened', () => {
    const open = (room: TestRoom) =>
      room.refusal('sec', {
        type: 'openBallot',
        itemId: item('i1'),
        criterionIds: [effect],
        secrecy: 'named',
      });
    expect(open(new TestRoom().open('chair', 'm1').start())).toBe('quorum-not-met');
    const chairOnly = new TestRoom({ people: { chair: 'chair' } }).open('chair').start();
    expect(open(chairOnly)).toBe('quorum-not-met');
  });

  test('[B1] a ballot is opened on criteria the meeting has, each once', () => {
    const room = new TestRoom({ criteria: [nationalCriterion, policy] }).open().start();
    const open = (...criterionIds: string[]) => ({
      type: 'openBallot' as const,
      itemId: item('i1'),
      criterionIds: criterionIds as CriterionId[],
      secrecy: 'named' as const,
    });
    expect(room.refusal('sec', open())).toBe('unknown-criterion');
    expect(room.refusal('sec', open('effect', 'other'))).toBe('unknown-criterion');
    room.do('sec', open('policy', 'policy'));
    expect(room.round().criteria).toEqual([policy]);
  });
});

describe('a ballot', () => {
  test('[B2] the national scale is ordered, best first', () => {
    expect(nationalCriterion.options.map(({ id }) => id)).toEqual(
      [4, 3, 2, 1].map((level) => `effect-${level}`),
    );
  });

  test('[B3] names one option or 棄権 for every criterion, or is refused as a whole', () => {
    const room = new TestRoom({ criteria: [nationalCriterion, policy] }).open().start().ballot();
    const cast = (...choices: (readonly [string, string | null])[]) => ({
      ...room.castOf(4),
      type: 'castBallot' as const,
      itemId: item('i1'),
      roundId: room.round().id,
      choices: choices.map(([criterionId, optionId]) => ({ criterionId, optionId })) as Choice[],
    });
    const good = [
      ['policy', null],
      ['effect', 'effect-2'],
    ] as const;
    expect(room.refusal('m1', cast(...good))).toBeNull();
    expect(room.refusal('m1', cast())).toBe('choices-incomplete');
    expect(room.refusal('m1', cast(good[0]))).toBe('choices-incomplete');
    expect(room.refusal('m1', cast(good[0], good[0]))).toBe('choices-incomplete');
    expect(room.refusal('m1', cast(...good, good[0]))).toBe('choices-incomplete');
    expect(room.refusal('m1', cast(good[0], ['other', null]))).toBe('choices-incomplete');
    expect(room.refusal('m1', cast(good[0], ['effect', 'effect-9']))).toBe('unknown-option');
    expect(room.refusal('m1', cast(good[0], ['effect', 'policy-継続']))).toBe('unknown-option');
  });

  test('[B4] is one per person, changeable until the close; the last one counts', () => {
    const room = new TestRoom().open().start().ballot();
    room.cast('m1', 1).cast('m2', 3).cast('m1', 4).cast('m1', 4);
    expect(room.round().voted).toEqual(['m1', 'm2']);
    room.close().reveal();
    expect(room.round().result?.ballots).toEqual([
      { participantId: 'm1', choices: [{ criterionId: effect, optionId: option(4) }] },
      { participantId: 'm2', choices: [{ criterionId: effect, optionId: option(3) }] },
    ]);
  });

  test('[B4] a late cast is ballot-closed: after the close, the reveal, in a later round', () => {
    const room = new TestRoom().open().start().ballot();
    const late = room.castOf(4);
    room.close();
    expect(room.refusal('m1', late)).toBe('ballot-closed');
    room.reveal();
    expect(room.refusal('m1', late)).toBe('ballot-closed');
    room.ballot();
    expect(room.refusal('m1', late)).toBe('ballot-closed');
    expect(room.refusal('m1', room.castOf(4))).toBeNull();
    room.close().reveal().decide(4, 'chairJudgement', '意見を踏まえた');
    expect(room.refusal('m1', late)).toBe('ballot-closed');
  });

  test('[B4] a round that never was is unknown, an item without a round has no ballot', () => {
    const room = new TestRoom().open().start();
    const stray = room.castOf(4, 'i1', 'no-round' as RoundId);
    expect(room.refusal('m1', stray)).toBe('ballot-not-open');
    room.ballot();
    expect(room.refusal('m1', stray)).toBe('unknown-round');
    expect(room.refusal('m1', room.castOf(4, 'i9', room.round().id))).toBe('unknown-item');
  });

  test('[B4] closing and revealing name the round they mean', () => {
    const room = new TestRoom().open().start().ballot();
    const first = room.round().id;
    const of = (type: 'closeBallot' | 'revealBallot', roundId: RoundId): Command => ({
      type,
      itemId: item('i1'),
      roundId,
    });
    expect(room.refusal('sec', of('revealBallot', first))).toBe('ballot-not-closed');
    expect(room.refusal('sec', of('closeBallot', 'other' as RoundId))).toBe('unknown-round');
    room.close();
    expect(room.refusal('sec', of('closeBallot', first))).toBe('ballot-not-open');
    room.reveal();
    expect(room.refusal('sec', of('revealBallot', first))).toBe('ballot-not-closed');
    room.ballot();
    // A second click on "close" that arrives late must not close the second round.
    expect(room.refusal('sec', of('closeBallot', first))).toBe('ballot-closed');
  });
});

describe('secrecy', () => {
  test('[B5] no event and no state holds a choice before the reveal', () => {
    const room = new TestRoom().open().start().ballot();
    room.cast('m1', 2).cast('m2', 2).cast('m3', null).close();
    const after = room.events.slice(
      room.events.findIndex(({ body }) => body.kind === 'ballotOpened') + 1,
    );
    expect(JSON.stringify(after)).not.toContain('effect');
    expect(room.round().result).toBeNull();
    expect(room.asked).toEqual([]);
    room.reveal();
    expect(room.asked).toEqual(['ballots']);
  });

  test('[B5] two meetings that differ only in the votes have the same events until the reveal', () => {
    const votes = fc.constantFrom(1, 2, 3, 4, null);
    const played = (first: 1 | 2 | 3 | 4 | null, second: 1 | 2 | 3 | 4 | null) => {
      const room = new TestRoom().open().start().ballot();
      return room.cast('m1', first).cast('m3', second).close();
    };
    fc.assert(
      fc.property(votes, votes, votes, votes, (a, b, c, d) => {
        expect(played(a, b).events).toEqual(played(c, d).events);
        expect(played(a, b).meeting).toEqual(played(c, d).meeting);
      }),
      { numRuns: 30 },
    );
  });

  test('[B5] who has voted stands in the order of the electorate, not of arrival', () => {
    const room = new TestRoom().open().start().ballot();
    room.cast('m3', 1).cast('m1', 1).cast('vice', 1);
    expect(room.round().voted).toEqual(['vice', 'm1', 'm3']);
    room.close().reveal();
    const ballots = room.round().result?.ballots ?? [];
    expect(ballots.map(({ participantId }) => participantId)).toEqual(['vice', 'm1', 'm3']);
  });
});

/** A scale of `size` options, best first, with one elector per vote: a level, null, or no ballot. */
function count(size: number, votes: readonly (number | null | undefined)[]) {
  const criterion: Criterion = {
    id: 'c' as CriterionId,
    name: '',
    options: Array.from({ length: size }, (_, level) => ({
      id: `o${level}` as OptionId,
      label: '',
      shortLabel: '',
      meaning: '',
    })),
    asksReason: false,
  };
  const electorate = votes.map((_, index) => ({ participantId: person(`p${index}`), name: '' }));
  const ballots = votes.flatMap((level, index): Ballot[] => {
    if (level === undefined) return [];
    const optionId = level === null ? null : (`o${level}` as OptionId);
    return [
      { participantId: person(`p${index}`), choices: [{ criterionId: criterion.id, optionId }] },
    ];
  });
  return { tally: tallyOf(criterion, electorate, ballots), criterion, electorate, ballots };
}

const scale = fc.integer({ min: 2, max: 12 }).chain((size) =>
  fc.tuple(
    fc.constant(size),
    fc.array(fc.oneof(fc.nat(size - 1), fc.constant(null), fc.constant(undefined)), {
      maxLength: 40,
    }),
  ),
);

describe('the tally', () => {
  test('[B6] of two middle votes the median is the worse; the spread is in levels', () => {
    expect(count(4, [0, 1]).tally).toMatchObject({
      median: 'o1',
      spread: 1,
      leading: ['o0', 'o1'],
    });
    expect(count(4, [0, 0, 3, 3]).tally).toMatchObject({ median: 'o3', spread: 3 });
    expect(count(4, [2, 0, 0]).tally).toMatchObject({ median: 'o0', spread: 2, leading: ['o0'] });
  });

  test('[B6] without votes there is no median and nothing leads; 棄権 is no vote', () => {
    expect(count(4, [null, undefined, null]).tally).toEqual({
      criterionId: 'c',
      counts: ['o0', 'o1', 'o2', 'o3'].map((optionId) => ({ optionId, votes: 0 })),
      abstained: 2,
      notVoted: 1,
      median: null,
      spread: 0,
      leading: [],
    });
  });

  test('[B6] votes, 棄権 and not voted add up to the electorate', () => {
    fc.assert(
      fc.property(scale, ([size, votes]) => {
        const { tally } = count(size, votes);
        const given = tally.counts.reduce((sum, each) => sum + each.votes, 0);
        expect(given + tally.abstained + tally.notVoted).toBe(votes.length);
        expect(given).toBe(votes.filter((vote) => typeof vote === 'number').length);
      }),
    );
  });

  test('[B6] the median has at least half of the votes on its better and on its worse side', () => {
    fc.assert(
      fc.property(scale, ([size, votes]) => {
        const levels = votes.filter((vote) => typeof vote === 'number');
        const { median, spread } = count(size, votes).tally;
        fc.pre(levels.length > 0);
        const middle = Number(median?.slice(1));
        const better = levels.filter((level) => level <= middle).length;
        const worse = levels.filter((level) => level >= middle).length;
        expect(better * 2).toBeGreaterThan(levels.length);
        expect(worse * 2).toBeGreaterThanOrEqual(levels.length);
        expect(spread).toBe(Math.max(...levels) - Math.min(...levels));
      }),
    );
  });

  test('[B6] neither the order of the ballots nor ballots of others change it', () => {
    fc.assert(
      fc.property(scale, ([size, votes]) => {
        const { tally, criterion, electorate, ballots } = count(size, votes);
        const stranger = { participantId: person('stranger'), choices: [] };
        const choices = [{ criterionId: criterion.id, optionId: 'o0' as OptionId }];
        const more = [{ ...stranger, choices }, ...ballots.toReversed()];
        expect(tallyOf(criterion, electorate, more)).toEqual(tally);
      }),
    );
  });

  test('[B6] the leading options are all those with the most votes, in the order of the scale', () => {
    fc.assert(
      fc.property(scale, ([size, votes]) => {
        const { counts, leading } = count(size, votes).tally;
        const most = Math.max(...counts.map((each) => each.votes));
        const wanted = counts.filter((each) => most > 0 && each.votes === most);
        expect(leading).toEqual(wanted.map(({ optionId }) => optionId));
      }),
    );
  });

  test('[B7] unanimous means all votes for one level, and at least one; 棄権 does not break it', () => {
    expect(isUnanimous(count(4, [1, 1, null, undefined]).tally)).toBe(true);
    expect(isUnanimous(count(4, [1]).tally)).toBe(true);
    expect(isUnanimous(count(4, [1, 2]).tally)).toBe(false);
    expect(isUnanimous(count(4, [null]).tally)).toBe(false);
    expect(isUnanimous(count(4, []).tally)).toBe(false);
  });

  test('[B9] two levels apart are far apart, one level is not; 棄権 is no level', () => {
    expect(isDivided(count(4, [0, 2]).tally)).toBe(true);
    expect(isDivided(count(4, [0, 1, null]).tally)).toBe(false);
    expect(isDivided(count(4, [null, undefined]).tally)).toBe(false);
    // Nobody has to follow the proposal: such a round can be decided on.
    const room = new TestRoom().open().start().vote({ m1: 4, m2: 4, m3: 1 });
    expect(room.decide(4, 'majority').item().state).toBe('decided');
  });
});

describe('rounds', () => {
  test('[B8] a new round follows a revealed one, and the earlier ones are kept as they were', () => {
    const room = new TestRoom().open().start().vote({ m1: 4, m2: 1 });
    const first = room.round();
    room.vote({ m1: 3, m2: 3 });
    expect(room.item().rounds[0]).toEqual(first);
    expect(room.round()).toMatchObject({ number: 2, status: 'revealed' });
    expect(room.round().result?.tallies[0]?.leading).toEqual([option(3)]);
  });

  test('[B8] a closed round is revealed before its item is put off', () => {
    const room = new TestRoom().open().start().ballot().close();
    const defer = { type: 'deferItem', itemId: item('i1'), reason: '' } as const;
    expect(room.refusal('sec', defer)).toBe('ballot-not-revealed');
    expect(room.reveal().refusal('sec', defer)).toBeNull();
  });

  test('[B8] no round follows one that is open or closed and not revealed', () => {
    const room = new TestRoom().open().start().ballot();
    const open = {
      type: 'openBallot',
      itemId: item('i1'),
      criterionIds: [effect],
      secrecy: 'named',
    } as const;
    expect(room.refusal('sec', open)).toBe('ballot-open');
    expect(room.close().refusal('sec', open)).toBe('item-not-discussing');
    expect(room.reveal().refusal('sec', open)).toBeNull();
  });
});
