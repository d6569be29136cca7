/**
 * A meeting in which anybody does anything: members vote, change, retry and come back after the
 * server was restarted; chair and secretariat conduct it well or badly. Whatever happens, the file
 * holds what the answers said.
 */
import { expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { Choice, Decision } from '#domain/meeting.ts';
import type { CommandId, ItemId, ParticipantId, RoundId } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import type { Envelope } from '#protocol/command.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { House, SampleMeeting, type Guest } from '../execute/house.ts';
import { Street } from '../execute/street.ts';
import { seeds, size } from '../size.ts';
import { Chance } from './chance.ts';
import { answer, anyCommand, cast, properAfter, properCommand } from './commands.ts';
import { broken } from './invariants.ts';

/** Seeds that found something once, by the name of what they found. They always run. */
const kept: Readonly<Record<string, number>> = {
  'a person removed from the meeting sends a command again': 396,
};

const RUNS = size(10, 1000);
const STEPS = 150;
/** Of what comes after a meeting, behind one that has just been closed. */
const AFTER = { runs: size(6, 400), steps: 120 };

type Sent = { readonly who: Guest; readonly envelope: Envelope; readonly ack: Ack };

class Walk {
  readonly chance: Chance;
  readonly meeting: SampleMeeting;
  readonly #sent: Sent[] = [];
  readonly #cast = new Map<RoundId, Map<ParticipantId, readonly Choice[]>>();
  readonly #decided = new Map<ItemId, Decision>();
  #done = 0;

  private constructor(seed: number, meeting: SampleMeeting) {
    this.chance = new Chance(seed);
    this.meeting = meeting;
  }

  static async begin(seed: number): Promise<Walk> {
    const walk = new Walk(seed, await SampleMeeting.open(new House(`seed${seed}`)));
    const { meeting } = walk;
    // Three items are enough to meet every state; nine only take longer to get to the end.
    for (const { id } of meeting.state.items.slice(3)) {
      meeting.do(meeting.guest('secretariat'), { type: 'removeItem', itemId: id });
    }
    return walk;
  }

  /** One project is decided with an opinion, the others are deferred, and the meeting is over. */
  static async afterwards(seed: number): Promise<Walk> {
    const walk = await Walk.begin(seed);
    const { meeting } = walk;
    const street = await Street.open(meeting.house);
    const [office, chair] = [meeting.guest('secretariat'), meeting.guest('chair')];
    meeting.open().start();
    const page = await street.document(office, opinionsDocument(meeting.item().id));
    await page.type(meeting.state.headings[0]?.id ?? '', '窓口を一つにしてほしい。');
    walk.#send(chair, meeting.decisionOf(4, 'noObjection'));
    for (const n of [1, 2]) {
      meeting.start(n);
      walk.#send(chair, { type: 'deferItem', itemId: meeting.item(n).id, reason: '資料不足' });
    }
    walk.#send(office, { type: 'closeMeeting' });
    return walk;
  }

  /** Commands that were carried out, to see that a run does not only collect refusals. */
  get done(): number {
    return this.#done;
  }

  /** What was carried out at least once. */
  readonly effective = new Set<Command['type']>();

  async step(): Promise<void> {
    const { chance, meeting } = this;
    meeting.house.now += chance.below(5000);
    const drawn = chance.next();
    if (drawn < 0.02) await meeting.house.restart();
    else if (drawn < 0.12) this.#resend();
    else if (drawn < 0.47) this.#sendAsOneOfMany();
    else if (drawn < 0.8) this.#sendAsConductor();
    else
      this.#send(chance.one(meeting.guests), anyCommand(meeting.state, chance, meeting.house.now));
    this.#checkDecisions();
  }

  check(): readonly string[] {
    return broken(this.meeting.house.file, this.meeting.state, this.#cast);
  }

  get #isOver(): boolean {
    return this.meeting.state.phase === 'closed' || this.meeting.state.phase === 'published';
  }

  #sendAsOneOfMany(): void {
    const { chance, meeting } = this;
    if (!this.#isOver) return this.#send(chance.one(meeting.council), cast(meeting.state, chance));
    const who = chance.happens(0.7) ? chance.one(meeting.council) : meeting.guest('section');
    this.#send(who, answer(meeting.state, chance));
  }

  #sendAsConductor(): void {
    const { chance, meeting } = this;
    if (this.#isOver && chance.happens(0.9)) {
      const command = properAfter(meeting.state, chance, meeting.house.now);
      return this.#send(meeting.guest('secretariat'), command);
    }
    const who = meeting.guest(chance.happens(0.6) ? 'chair' : 'secretariat');
    this.#send(who, properCommand(meeting.state, chance));
  }

  #send(who: Guest, command: Command): void {
    const { house, id: meetingId } = this.meeting;
    const envelope: Envelope = { meetingId, id: house.newId() as CommandId, command };
    const before = this.meeting.state;
    const ack = house.app.execute(envelope, who);
    this.#sent.push({ who, envelope, ack });
    if (!ack.ok) {
      expect(['internal', 'malformed']).not.toContain(ack.refused);
      expect(this.meeting.state).toBe(before);
      return;
    }
    this.#done += 1;
    this.effective.add(command.type);
    expect(ack.rev).toBe(this.meeting.state.rev);
    // [B16] A private rating leaves no event.
    if (command.type === 'ratePrivately') expect(ack.rev).toBe(before.rev);
    else expect(ack.rev).toBeGreaterThan(before.rev);
    this.#note(who, command);
  }

  #note(who: Guest, command: Command): void {
    if (command.type === 'castBallot' || command.type === 'confirmPaperBallot') {
      const round = this.#cast.get(command.roundId) ?? new Map<ParticipantId, readonly Choice[]>();
      const voter = command.type === 'castBallot' ? who.seat : command.participantId;
      this.#cast.set(command.roundId, round.set(voter, command.choices));
    }
    if (command.type === 'declareRecusal') {
      const item = this.meeting.state.items.find(({ id }) => id === command.itemId);
      const round = item?.rounds.at(-1);
      if (round?.status === 'open') this.#cast.get(round.id)?.delete(command.participantId);
    }
    if (command.type === 'decideItem') {
      const { decision } = this.meeting.state.items.find(({ id }) => id === command.itemId) ?? {};
      if (decision) this.#decided.set(command.itemId, decision);
    }
    if (command.type === 'reopenItem') this.#decided.delete(command.itemId);
  }

  /** [M2] As a browser does that never heard the answer; or a bad one that uses an id again. */
  #resend(): void {
    if (this.#sent.length === 0) return;
    const { who, envelope, ack } = this.chance.one(this.#sent);
    const before = this.meeting.state;
    const { house } = this.meeting;
    expect(house.app.execute(envelope, who)).toEqual(ack);
    const other: Envelope = { ...envelope, command: { type: 'reopenMeeting', reason: 'id again' } };
    const answer = house.app.execute(other, who);
    const seated = before.participants.some(({ accountId }) => accountId === who.accountId);
    expect(answer).toEqual({ ok: false, refused: seated ? 'id-reused' : 'unknown-meeting' });
    expect(this.meeting.state).toEqual(before);
  }

  /** [D6] What was decided stays as it was until it is reopened. */
  #checkDecisions(): void {
    for (const { id, state, decision } of this.meeting.state.items) {
      const known = this.#decided.get(id);
      expect([id, state === 'decided']).toEqual([id, known !== undefined]);
      if (known) expect(decision).toEqual(known);
    }
  }
}

async function walk(seed: number): Promise<void> {
  const path = await follow(await Walk.begin(seed), seed, STEPS);
  expect(path.done).toBeGreaterThan(5);
}

async function follow(path: Walk, seed: number, steps: number): Promise<Walk> {
  for (let step = 1; step <= steps; step += 1) {
    try {
      await path.step();
      // Looking costs more than walking, so every few steps, and at the end.
      if (step % 10 === 0) expect(path.check()).toEqual([]);
    } catch (error) {
      throw new Error(`seed ${seed}, step ${step}`, { cause: error });
    }
  }
  return path;
}

for (const [name, seed] of Object.entries(kept)) test(`${name} (seed ${seed})`, () => walk(seed));

for (const seed of seeds(RUNS)) test(`seed ${seed}`, () => walk(seed));

test('after a meeting: minutes, replies and publication, all of them carried out', async () => {
  const effective = new Set<Command['type']>();
  for (const seed of seeds(AFTER.runs)) {
    const path = await follow(await Walk.afterwards(seed), seed, AFTER.steps);
    for (const type of path.effective) effective.add(type);
  }
  const wanted: readonly Command['type'][] = [
    'requestConfirmation',
    'resumeDrafting',
    'confirmMinutes',
    'requestChange',
    'signMinutes',
    'approveMinutes',
    'correctMinutes',
    'replyToOpinion',
    'publish',
    'unpublish',
  ];
  expect([...effective]).toEqual(expect.arrayContaining([...wanted]));
});

test('the same seed walks the same way', async () => {
  const rows = async () => {
    const path = await Walk.begin(1);
    for (let step = 0; step < 60; step += 1) await path.step();
    return path.meeting.house.rows(
      'select seq, at, actor, kind, body, hash from meeting_event order by meeting_id, seq',
    );
  };
  expect(await rows()).toEqual(await rows());
});

test('the invariants notice a ballot, a row, a view and a record that do not fit', async () => {
  const path = await Walk.begin(2);
  const { meeting } = path;
  meeting.open().start().vote([4, 4, 3]).decide(4, 'majority');
  const [file, state] = [meeting.house.file, meeting.state];
  const round = meeting.round();
  const fits = new Map([
    [round.id, new Map(round.result?.ballots.map((b) => [b.participantId, b.choices]))],
  ]);
  expect(broken(file, state, fits)).toEqual([]);
  expect(broken(file, state, new Map()).length).toBeGreaterThan(0);
  expect(broken(file, { ...state, title: 'x' }, fits)).toHaveLength(1);
  for (const damage of [
    `update item set state = 'waiting' where position = 0`,
    `delete from decision`,
    `update tally set votes = votes + 1 where position = 0`,
    `update elector set status = 'voted'`,
    `update ballot set option_id = 'effect-1'`,
    `delete from document_update where seq = (select max(seq) from document_update where document like 'meeting/%')`,
  ]) {
    const before = broken(file, state, fits).length;
    meeting.house.tamper(damage);
    expect([damage, broken(file, state, fits).length > before]).toEqual([damage, true]);
  }
});
