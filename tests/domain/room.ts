/**
 * A meeting to try rules on. It is founded and filled by real commands through `decide` and
 * `evolve`, so no test ever stands on a state that the rules could not have made.
 */
import type { Command, Seat } from '#domain/command.ts';
import { decide, decideJoin } from '#domain/decide.ts';
import type { EventBody, MeetingEvent } from '#domain/event.ts';
import { evolve } from '#domain/evolve.ts';
import { usualRules } from '#domain/meeting.ts';
import type {
  Ballot,
  Choice,
  Criterion,
  Decision,
  FrozenOpinions,
  Item,
  Meeting,
  MeetingDetails,
  Round,
  Tally,
} from '#domain/meeting.ts';
import type { Outcome, PaperBallot, Secret } from '#domain/outcome.ts';
import { nationalCriterion, usualHeadings } from '#domain/scale.ts';
import { emptyProject, type ProjectSheet } from '#domain/sheet.ts';
import type {
  AccountId,
  CriterionId,
  DecisionMethod,
  HeadingId,
  ItemId,
  MeetingId,
  OptionId,
  ParticipantId,
  Role,
  RoundId,
  Secrecy,
} from '#domain/types.ts';

export const person = (name: string) => name as ParticipantId;
export const item = (name: string) => name as ItemId;
export const option = (level: 1 | 2 | 3 | 4 | null) =>
  (level === null ? null : `effect-${level}`) as OptionId;
export const effect = nationalCriterion.id;

export const details: MeetingDetails = {
  title: '第1回 地方創生事業効果検証会議',
  municipality: 'みほん市',
  evaluatedYear: 2024,
  heldOn: '2025-08-20',
  place: '第1会議室',
  ...usualRules,
};

export const sheet = (no: string): ProjectSheet => ({
  ...emptyProject,
  no,
  name: `事業 ${no}`,
  sections: ['企画課'],
});

/** A second criterion: 今後の方針, with three options. */
export const policy: Criterion = {
  id: 'policy' as CriterionId,
  name: '今後の方針',
  options: ['発展', '継続', '終了'].map((label) => ({
    id: `policy-${label}` as OptionId,
    label,
    shortLabel: label,
    meaning: '',
  })),
  asksReason: false,
};

export const frozen = (...bullets: string[]): FrozenOpinions[] => [
  { headingId: 'results' as HeadingId, heading: '【R6実績について】', bullets },
];

/** Everybody who can sit in a meeting; a seat's id is the name before the colon. */
export const everybody: Readonly<Record<string, Role>> = {
  chair: 'chair',
  vice: 'viceChair',
  m1: 'member',
  m2: 'member',
  m3: 'member',
  section: 'section',
  observer: 'observer',
};

type Options = {
  readonly people?: Readonly<Record<string, Role>>;
  readonly details?: Partial<MeetingDetails>;
  readonly items?: readonly string[];
  readonly criteria?: readonly Criterion[];
};

/** Every method that acts throws when the meeting refuses; `refusal` asks for the refusal. */
export class TestRoom {
  meeting: Meeting;
  readonly events: MeetingEvent[] = [];
  readonly ballots = new Map<RoundId, Map<ParticipantId, Ballot>>();
  readonly sealed = new Map<RoundId, readonly Tally[]>();
  readonly paper = new Map<string, PaperBallot>();
  readonly privately = new Map<ItemId, Map<ParticipantId, Ballot>>();
  minutes = '議事録の本文';
  opinions: readonly FrozenOpinions[] = [];
  /** Questions a command asked about secrets, by kind. */
  readonly asked: string[] = [];
  now = 1_000_000;
  readonly #ids: string[] = [];
  #made = 0;

  constructor({ people = everybody, items = ['i1', 'i2'], ...rest }: Options = {}) {
    const founded: EventBody = {
      kind: 'meetingFounded',
      meetingId: 'meeting-1' as MeetingId,
      details: { ...details, ...rest.details },
      criteria: rest.criteria ?? [nationalCriterion],
      headings: usualHeadings(2024),
      founder: {
        id: person('sec'),
        name: '事務局 sec',
        role: 'secretariat',
        affiliation: '',
        accountId: 'account-sec' as AccountId,
      },
    };
    const event = this.#event(null, founded);
    this.meeting = evolve(undefined, event);
    this.events.push(event);
    for (const [id, role] of Object.entries(people)) {
      this.#ids.push(id);
      this.do('sec', { type: 'addParticipant', seat: seat(id, role) });
      this.join(id);
    }
    for (const id of items) {
      this.#ids.push(id);
      this.do('sec', { type: 'addItem', sheet: sheet(id) });
    }
  }

  ask(who: string, command: Command): Outcome {
    return decide(this.meeting, command, {
      actor: person(who),
      now: this.now,
      newId: () => this.#ids.shift() ?? `made-${(this.#made += 1)}`,
      ballots: (roundId) => {
        this.asked.push('ballots');
        return [...(this.ballots.get(roundId)?.values() ?? [])];
      },
      opinions: () => {
        this.asked.push('opinions');
        return this.opinions;
      },
      sealed: (roundId) => {
        this.asked.push('sealed');
        return this.sealed.get(roundId) ?? [];
      },
      paper: (roundId, participantId) => this.paper.get(`${roundId} ${participantId}`),
      privateRatings: (itemId) => {
        this.asked.push('privateRatings');
        return [...(this.privately.get(itemId)?.values() ?? [])];
      },
      minutes: () => this.minutes,
    });
  }

  do(who: string, command: Command): this {
    const outcome = this.ask(who, command);
    if (!outcome.ok) throw new Error(`${command.type} by ${who}: ${outcome.code}`);
    this.#apply(person(who), outcome.events);
    for (const secret of outcome.secrets) this.#keep(secret);
    return this;
  }

  /** What the server's tables do with a secret. */
  #keep(secret: Secret): void {
    switch (secret.kind) {
      case 'ballot': {
        const { roundId, participantId, choices } = secret;
        const round = this.ballots.get(roundId) ?? new Map<ParticipantId, Ballot>();
        this.ballots.set(roundId, round.set(participantId, { participantId, choices }));
        return;
      }
      case 'privateRating': {
        const { itemId, participantId, choices } = secret;
        const given = this.privately.get(itemId) ?? new Map<ParticipantId, Ballot>();
        this.privately.set(itemId, given.set(participantId, { participantId, choices }));
        return;
      }
      case 'paper':
        this.paper.set(`${secret.roundId} ${secret.participantId}`, secret);
        return;
      case 'discard':
        this.ballots.get(secret.roundId)?.delete(secret.participantId);
        return;
      case 'seal':
        this.sealed.set(secret.roundId, secret.tallies);
        this.ballots.delete(secret.roundId);
    }
  }

  /** The code of the refusal, null when the command would be carried out. */
  refusal(who: string, command: Command): string | null {
    const before = JSON.stringify(this.meeting);
    const outcome = this.ask(who, command);
    if (JSON.stringify(this.meeting) !== before) throw new Error('decide changed the meeting');
    return outcome.ok ? null : outcome.code;
  }

  join(who: string, account = `account-${who}`): this {
    const command = {
      type: 'joinMeeting',
      participantId: person(who),
      accountId: account as AccountId,
    } as const;
    const outcome = decideJoin(this.meeting, command);
    if (!outcome.ok) throw new Error(`${who} joins: ${outcome.code}`);
    this.#apply(null, outcome.events);
    return this;
  }

  /** Opens with everybody there, or with those named. */
  open(...present: string[]): this {
    return this.do('sec', { type: 'openMeeting', present: this.#those(present) });
  }

  attend(...present: string[]): this {
    return this.do('sec', { type: 'recordAttendance', present: present.map(person) });
  }

  start(id = 'i1'): this {
    return this.do('sec', { type: 'startItem', itemId: item(id) });
  }

  ballot(
    id = 'i1',
    criterionIds = this.meeting.criteria.map((each) => each.id),
    secrecy: Secrecy = 'named',
  ): this {
    return this.do('sec', { type: 'openBallot', itemId: item(id), criterionIds, secrecy });
  }

  /** A secret ballot on all criteria. */
  secret(id = 'i1'): this {
    return this.ballot(id, undefined, 'secret');
  }

  castOf(level: 1 | 2 | 3 | 4 | null, id = 'i1', roundId = this.round(id).id): Command {
    const choices: Choice[] = [{ criterionId: effect, optionId: option(level) }];
    return { type: 'castBallot', itemId: item(id), roundId, choices };
  }

  cast(who: string, level: 1 | 2 | 3 | 4 | null, id = 'i1'): this {
    return this.do(who, this.castOf(level, id));
  }

  close(id = 'i1'): this {
    return this.do('sec', { type: 'closeBallot', itemId: item(id), roundId: this.round(id).id });
  }

  reveal(id = 'i1'): this {
    return this.do('sec', { type: 'revealBallot', itemId: item(id), roundId: this.round(id).id });
  }

  /** A whole round: opened, cast, closed and revealed. */
  vote(votes: Readonly<Record<string, 1 | 2 | 3 | 4 | null>>, id = 'i1'): this {
    this.ballot(id);
    for (const [who, level] of Object.entries(votes)) this.cast(who, level, id);
    return this.close(id).reveal(id);
  }

  decisionOf(
    level: 1 | 2 | 3 | 4,
    method: DecisionMethod = 'noObjection',
    reason = '',
    id = 'i1',
  ): Command {
    const optionId = `effect-${level}` as OptionId;
    const ratings = [{ criterionId: effect, optionId, reason: '' }];
    return { type: 'decideItem', itemId: item(id), ratings, method, reason };
  }

  /** The chair breaks a tie for a level. */
  breakTie(level: 1 | 2 | 3 | 4, reason = '議論を踏まえて', id = 'i1'): this {
    const optionId = `effect-${level}` as OptionId;
    const about = { itemId: item(id), roundId: this.round(id).id, criterionId: effect, optionId };
    return this.do('chair', { type: 'breakTie', ...about, reason });
  }

  decide(
    level: 1 | 2 | 3 | 4,
    method: DecisionMethod = 'noObjection',
    reason = '',
    id = 'i1',
  ): this {
    return this.do('chair', this.decisionOf(level, method, reason, id));
  }

  /** Everybody agrees with the minutes and they are locked. */
  approve(): this {
    const deadline = this.now + 1_000_000;
    return this.do('sec', { type: 'requestConfirmation', deadline, signers: [] }).approveNow();
  }

  /** The deadline passes and the minutes are locked. */
  approveNow(): this {
    this.now = Math.max(this.now, this.meeting.minutes.deadline ?? 0);
    return this.do('sec', { type: 'approveMinutes' });
  }

  defer(id = 'i1'): this {
    return this.do('sec', { type: 'deferItem', itemId: item(id), reason: '' });
  }

  item(id = 'i1'): Item {
    const found = this.meeting.items.find((each) => each.id === item(id));
    if (!found) throw new Error(`no item ${id}`);
    return found;
  }

  round(id = 'i1'): Round {
    const round = this.item(id).rounds.at(-1);
    if (!round) throw new Error(`no round on ${id}`);
    return round;
  }

  decision(id = 'i1'): Decision {
    const { decision } = this.item(id);
    if (!decision) throw new Error(`${id} is not decided`);
    return decision;
  }

  #those(names: readonly string[]): readonly ParticipantId[] {
    return names.length > 0 ? names.map(person) : this.meeting.participants.map(({ id }) => id);
  }

  #apply(actor: ParticipantId | null, bodies: readonly EventBody[]): void {
    for (const body of bodies) {
      const event = this.#event(actor, body);
      this.meeting = evolve(this.meeting, event);
      this.events.push(event);
    }
  }

  #event(actor: ParticipantId | null, body: EventBody): MeetingEvent {
    this.now += 1000;
    const seq = this.events.length + 1;
    return { meetingId: 'meeting-1' as MeetingId, seq, at: this.now, actor, body };
  }
}

export const seat = (id: string, role: Role): Seat => ({
  name: `${role} ${id}`,
  role,
  affiliation: role === 'section' ? '企画課' : '',
});
