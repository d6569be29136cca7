/**
 * [B5] [B11] [B14] [B16] [P12] Paired runs: two meetings that differ in what some people rate, draft
 * and vote, on screen and on paper, are the same to everybody else until the reveal. And what a
 * secret ballot leaves in the file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { Choice } from '#domain/meeting.ts';
import { secrecies, type Secrecy } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import { viewOf } from '#protocol/view.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size, timeFor } from '../size.ts';
import { House, SampleMeeting, type Guest } from './house.ts';
import { routes, visit } from './route.ts';
import { told } from './told.ts';

type Level = 1 | 2 | 3 | 4 | null;
/** What one person keeps to themselves in a run. */
type Mind = {
  readonly rating: Level;
  readonly draft: string;
  readonly first: Level;
  readonly last: Level;
};

/** Chair and four members. */
const COUNCIL = 5;
/** The second member votes and then stands aside; the last one votes on paper. */
const ASIDE = 2;
const PAPER = 4;

const levels: readonly Level[] = [1, 2, 3, 4, null];
const mindOf = (chance: Chance): Mind => ({
  rating: chance.one(levels),
  draft: '案'.repeat(1 + chance.below(40)),
  first: chance.one(levels),
  last: chance.one(levels),
});

type Run = { readonly meeting: SampleMeeting; readonly acks: readonly Ack[] };

/** From 事前評価 to the closed count; everything but the minds is the same. */
async function run(minds: readonly Mind[], secrecy: Secrecy): Promise<Run> {
  const meeting = await SampleMeeting.open(new House('same'));
  const { house, council } = meeting;
  const [sec, chair] = [meeting.guest('secretariat'), meeting.guest('chair')];
  const { id: itemId } = meeting.item();
  const acks: Ack[] = [];
  const send = (who: Guest, command: Command) => {
    house.now += 1000;
    acks.push(meeting.send(who, command));
  };
  const each = (work: (who: Guest, mind: Mind, index: number) => void) => {
    for (const [index, mind] of minds.entries()) {
      const who = council[index];
      if (who) work(who, mind, index);
    }
  };
  const choicesOf = (level: Level): readonly Choice[] => {
    const cast = meeting.castOf(level, 0, 'none' as never);
    return 'choices' in cast ? cast.choices : [];
  };

  send(sec, { type: 'startPreview' });
  each((who, mind) => {
    send(who, { type: 'ratePrivately', itemId, choices: choicesOf(mind.rating) });
    const seated = house.app.meetings.find(who.accountId, meeting.id);
    const headingId = meeting.state.headings[0]?.id;
    if (!seated || !headingId) throw new Error('nowhere to draft');
    house.app.meetings.saveDraft(seated, { itemId, headingId, text: mind.draft });
  });
  meeting.open().start();
  const criterionIds = meeting.state.criteria.map(({ id }) => id);
  send(chair, { type: 'openBallot', itemId, criterionIds, secrecy });
  const { id: roundId } = meeting.round();
  each((who, mind, index) => {
    if (index === PAPER) return;
    send(who, meeting.castOf(mind.first));
    send(who, meeting.castOf(mind.last));
    // What is refused is refused alike.
    send(who, meeting.castOf(mind.last, 0, 'no-such-round' as never));
  });
  const onPaper = council[PAPER];
  const aside = council[ASIDE];
  const sheet = minds[PAPER];
  if (!onPaper || !aside || !sheet) throw new Error('nobody there');
  const paper = {
    itemId,
    roundId,
    participantId: onPaper.seat,
    choices: choicesOf(sheet.last),
  } as const;
  send(sec, { type: 'recordPaperBallot', ...paper });
  send(sec, { type: 'confirmPaperBallot', ...paper });
  send(chair, { type: 'confirmPaperBallot', ...paper });
  send(aside, { type: 'declareRecusal', itemId, participantId: aside.seat, reason: '取引先' });
  send(aside, meeting.castOf(4));
  send(chair, { type: 'closeBallot', itemId, roundId });
  expect(meeting.round()).toMatchObject({ status: 'closed', turnout: 4 });
  return { meeting, acks };
}

/** Pages that a worker makes files for are asked for in the first pair alone. */
const pages = routes.filter(
  (route) =>
    /meetings\/\[id\]/.test(route) && !/results\/|minutes|replies\/file|import|record/.test(route),
);
const withFiles = routes.filter((route) => /meetings\/\[id\]/.test(route));

/** Everything the house gives to these people when they ask for it. */
async function given({ meeting }: Run, people: readonly Guest[], asked: readonly string[]) {
  const { house } = meeting;
  const params = { id: meeting.id, item: meeting.item().id, slug: 'no-such-page' };
  const all: [string, string][] = [];
  for (const person of people) {
    for (const route of asked) {
      const { mark, text } = await visit(route, { house, params, person });
      all.push([`${person.name} ${route}`, `${mark} ${text}`]);
    }
    const seated = house.app.meetings.find(person.accountId, meeting.id);
    if (!seated) throw new Error('no seat');
    const own = [house.app.meetings.ownBallots(seated), house.app.meetings.ownRatings(seated)];
    all.push([`${person.name} own`, JSON.stringify([own, house.app.meetings.drafts(seated)])]);
  }
  const metrics = house.app.metrics(meeting.guest('secretariat'), null) ?? '';
  // How long something took is another time each time.
  const counters = metrics.split('\n').filter((line) => !/seconds|bytes|process_/.test(line));
  // How long a commit took is of the disk and not of the votes.
  const log = house.lines.filter((line) => !line.includes('"event":"slow-commit"')).join('\n');
  return [...all, ['metrics', counters.join('\n')], ['log', log]] as const;
}

async function comparePair(seed: number, asked: readonly string[]): Promise<void> {
  const chance = new Chance(seed);
  const secrecy = secrecies[seed % 2] ?? 'secret';
  const one = Array.from({ length: COUNCIL }, () => mindOf(chance));
  const changed = chance.below(COUNCIL);
  // One at least, never all: somebody on the council has to look.
  const isChanged = (index: number) =>
    index === changed || (index !== (changed + 1) % COUNCIL && chance.happens(0.5));
  const differing = one.map((_, index) => isChanged(index));
  const other = one.map((mind, index) => (differing[index] ? mindOf(chance) : mind));
  const [first, second] = [await run(one, secrecy), await run(other, secrecy)];
  const others = ({ meeting }: Run) =>
    meeting.guests.filter((guest) => !differing[meeting.council.indexOf(guest)]);
  expect(others(first).length).toBeGreaterThan(3);

  expect([seed, second.acks]).toEqual([seed, first.acks]);
  expect([seed, told(second.meeting.house)]).toEqual([seed, told(first.meeting.house)]);
  expect(viewOf(second.meeting.state)).toEqual(viewOf(first.meeting.state));
  const [got, gotToo] = await Promise.all([
    given(first, others(first), asked),
    given(second, others(second), asked),
  ]);
  const differs = gotToo.filter(([, text], index) => text !== got[index]?.[1]);
  expect([seed, differs.map(([where]) => where)]).toEqual([seed, []]);
}

test('everybody else gets the same, files included', { timeout: timeFor(120_000) }, () =>
  comparePair(7, withFiles),
);

test.each(seeds(size(20, 1000)))(
  'seed %i: everybody else gets the same until the reveal',
  { timeout: timeFor(60_000) },
  (seed) => comparePair(seed, pages),
);

test('the comparison can fail: what is revealed, and what an owner gets, differs', async () => {
  const mind = (level: Level): Mind => ({ rating: level, draft: '案', first: level, last: level });
  const all = (level: Level) => Array.from({ length: COUNCIL }, () => mind(level));
  const [first, second] = [await run(all(4), 'secret'), await run(all(1), 'secret')];
  const member = ({ meeting }: Run) => [meeting.guest('member')];
  first.meeting.reveal();
  second.meeting.reveal();
  expect(told(second.meeting.house)).not.toEqual(told(first.meeting.house));
  const owner = await given(first, member(first), ['meetings/[id]']);
  expect(await given(second, member(second), ['meetings/[id]'])).not.toEqual(owner);
});

test('[B11] a closed secret ballot leaves no row and no byte that joins a person and a value', async () => {
  const meeting = (await SampleMeeting.open()).open().start();
  const { house, council } = meeting;
  const [sec, chair] = [meeting.guest('secretariat'), meeting.guest('chair')];
  const { id: itemId } = meeting.item();
  const criterionIds = meeting.state.criteria.map(({ id }) => id);
  meeting.do(chair, { type: 'openBallot', itemId, criterionIds, secrecy: 'secret' });
  const { id: roundId } = meeting.round();
  for (const level of [4, 1, 2] as const)
    for (const who of council.slice(0, PAPER)) meeting.cast(who, level);
  const paper = meeting.castOf(3);
  const choices = 'choices' in paper ? paper.choices : [];
  const { seat } = meeting.guest('member', 3);
  const reading = { itemId, roundId, participantId: seat, choices } as const;
  meeting.do(sec, { type: 'recordPaperBallot', ...reading });
  const taken = bytesOf(house);
  meeting.do(chair, { type: 'confirmPaperBallot', ...reading });
  const aside = meeting.guest('member', 1);
  meeting.do(aside, { type: 'declareRecusal', itemId, participantId: aside.seat, reason: '縁故' });
  const before = bytesOf(house);
  meeting.close();
  const after = bytesOf(house);
  // A row is written as its key and then the rest, without anything between.
  const joined = (bytes: string) =>
    meeting.guests.filter((guest) => bytes.includes(roundId + guest.seat)).map(({ name }) => name);
  const near = (bytes: string) =>
    meeting.guests.filter((guest) =>
      new RegExp(`${guest.seat}.{0,80}effect-[1-4]`, 's').test(bytes),
    ).length;
  expect(joined(taken)).toHaveLength(COUNCIL);
  expect(joined(before).length).toBeGreaterThan(2);
  expect(near(before)).toBeGreaterThan(2);
  expect(joined(after)).toEqual([]);
  expect(near(after)).toBe(0);
  expect(house.rows('select * from ballot')).toEqual([]);
  expect(house.rows('select * from paper_ballot')).toEqual([]);
  expect(house.rows('select tallies from sealed_tally')).toHaveLength(1);
  meeting.reveal();
  expect([joined(bytesOf(house)), near(bytesOf(house))]).toEqual([[], 0]);
});

const bytesOf = (house: House): string =>
  [house.file, `${house.file}-wal`]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');
