/** Rules [D1] to [D7]: when an item may be decided, by which method, with which reason. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import { decisionObstacle, reasonRequired, suggestedDecision } from '#domain/decision.ts';
import type { Criterion, DecidedRating, Round } from '#domain/meeting.ts';
import { resultTable } from '#domain/result.ts';
import { nationalCriterion } from '#domain/scale.ts';
import { tallyOf } from '#domain/tally.ts';
import { decisionMethods, type CriterionId, type OptionId } from '#domain/types.ts';
import { effect, frozen, item, option, person, policy, TestRoom } from './room.ts';

// Chance belongs to the test: the same cases in every run.
fc.configureGlobal({ seed: 20250820 });

/** An open room at i1 whose ballot gave these votes. */
const voted = (votes: Readonly<Record<string, 1 | 2 | 3 | 4 | null>>) =>
  new TestRoom().open().start().vote(votes);

describe('when', () => {
  test('[D1] from the discussion and from a revealed ballot, not while one is open or sealed', () => {
    const room = new TestRoom().open().start();
    const decide = room.decisionOf(4);
    expect(room.refusal('chair', decide)).toBeNull();
    expect(room.ballot().refusal('chair', decide)).toBe('ballot-open');
    expect(room.cast('m1', 4).close().refusal('chair', decide)).toBe('ballot-not-revealed');
    expect(room.reveal().refusal('chair', decide)).toBeNull();
    expect(room.decide(4).refusal('chair', decide)).toBe('item-decided');
  });

  test('[D1] with a quorum, and only while it is the current item', () => {
    const room = new TestRoom().open().start();
    expect(room.attend('chair', 'm1').refusal('chair', room.decisionOf(4))).toBe('quorum-not-met');
    room.attend('chair', 'm1', 'm2').start('i2');
    expect(room.refusal('chair', room.decisionOf(4))).toBe('item-not-current');
    expect(room.refusal('chair', room.decisionOf(4, 'noObjection', '', 'i9'))).toBe('unknown-item');
  });

  test('[D1] a decision says who decided and when', () => {
    const room = new TestRoom().open().start().decide(3);
    expect(room.decision()).toMatchObject({ decidedBy: 'chair', decidedAt: room.now });
  });
});

describe('what', () => {
  const both = [nationalCriterion, policy];
  const rated = (...ratings: (readonly [string, string, string?])[]): Command => ({
    type: 'decideItem',
    itemId: item('i1'),
    ratings: ratings.map(([criterionId, optionId, reason = '']) => ({
      criterionId,
      optionId,
      reason,
    })) as DecidedRating[],
    method: 'noObjection',
    reason: '',
  });

  test('[D12] [R17] a criterion that asks for its own reason gets one, whatever the method', () => {
    const asking = [nationalCriterion, { ...policy, asksReason: true }];
    const room = new TestRoom({ criteria: asking }).open().start();
    const good = ['effect', 'effect-3', '誰も求めていない'] as const;
    const command = rated(good, ['policy', 'policy-継続', ' ']);
    expect(room.refusal('chair', command)).toBe('reason-required');
    expect(room.refusal('chair', { ...command, reason: '全体の理由' } as Command)).toBe(
      'reason-required',
    );
    room.do('chair', rated(good, ['policy', 'policy-継続', ' 成果が出始めた ']));
    expect(room.decision().ratings).toEqual([
      { criterionId: 'effect', optionId: 'effect-3', reason: '' },
      { criterionId: 'policy', optionId: 'policy-継続', reason: '成果が出始めた' },
    ]);
    expect(resultTable(room.meeting).projects[0]?.opinions).toEqual([
      { heading: '【今後の方針】', text: '継続' },
      { heading: '【今後の方針】', text: '理由：成果が出始めた' },
    ]);
    // [D9] Where nothing is rated nothing is asked.
    const hearing = new TestRoom({ criteria: asking, details: { mode: 'hearing' } }).open().start();
    expect(hearing.refusal('chair', { ...rated(), method: 'heard' } as Command)).toBeNull();
  });

  test('[D2] rates every criterion of the meeting with one of its options', () => {
    const room = new TestRoom({ criteria: both }).open().start();
    const good = ['effect', 'effect-3'] as const;
    expect(room.refusal('chair', rated(good, ['policy', 'policy-継続']))).toBeNull();
    expect(room.refusal('chair', rated())).toBe('ratings-incomplete');
    expect(room.refusal('chair', rated(good))).toBe('ratings-incomplete');
    expect(room.refusal('chair', rated(good, good))).toBe('ratings-incomplete');
    expect(room.refusal('chair', rated(good, ['other', 'x']))).toBe('ratings-incomplete');
    expect(room.refusal('chair', rated(good, ['policy', 'effect-3']))).toBe('unknown-option');
  });

  test('[D2] without a revealed ballot only 異議なし and 会長判断 are methods', () => {
    const room = new TestRoom().open().start();
    const answers = decisionMethods.map((method) => [
      method,
      room.refusal('chair', room.decisionOf(4, method, '理由')),
    ]);
    expect(Object.fromEntries(answers)).toEqual({
      unanimous: 'method-does-not-fit',
      majority: 'method-does-not-fit',
      chairOnTie: 'method-does-not-fit',
      noObjection: null,
      chairJudgement: null,
      heard: 'method-does-not-fit',
    });
  });

  test('[D2] votes on one of two criteria carry no method of votes for both', () => {
    const room = new TestRoom({ criteria: both }).open().start().ballot('i1', [effect]);
    room.cast('m1', 4).cast('m2', 4).close().reveal();
    const decide = rated(['effect', 'effect-4'], ['policy', 'policy-終了']);
    for (const method of ['unanimous', 'majority', 'chairOnTie'] as const) {
      expect(room.refusal('chair', { ...decide, method } as Command)).toBe('method-does-not-fit');
    }
    expect(room.refusal('chair', decide)).toBeNull();
    // The second criterion gets a round of its own: then there are votes on both.
    room.ballot('i1', [policy.id]);
    const choices = [{ criterionId: policy.id, optionId: 'policy-終了' as OptionId }];
    const roundId = room.round().id;
    room
      .do('m1', { type: 'castBallot', itemId: item('i1'), roundId, choices })
      .close()
      .reveal();
    expect(room.refusal('chair', { ...decide, method: 'unanimous' } as Command)).toBeNull();
  });

  test('[D3] 可否同数のため会長 fits a tie and one of the tied options only', () => {
    const tie = voted({ m1: 4, m2: 3 });
    expect(tie.refusal('chair', tie.decisionOf(3, 'chairOnTie'))).toBe('casting-vote-missing');
    tie.breakTie(3);
    expect(tie.refusal('chair', tie.decisionOf(3, 'chairOnTie'))).toBeNull();
    expect(tie.refusal('chair', tie.decisionOf(4, 'chairOnTie', '理由'))).toBe(
      'method-does-not-fit',
    );
    tie.breakTie(4);
    expect(tie.refusal('chair', tie.decisionOf(4, 'chairOnTie'))).toBeNull();
    const clear = voted({ m1: 4, m2: 4, m3: 3 });
    expect(clear.refusal('chair', clear.decisionOf(4, 'chairOnTie', '理由'))).toBe(
      'method-does-not-fit',
    );
    const nobody = voted({ m1: null });
    expect(nobody.refusal('chair', nobody.decisionOf(4, 'chairOnTie', '理由'))).toBe(
      'method-does-not-fit',
    );
  });

  test('[D4] 多数 fits the single leading option; 全会一致 needs one voice besides', () => {
    const split = voted({ m1: 4, m2: 4, m3: 3 });
    expect(split.refusal('chair', split.decisionOf(4, 'majority'))).toBeNull();
    expect(split.refusal('chair', split.decisionOf(3, 'majority', '理由'))).toBe(
      'method-does-not-fit',
    );
    expect(split.refusal('chair', split.decisionOf(4, 'unanimous'))).toBe('method-does-not-fit');
    const tie = voted({ m1: 4, m2: 3 });
    expect(tie.refusal('chair', tie.decisionOf(4, 'majority', '理由'))).toBe('method-does-not-fit');
    const one = voted({ m1: 4, m2: 4, m3: null });
    expect(one.refusal('chair', one.decisionOf(4, 'unanimous'))).toBeNull();
    expect(one.refusal('chair', one.decisionOf(4, 'majority'))).toBeNull();
    expect(one.refusal('chair', one.decisionOf(3, 'unanimous', '理由'))).toBe(
      'method-does-not-fit',
    );
  });

  test('[D5] a reason is owed for a judgement and for a rating beside the plurality', () => {
    const room = voted({ m1: 4, m2: 4, m3: 3 });
    expect(room.refusal('chair', room.decisionOf(3, 'noObjection'))).toBe('reason-required');
    expect(room.refusal('chair', room.decisionOf(3, 'noObjection', ' \n　'))).toBe(
      'reason-required',
    );
    expect(room.refusal('chair', room.decisionOf(3, 'noObjection', '実績を重く見た'))).toBeNull();
    expect(room.refusal('chair', room.decisionOf(4, 'noObjection'))).toBeNull();
    expect(room.refusal('chair', room.decisionOf(4, 'chairJudgement'))).toBe('reason-required');
    const tie = voted({ m1: 4, m2: 3 });
    expect(tie.refusal('chair', tie.decisionOf(4, 'noObjection'))).toBe('reason-required');
    const early = new TestRoom().open().start();
    expect(early.refusal('chair', early.decisionOf(4, 'chairJudgement'))).toBe('reason-required');
  });

  test('[D5] the last revealed round counts, not an earlier one', () => {
    const room = voted({ m1: 4, m2: 4 }).vote({ m1: 2, m2: 2 });
    expect(room.refusal('chair', room.decisionOf(2, 'unanimous'))).toBeNull();
    expect(room.refusal('chair', room.decisionOf(4, 'majority', '理由'))).toBe(
      'method-does-not-fit',
    );
    expect(room.refusal('chair', room.decisionOf(4, 'noObjection'))).toBe('reason-required');
  });

  test('[D5] a reason is kept without its outer white space', () => {
    const room = new TestRoom().open().start().decide(2, 'chairJudgement', '  議論を踏まえ \n');
    expect(room.decision().reason).toBe('議論を踏まえ');
  });
});

/** Revealed rounds on criteria of three options, from arbitrary votes. */
const criteria: readonly Criterion[] = [policy, { ...policy, id: 'second' as CriterionId }];
const vote = fc.oneof(fc.nat(2), fc.constant(null), fc.constant(undefined));
const rounds = fc
  .array(fc.array(fc.tuple(vote, vote), { maxLength: 6 }), { maxLength: 3 })
  .map((all) =>
    all.map((votes): Pick<Round, 'status' | 'result' | 'casting'> => {
      const electorate = votes.map((_, index) => ({
        participantId: person(`p${index}`),
        name: '',
      }));
      const ballots = votes.map((levels, index) => ({
        participantId: person(`p${index}`),
        choices: levels.flatMap((level, at) => {
          const criterion = criteria[at];
          if (level === undefined || !criterion) return [];
          const optionId = level === null ? null : (criterion.options[level]?.id ?? null);
          return [{ criterionId: criterion.id, optionId }];
        }),
      }));
      const tallies = criteria.map((each) => tallyOf(each, electorate, ballots));
      // The chair has broken every tie there is, so that each method can be tried.
      const casting = tallies.flatMap(({ criterionId, leading: [optionId, ...others] }) =>
        optionId !== undefined && others.length > 0 ? [{ criterionId, optionId, reason: '-' }] : [],
      );
      return { status: 'revealed', casting, result: { tallies, ballots } };
    }),
  );

const grounds = { mode: 'vote', objections: [], proposal: null } as const;

describe('the proposal of the console', () => {
  test('[D4] fits as it stands once the open ratings are filled in', () => {
    fc.assert(
      fc.property(rounds, (given) => {
        const { ratings, method } = suggestedDecision({ ...grounds, rounds: given });
        const tallies = given.at(-1)?.result?.tallies ?? [];
        const filled = criteria.map(({ id, options }) => {
          const leading = tallies.find(({ criterionId }) => criterionId === id)?.leading ?? [];
          const known = ratings.find(({ criterionId }) => criterionId === id);
          const optionId = known?.optionId ?? leading[0] ?? options[0]?.id ?? ('' as OptionId);
          return { criterionId: id, optionId, reason: '' };
        });
        const proposal = { ratings: filled, method, reason: '理由' };
        expect(decisionObstacle(proposal, { ...grounds, criteria, rounds: given })).toBeNull();
      }),
    );
  });

  test('[D5] a missing reason is refused exactly when the page asks for one', () => {
    const rating = fc.nat(2).map((level) => policy.options[level]?.id ?? ('' as OptionId));
    fc.assert(
      fc.property(
        rounds,
        fc.tuple(rating, rating),
        fc.constantFrom(...decisionMethods),
        (given, chosen, method) => {
          const ratings = criteria.map(({ id }, at) => ({
            criterionId: id,
            optionId: chosen[at] ?? ('' as OptionId),
            reason: '',
          }));
          const refusal = decisionObstacle(
            { ratings, method, reason: '' },
            { ...grounds, criteria, rounds: given },
          );
          fc.pre(refusal !== 'method-does-not-fit');
          const owed = reasonRequired({ ratings, method }, given);
          expect(refusal).toBe(owed ? 'reason-required' : null);
        },
      ),
    );
  });
});

describe('afterwards', () => {
  test('[D6] freezes the opinions as they stand at that moment, asked for once', () => {
    const room = new TestRoom().open().start();
    room.opinions = frozen('来場者が増えた', '目標の置き方を見直す');
    room.decide(4);
    room.opinions = frozen('後から書いたもの');
    expect(room.decision().opinions).toEqual(frozen('来場者が増えた', '目標の置き方を見直す'));
    expect(room.asked).toEqual(['opinions']);
  });

  test('[D6] a refused decision freezes nothing', () => {
    const room = new TestRoom().open().start();
    room.refusal('chair', room.decisionOf(4, 'majority'));
    expect(room.asked).toEqual([]);
  });

  test('[D6] the sheet of a decided item is not changed either', () => {
    const room = new TestRoom().open().start().decide(4);
    const sheet = room.item().sheet;
    expect(room.refusal('sec', { type: 'changeItem', itemId: item('i1'), sheet })).toBe(
      'item-decided',
    );
    expect(room.refusal('sec', { type: 'startItem', itemId: item('i1') })).toBe('item-decided');
    expect(room.refusal('sec', { type: 'deferItem', itemId: item('i1'), reason: '' })).toBe(
      'item-decided',
    );
    const open = {
      type: 'openBallot',
      itemId: item('i1'),
      criterionIds: [effect],
      secrecy: 'named',
    } as const;
    expect(room.refusal('sec', open)).toBe('item-decided');
  });

  test('[D7] goes back by a reasoned command of the chair, and the record keeps the decision', () => {
    const room = voted({ m1: 4, m2: 4 }).decide(4, 'unanimous').start('i2');
    const reopen = (reason: string): Command => ({
      type: 'reopenItem',
      itemId: item('i1'),
      reason,
    });
    expect(room.refusal('sec', reopen('数値の誤り'))).toBe('chair-only');
    expect(room.refusal('chair', reopen(' '))).toBe('reason-required');
    const round = room.round();
    room.do('chair', reopen(' 数値の誤り '));
    expect(room.item()).toMatchObject({ state: 'discussing', decision: null, rounds: [round] });
    expect(room.meeting.currentItemId).toBe('i1');
    const kinds = room.events.map(({ body }) => body.kind);
    expect(kinds.filter((kind) => kind === 'itemDecided')).toHaveLength(1);
    expect(room.events.at(-1)?.body).toEqual({
      kind: 'itemReopened',
      itemId: 'i1',
      reason: '数値の誤り',
    });
    expect(room.refusal('chair', reopen('もう一度'))).toBe('item-not-decided');
  });

  test('[D7] after reopening it can be voted on and decided again', () => {
    const room = voted({ m1: 4, m2: 4 }).decide(4, 'unanimous');
    room.do('chair', { type: 'reopenItem', itemId: item('i1'), reason: '数値の誤り' });
    room.vote({ m1: 2, m2: 2 }).decide(2, 'unanimous');
    expect(room.decision().ratings).toEqual([
      { criterionId: effect, optionId: option(2), reason: '' },
    ]);
    expect(room.round().number).toBe(2);
  });
});
