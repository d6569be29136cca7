/**
 * A whole Kensho on a file of its own, with the clock and the ids in the hands of the test:
 * SQLite on a real file; `restart` closes the app and opens another one on the same file.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { Command } from '#domain/command.ts';
import { usualRules } from '#domain/meeting.ts';
import type {
  Choice,
  DecidedRating,
  Item,
  Meeting,
  MeetingDetails,
  Round,
} from '#domain/meeting.ts';
import type {
  CommandId,
  DecisionMethod,
  MeetingId,
  OptionId,
  ParticipantId,
  Role,
} from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import type { Envelope } from '#protocol/command.ts';
import { createApp, type AppOptions, type RunningApp } from '../../server/app.ts';
import { createLog } from '../../server/log.ts';
import type { SignedIn } from '../../server/seams.ts';

export type Guest = SignedIn & {
  readonly role: Role;
  readonly seat: ParticipantId;
  /** The token of the session, as the cookie carries it. */
  readonly token: string;
};

const START = Date.UTC(2025, 7, 20, 4, 0);

export class House {
  readonly file: string;
  /** What the app wrote into its log. */
  readonly lines: string[] = [];
  now = START;
  app: RunningApp;
  #ids = 0;
  #prefix: string;
  #options: Pick<AppOptions, 'metricsToken'>;

  /**
   * @param prefix of every id: the same one makes the same ids
   * @param options `folder`: where the file is to lie, if not in one of its own
   */
  constructor(
    prefix = 'id',
    { folder: place, ...options }: Pick<AppOptions, 'metricsToken'> & { folder?: string } = {},
  ) {
    this.#prefix = prefix;
    this.#options = options;
    const folder = mkdtempSync(join(tmpdir(), 'kensho-test-'));
    this.file = join(place ?? folder, 'kensho.db');
    this.app = this.#open();
    onTestFinished(async () => {
      await this.app.close();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  newId = (): string => `${this.#prefix}-${String((this.#ids += 1)).padStart(8, '0')}`;

  /** As after a deploy, or after a crash between two commands: nothing stays in memory. */
  async restart(): Promise<void> {
    await this.app.close();
    this.app = this.#open();
  }

  /** Plain SQL beside the running app, as a person with `sqlite3` would ask. */
  rows<Row = Readonly<Record<string, unknown>>>(query: string, ...parameters: unknown[]): Row[] {
    const beside = new Sqlite(this.file, { readonly: true });
    try {
      return beside.prepare(query).all(...parameters) as Row[];
    } finally {
      beside.close();
    }
  }

  /** Changes the file behind the app's back. */
  tamper(statements: string): void {
    const beside = new Sqlite(this.file);
    try {
      beside.exec(statements);
    } finally {
      beside.close();
    }
  }

  #open(): RunningApp {
    const clock = () => this.now;
    return createApp({
      file: this.file,
      origin: null,
      clock,
      newId: this.newId,
      log: createLog((line) => this.lines.push(line), clock),
      ...this.#options,
    });
  }
}

export const details: MeetingDetails = {
  title: '第1回 検証会議',
  municipality: 'みほん市',
  evaluatedYear: 2024,
  heldOn: '2025-08-20',
  place: '第1会議室',
  ...usualRules,
  chairVotes: true,
};

/** The sample meeting with a guest on every seat: chair, four members, section, observer. */
export class SampleMeeting {
  readonly house: House;
  readonly id: MeetingId;
  readonly guests: readonly Guest[];

  private constructor(house: House, id: MeetingId, guests: readonly Guest[]) {
    this.house = house;
    this.id = id;
    this.guests = guests;
  }

  static async open(
    house = new House(),
    changes: Partial<MeetingDetails> = {},
  ): Promise<SampleMeeting> {
    const { meetingId, people } = house.app.demonstrate(changes);
    const guests: Guest[] = [];
    for (const { role, token: link } of people) {
      const entered = await house.app.auth.enter(link);
      if (!entered.ok) throw new Error(`${role}: ${entered.code}`);
      const { token } = entered.session;
      const who = house.app.auth.find(token);
      const seated = who && house.app.meetings.find(who.accountId, meetingId);
      if (!who || !seated) throw new Error(`${role} has no seat`);
      guests.push({ ...who, role, seat: seated.me.id, token });
    }
    return new SampleMeeting(house, meetingId, guests);
  }

  /** The n-th guest of a role, from 0. */
  guest(role: Role, n = 0): Guest {
    const found = this.guests.filter((guest) => guest.role === role)[n];
    if (!found) throw new Error(`no ${role} ${n}`);
    return found;
  }

  get council(): readonly Guest[] {
    return this.guests.filter(({ role }) => role === 'chair' || role === 'member');
  }

  get state(): Meeting {
    const seated = this.house.app.meetings.find(this.guest('secretariat').accountId, this.id);
    if (!seated) throw new Error('the meeting is gone');
    return seated.meeting;
  }

  item(n = 0): Item {
    const found = this.state.items[n];
    if (!found) throw new Error(`no item ${n}`);
    return found;
  }

  round(n = 0): Round {
    const found = this.item(n).rounds.at(-1);
    if (!found) throw new Error(`no round on item ${n}`);
    return found;
  }

  send(who: Guest, command: Command, id = this.house.newId()): Ack {
    const envelope: Envelope = { meetingId: this.id, id: id as CommandId, command };
    return this.house.app.execute(envelope, who);
  }

  /** A command that must be carried out. */
  do(who: Guest, command: Command): this {
    const ack = this.send(who, command);
    if (!ack.ok) throw new Error(`${command.type} by ${who.role}: ${ack.refused}`);
    return this;
  }

  open(): this {
    const present = this.guests.map(({ seat }) => seat);
    return this.do(this.guest('secretariat'), { type: 'openMeeting', present });
  }

  start(n = 0): this {
    return this.do(this.guest('chair'), { type: 'startItem', itemId: this.item(n).id });
  }

  ballot(n = 0): this {
    const criterionIds = this.state.criteria.map(({ id }) => id);
    const itemId = this.item(n).id;
    return this.do(this.guest('chair'), {
      type: 'openBallot',
      itemId,
      criterionIds,
      secrecy: 'named',
    });
  }

  castOf(level: 1 | 2 | 3 | 4 | null, n = 0, roundId = this.round(n).id): Command {
    const choices: Choice[] = this.state.criteria.map(({ id, options }) => ({
      criterionId: id,
      optionId: level === null ? null : (options[4 - level]?.id ?? null),
    }));
    return { type: 'castBallot', itemId: this.item(n).id, roundId, choices };
  }

  cast(who: Guest, level: 1 | 2 | 3 | 4 | null, n = 0): this {
    return this.do(who, this.castOf(level, n));
  }

  close(n = 0): this {
    const { id: roundId } = this.round(n);
    return this.do(this.guest('chair'), { type: 'closeBallot', itemId: this.item(n).id, roundId });
  }

  reveal(n = 0): this {
    const { id: roundId } = this.round(n);
    return this.do(this.guest('chair'), { type: 'revealBallot', itemId: this.item(n).id, roundId });
  }

  /** A whole round; votes in the order of the council, the rest do not vote. */
  vote(levels: readonly (1 | 2 | 3 | 4 | null)[], n = 0): this {
    this.ballot(n);
    for (const [index, level] of levels.entries()) {
      const who = this.council[index];
      if (who) this.cast(who, level, n);
    }
    return this.close(n).reveal(n);
  }

  decisionOf(level: 1 | 2 | 3 | 4, method: DecisionMethod, reason = '', n = 0): Command {
    const ratings: DecidedRating[] = this.state.criteria.map(({ id, options }) => ({
      criterionId: id,
      optionId: options[4 - level]?.id ?? ('' as OptionId),
      reason: '',
    }));
    return { type: 'decideItem', itemId: this.item(n).id, ratings, method, reason };
  }

  decide(level: 1 | 2 | 3 | 4, method: DecisionMethod, reason = '', n = 0): this {
    return this.do(this.guest('chair'), this.decisionOf(level, method, reason, n));
  }
}
