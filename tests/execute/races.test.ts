/**
 * Votes that meet at the server, over real sockets: cast twice, changed, cast or changed while the
 * ballot is being closed. One ballot a person, the last one that was accepted, and a tally of them.
 */
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { ParticipantId } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size, timeFor } from '../size.ts';
import type { Guest, SampleMeeting } from './house.ts';
import { ask, Street } from './street.ts';

/** Of one meeting: a session does not live for ever. */
const RACES = 50;

type Tab = { readonly guest: Guest; readonly sockets: readonly Socket[] };
type Sent = { readonly guest: Guest; readonly command: Command; readonly ack: Ack };

/** Everybody at once; answers in the order in which the server has given them. */
async function race(meeting: SampleMeeting, tabs: readonly Tab[], chance: Chance): Promise<Sent[]> {
  const { id: roundId } = meeting.round();
  const itemId = meeting.item().id;
  const close: Command = { type: 'closeBallot', itemId, roundId };
  const wishes = tabs.flatMap(({ guest, sockets }) => [
    ...Array.from({ length: 1 + chance.below(3) }, () => {
      const command = meeting.castOf(chance.one([1, 2, 3, 4, null]));
      return { guest, command, socket: chance.one(sockets), copies: 1 + chance.below(2) };
    }),
    ...(guest.role === 'chair' ? [{ guest, command: close, socket: sockets[0], copies: 1 }] : []),
  ]);
  const answered: Sent[] = [];
  const waiting: Promise<unknown>[] = [];
  const left = [...wishes];
  while (left.length > 0) {
    const [wish] = left.splice(chance.below(left.length), 1);
    if (!wish?.socket) continue;
    const { guest, command, socket, copies } = wish;
    const envelope = { meetingId: meeting.id, id: meeting.house.newId(), command };
    // A copy is the same command sent again because the answer took too long.
    const acks = Array.from({ length: copies }, () => ask(socket, 'command', envelope));
    waiting.push(
      acks[0]?.then((ack) => answered.push({ guest, command, ack })) ?? Promise.resolve(),
      Promise.all(acks).then((all) =>
        expect(new Set(all.map((ack) => JSON.stringify(ack))).size).toBe(1),
      ),
    );
  }
  await Promise.all(waiting);
  return answered;
}

/** What the answers say must be what is revealed. */
function check(meeting: SampleMeeting, sent: readonly Sent[]): void {
  const accepted = sent.flatMap(({ guest, command, ack }) =>
    ack.ok && command.type === 'castBallot' ? [{ guest, command, rev: ack.rev }] : [],
  );
  const closed = sent.find(({ command, ack }) => command.type === 'closeBallot' && ack.ok)?.ack;
  const end = closed?.ok ? closed.rev : 0;
  const last = new Map<ParticipantId, unknown>();
  for (const { guest, command, rev } of accepted.toSorted((one, other) => one.rev - other.rev)) {
    expect(rev).toBeLessThan(end);
    last.set(guest.seat, command.choices);
  }
  for (const { ack } of sent) {
    if (!ack.ok) expect(['ballot-closed', 'ballot-not-open']).toContain(ack.refused);
  }
  meeting.reveal();
  const round = meeting.round();
  const ballots = new Map(round.result?.ballots.map((one) => [one.participantId, one.choices]));
  expect(ballots).toEqual(last);
  const [tally] = round.result?.tallies ?? [];
  const votes = tally?.counts.reduce((sum, { votes: each }) => sum + each, tally.abstained);
  expect(votes ?? 0).toBe(last.size);
  const rows = meeting.house.rows(
    'select distinct participant_id from ballot where round_id = ?',
    round.id,
  );
  expect(rows).toHaveLength(last.size);
}

test.each(seeds(size(2, 100)))(
  `seed %i: ${RACES} races`,
  { timeout: timeFor(60_000) },
  async (seed) => {
    const { street, meeting } = await Street.withMeeting();
    const chance = new Chance(seed);
    meeting.open().start();
    const tabs: Tab[] = [];
    for (const guest of meeting.council) {
      tabs.push({ guest, sockets: [await street.connect(guest), await street.connect(guest)] });
    }
    const kinds = { late: 0, doubled: 0 };
    for (let n = 0; n < RACES; n++) {
      meeting.house.now += 2000;
      meeting.ballot();
      const sent = await race(meeting, tabs, chance);
      check(meeting, sent);
      const casts = sent.filter(({ command }) => command.type === 'castBallot');
      if (casts.some(({ ack }) => !ack.ok)) kinds.late += 1;
      const voters = casts.filter(({ ack }) => ack.ok).map(({ guest }) => guest);
      if (new Set(voters).size < voters.length) kinds.doubled += 1;
    }
    // Races in which nothing met would show nothing.
    expect([kinds.late > RACES / 3, kinds.doubled > RACES / 3]).toEqual([true, true]);
  },
);
