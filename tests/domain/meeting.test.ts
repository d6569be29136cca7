/** Rules [M1] to [M9]: phases, seats, quorum, the order of items, the next step. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roomOf } from '#domain/room.ts';
import type { Command } from '#domain/command.ts';
import { decideJoin } from '#domain/decide.ts';
import { evolve, replay } from '#domain/evolve.ts';
import { nextItem, nextStep } from '#domain/step.ts';
import { quorumOf } from '#domain/quorum.ts';
import { nationalCriterion } from '#domain/scale.ts';
import type { AccountId, Phase, Role } from '#domain/types.ts';
import { details, item, person, policy, seat, sheet, TestRoom } from './room.ts';

// Chance belongs to the test: the same cases in every run.
fc.configureGlobal({ seed: 20250820 });

const captions = { strategy: null, figures: [], rating: null, ratingGroup: null };

/** One command of every kind that only a phase could stand in the way of, and the phases it has. */
const ofPhases: readonly (readonly [Command, readonly Phase[]])[] = [
  [{ type: 'changeDetails', details }, ['draft']],
  [{ type: 'changeCriteria', criteria: [policy] }, ['draft']],
  [{ type: 'changeHeadings', headings: [{ id: 'h', text: '見出し' } as never] }, ['draft']],
  [{ type: 'importItems', sheets: [sheet('9')], captions, mode: 'append' }, ['draft']],
  [{ type: 'removeItem', itemId: item('i1') }, ['draft']],
  [{ type: 'moveItem', itemId: item('i1'), position: 1 }, ['draft']],
  [{ type: 'openMeeting', present: [] }, ['draft', 'preview']],
  [{ type: 'addParticipant', seat: seat('new', 'member') }, ['draft', 'preview', 'open']],
  [
    { type: 'changeParticipant', participantId: person('m1'), seat: seat('m1', 'member') },
    ['draft', 'preview', 'open'],
  ],
  [{ type: 'removeParticipant', participantId: person('observer') }, ['draft', 'preview', 'open']],
  [{ type: 'addItem', sheet: sheet('9') }, ['draft', 'preview', 'open']],
  [{ type: 'changeItem', itemId: item('i2'), sheet: sheet('9') }, ['draft', 'preview', 'open']],
  [{ type: 'recordAttendance', present: [] }, ['open']],
  [{ type: 'startItem', itemId: item('i2') }, ['open']],
  [{ type: 'deferItem', itemId: item('i1'), reason: '' }, ['open']],
  [{ type: 'closeMeeting' }, ['open']],
  [{ type: 'reopenMeeting', reason: '誤って閉会した' }, ['closed']],
  [{ type: 'startPreview' }, ['draft']],
  [{ type: 'endPreview', reason: '資料の差し替え' }, ['preview']],
];

/** An open meeting stands at i1; its i2 waits; the closed one has both deferred. */
function roomIn(phase: Phase, command: Command): TestRoom {
  const room = new TestRoom();
  if (phase === 'draft') return room;
  if (phase === 'preview') return room.do('sec', { type: 'startPreview' });
  room.open().start('i1');
  if (phase === 'open' && command.type !== 'closeMeeting') return room;
  room.defer('i1').start('i2').defer('i2');
  if (phase === 'open') return room;
  room.do('sec', { type: 'closeMeeting' });
  return phase === 'closed' ? room : room.approve().do('sec', { type: 'publish' });
}

describe('[M1] each command belongs to a phase', () => {
  const outside = (phases: readonly Phase[]) =>
    `meeting-not-${(['open', 'closed', 'draft', 'preview'] as const).find((each) => phases.includes(each))}`;
  for (const [command, phases] of ofPhases) {
    test(`${command.type}: ${phases.join(', ')}`, () => {
      for (const phase of ['draft', 'preview', 'open', 'closed', 'published'] as const) {
        const answer = roomIn(phase, command).refusal('sec', command);
        expect([phase, answer]).toEqual([phase, phases.includes(phase) ? null : outside(phases)]);
      }
    });
  }

  test('[M1] what needs a ballot or a decision is refused outside 開催中', () => {
    const room = new TestRoom().open().start().vote({ m1: 4, m2: 4 });
    const roundId = room.round().id;
    const conduct: Command[] = [
      {
        type: 'openBallot',
        itemId: item('i1'),
        criterionIds: [nationalCriterion.id],
        secrecy: 'named',
      },
      room.castOf(4),
      { type: 'closeBallot', itemId: item('i1'), roundId },
      { type: 'revealBallot', itemId: item('i1'), roundId },
      room.decisionOf(4, 'unanimous'),
      { type: 'reopenItem', itemId: item('i1'), reason: '再審議' },
    ];
    room.decide(4, 'unanimous').start('i2').defer('i2').do('sec', { type: 'closeMeeting' });
    for (const command of conduct) {
      const who = command.type === 'castBallot' ? 'm1' : 'chair';
      expect([command.type, room.refusal(who, command)]).toEqual([
        command.type,
        'meeting-not-open',
      ]);
      expect(new TestRoom().refusal(who, command)).toBe('meeting-not-open');
    }
  });

  test('[M1] a meeting opens with items and a council only', () => {
    const open: Command = { type: 'openMeeting', present: [] };
    expect(new TestRoom({ items: [] }).refusal('sec', open)).toBe('no-items');
    const alone = new TestRoom({ people: { section: 'section', observer: 'observer' } });
    expect(alone.refusal('sec', open)).toBe('no-members');
  });

  test('[M1] criteria have two options at least, headings are not empty, an import brings items', () => {
    const room = new TestRoom();
    const [best] = nationalCriterion.options;
    const single = { ...nationalCriterion, options: best ? [best] : [] };
    expect(room.refusal('sec', { type: 'changeCriteria', criteria: [] })).toBe('criteria-empty');
    expect(room.refusal('sec', { type: 'changeCriteria', criteria: [policy, single] })).toBe(
      'criteria-empty',
    );
    expect(room.refusal('sec', { type: 'changeHeadings', headings: [] })).toBe('headings-empty');
    const nothing = { type: 'importItems', sheets: [], captions, mode: 'replace' } as const;
    expect(room.refusal('sec', nothing)).toBe('no-items');
  });

  test('[M1] an import appends, or takes the place of all there is', () => {
    const names = (room: TestRoom) => room.meeting.items.map(({ sheet: { no } }) => no);
    const two = [sheet('a'), sheet('b')];
    const room = new TestRoom();
    room.do('sec', { type: 'importItems', sheets: two, captions, mode: 'append' });
    expect(names(room)).toEqual(['i1', 'i2', 'a', 'b']);
    room.do('sec', { type: 'importItems', sheets: two, captions, mode: 'replace' });
    expect(names(room)).toEqual(['a', 'b']);
    expect(room.meeting.captions).toEqual(captions);
  });

  test('[M1] items are moved, changed and removed; a change is counted', () => {
    const room = new TestRoom({ items: ['i1', 'i2', 'i3'] });
    const order = () => room.meeting.items.map(({ id }) => id).join(' ');
    room.do('sec', { type: 'moveItem', itemId: item('i3'), position: 0 });
    expect(order()).toBe('i3 i1 i2');
    room.do('sec', { type: 'moveItem', itemId: item('i3'), position: 5000 });
    expect(order()).toBe('i1 i2 i3');
    room.do('sec', { type: 'removeItem', itemId: item('i2') });
    expect(order()).toBe('i1 i3');
    room.do('sec', { type: 'changeItem', itemId: item('i1'), sheet: sheet('new') });
    expect(room.item('i1')).toMatchObject({ sheetRev: 2, sheet: { no: 'new' } });
    expect(room.refusal('sec', { type: 'removeItem', itemId: item('i2') })).toBe('unknown-item');
  });

  test('[M1] attendance names seats of the meeting only', () => {
    const room = new TestRoom();
    const stranger = { type: 'openMeeting', present: [person('nobody')] } as const;
    expect(room.refusal('sec', stranger)).toBe('unknown-participant');
  });

  test('[M1] a closed meeting opens again with a reason only', () => {
    const room = new TestRoom({ items: ['i1'] }).open().start().defer();
    room.do('sec', { type: 'closeMeeting' });
    expect(room.meeting.closedAt).toBe(room.now);
    expect(room.refusal('sec', { type: 'reopenMeeting', reason: ' \n' })).toBe('reason-required');
    room.do('sec', { type: 'reopenMeeting', reason: '議題が残った' });
    expect(room.meeting).toMatchObject({ phase: 'open', closedAt: null, currentItemId: null });
  });

  test('[M1] a stranger is no participant', () => {
    expect(new TestRoom().refusal('stranger', { type: 'closeMeeting' })).toBe('not-a-participant');
  });
});

describe('a refusal changes nothing', () => {
  test('[M1] decide never touches the meeting it is asked about', () => {
    const frozen = deepFreeze(new TestRoom().open().start().ballot());
    frozen.ask('m1', frozen.castOf(2));
    frozen.ask('sec', { type: 'closeBallot', itemId: item('i1'), roundId: frozen.round().id });
    frozen.ask('sec', { type: 'changeDetails', details });
    expect(frozen.round().voted).toEqual([]);
  });
});

function deepFreeze(room: TestRoom): TestRoom {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  };
  freeze(room.meeting);
  return room;
}

describe('seats', () => {
  test('[M3] a second chair is refused, whether added or changed', () => {
    const room = new TestRoom();
    expect(room.refusal('sec', { type: 'addParticipant', seat: seat('x', 'chair') })).toBe(
      'chair-taken',
    );
    const promote = { type: 'changeParticipant', participantId: person('m1') } as const;
    expect(room.refusal('sec', { ...promote, seat: seat('m1', 'chair') })).toBe('chair-taken');
  });

  test('[M3] the chair may keep the role, and the chair of a meeting can be exchanged', () => {
    const room = new TestRoom();
    const change = (who: string, role: Role): Command => ({
      type: 'changeParticipant',
      participantId: person(who),
      seat: seat(who, role),
    });
    room.do('sec', change('chair', 'chair')).do('sec', change('chair', 'member'));
    expect(
      room.do('sec', change('m1', 'chair')).meeting.participants.map(({ role }) => role),
    ).toEqual([
      'secretariat',
      'member',
      'viceChair',
      'chair',
      'member',
      'member',
      'section',
      'observer',
    ]);
  });

  test('[M4] the last secretariat with an account can neither leave nor change its role', () => {
    const room = new TestRoom();
    const remove = { type: 'removeParticipant', participantId: person('sec') } as const;
    const change = {
      type: 'changeParticipant',
      participantId: person('sec'),
      seat: seat('sec', 'member'),
    } as const;
    expect(room.refusal('sec', remove)).toBe('last-secretariat');
    expect(room.refusal('sec', change)).toBe('last-secretariat');
    // A second secretariat that has not joined yet cannot run the meeting.
    room.do('sec', { type: 'addParticipant', seat: seat('sec2', 'secretariat') });
    const second = room.meeting.participants.at(-1)?.id ?? person('');
    expect(room.refusal('sec', remove)).toBe('last-secretariat');
    room.join(second);
    expect(room.refusal('sec', remove)).toBeNull();
    expect(room.do('sec', change).refusal(second, { ...change, participantId: second })).toBe(
      'last-secretariat',
    );
  });

  test('[M4] whoever is not there cannot be changed or removed', () => {
    const gone = { participantId: person('nobody') };
    const room = new TestRoom();
    expect(room.refusal('sec', { type: 'removeParticipant', ...gone })).toBe('unknown-participant');
    const change = { type: 'changeParticipant', ...gone, seat: seat('x', 'member') } as const;
    expect(room.refusal('sec', change)).toBe('unknown-participant');
  });

  test('[P5] a seat is given to one account, once, and an account has one seat', () => {
    const room = new TestRoom();
    const join = (who: string, account: string) =>
      decideJoin(room.meeting, {
        type: 'joinMeeting',
        participantId: person(who),
        accountId: account as AccountId,
      });
    expect(join('nobody', 'a')).toEqual({ ok: false, code: 'unknown-participant' });
    expect(join('m1', 'account-m1')).toEqual({ ok: false, code: 'already-joined' });
    expect(join('m1', 'somebody-else')).toEqual({ ok: false, code: 'seat-taken' });
    room.do('sec', { type: 'addParticipant', seat: seat('free', 'member') });
    const free = room.meeting.participants.at(-1)?.id ?? '';
    expect(join(free, 'account-m1')).toEqual({ ok: false, code: 'account-seated' });
    expect(join(free, 'a-new-account')).toMatchObject({ ok: true });
  });

  test('[M7] whoever stood in an electorate stays; an absent member may go', () => {
    const room = new TestRoom().open('chair', 'vice', 'm1', 'm2').start().ballot();
    const remove = (who: string): Command => ({
      type: 'removeParticipant',
      participantId: person(who),
    });
    for (const who of ['vice', 'm1', 'm2'])
      expect(room.refusal('sec', remove(who))).toBe('participant-acted');
    expect(room.refusal('sec', remove('m3'))).toBeNull();
    expect(room.refusal('sec', remove('chair'))).toBeNull();
    room.close().reveal().decide(3, 'chairJudgement', '投票なし');
    expect(room.refusal('sec', remove('m1'))).toBe('participant-acted');
    // Without a vote of their own, but with their name under a decision.
    expect(room.refusal('sec', remove('chair'))).toBe('participant-acted');
  });
});

describe('[M5] 定足数', () => {
  const council = (size: number, present: number, others = 0) => ({
    participants: [
      ...Array.from({ length: size }, (_, index) => ({
        role: (['chair', 'viceChair', 'member'] as const)[Math.min(index, 2)] ?? 'member',
        present: index < present,
      })),
      ...Array.from({ length: others }, () => ({ role: 'section' as const, present: true })),
    ],
  });

  test.each([
    ['moreThanHalf', 10, 6],
    ['moreThanHalf', 7, 4],
    ['halfOrMore', 10, 5],
    ['halfOrMore', 7, 4],
    ['moreThanHalf', 1, 1],
    ['halfOrMore', 1, 1],
    ['moreThanHalf', 0, 1],
  ] as const)('[M5] %s of %i is %i', (quorumRule, total, needed) => {
    expect(quorumOf({ chairInQuorum: true, ...council(total, total), quorumRule }).needed).toBe(
      needed,
    );
  });

  test('[M5] only the council counts, and without one there is no quorum', () => {
    for (const quorumRule of ['moreThanHalf', 'halfOrMore'] as const) {
      expect(quorumOf({ chairInQuorum: true, ...council(0, 0, 5), quorumRule })).toMatchObject({
        total: 0,
        met: false,
      });
    }
    const half = council(4, 2, 9);
    expect(quorumOf({ chairInQuorum: true, ...half, quorumRule: 'halfOrMore' })).toMatchObject({
      total: 4,
      met: true,
    });
    expect(quorumOf({ chairInQuorum: true, ...half, quorumRule: 'moreThanHalf' }).met).toBe(false);
  });

  test('[M5] met means what the two words mean, for every size', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(5), (size, there, others) => {
        const present = Math.min(size, there);
        const of = (quorumRule: 'moreThanHalf' | 'halfOrMore') =>
          quorumOf({ chairInQuorum: true, ...council(size, present, others), quorumRule });
        expect(of('moreThanHalf').met).toBe(present * 2 > size);
        expect(of('halfOrMore').met).toBe(size > 0 && present * 2 >= size);
        expect(of('halfOrMore')).toMatchObject({ present, total: size });
      }),
    );
  });
});

describe('one item at a time', () => {
  test('[M6] starting an item makes it the current one; starting it twice is refused', () => {
    const room = new TestRoom().open().start('i1');
    expect(room.meeting.currentItemId).toBe('i1');
    expect(room.item('i1')).toMatchObject({ state: 'discussing', startedAt: room.now });
    expect(room.refusal('sec', { type: 'startItem', itemId: item('i1') })).toBe(
      'item-not-startable',
    );
    expect(room.refusal('sec', { type: 'startItem', itemId: item('i9') })).toBe('unknown-item');
  });

  test('[M6] while a ballot is open no other item is started, reopened or deferred', () => {
    const room = new TestRoom({ items: ['i1', 'i2', 'i3'] }).open().start('i1').decide(4);
    room.start('i2').ballot('i2');
    expect(room.refusal('sec', { type: 'startItem', itemId: item('i3') })).toBe('ballot-open');
    const reopen = { type: 'reopenItem', itemId: item('i1'), reason: '再考' } as const;
    expect(room.refusal('chair', reopen)).toBe('ballot-open');
    expect(room.refusal('sec', { type: 'deferItem', itemId: item('i2'), reason: '' })).toBe(
      'ballot-open',
    );
    const second = {
      type: 'openBallot',
      itemId: item('i2'),
      criterionIds: [],
      secrecy: 'named',
    } as const;
    expect(room.refusal('sec', second)).toBe('ballot-open');
    expect(room.refusal('chair', room.decisionOf(4, 'noObjection', '', 'i2'))).toBe('ballot-open');
  });

  test('[M6] leaving an item keeps where it stood and when it began', () => {
    const room = new TestRoom().open().start('i1').ballot('i1').close('i1');
    const began = room.item('i1').startedAt;
    room.start('i2').start('i1');
    expect(room.item('i1')).toMatchObject({ state: 'counted', startedAt: began });
  });

  test('[M6] a ballot, a decision and a deferral belong to the current item', () => {
    const room = new TestRoom().open().start('i1').start('i2');
    const criterionIds = [nationalCriterion.id];
    const open = {
      type: 'openBallot',
      itemId: item('i1'),
      criterionIds,
      secrecy: 'named',
    } as const;
    expect(room.refusal('sec', open)).toBe('item-not-current');
    expect(room.refusal('chair', room.decisionOf(4))).toBe('item-not-current');
    expect(room.refusal('sec', { type: 'deferItem', itemId: item('i1'), reason: '' })).toBe(
      'item-not-current',
    );
  });

  test('[M6] a deferred item can be taken up again', () => {
    const room = new TestRoom().open().start('i1').defer('i1');
    expect(room.refusal('sec', { type: 'deferItem', itemId: item('i1'), reason: '' })).toBe(
      'item-not-discussing',
    );
    expect(room.refusal('chair', room.decisionOf(4))).toBe('item-not-discussing');
    expect(room.start('i1').item('i1').state).toBe('discussing');
  });
});

describe('closing', () => {
  test('[M8] a meeting closes when every item is decided or deferred, and not before', () => {
    const room = new TestRoom().open();
    const close: Command = { type: 'closeMeeting' };
    expect(room.refusal('sec', close)).toBe('items-unfinished');
    room.start('i1').decide(4).start('i2');
    expect(room.refusal('sec', close)).toBe('items-unfinished');
    room.defer('i2').do('chair', close);
    expect(room.meeting).toMatchObject({ phase: 'closed', currentItemId: null });
  });
});

describe('[M9] the next step', () => {
  const step = (room: TestRoom) => nextStep(roomOf(room.meeting));

  test('[M9] goes once through a whole meeting', () => {
    const room = new TestRoom({ items: ['i1', 'i2'] });
    expect(step(room)).toEqual({ kind: 'openMeeting' });
    room.open();
    expect(step(room)).toEqual({ kind: 'startItem', itemId: 'i1' });
    room.start();
    expect(step(room)).toEqual({ kind: 'openBallot', itemId: 'i1' });
    room.ballot();
    expect(step(room)).toEqual({ kind: 'awaitBallots', itemId: 'i1', missing: 4 });
    room.cast('vice', 4).cast('m1', 4).cast('m2', null);
    expect(step(room)).toEqual({ kind: 'awaitBallots', itemId: 'i1', missing: 1 });
    room.cast('m3', 4);
    expect(step(room)).toEqual({ kind: 'closeBallot', itemId: 'i1' });
    room.close();
    expect(step(room)).toEqual({ kind: 'revealBallot', itemId: 'i1' });
    room.reveal();
    expect(step(room)).toEqual({ kind: 'decideItem', itemId: 'i1' });
    room.decide(4, 'unanimous');
    expect(step(room)).toEqual({ kind: 'startItem', itemId: 'i2' });
    room.start('i2').defer('i2');
    expect(step(room)).toEqual({ kind: 'closeMeeting' });
    room.do('sec', { type: 'closeMeeting' });
    expect(step(room)).toEqual({ kind: 'done' });
  });

  test('[M9] waits for the quorum before a ballot and before a decision, and says how many miss', () => {
    const room = new TestRoom().open('chair', 'm1').start();
    expect(step(room)).toEqual({ kind: 'awaitQuorum', missing: 1 });
    room.attend('chair', 'm1', 'm2').vote({ m1: 4 });
    expect(step(room)).toEqual({ kind: 'decideItem', itemId: 'i1' });
    room.attend('chair');
    expect(room.refusal('chair', room.decisionOf(4, 'unanimous'))).toBe('quorum-not-met');
    expect(step(room)).toEqual({ kind: 'awaitQuorum', missing: 2 });
  });

  test('[M9] goes on behind the current item, then from the top; deferred ones are left', () => {
    const room = new TestRoom({ items: ['i1', 'i2', 'i3'] })
      .open()
      .start('i2')
      .decide(4, 'noObjection', '', 'i2');
    expect(nextItem(roomOf(room.meeting))).toBe('i3');
    room.start('i3').defer('i3');
    expect(nextItem(roomOf(room.meeting))).toBe('i1');
    room.start('i1').decide(4);
    expect(nextItem(roomOf(room.meeting))).toBeNull();
  });

  test('[M9] is never a step that is refused', () => {
    const room = new TestRoom().open().start();
    const commands: Record<string, () => Command> = {
      startItem: () => ({ type: 'startItem', itemId: nextItem(roomOf(room.meeting)) ?? item('') }),
      openBallot: () => ({
        type: 'openBallot',
        itemId: item('i1'),
        criterionIds: [nationalCriterion.id],
        secrecy: 'named',
      }),
      closeBallot: () => ({ type: 'closeBallot', itemId: item('i1'), roundId: room.round().id }),
      revealBallot: () => ({ type: 'revealBallot', itemId: item('i1'), roundId: room.round().id }),
      decideItem: () => room.decisionOf(2, 'chairJudgement', '票がない'),
    };
    const taken: string[] = [];
    while (taken.length < 5) {
      const next = step(room);
      // Nobody votes in this room, so waiting for ballots ends by closing.
      const kind = next.kind === 'awaitBallots' ? 'closeBallot' : next.kind;
      const command = commands[kind];
      if (!command) throw new Error(`no command for ${kind}`);
      room.do('chair', command());
      taken.push(kind);
    }
    expect(taken).toEqual(['openBallot', 'closeBallot', 'revealBallot', 'decideItem', 'startItem']);
  });
});

describe('the record tells the meeting', () => {
  test('[R1] replaying the events gives the meeting, and a record without a founding is broken', () => {
    const room = new TestRoom()
      .open()
      .start()
      .vote({ m1: 4, m2: 3 })
      .breakTie(3)
      .decide(3, 'chairOnTie');
    expect(replay(room.events)).toEqual(room.meeting);
    expect(replay([])).toBeUndefined();
    const [, second] = room.events;
    if (!second) throw new Error('too few events');
    expect(() => evolve(undefined, second)).toThrow('the record begins with');
    expect(room.meeting.rev).toBe(room.events.length);
  });
});
