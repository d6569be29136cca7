/**
 * 記録の検証: reads the events of a meeting again and recomputes what can be recomputed. It needs
 * nothing but the events, so it works on a record that left the house years ago ([R12]).
 */
import { castingObstacle, decisionObstacle } from './decision.ts';
import type { MeetingEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { Item, Meeting, Round, RoundZero, Tally } from './meeting.ts';
import { tallyOf } from './tally.ts';
import type { ItemId, RoundId } from './types.ts';

/** What does not fit, in words that pages and the command line translate. */
export const flaws = [
  'not-founded', // the record does not begin with a founding, or has a second one
  'numbering', // a number is missing, doubled or out of order
  'unknown-item', // an event about an item or a round nobody made
  'ballots-differ', // the ballots shown are not those of the people who voted
  'tally-differs', // a tally is not the sum of the ballots shown, or of the turnout
  'casting-vote', // a tie was broken where there was none
  'decision', // the decision does not follow from the ballots, the mode or the objections
  'opinions', // opinions frozen under headings the meeting does not have
] as const;
export type Flaw = (typeof flaws)[number];
export type Finding = { readonly seq: number; readonly flaw: Flaw };

/** Everything in a record that does not fit, in its order. Empty for a record that is right. */
export function auditRecord(events: readonly MeetingEvent[]): readonly Finding[] {
  const found: Finding[] = [];
  let meeting: Meeting | undefined;
  for (const [index, event] of events.entries()) {
    const note = (flaw: Flaw) => found.push({ seq: event.seq, flaw });
    if (event.seq !== index + 1) note('numbering');
    const isFounding = event.body.kind === 'meetingFounded';
    if (isFounding !== (meeting === undefined)) note('not-founded');
    if (!isFounding && meeting === undefined) continue;
    if (meeting) for (const flaw of flawsOf(meeting, event)) note(flaw);
    meeting = evolve(meeting, event);
  }
  return found;
}

function flawsOf(meeting: Meeting, { body }: MeetingEvent): readonly Flaw[] {
  const item = 'itemId' in body ? itemOf(meeting, body.itemId) : undefined;
  if ('itemId' in body && body.kind !== 'itemAdded' && !item) return ['unknown-item'];
  const round = item && 'roundId' in body ? roundOf(item, body.roundId) : undefined;
  if ('roundId' in body && body.kind !== 'ballotOpened' && !round) return ['unknown-item'];
  if (body.kind === 'ballotRevealed' && round) return revealFlaws(round, body.result);
  if (body.kind === 'roundZeroRevealed') return zeroFlaws(body.result);
  if (body.kind === 'tieBroken' && round) {
    return castingObstacle(round, body.vote) === null ? [] : ['casting-vote'];
  }
  if (body.kind !== 'itemDecided' || !item) return [];
  const { mode, criteria, headings } = meeting;
  const known = body.decision.opinions.every(({ headingId }) =>
    headings.some(({ id }) => id === headingId),
  );
  const fits = decisionObstacle(body.decision, { ...item, mode, criteria }) === null;
  return [...(fits ? [] : (['decision'] as const)), ...(known ? [] : (['opinions'] as const))];
}

const itemOf = (meeting: Meeting, id: ItemId): Item | undefined =>
  meeting.items.find((item) => item.id === id);
const roundOf = (item: Item, id: RoundId): Round | undefined =>
  item.rounds.find((round) => round.id === id);

function revealFlaws(round: Round, result: NonNullable<Round['result']>): readonly Flaw[] {
  const { tallies, ballots } = result;
  // [B11] Nobody's ballot is known any more: the sums must be those of the turnout.
  if (round.secrecy === 'secret') {
    const fits = tallies.every((tally) => given(tally) === round.turnout);
    return [
      ...(ballots.length === 0 ? [] : (['ballots-differ'] as const)),
      ...(fits && tallies.length === round.criteria.length ? [] : (['tally-differs'] as const)),
    ];
  }
  const voters = ballots.map(({ participantId }) => participantId);
  const sums = round.criteria.map((each) => tallyOf(each, round.electorate, ballots));
  return [
    ...(same(voters, round.voted) ? [] : (['ballots-differ'] as const)),
    ...(same(sums, tallies) ? [] : (['tally-differs'] as const)),
  ];
}

const zeroFlaws = ({ tallies, given: count }: RoundZero): readonly Flaw[] =>
  tallies.every((tally) => given(tally) === count) ? [] : ['tally-differs'];

const given = ({ counts, abstained }: Tally): number =>
  counts.reduce((sum, { votes }) => sum + votes, abstained);

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
