/** Answers what is asked of one item: its preview, its discussion, its ballot, its decision. */
import type { AfterCommand, Command, PreparationCommand } from './command.ts';
import { decideBallot, type BallotCommand } from './decideballot.ts';
import { choicesObstacle } from './ballot.ts';
import { decisionObstacle, ratingsObstacle } from './decision.ts';
import type { EventBody } from './event.ts';
import type { Item, Meeting } from './meeting.ts';
import {
  happened,
  reasoned,
  refuse,
  told,
  withSecrets,
  type Context,
  type Outcome,
} from './outcome.ts';
import { isRecused } from './permission.ts';
import { onCouncil } from './quorum.ts';
import { tallyOf } from './tally.ts';
import type { CriterionId, ParticipantId, QuestionId } from './types.ts';

/** Commands that name an item and are neither preparation nor aftermath. */
export type ItemCommand = Exclude<
  Extract<Command, { readonly itemId: unknown }>,
  PreparationCommand | AfterCommand
>;

export function decideItem(
  meeting: Meeting,
  item: Item,
  command: ItemCommand,
  context: Context,
): Outcome {
  const itemId = item.id;
  switch (command.type) {
    case 'startItem':
      return happened({ kind: 'itemStarted', itemId });
    case 'setTimer':
      return happened({ kind: 'timerSet', itemId, minutes: command.minutes });
    case 'deferItem':
      return happened({ kind: 'itemDeferred', itemId, reason: command.reason.trim() });
    case 'reopenItem':
      return reasoned(command.reason, (reason) => ({ kind: 'itemReopened', itemId, reason }));
    case 'declareRecusal':
    case 'withdrawRecusal':
      return recuse(meeting, item, command, context);
    case 'ratePrivately': {
      const wrong = choicesObstacle(meeting.criteria, command.choices);
      if (wrong) return refuse(wrong);
      // [B16] No event: that somebody rated, and when, is nobody's business but their own.
      const { choices } = command;
      return withSecrets([], {
        kind: 'privateRating',
        itemId,
        participantId: context.actor,
        choices,
      });
    }
    case 'revealRoundZero':
      return revealRoundZero(meeting, item, context);
    case 'askQuestion': {
      const questionId = context.newId() as QuestionId;
      return told(command.text, (text) => ({ kind: 'questionAsked', itemId, questionId, text }));
    }
    case 'answerQuestion': {
      const { questionId } = command;
      if (!item.questions.some(({ id }) => id === questionId)) return refuse('unknown-question');
      return told(command.text, (text) => ({ kind: 'questionAnswered', itemId, questionId, text }));
    }
    case 'rateSelf': {
      const { ratings, evidence } = command;
      const wrong = ratingsObstacle(ratings, meeting.criteria);
      return wrong
        ? refuse(wrong)
        : told(evidence, (text) => ({ kind: 'selfRated', itemId, ratings, evidence: text }));
    }
    case 'sumUp': {
      const { ratings } = command;
      const wrong = ratingsObstacle(ratings, meeting.criteria);
      return wrong ? refuse(wrong) : happened({ kind: 'summedUp', itemId, ratings });
    }
    case 'raiseObjection':
      return reasoned(command.reason, (reason) => ({ kind: 'objectionRaised', itemId, reason }));
    case 'withdrawObjection':
      return item.objections.some(({ participantId }) => participantId === context.actor)
        ? happened({ kind: 'objectionWithdrawn', itemId })
        : refuse('nothing-proposed');
    case 'decideItem': {
      const { method } = command;
      const { mode, criteria } = meeting;
      const wrong = decisionObstacle(command, { ...item, mode, criteria });
      if (wrong) return refuse(wrong);
      const opinions = context.opinions(itemId);
      const reason = command.reason.trim();
      const asks = (of: CriterionId) =>
        criteria.some(({ id, asksReason }) => id === of && asksReason);
      const ratings = command.ratings.map((rating) => ({
        ...rating,
        reason: asks(rating.criterionId) ? rating.reason.trim() : '',
      }));
      const decision = { ratings, method, reason, opinions };
      return happened({ kind: 'itemDecided', itemId, decision });
    }
    default:
      return decideBallot(meeting, item, command satisfies BallotCommand, context);
  }
}

/** [B12] Standing aside takes a person, and their ballot, out of a round that is open. */
function recuse(
  meeting: Meeting,
  item: Item,
  command: Extract<ItemCommand, { type: 'declareRecusal' | 'withdrawRecusal' }>,
  { ballots }: Context,
): Outcome {
  const { participantId } = command;
  const itemId = item.id;
  if (command.type === 'withdrawRecusal') {
    // Somebody who comes back does not enter a ballot that is already open ([B1]).
    return isRecused(item, participantId)
      ? happened({ kind: 'recusalWithdrawn', itemId, participantId })
      : refuse('not-recused');
  }
  const person = meeting.participants.find(({ id }) => id === participantId);
  if (!person) return refuse('unknown-participant');
  if (!onCouncil(person)) return refuse('not-on-council');
  const recusal = { participantId, reason: command.reason.trim() };
  if (recusal.reason === '') return refuse('reason-required');
  const declared: EventBody = { kind: 'recusalDeclared', itemId, recusal };
  const round = item.rounds.at(-1);
  if (round?.status !== 'open' || !stands(round.electorate, participantId)) {
    return happened(declared);
  }
  const roundId = round.id;
  const voters = ballots(roundId).filter((ballot) => ballot.participantId !== participantId);
  return withSecrets(
    [declared, { kind: 'electorRecused', itemId, roundId, participantId, turnout: voters.length }],
    { kind: 'discard', roundId, participantId },
  );
}

const stands = (
  people: readonly { readonly participantId: ParticipantId }[],
  id: ParticipantId,
): boolean => people.some(({ participantId }) => participantId === id);

/** [B16] Counted over those who may vote on the item; who gave what stays unknown. */
function revealRoundZero(meeting: Meeting, item: Item, { privateRatings }: Context): Outcome {
  const voters = meeting.participants
    .filter((person) => onCouncil(person) && !isRecused(item, person.id))
    .filter((person) => person.role !== 'chair' || meeting.chairVotes)
    .map(({ id, name }) => ({ participantId: id, name }));
  const given = privateRatings(item.id).filter((ballot) => stands(voters, ballot.participantId));
  if (given.length === 0) return refuse('no-private-ratings');
  const tallies = meeting.criteria.map((criterion) => tallyOf(criterion, voters, given));
  return happened({
    kind: 'roundZeroRevealed',
    itemId: item.id,
    result: { tallies, given: given.length },
  });
}
