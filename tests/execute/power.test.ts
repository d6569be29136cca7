/**
 * The power goes while people vote, on a disk that is full or broken for a while: every answer that
 * was given is in the file that is left, each ballot once, and the doctor finds nothing.
 */
import { expect, test, vi } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { Choice } from '#domain/meeting.ts';
import type { CommandId, RoundId } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import { openDatabase, openSnapshot } from '../../server/db/database.ts';
import { findCommand } from '../../server/db/record.ts';
import { listBallots } from '../../server/db/secret.ts';
import { examine } from '../../server/doctor.ts';
import { Chance } from '../fuzz/chance.ts';
import { cast, properCommand } from '../fuzz/commands.ts';
import { seeds, size, timeFor } from '../size.ts';
import { Desk } from '../sync/desk.ts';
import { cuts, Disk, type Image } from '../sync/disk.ts';
import { mount } from '../sync/wasm.ts';
import { House, SampleMeeting, type Guest } from './house.ts';

vi.mock('better-sqlite3', async (original) =>
  (await import('../sync/wasm.ts')).simulated(original),
);

/** Of one meeting. */
const CUTS = 20;
/** Seeds that once lost something. */
const kept: readonly number[] = [];

/** Refusals that say nothing of the command itself: the same id may be sent again. */
const notKept: ReadonlySet<string> = new Set(['internal', 'opinions-differ']);

type Sent = { readonly who: Guest; readonly command: Command; readonly id: CommandId };
/** An answer, and how long the trace was when it was given. */
type Told = Sent & { readonly ack: Ack; readonly isKept: boolean; readonly position: number };

class Hall {
  readonly disk = new Disk();
  readonly sent: Told[] = [];
  readonly chance: Chance;
  readonly meeting: SampleMeeting;
  #unanswered: Sent[] = [];

  private constructor(seed: number, disk: Disk, meeting: SampleMeeting) {
    this.chance = new Chance(seed);
    this.disk = disk;
    this.meeting = meeting;
  }

  static async open(seed: number): Promise<Hall> {
    const disk = new Disk();
    const house = new House(`seed${seed}`, { folder: mount(disk) });
    const hall = new Hall(seed, disk, (await SampleMeeting.open(house)).open().start().ballot());
    for (let step = 0; step < 60; step++) hall.#step();
    hall.#mend();
    return hall;
  }

  #step(): void {
    const { chance, disk, meeting } = this;
    meeting.house.now += chance.below(5000);
    if (chance.happens(0.05)) disk.capacity = disk.used + chance.below(30_000);
    if (chance.happens(0.03)) disk.isFailing = true;
    const votes =
      chance.happens(0.6) && meeting.state.items.some(({ state }) => state === 'rating');
    const who = votes ? chance.one(meeting.council) : meeting.guest('chair');
    const command = votes ? cast(meeting.state, chance) : properCommand(meeting.state, chance);
    this.#send({ who, command, id: meeting.house.newId() as CommandId });
    if (chance.happens(0.2)) this.#mend();
  }

  #send(sent: Sent): void {
    const ack = this.meeting.send(sent.who, sent.command, sent.id);
    const isKept = ack.ok || !notKept.has(ack.refused);
    if (!isKept) this.#unanswered.push(sent);
    this.sent.push({ ...sent, ack, isKept, position: this.disk.trace.length });
  }

  /** There is space again: the same commands under the same ids, as browsers send them. */
  #mend(): void {
    const { disk, meeting } = this;
    const wasSick = disk.isFailing || disk.capacity < Infinity;
    disk.capacity = Infinity;
    disk.isFailing = false;
    if (wasSick) meeting.house.lines.length = 0;
    const again = this.#unanswered;
    this.#unanswered = [];
    for (const sent of again) this.#send(sent);
    expect(this.#unanswered).toEqual([]);
  }

  /** What does not fit in a file that is left; empty when all does. */
  broken(position: number, file: string): unknown[] {
    openDatabase(file).close();
    const found: unknown[] = examine(file, undefined).filter((check) => check.found.length > 0);
    const snapshot = openSnapshot(file);
    try {
      const before = this.sent.filter((one) => one.isKept && one.position <= position);
      for (const { id, ack } of before) {
        const stored = findCommand(snapshot.read, id)?.response;
        if (JSON.stringify(stored) !== JSON.stringify(ack)) found.push([id, ack, stored]);
      }
      for (const { who, command } of before) {
        if (command.type !== 'castBallot') continue;
        const ballot = listBallots(snapshot.read, command.roundId, who.seat)[0]?.choices;
        const possible = this.#possible(command.roundId, who, position);
        if (ballot && !possible.includes(JSON.stringify(sorted(ballot)))) found.push(ballot);
      }
    } finally {
      snapshot.close();
    }
    return found;
  }

  /**
   * The last cast that was accepted before the cut, or any after it; also one that a failing disk
   * made us refuse: nobody knows what of it has arrived.
   */
  #possible(roundId: RoundId, who: Guest, position: number): string[] {
    const casts = this.sent.flatMap((one) =>
      one.command.type === 'castBallot' && one.command.roundId === roundId && one.who === who
        ? [{ ...one, choices: JSON.stringify(sorted(one.command.choices)) }]
        : [],
    );
    const last = casts.findLastIndex(({ ack, ...one }) => ack.ok && one.position <= position);
    return casts.slice(Math.max(0, last)).map(({ choices }) => choices);
  }

  *images(): Generator<{ readonly position: number; readonly image: Image }> {
    const { length } = this.disk.trace;
    const first = this.sent[0]?.position ?? 0;
    const positions = Array.from({ length: CUTS }, () => first + this.chance.below(length - first));
    yield* cuts(this.disk.trace, positions, this.chance);
  }
}

const sorted = (choices: readonly Choice[]) =>
  choices.toSorted((one, other) => (one.criterionId < other.criterionId ? -1 : 1));

const runs = [...kept, ...seeds(size(2, 250))];

test(
  `${runs.length * CUTS} power cuts in the middle of votes`,
  { timeout: timeFor(60_000) },
  async () => {
    const desk = new Desk();
    for (const seed of runs) {
      const hall = await Hall.open(seed);
      expect(hall.sent.filter(({ ack }) => ack.ok).length).toBeGreaterThan(5);
      for (const { position, image } of hall.images()) {
        expect([seed, position, hall.broken(position, desk.lay(image))]).toEqual([
          seed,
          position,
          [],
        ]);
      }
    }
  },
);
