/**
 * [P1] Every role × command × phase × state of the item over a real socket on a real file, against
 * the table `rights`. What would take effect is rolled back by the file itself, so that one meeting
 * stands still while every cell of a moment is tried.
 */
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { Command, CommandType } from '#domain/command.ts';
import { mayEver, rights, type Action } from '#domain/permission.ts';
import { itemStates, phases, roles, type ItemState, type Phase, type Role } from '#domain/types.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { examples } from '../protocol/commands.ts';
import type { Guest, SampleMeeting } from './house.ts';
import { ask, Street } from './street.ts';

/** What is no command; routes.test.ts tries those that lead to pages. */
const notCommands: readonly Action[] = [
  'invite',
  'readSetup',
  'readTurnout',
  'readHistory',
  'readMinutes',
  'export',
  'exportRecord',
  'keepTemplate',
  'wipe',
];
const afterwards: readonly CommandType[] = [
  'nameSpeakers',
  'fillParticulars',
  'requestConfirmation',
  'resumeDrafting',
  'confirmMinutes',
  'requestChange',
  'signMinutes',
  'approveMinutes',
  'correctMinutes',
  'reopenMeeting',
  'publish',
];
const types = Object.keys(examples) as CommandType[];

/** Refusals that speak of the state of the item. */
const ofState: readonly string[] = [
  'item-decided',
  'item-not-decided',
  'item-not-current',
  'item-not-startable',
  'item-not-discussing',
  'ballot-open',
  'ballot-not-open',
  'ballot-closed',
  'ballot-not-closed',
  'ballot-not-revealed',
];
/** Where the table lets a command through and the room does not: another item is under way. */
const elsewhere: readonly string[] = ['item-not-current', 'item-not-startable', 'ballot-open'];
/** What one meeting of 採決, in person, with clear votes and everybody there, cannot do. */
const never: readonly CommandType[] = [
  'breakTie',
  'confirmPaperBallot',
  'raiseObjection',
  'withdrawObjection',
  'withdrawRecusal',
  'resume',
];

type Cell = {
  readonly role: Role;
  readonly type: CommandType;
  readonly phase: Phase;
  readonly state: ItemState;
};

class Matrix {
  readonly effective = new Set<CommandType>();
  readonly wrong: string[] = [];
  tried = 0;
  readonly #street: Street;
  readonly #meeting: SampleMeeting;
  readonly #seats: ReadonlyMap<Role, { readonly guest: Guest; readonly socket: Socket }>;

  constructor(
    street: Street,
    meeting: SampleMeeting,
    seats: ReadonlyMap<Role, { readonly guest: Guest; readonly socket: Socket }>,
  ) {
    this.#street = street;
    this.#meeting = meeting;
    this.#seats = seats;
  }

  /** Every cell of this moment, on the n-th item. */
  async look(n: number, tried: readonly CommandType[] = types): Promise<void> {
    const { house } = this.#street;
    house.tamper(
      `create trigger still before insert on meeting_event begin select raise(abort, 'x'); end`,
    );
    const { phase } = this.#meeting.state;
    const { state } = this.#meeting.item(n);
    for (const role of roles) {
      for (const type of tried) {
        const seat = this.#seats.get(role);
        if (!seat) throw new Error(`nobody is ${role}`);
        // As fast as the socket lets anybody through.
        house.now += 100;
        const id = house.newId();
        const command = this.#command(type, seat.guest, n);
        const envelope = { meetingId: this.#meeting.id, id, command };
        const ack = await ask(seat.socket, 'command', envelope);
        const answer = ack.ok || ack.refused === 'internal' ? 'effect' : ack.refused;
        this.tried += 1;
        this.#judge({ role, type, phase, state }, 'itemId' in command, answer);
      }
    }
    house.tamper('drop trigger still');
  }

  #judge(cell: Cell, onItem: boolean, answer: string): void {
    const { role, type, phase, state } = cell;
    const right = rights[type];
    const found = (wanted: string) =>
      this.wrong.push(`${Object.values(cell).join(' ')}: ${answer}, not ${wanted}`);
    if (answer === 'effect') this.effective.add(type);
    if (!right.roles.includes(role)) {
      const only = right.roles.every((each) => each === 'chair') ? 'chair-only' : 'not-allowed';
      if (answer !== only) found(only);
    } else if (!right.phases.includes(phase)) {
      const named = right.phases.map((each) => `meeting-not-${each}`);
      if (!named.includes(answer)) found(named.join(' or '));
    } else if (onItem && right.states && !right.states.includes(state)) {
      if (!ofState.includes(answer)) found('a refusal for the state');
    } else if (
      /^(not-allowed|chair-only|meeting-not-|unknown-|malformed|too-|not-your|signed-out)/.test(
        answer,
      ) ||
      (onItem && right.states && ofState.includes(answer) && !elsewhere.includes(answer))
    ) {
      found('let through');
    }
  }

  /** The example of a type, with what it names taken from the meeting. */
  #command(type: CommandType, guest: Guest, n: number): Command {
    const { state: meeting } = this.#meeting;
    const item = this.#meeting.item(n);
    const isCouncil = mayEver(guest.role, 'castBallot');
    const cast = this.#meeting.castOf(4, n, 'none' as never);
    const decision = this.#meeting.decisionOf(4, 'unanimous', '', n);
    const decided = decision.type === 'decideItem' ? decision.ratings : [];
    const seats = meeting.participants.map(({ id }) => id);
    const real: Readonly<Record<string, unknown>> = {
      itemId: item.id,
      roundId: item.rounds.at(-1)?.id ?? 'no-round',
      participantId:
        isCouncil || type === 'lowerHand' ? guest.seat : this.#meeting.guest('member').seat,
      present: seats,
      criterionIds: meeting.criteria.map(({ id }) => id),
      choices: 'choices' in cast ? cast.choices : [],
      ratings:
        type === 'decideItem'
          ? decided
          : decided.map(({ criterionId, optionId }) => ({ criterionId, optionId })),
      method: 'unanimous',
      questionId: item.questions[0]?.id ?? 'no-question',
      headingId: meeting.headings[0]?.id,
      deadline: this.#street.house.now + 86_400_000,
      signers: [this.#meeting.guest('chair').seat],
    };
    const example: Readonly<Record<string, unknown>> = examples[type];
    const filled = Object.entries(example).map(([key, value]) => [key, real[key] ?? value]);
    return Object.fromEntries(filled) as Command;
  }
}

/** The sample has no 副会長: one who accepts an invitation. */
async function viceChair(meeting: SampleMeeting): Promise<Guest> {
  const { app } = meeting.house;
  const sec = meeting.guest('secretariat');
  const seat = { name: '副会長 役', role: 'viceChair', affiliation: '' } as const;
  meeting.do(sec, { type: 'addParticipant', seat });
  const id = meeting.state.participants.at(-1)?.id;
  if (!id) throw new Error('no seat');
  const link = app.meetings.invite(sec, meeting.id, id, 'vice@example.jp');
  if (!link.ok) throw new Error(link.code);
  const joined = await app.auth.acceptInvitation(link.token, 'パスワード八文字', 'x');
  const who = joined.ok ? app.auth.find(joined.session.token) : null;
  if (!joined.ok || !who) throw new Error('not joined');
  return { ...who, role: 'viceChair', seat: id, token: joined.session.token };
}

test('[P1] the table has every command, and whatever else it holds is known here', () => {
  expect(Object.keys(rights).sort()).toEqual([...types, ...notCommands].sort());
});

test(
  '[P1] every role × command × phase × state is answered as the table says',
  { timeout: 120_000 },
  async () => {
    const { street, meeting } = await Street.withMeeting();
    const sec = meeting.guest('secretariat');
    const chair = meeting.guest('chair');
    const vice = await viceChair(meeting);
    const seats = new Map<Role, { guest: Guest; socket: Socket }>();
    for (const role of roles) {
      const guest = role === 'viceChair' ? vice : meeting.guest(role);
      seats.set(role, { guest, socket: await street.connect(guest) });
    }
    const matrix = new Matrix(street, meeting, seats);
    const [first, second] = [meeting.item(0).id, meeting.item(1).id];
    for (const itemId of [first, second]) {
      meeting.do(sec, { type: 'askQuestion', itemId, text: '根拠は何か' });
    }

    await matrix.look(0);
    meeting.do(sec, { type: 'startPreview' });
    await matrix.look(0);
    const present = meeting.state.participants.map(({ id }) => id);
    meeting.do(sec, { type: 'openMeeting', present });
    await matrix.look(0);
    meeting.start(0);
    const opinions = await street.document(sec, opinionsDocument(first));
    await opinions.type(meeting.state.headings[0]?.id ?? '', '根拠を示してほしい');
    await matrix.look(0);
    meeting.ballot();
    for (const guest of [...meeting.council, vice]) meeting.cast(guest, 4);
    await matrix.look(0);
    meeting.close();
    await matrix.look(0);
    meeting.reveal();
    await matrix.look(0);
    meeting.decide(4, 'unanimous');
    await matrix.look(0);
    meeting.start(1).do(chair, { type: 'deferItem', itemId: second, reason: '資料不足' });
    await matrix.look(1);
    for (let n = 2; n < meeting.state.items.length; n += 1) {
      const { id } = meeting.item(n);
      meeting.start(n).do(chair, { type: 'deferItem', itemId: id, reason: '時間切れ' });
    }
    await matrix.look(0, ['closeMeeting']);
    meeting.do(chair, { type: 'closeMeeting' });
    await matrix.look(0);
    const deadline = street.house.now + 1_000_000;
    meeting.do(sec, { type: 'requestConfirmation', deadline, signers: [chair.seat] });
    await matrix.look(0, afterwards);
    meeting.do(chair, { type: 'signMinutes' });
    street.house.now = deadline;
    await matrix.look(0, ['approveMinutes']);
    meeting.do(sec, { type: 'approveMinutes' });
    await matrix.look(0, afterwards);
    meeting.do(sec, { type: 'publish' });
    await matrix.look(0);

    expect(matrix.wrong).toEqual([]);
    expect(matrix.tried).toBe(roles.length * (11 * types.length + 2 * afterwards.length + 2));
    // A table that refuses everything would pass the above.
    expect(types.filter((type) => !matrix.effective.has(type)).sort()).toEqual([...never].sort());
    expect([phases.length, itemStates.length]).toEqual([5, 7]);
  },
);
