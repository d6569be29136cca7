/**
 * Answers a command: the events it makes, or the reason it is refused. Pure: time and ids come in
 * with the context, secrets come in only where a rule needs them.
 */
import type { Command, RoomCommand, Seat, ServerCommand } from './command.ts';
import { decisionObstacle } from './decision.ts';
import type { EventBody } from './event.ts';
import type { Ballot, Choice, Criterion, FrozenOpinions, Item, Meeting } from './meeting.ts';
import { electorate, itemOf, obstacle } from './obstacle.ts';
import type { RefusalCode } from './refusal.ts';
import { tallyOf } from './tally.ts';
import type { CriterionId, ItemId, ParticipantId, RoundId } from './types.ts';

export type Context = {
  readonly actor: ParticipantId;
  /** A fresh id; called once per thing made. */
  readonly newId: () => string;
  /** [B5] The ballots of a round, read only where the command reveals it. */
  readonly ballots: (roundId: RoundId) => readonly Ballot[];
  /** [D6] The opinions of an item as stored now, read only where the command freezes them. */
  readonly opinions: (itemId: ItemId) => readonly FrozenOpinions[];
};

export type Outcome =
  | {
      readonly ok: true;
      readonly events: readonly EventBody[];
      /** To be stored beside the events, in the same transaction, and nowhere else. */
      readonly ballot?: { readonly roundId: RoundId } & Ballot;
    }
  | { readonly ok: false; readonly code: RefusalCode };

/** Joining is asked by the server alone, so its refusals need no sentence of the meeting. */
type JoinOutcome =
  | { readonly ok: true; readonly events: readonly EventBody[] }
  | {
      readonly ok: false;
      readonly code: 'unknown-participant' | 'already-joined' | 'seat-taken' | 'account-seated';
    };

const refuse = (code: RefusalCode): Outcome => ({ ok: false, code });
const happened = (...events: readonly EventBody[]): Outcome => ({ ok: true, events });

export function decide(meeting: Meeting, command: Command, context: Context): Outcome {
  const blocked = obstacle(meeting, context.actor, command);
  if (blocked) return refuse(blocked);
  switch (command.type) {
    case 'changeDetails':
      return happened({ kind: 'detailsChanged', details: command.details });
    case 'changeCriteria':
      return command.criteria.every((criterion) => criterion.options.length >= 2) &&
        command.criteria.length > 0
        ? happened({ kind: 'criteriaChanged', criteria: command.criteria })
        : refuse('criteria-empty');
    case 'changeHeadings':
      return command.headings.length > 0
        ? happened({ kind: 'headingsChanged', headings: command.headings })
        : refuse('headings-empty');
    case 'addParticipant': {
      const participantId = context.newId() as ParticipantId;
      const seated = seatObstacle(meeting, command.seat, participantId);
      if (seated) return refuse(seated);
      return happened({ kind: 'participantAdded', participantId, seat: command.seat });
    }
    case 'changeParticipant': {
      const { participantId, seat } = command;
      const seated =
        knownSeat(meeting, participantId) ?? seatObstacle(meeting, seat, participantId);
      if (seated) return refuse(seated);
      return happened({ kind: 'participantChanged', participantId, seat });
    }
    case 'removeParticipant':
      return removeParticipant(meeting, command.participantId);
    case 'importItems': {
      const items = command.sheets.map((sheet) => ({ itemId: context.newId() as ItemId, sheet }));
      if (items.length === 0) return refuse('no-items');
      const { captions, mode } = command;
      return happened({ kind: 'itemsImported', items, captions, mode });
    }
    case 'addItem': {
      const itemId = context.newId() as ItemId;
      return happened({ kind: 'itemAdded', itemId, sheet: command.sheet });
    }
    case 'changeItem':
      return happened({ kind: 'itemChanged', itemId: command.itemId, sheet: command.sheet });
    case 'removeItem':
      return happened({ kind: 'itemRemoved', itemId: command.itemId });
    case 'moveItem': {
      const { itemId, position } = command;
      return happened({ kind: 'itemMoved', itemId, position });
    }
    default:
      return conduct(meeting, command, context);
  }
}

/** The server's own command: an invitation was accepted. [P5] A seat is given once. */
export function decideJoin(meeting: Meeting, command: ServerCommand): JoinOutcome {
  const { participantId, accountId } = command;
  const seat = meeting.participants.find(({ id }) => id === participantId);
  if (!seat) return { ok: false, code: 'unknown-participant' };
  if (seat.accountId === accountId) return { ok: false, code: 'already-joined' };
  if (seat.accountId !== null) return { ok: false, code: 'seat-taken' };
  // Two seats would be two ballots, and the first one found would speak for both.
  if (meeting.participants.some((person) => person.accountId === accountId)) {
    return { ok: false, code: 'account-seated' };
  }
  return { ok: true, events: [{ kind: 'participantJoined', participantId, accountId }] };
}

function conduct(meeting: Meeting, command: RoomCommand, context: Context): Outcome {
  switch (command.type) {
    case 'openMeeting':
    case 'recordAttendance': {
      const known = new Set(meeting.participants.map(({ id }) => id));
      if (!command.present.every((id) => known.has(id))) return refuse('unknown-participant');
      const kind = command.type === 'openMeeting' ? 'meetingOpened' : 'attendanceRecorded';
      return happened({ kind, present: command.present });
    }
    case 'closeMeeting':
      return happened({ kind: 'meetingClosed' });
    case 'reopenMeeting':
      return reasoned(command.reason, { kind: 'meetingReopened', reason: command.reason.trim() });
    case 'startItem':
      return happened({ kind: 'itemStarted', itemId: command.itemId });
    case 'reopenItem': {
      const { itemId, reason } = command;
      return reasoned(reason, { kind: 'itemReopened', itemId, reason: reason.trim() });
    }
    case 'deferItem': {
      const { itemId, reason } = command;
      return happened({ kind: 'itemDeferred', itemId, reason: reason.trim() });
    }
    default: {
      const item = itemOf(meeting, command.itemId);
      return item ? rate(meeting, item, command, context) : refuse('unknown-item');
    }
  }
}

type RatingCommand = Extract<
  RoomCommand,
  { type: 'openBallot' | 'castBallot' | 'closeBallot' | 'revealBallot' | 'decideItem' }
>;

function rate(meeting: Meeting, item: Item, command: RatingCommand, context: Context): Outcome {
  const itemId = item.id;
  if (command.type === 'openBallot') {
    const criteria = chosenCriteria(meeting, command.criterionIds);
    if (!criteria) return refuse('unknown-criterion');
    // [B1] From here on nobody enters or leaves this electorate and no label changes.
    return happened({
      kind: 'ballotOpened',
      itemId,
      roundId: context.newId() as RoundId,
      criteria,
      electorate: electorate(meeting, true),
      absent: electorate(meeting, false),
    });
  }
  if (command.type === 'decideItem') {
    const { ratings, method } = command;
    const wrong = decisionObstacle(command, meeting.criteria, item.rounds);
    if (wrong) return refuse(wrong);
    const opinions = context.opinions(itemId);
    const reason = command.reason.trim();
    return happened({
      kind: 'itemDecided',
      itemId,
      decision: { ratings, method, reason, opinions },
    });
  }
  const round = item.rounds.at(-1);
  if (round?.id !== command.roundId) {
    // [B4] A late cast names a round that has been closed or followed by another.
    const past = item.rounds.some(({ id }) => id === command.roundId);
    return refuse(past ? 'ballot-closed' : 'unknown-round');
  }
  const roundId = round.id;
  switch (command.type) {
    case 'castBallot': {
      const wrong = choicesObstacle(round.criteria, command.choices);
      if (wrong) return refuse(wrong);
      const participantId = context.actor;
      return {
        ok: true,
        events: [{ kind: 'ballotCast', itemId, roundId, participantId }],
        ballot: { roundId, participantId, choices: command.choices },
      };
    }
    case 'closeBallot':
      return happened({ kind: 'ballotClosed', itemId, roundId });
    case 'revealBallot': {
      const stored = context.ballots(roundId);
      // [B6] In the order of the electorate: the order of arrival would be a trace.
      const ballots = round.electorate.flatMap(({ participantId }) =>
        stored.filter((ballot) => ballot.participantId === participantId),
      );
      const tallies = round.criteria.map((each) => tallyOf(each, round.electorate, ballots));
      return happened({ kind: 'ballotRevealed', itemId, roundId, result: { tallies, ballots } });
    }
  }
}

const reasoned = (reason: string, event: EventBody): Outcome =>
  reason.trim() === '' ? refuse('reason-required') : happened(event);

function chosenCriteria(
  meeting: Meeting,
  ids: readonly CriterionId[],
): readonly Criterion[] | undefined {
  const chosen = meeting.criteria.filter(({ id }) => ids.includes(id));
  return chosen.length > 0 && chosen.length === new Set(ids).size ? chosen : undefined;
}

/** [B3] One choice per criterion of the round, each a known option or 棄権. */
function choicesObstacle(
  criteria: readonly Criterion[],
  choices: readonly Choice[],
): RefusalCode | null {
  if (choices.length !== criteria.length) return 'choices-incomplete';
  for (const { id, options } of criteria) {
    const choice = choices.find(({ criterionId }) => criterionId === id);
    if (!choice) return 'choices-incomplete';
    const { optionId } = choice;
    if (optionId !== null && !options.some((option) => option.id === optionId)) {
      return 'unknown-option';
    }
  }
  return null;
}

const knownSeat = (meeting: Meeting, id: ParticipantId): RefusalCode | null =>
  meeting.participants.some((person) => person.id === id) ? null : 'unknown-participant';

/** [M3] One chair at most; [M4] never without a secretariat that can sign in. */
function seatObstacle(meeting: Meeting, seat: Seat, id: ParticipantId): RefusalCode | null {
  const others = meeting.participants.filter((person) => person.id !== id);
  if (seat.role === 'chair' && others.some(({ role }) => role === 'chair')) return 'chair-taken';
  return seat.role === 'secretariat' || hasSecretariat(others) ? null : 'last-secretariat';
}

const hasSecretariat = (people: Meeting['participants']): boolean =>
  people.some(({ role, accountId }) => role === 'secretariat' && accountId !== null);

function removeParticipant(meeting: Meeting, participantId: ParticipantId): Outcome {
  const unknown = knownSeat(meeting, participantId);
  if (unknown) return refuse(unknown);
  if (!hasSecretariat(meeting.participants.filter(({ id }) => id !== participantId))) {
    return refuse('last-secretariat');
  }
  // [M7] Whoever stood in an electorate stays in the record, and so in the meeting.
  const acted = meeting.items.some(
    ({ rounds, decision }) =>
      decision?.decidedBy === participantId ||
      rounds.some((round) =>
        round.electorate.some((elector) => elector.participantId === participantId),
      ),
  );
  return acted
    ? refuse('participant-acted')
    : happened({ kind: 'participantRemoved', participantId });
}
