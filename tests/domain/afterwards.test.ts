/** Rules [M10] to [M14], [D9], [D10], [P9], [R6] to [R10]: modes, the floor, minutes, publication. */
import { describe, expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import { roomOf } from '#domain/room.ts';
import { nextStep } from '#domain/step.ts';
import type { HeadingId, OptionId, QuestionId } from '#domain/types.ts';
import { effect, frozen, item, person, sheet, TestRoom } from './room.ts';

const ratings = (level: 1 | 2 | 3 | 4) => [
  { criterionId: effect, optionId: `effect-${level}` as OptionId },
];
const decided = (level: 1 | 2 | 3 | 4) =>
  ratings(level).map((rating) => ({ ...rating, reason: '' }));
const sumUp = (level: 1 | 2 | 3 | 4): Command => ({
  type: 'sumUp',
  itemId: item('i1'),
  ratings: ratings(level),
});
const object: Command = { type: 'raiseObjection', itemId: item('i1'), reason: '実績が足りない' };
const step = (room: TestRoom) => nextStep(roomOf(room.meeting)).kind;

describe('modes', () => {
  test('[M10] 合議 sums up, hears objections and decides without a ballot', () => {
    const room = new TestRoom({ details: { mode: 'consensus' } }).open().start();
    const open = {
      type: 'openBallot',
      itemId: item('i1'),
      criterionIds: [effect],
      secrecy: 'named',
    } as const;
    expect(room.refusal('sec', open)).toBe('mode-without-ballot');
    expect(step(room)).toBe('sumUp');
    expect(room.refusal('m1', object)).toBe('nothing-proposed');
    room.do('chair', sumUp(3)).do('m1', object);
    expect(step(room)).toBe('decideItem');
    expect(room.refusal('chair', room.decisionOf(3))).toBe('objection-open');
    expect(room.refusal('chair', room.decisionOf(3, 'majority'))).toBe('method-does-not-fit');
    expect(room.refusal('chair', room.decisionOf(3, 'chairJudgement', '理由'))).toBeNull();
  });

  test('[D10] an objection is gone when it is withdrawn or another summing-up asks anew', () => {
    const consensus = () =>
      new TestRoom({ details: { mode: 'consensus' } })
        .open()
        .start()
        .do('chair', sumUp(3))
        .do('m1', object);
    const withdrawn = consensus().do('m1', { type: 'withdrawObjection', itemId: item('i1') });
    expect(withdrawn.refusal('chair', withdrawn.decisionOf(3))).toBeNull();
    const anew = consensus().do('chair', sumUp(2));
    expect(anew.refusal('chair', anew.decisionOf(2))).toBeNull();
  });

  test('[D9] 意見聴取 ends with ratings one by one and no resolution', () => {
    const room = new TestRoom({ details: { mode: 'hearing' } }).open().start();
    expect(room.refusal('chair', sumUp(3))).toBe('mode-without-decision');
    room.vote({ m1: 4, m2: 3 });
    expect(step(room)).toBe('decideItem');
    const heard = {
      type: 'decideItem',
      itemId: item('i1'),
      ratings: [],
      method: 'heard',
      reason: '',
    } as const;
    expect(room.refusal('chair', room.decisionOf(3, 'noObjection', '理由'))).toBe(
      'method-does-not-fit',
    );
    expect(room.refusal('chair', { ...heard, ratings: decided(4) })).toBe('mode-without-decision');
    expect(room.do('chair', heard).decision()).toMatchObject({ method: 'heard', ratings: [] });
  });

  test('[M12] a circulated meeting asks everybody on all items at once', () => {
    const room = new TestRoom({ details: { gathering: 'circulated' } });
    room.do('sec', { type: 'openMeeting', present: [] });
    expect(nextStep(roomOf(room.meeting))).toMatchObject({ kind: 'openAll' });
    room.ballot('i1').ballot('i2');
    expect(room.round().electorate.map(({ participantId }) => participantId)).toEqual([
      'vice',
      'm1',
      'm2',
      'm3',
    ]);
    room.cast('m1', 4).cast('m2', 4).close().reveal();
    expect(room.refusal('chair', room.decisionOf(4, 'unanimous'))).toBe('quorum-not-met');
    room.ballot('i1');
    for (const who of ['m1', 'm2', 'm3']) room.cast(who, 4);
    room.close().reveal();
    expect(room.refusal('chair', room.decisionOf(4, 'unanimous'))).toBeNull();
  });

  test('[M5] some bodies leave the chair out of the quorum', () => {
    const quorum = (chairInQuorum: boolean, ...present: string[]) =>
      step(new TestRoom({ details: { chairInQuorum } }).open(...present).start());
    // chair, vice, m1, m2, m3: three of five, or three of the four without the chair.
    expect(quorum(true, 'chair', 'm1', 'm2')).toBe('openBallot');
    expect(quorum(false, 'chair', 'm1', 'm2')).toBe('awaitQuorum');
    expect(quorum(false, 'm1', 'm2', 'm3')).toBe('openBallot');
  });
});

describe('the floor', () => {
  test('[M11] nothing is decided while the meeting rests', () => {
    const room = new TestRoom().open().start().do('sec', { type: 'adjourn' });
    expect(room.refusal('chair', room.decisionOf(4))).toBe('adjourned');
    expect(step(room)).toBe('resume');
    expect(room.do('sec', { type: 'resume' }).refusal('chair', room.decisionOf(4))).toBeNull();
    expect(room.refusal('sec', { type: 'resume' })).toBe('not-adjourned');
    expect(room.ballot().refusal('sec', { type: 'adjourn' })).toBe('ballot-open');
  });

  test('[M13] 事前評価 begins and ends by the secretariat, back with a reason', () => {
    const room = new TestRoom().do('sec', { type: 'startPreview' });
    expect(room.meeting.phase).toBe('preview');
    expect(room.refusal('sec', { type: 'endPreview', reason: '' })).toBe('reason-required');
    expect(room.refusal('chair', { type: 'endPreview', reason: '差替' })).toBe('not-allowed');
    room.do('sec', { type: 'endPreview', reason: '資料の差し替え' });
    expect(room.meeting.phase).toBe('draft');
  });

  test('[M14] hands keep their order; taking up an item lowers them', () => {
    const room = new TestRoom().open().start();
    room.do('m2', { type: 'raiseHand' }).do('m1', { type: 'raiseHand' });
    expect(room.meeting.hands).toEqual(['m2', 'm1']);
    expect(room.refusal('m1', { type: 'raiseHand' })).toBe('hand-up');
    expect(room.refusal('m1', { type: 'lowerHand', participantId: person('m2') })).toBe(
      'not-allowed',
    );
    room.do('chair', { type: 'giveFloor', participantId: person('m2') });
    expect(room.meeting).toMatchObject({ floor: 'm2', hands: ['m1'] });
    room.start('i2');
    expect(room.meeting).toMatchObject({ floor: null, hands: [] });
  });

  test('[P9] a section answers, rates itself and changes its own projects only', () => {
    const room = new TestRoom().open().start();
    room.do('m1', { type: 'askQuestion', itemId: item('i1'), text: '参加者の内訳は。' });
    const questionId = room.item().questions[0]?.id ?? ('' as QuestionId);
    const answer: Command = {
      type: 'answerQuestion',
      itemId: item('i1'),
      questionId,
      text: '市内が6割です。',
    };
    expect(room.refusal('section', answer)).toBeNull();
    room.do('sec', {
      type: 'changeItem',
      itemId: item('i1'),
      sheet: { ...sheet('1'), sections: ['商工課'] },
    });
    expect(room.refusal('section', answer)).toBe('not-your-project');
    expect(room.refusal('sec', { ...answer, questionId: 'q9' as QuestionId })).toBe(
      'unknown-question',
    );
  });
});

describe('after the meeting', () => {
  const closed = () => {
    const room = new TestRoom({ items: ['i1'] });
    room.opinions = frozen('販路を広げてほしい', '周知に努めてほしい');
    return room.open().start().decide(4).do('sec', { type: 'closeMeeting' });
  };
  const ask = (room: TestRoom, signers: readonly string[] = []): Command => ({
    type: 'requestConfirmation',
    deadline: room.now + 10_000,
    signers: signers.map(person),
  });
  const approve: Command = { type: 'approveMinutes' };

  test('[R6] before the deadline everybody must agree, after it silence is agreement', () => {
    const room = closed();
    expect(room.refusal('sec', approve)).toBe('minutes-not-confirming');
    room.do('sec', ask(room));
    expect(room.refusal('sec', approve)).toBe('confirmation-pending');
    for (const who of ['chair', 'vice', 'm1', 'm2', 'm3']) {
      room.do(who, { type: 'confirmMinutes' });
    }
    expect(room.refusal('m1', { type: 'confirmMinutes' })).toBe('already-confirmed');
    expect(room.refusal('sec', approve)).toBeNull();
    const silent = closed();
    silent.do('sec', ask(silent)).now += 20_000;
    expect(silent.refusal('sec', approve)).toBeNull();
  });

  test('[R6] signers sign first, and nobody else does', () => {
    const room = closed();
    expect(room.refusal('sec', ask(room, ['section']))).toBe('not-on-council');
    room.do('sec', ask(room, ['m1'])).now += 20_000;
    expect(room.refusal('sec', approve)).toBe('signature-missing');
    expect(room.refusal('m2', { type: 'signMinutes' })).toBe('not-a-signer');
    expect(room.do('m1', { type: 'signMinutes' }).refusal('sec', approve)).toBeNull();
  });

  test('[R7] going back to drafting takes confirmations back; locking keeps the stored text', () => {
    const room = closed();
    room.do('sec', ask(room, ['m1'])).do('m1', { type: 'confirmMinutes' });
    room.do('m2', { type: 'requestChange', text: '発言の趣旨が違います。' });
    room.do('sec', { type: 'resumeDrafting' });
    room.minutes = '直した本文';
    room.do('sec', ask(room));
    expect(room.meeting.minutes).toMatchObject({ confirmed: [], requests: [], signed: [] });
    room.approveNow();
    expect(room.meeting.minutes.approved).toMatchObject([{ version: 1, text: '直した本文' }]);
    expect(room.refusal('sec', { type: 'reopenMeeting', reason: '理由' })).toBe('minutes-approved');
  });

  test('[R8] a correction is a new version with a reason', () => {
    const room = closed().approve();
    expect(room.refusal('sec', { type: 'correctMinutes', reason: '' })).toBe('reason-required');
    room.do('sec', { type: 'correctMinutes', reason: '誤字の訂正' });
    room.minutes = '訂正した本文';
    room.approve();
    expect(room.meeting.minutes.approved.map(({ version, reason }) => [version, reason])).toEqual([
      [1, ''],
      [2, '誤字の訂正'],
    ]);
  });

  test('[R9] a reply answers one frozen opinion', () => {
    const room = closed();
    const reply = (bullet: number, text = '来年度に実施します。'): Command => ({
      type: 'replyToOpinion',
      itemId: item('i1'),
      headingId: 'results' as HeadingId,
      bullet,
      text,
      due: '2026-03-31',
    });
    expect(room.refusal('section', reply(2))).toBe('unknown-opinion');
    expect(room.refusal('section', reply(1, '　'))).toBe('text-required');
    expect(room.refusal('m1', reply(1))).toBe('not-allowed');
    room.do('section', reply(1)).do('section', reply(1, '検討します。'));
    expect(room.item().replies).toMatchObject([{ bullet: 1, text: '検討します。' }]);
  });

  test('[R10] is published with approved minutes only, and taken back with a reason', () => {
    const room = closed();
    expect(room.refusal('sec', { type: 'publish' })).toBe('minutes-not-approved');
    room.approve().do('sec', { type: 'publish' });
    expect(room.meeting.phase).toBe('published');
    expect(room.meeting.publication?.slug).toBeTruthy();
    expect(room.refusal('sec', { type: 'unpublish', reason: '' })).toBe('reason-required');
    room.do('sec', { type: 'unpublish', reason: '誤記' });
    expect(room.meeting).toMatchObject({ phase: 'closed', publication: null });
  });
});
