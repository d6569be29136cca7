/** Rules [P1] to [P7]. The matrix is written out here by hand: a changed right must be changed twice. */
import { describe, expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import { obstacle } from '#domain/obstacle.ts';
import {
  conducting,
  effectiveRole,
  mayEver,
  isLate,
  opinionsAccess,
  readsSheets,
  rights,
  type Action,
} from '#domain/permission.ts';
import { roomOf } from '#domain/room.ts';
import { itemStates, phases, roles, type ItemState, type Phase, type Role } from '#domain/types.ts';
import { examples } from '../protocol/commands.ts';
import { item, person, TestRoom } from './room.ts';

/** Columns: secretariat, chair, viceChair, member, section, observer. */
const matrix: Readonly<Record<Action, string>> = {
  changeDetails: '● . . . . .',
  changeCriteria: '● . . . . .',
  changeHeadings: '● . . . . .',
  addParticipant: '● . . . . .',
  changeParticipant: '● . . . . .',
  removeParticipant: '● . . . . .',
  importItems: '● . . . . .',
  addItem: '● . . . . .',
  changeItem: '● . . . ● .',
  removeItem: '● . . . . .',
  moveItem: '● . . . . .',
  invite: '● . . . . .',
  readSetup: '● . . . . .',
  openMeeting: '● ● . . . .',
  recordAttendance: '● ● . . . .',
  setTimer: '● ● . . . .',
  startPreview: '● . . . . .',
  endPreview: '● . . . . .',
  ratePrivately: '. ● ● ● . .',
  readTurnout: '● . . . . .',
  revealRoundZero: '● ● . . . .',
  askQuestion: '● ● ● ● . .',
  answerQuestion: '● . . . ● .',
  rateSelf: '● . . . ● .',
  declareRecusal: '● ● ● ● . .',
  withdrawRecusal: '● ● ● ● . .',
  appointDeputy: '● ● . . . .',
  raiseHand: '● ● ● ● ● .',
  lowerHand: '● ● ● ● ● .',
  giveFloor: '● ● . . . .',
  adjourn: '● ● . . . .',
  resume: '● ● . . . .',
  startItem: '● ● . . . .',
  openBallot: '● ● . . . .',
  castBallot: '. ● ● ● . .',
  recordPaperBallot: '● ● . . . .',
  confirmPaperBallot: '● ● . . . .',
  closeBallot: '● ● . . . .',
  revealBallot: '● ● . . . .',
  breakTie: '. ● . . . .',
  sumUp: '. ● . . . .',
  raiseObjection: '. ● ● ● . .',
  withdrawObjection: '. ● ● ● . .',
  decideItem: '. ● . . . .',
  reopenItem: '. ● . . . .',
  deferItem: '● ● . . . .',
  closeMeeting: '● ● . . . .',
  reopenMeeting: '● ● . . . .',
  requestConfirmation: '● . . . . .',
  resumeDrafting: '● . . . . .',
  confirmMinutes: '. ● ● ● . .',
  requestChange: '. ● ● ● . .',
  signMinutes: '. ● ● ● . .',
  approveMinutes: '● ● . . . .',
  correctMinutes: '● . . . . .',
  nameSpeakers: '● . . . . .',
  fillParticulars: '● . . . . .',
  replyToOpinion: '● . . . ● .',
  publish: '● . . . . .',
  unpublish: '● . . . . .',
  readHistory: '● . . . . .',
  readMinutes: '● ● ● ● ● .',
  export: '● ● ● ● ● .',
  exportRecord: '● ● . . . .',
  keepTemplate: '● . . . . .',
  wipe: '● . . . . .',
};
const order: readonly Role[] = [
  'secretariat',
  'chair',
  'viceChair',
  'member',
  'section',
  'observer',
];
const notCommands = [
  'invite',
  'readSetup',
  'readTurnout',
  'readHistory',
  'readMinutes',
  'export',
  'exportRecord',
  'keepTemplate',
  'wipe',
] as const;
const chairOnly: readonly string[] = ['breakTie', 'sumUp', 'decideItem', 'reopenItem'];
const seatOf: Readonly<Record<Role, string>> = {
  secretariat: 'sec',
  chair: 'chair',
  viceChair: 'vice',
  member: 'm1',
  section: 'section',
  observer: 'observer',
};

describe('[P1] every role × action is what the matrix says', () => {
  test('[P1] the matrix has a column for every role', () => {
    expect([...order].sort()).toEqual([...roles].sort());
  });

  for (const [action, row] of Object.entries(matrix) as [Action, string][]) {
    test(`[P1] ${action}: ${row}`, () => {
      const cells = order.map((role) => (mayEver(role, action) ? '●' : '.'));
      expect(cells.join(' ')).toBe(row);
    });
  }

  test('[P1] a right that is missing is a refusal before anything else is looked at', () => {
    const room = new TestRoom().open();
    const commands = Object.keys(matrix).filter(
      (action) => !notCommands.some((other) => other === action),
    ) as Command['type'][];
    for (const type of commands) {
      for (const role of roles) {
        if (mayEver(role, type)) continue;
        const only = chairOnly.includes(type) ? 'chair-only' : 'not-allowed';
        const intent = { type, itemId: item('no-such-item') };
        const answer = obstacle(roomOf(room.meeting), person(seatOf[role]), intent);
        expect([type, role, answer]).toEqual([type, role, only]);
      }
    }
  });
});

describe('the vice chair', () => {
  const seatWith = (role: Role, present: boolean) => ({ id: person(role), role, present });
  const among = (...participants: ReturnType<typeof seatWith>[]) => ({
    participants,
    deputyId: null,
  });
  const all = (chair: boolean, vice: boolean) =>
    among(seatWith('chair', chair), seatWith('viceChair', vice), seatWith('member', true));

  test('[P2] stands in while no chair is recorded as present and the vice chair is', () => {
    const vice = (present: boolean) => seatWith('viceChair', present);
    expect(effectiveRole(vice(true), all(false, true))).toBe('chair');
    expect(effectiveRole(vice(true), all(true, true))).toBe('viceChair');
    expect(effectiveRole(vice(false), all(false, false))).toBe('viceChair');
    expect(effectiveRole(vice(true), among(vice(true)))).toBe('chair');
    expect(effectiveRole(seatWith('member', true), all(false, true))).toBe('member');
  });

  test('[P2] conducts and decides then, and still has a vote as a member', () => {
    const room = new TestRoom().open('vice', 'm1', 'm2').start();
    expect(room.refusal('vice', room.decisionOf(4))).toBeNull();
    room.vote({ vice: 4, m1: 4, m2: 4 });
    expect(room.do('vice', room.decisionOf(4, 'unanimous')).decision().decidedBy).toBe('vice');
  });

  test('[P2] gives the chair back when the chair comes in', () => {
    const room = new TestRoom().open('vice', 'm1', 'm2').start();
    room.attend('chair', 'vice', 'm1', 'm2');
    expect(room.refusal('vice', room.decisionOf(4))).toBe('chair-only');
    expect(room.refusal('vice', { type: 'startItem', itemId: item('i2') })).toBe('not-allowed');
  });
});

describe('[P14] the gavel, command by command', () => {
  const recusal = (who: string): Command => ({
    type: 'declareRecusal',
    itemId: item('i1'),
    participantId: person(who),
    reason: '利害',
  });
  const denials = ['not-allowed', 'chair-only', 'recused'];
  const types = (Object.keys(rights) as Action[]).filter(
    (action): action is Command['type'] => !notCommands.some((other) => other === action),
  );
  const ofChair = types.filter(
    (type) => rights[type].roles.includes('chair') && rights[type].phases.includes('open'),
  );
  const withItem = new Set(types.filter((type) => 'itemId' in examples[type]));
  /** What somebody is denied on the item under discussion, whatever else stands in the way. */
  const denied = (room: TestRoom, who: string) =>
    ofChair.filter((type) => {
      const intent = withItem.has(type) ? { type, itemId: item('i1') } : { type };
      return denials.includes(obstacle(roomOf(room.meeting), person(who), intent) ?? '');
    });
  const own = ['castBallot', 'ratePrivately', 'raiseObjection', 'askQuestion'];
  const deputy = (room: TestRoom) =>
    room.do('sec', { type: 'appointDeputy', participantId: person('m3') });

  test('[P14] what conducts and names no item is listed whole', () => {
    const listed = ofChair.filter(
      (type) => !withItem.has(type) && !mayEver('member', type) && rights[type].roles.length > 1,
    );
    expect([...conducting].sort()).toEqual(listed.sort());
  });

  for (const [name, holder, make] of [
    ['a vice chair while the chair is away', 'vice', () => new TestRoom().open('vice', 'm1', 'm2')],
    ['a vice chair while the chair stands aside', 'vice', () => new TestRoom().open()],
    ['a deputy while both are away', 'm3', () => deputy(new TestRoom().open('m1', 'm2', 'm3'))],
    ['a deputy while both stand aside', 'm3', () => deputy(new TestRoom().open())],
  ] as const) {
    test(`[P14] ${name} has every right of the chair`, () => {
      const room = make().start();
      if (name.includes('aside')) room.do('chair', recusal('chair'));
      if (name.includes('both stand')) room.do('vice', recusal('vice'));
      expect(denied(room, holder)).toEqual([]);
      // Nobody else has gained anything by it.
      const plain = denied(new TestRoom().open().start(), 'm1');
      expect(denied(room, 'm1')).toEqual(plain);
      expect(plain).toEqual(expect.arrayContaining([...conducting]));
    });
  }

  test('[P14] a chair who stands aside takes items up and names a deputy, and conducts no more', () => {
    const room = new TestRoom().open().start().do('chair', recusal('chair'));
    const kept = ofChair.filter((type) => !denied(room, 'chair').includes(type));
    const personal = ['declareRecusal', 'withdrawRecusal', 'raiseHand', 'lowerHand'];
    const unheard = ['withdrawObjection'];
    expect(kept.filter((type) => ![...personal, ...unheard].includes(type))).toEqual([
      'appointDeputy',
      'startItem',
    ]);
    expect(denied(room, 'chair')).toEqual(expect.arrayContaining(own));
    expect(room.refusal('chair', { type: 'giveFloor', participantId: null })).toBe('recused');
    // The next item is the chair's again.
    room.do('vice', room.decisionOf(4)).start('i2');
    expect(room.refusal('chair', { type: 'giveFloor', participantId: null })).toBeNull();
    expect(room.refusal('vice', { type: 'giveFloor', participantId: null })).toBe('not-allowed');
  });

  test('[P14] where nobody else can conduct the chair goes on', () => {
    const room = new TestRoom().open('chair', 'm1', 'm2', 'm3').start();
    room.do('chair', recusal('chair'));
    expect(room.refusal('chair', { type: 'adjourn' })).toBeNull();
    expect(room.refusal('chair', room.decisionOf(4))).toBe('recused');
    expect(deputy(room).refusal('chair', { type: 'adjourn' })).toBe('recused');
    expect(room.refusal('m3', { type: 'adjourn' })).toBeNull();
  });
});

describe('[P3] opinions', () => {
  /** Who may do what with the opinions of an item, in words of one letter: none, read, write. */
  const rights: Readonly<Record<Phase | 'decided', string>> = {
    // secretariat, chair, viceChair, member, section, observer
    draft: 'n n n n n n',
    preview: 'n n n n n n',
    open: 'w w w w r n',
    decided: 'r r r r r n',
    closed: 'r r r r r n',
    published: 'r r r r r n',
  };

  for (const phase of phases) {
    for (const state of itemStates) {
      test(`[P3] ${phase}, ${state}`, () => {
        const row = phase === 'open' && state === 'decided' ? 'decided' : phase;
        const letters = order.map((role) => opinionsAccess(role, phase, state, false)[0]);
        expect(letters.join(' ')).toBe(rights[row]);
      });
    }
  }

  test('[P10] whoever stands aside gets the text when the item is decided, and not before', () => {
    for (const state of itemStates) {
      const access = opinionsAccess('member', 'open', state, true);
      expect([state, access]).toEqual([state, state === 'decided' ? 'read' : 'none']);
    }
  });

  test('[B19] after the deadline of a circulated meeting members read, the others put in order', () => {
    const late = order.map((role) => opinionsAccess(role, 'open', 'rating', false, true)[0]);
    expect(late.join(' ')).toBe('w w w r r n');
    const circulated = { gathering: 'circulated', deadline: 1_000 } as const;
    expect([999, 1_000].map((now) => isLate(circulated, now))).toEqual([false, true]);
    expect(isLate({ ...circulated, deadline: null }, 1_000)).toBe(false);
    expect(isLate({ ...circulated, gathering: 'online' }, 1_000)).toBe(false);
  });

  test('[P3] every state but 確定 can be written in', () => {
    const written = itemStates.filter(
      (state: ItemState) => opinionsAccess('member', 'open', state, false) === 'write',
    );
    expect(written).toEqual(itemStates.filter((state) => state !== 'decided'));
  });
});

describe('[P6] sheets', () => {
  test('[P6] before the opening those who prepare or open read them, afterwards everybody', () => {
    const readers = (phase: Phase) => order.filter((role) => readsSheets(role, phase));
    expect(readers('draft')).toEqual(['secretariat', 'chair']);
    expect(readers('preview')).toEqual(order.filter((role) => role !== 'observer'));
    expect(readers('open')).toEqual(order);
    expect(readers('closed')).toEqual(order);
  });
});

describe('[P8] files', () => {
  test('[P8] the record is given to those who conduct, the template is kept by the secretariat', () => {
    expect(order.filter((role) => mayEver(role, 'exportRecord'))).toEqual(['secretariat', 'chair']);
    expect(order.filter((role) => mayEver(role, 'keepTemplate'))).toEqual(['secretariat']);
  });

  test('[P8] whoever may take files away at all reads the sheets of an open meeting', () => {
    const takers = order.filter((role) => mayEver(role, 'export'));
    expect(takers.filter((role) => !readsSheets(role, 'open'))).toEqual([]);
    expect(takers.filter((role) => readsSheets(role, 'draft'))).toEqual(['secretariat', 'chair']);
  });
});
