/**
 * Votes that meet at the server, over real sockets: cast twice, changed, cast or changed while the
 * ballot is being closed, and somebody who stands aside (除斥) while it is. One ballot a person, the
 * last one that was accepted, none of whoever stands aside, and a tally of them.
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

/** Beside the votes of everybody. */
type Extra = { readonly guest: Guest; readonly command: Command };

type Tab = { readonly guest: Guest; readonly sockets: readonly Socket[] };
type Sent = { readonly guest: Guest; readonly command: Command; readonly ack: Ack };

/** Everybody at once; answers in the order in which the server has given them. */
async function race(
  meeting: SampleMeeting,
  tabs: readonly Tab[],
  chance: Chance,
  extras: readonly Extra[],
): Promise<Sent[]> {
  const wishes = tabs.flatMap(({ guest, sockets }) => [
    ...(guest.role === 'secretariat' ? [] : Array.from({ length: 1 + chance.below(3) })).map(() => {
      const command = meeting.castOf(chance.one([1, 2, 3, 4, null]));
      return { guest, command, socket: chance.one(sockets), copies: 1 + chance.below(2) };
    }),
    ...extras
      .filter((extra) => extra.guest === guest)
      .map(({ command }) => ({
        guest,
        command,
        socket: chance.one(sockets),
        copies: 1 + chance.below(2),
      })),
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

/** Who stands aside: mostly for themselves, now and then the chair says it for a member. */
function asideOf(meeting: SampleMeeting, chance: Chance): Extra & { readonly seat: ParticipantId } {
  const person = chance.one(meeting.council);
  const guest = chance.happens(0.3) ? meeting.guest('chair') : person;
  const [itemId, participantId] = [meeting.item().id, person.seat];
  const command = { type: 'declareRecusal', itemId, participantId, reason: '利害' } as const;
  return { guest, command, seat: participantId };
}

/** What the answers say must be what is revealed. Tells when whoever stands aside did so. */
function check(
  meeting: SampleMeeting,
  sent: readonly Sent[],
  aside: ParticipantId,
): 'before' | 'voted' | 'late' {
  const accepted = sent.flatMap(({ guest, command, ack }) =>
    ack.ok && command.type === 'castBallot' ? [{ guest, command, rev: ack.rev }] : [],
  );
  const answerTo = (type: Command['type']) => {
    const ack = sent.find(({ command, ack: { ok } }) => command.type === type && ok)?.ack;
    return ack?.ok ? ack.rev : undefined;
  };
  const left = answerTo('declareRecusal');
  // A chair who has stood aside closes no ballot any more: the secretariat does it then.
  if (meeting.round().status === 'open') {
    const { id: roundId } = meeting.round();
    const command = { type: 'closeBallot', itemId: meeting.item().id, roundId } as const;
    meeting.do(meeting.guest('secretariat'), command);
  }
  const end = answerTo('closeBallot') ?? Infinity;
  const last = new Map<ParticipantId, unknown>();
  for (const { guest, command, rev } of accepted.toSorted((one, other) => one.rev - other.rev)) {
    expect(rev).toBeLessThan(guest.seat === aside ? (left ?? end) : end);
    last.set(guest.seat, command.choices);
  }
  const hadVoted = last.has(aside);
  if (left !== undefined) last.delete(aside);
  for (const { guest, command, ack } of sent) {
    if (ack.ok) continue;
    const mine = guest.seat === aside && left !== undefined ? ['recused'] : [];
    const late = command.type === 'declareRecusal' ? ['ballot-not-revealed'] : ['ballot-closed'];
    expect([...mine, ...late, 'ballot-not-open']).toContain(ack.refused);
  }
  const secretariat = meeting.guest('secretariat');
  const itemId = meeting.item().id;
  meeting.do(secretariat, { type: 'revealBallot', itemId, roundId: meeting.round().id });
  const round = meeting.round();
  const ballots = new Map(round.result?.ballots.map((one) => [one.participantId, one.choices]));
  expect(ballots).toEqual(last);
  const [tally] = round.result?.tallies ?? [];
  const votes = tally?.counts.reduce((sum, { votes: each }) => sum + each, tally.abstained);
  expect(votes ?? 0).toBe(last.size);
  expect((votes ?? 0) + (tally?.notVoted ?? 0)).toBe(round.electorate.length);
  expect(round.electorate).toHaveLength(meeting.council.length - (left === undefined ? 0 : 1));
  expect(round.turnout).toBe(last.size);
  const rows = meeting.house.rows<{ participant_id: ParticipantId }>(
    'select distinct participant_id from ballot where round_id = ?',
    round.id,
  );
  expect(rows.map((row) => row.participant_id).sort()).toEqual([...last.keys()].sort());
  if (left === undefined) return 'late';
  expect(round.recused.map(({ participantId }) => participantId)).toEqual([aside]);
  meeting.do(secretariat, { type: 'withdrawRecusal', itemId, participantId: aside });
  return hadVoted ? 'voted' : 'before';
}

const answeredIn = ({ house }: SampleMeeting): number =>
  house.rows<{ n: number }>('select count(*) as n from command')[0]?.n ?? 0;

test.each(seeds(size(2, 100)))(
  `seed %i: ${RACES} races`,
  { timeout: timeFor(60_000) },
  async (seed) => {
    const { street, meeting } = await Street.withMeeting();
    const chance = new Chance(seed);
    meeting.open().start();
    const tabs: Tab[] = [];
    for (const guest of [...meeting.council, meeting.guest('secretariat')]) {
      tabs.push({ guest, sockets: [await street.connect(guest), await street.connect(guest)] });
    }
    const met = { late: 0, doubled: 0, aside: { before: 0, voted: 0, late: 0 } };
    for (let n = 0; n < RACES; n++) {
      meeting.house.now += 2000;
      meeting.ballot();
      const { id: roundId } = meeting.round();
      const command: Command = { type: 'closeBallot', itemId: meeting.item().id, roundId };
      const guest = meeting.guest(chance.happens(0.5) ? 'chair' : 'secretariat');
      const aside = asideOf(meeting, chance);
      const known = answeredIn(meeting);
      const sent = await race(meeting, tabs, chance, [{ guest, command }, aside]);
      // Each was carried out or refused once, however many copies of it arrived.
      expect(answeredIn(meeting) - known).toBe(sent.length);
      met.aside[check(meeting, sent, aside.seat)] += 1;
      const casts = sent.filter(({ command: { type } }) => type === 'castBallot');
      if (casts.some(({ ack }) => !ack.ok && ack.refused === 'ballot-closed')) met.late += 1;
      const voters = casts.filter(({ ack }) => ack.ok).map(({ guest: voter }) => voter);
      if (new Set(voters).size < voters.length) met.doubled += 1;
    }
    // Races in which nothing met would show nothing.
    expect([met.late > RACES / 3, met.doubled > RACES / 3]).toEqual([true, true]);
    for (const [when, count] of Object.entries(met.aside))
      expect([when, count > RACES / 10]).toEqual([when, true]);
  },
);
