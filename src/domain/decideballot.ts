/** Answers what is asked of a ballot: open, cast, take in on paper, close, reveal, break a tie. */
import { choicesObstacle, sameChoices } from './ballot.ts';
import type { Command } from './command.ts';
import { castingObstacle } from './decision.ts';
import type { Ballot, Criterion, Item, Meeting, Round } from './meeting.ts';
import {
  happened,
  refuse,
  withSecrets,
  type Context,
  type Happened,
  type Outcome,
} from './outcome.ts';
import { absentees, electorate, recusedElectors, roomOf } from './room.ts';
import { tallyOf } from './tally.ts';
import type { CriterionId, ParticipantId, RoundId } from './types.ts';

export type BallotCommand = Extract<
  Command,
  {
    type:
      | 'openBallot'
      | 'castBallot'
      | 'recordPaperBallot'
      | 'confirmPaperBallot'
      | 'closeBallot'
      | 'revealBallot'
      | 'breakTie';
  }
>;

export function decideBallot(
  meeting: Meeting,
  item: Item,
  command: BallotCommand,
  context: Context,
): Outcome {
  const itemId = item.id;
  if (command.type === 'openBallot') {
    const criteria = chosenCriteria(meeting, command.criterionIds);
    if (!criteria) return refuse('unknown-criterion');
    const room = roomOf(meeting);
    // [B1], [B10] From here on nobody enters this electorate, no label and no secrecy changes.
    return happened({
      kind: 'ballotOpened',
      itemId,
      roundId: context.newId() as RoundId,
      secrecy: command.secrecy,
      criteria,
      electorate: electorate(room, item),
      absent: absentees(room, item),
      recused: recusedElectors(room, item),
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
      const ballot = { participantId, choices: command.choices };
      const event =
        round.secrecy === 'named'
          ? ({ kind: 'ballotCast', itemId, roundId, participantId } as const)
          : // [B11] Who voted, and in which order, is told to nobody.
            ({
              kind: 'secretBallotCast',
              itemId,
              roundId,
              turnout: turnoutWith(context.ballots(roundId), participantId),
            } as const);
      return withSecrets([event], { kind: 'ballot', roundId, ...ballot });
    }
    case 'recordPaperBallot':
    case 'confirmPaperBallot':
      return takeIn(item, round, command, context);
    case 'closeBallot':
      return closing(item, round, context.ballots);
    case 'revealBallot': {
      const named = round.secrecy === 'named';
      const stored = named ? context.ballots(roundId) : [];
      // [B6] In the order of the electorate: the order of arrival would be a trace.
      const ballots = round.electorate.flatMap(({ participantId }) =>
        stored.filter((ballot) => ballot.participantId === participantId),
      );
      const tallies = named ? count(round, ballots) : context.sealed(roundId);
      return happened({ kind: 'ballotRevealed', itemId, roundId, result: { tallies, ballots } });
    }
    case 'breakTie': {
      const { criterionId, optionId } = command;
      const vote = { criterionId, optionId, reason: command.reason.trim() };
      const wrong = castingObstacle(round, vote);
      return wrong ? refuse(wrong) : happened({ kind: 'tieBroken', itemId, roundId, vote });
    }
  }
}

/** The end of a round, by whoever conducts or by a deadline ([B18]). */
export function closing(item: Item, round: Round, ballots: Context['ballots']): Happened {
  const closed = { kind: 'ballotClosed', itemId: item.id, roundId: round.id } as const;
  if (round.secrecy === 'named') return happened(closed);
  // [B11] The sums stay, the link from person to value goes, in this very transaction.
  const tallies = count(round, ballots(round.id));
  return withSecrets([closed], { kind: 'seal', roundId: round.id, tallies });
}

const count = ({ criteria, electorate: electors }: Round, ballots: readonly Ballot[]) =>
  criteria.map((criterion) => tallyOf(criterion, electors, ballots));

const turnoutWith = (ballots: readonly Ballot[], voter: ParticipantId): number =>
  new Set([...ballots.map(({ participantId }) => participantId), voter]).size;

/** [B14] One person takes a paper ballot in; another one reads it again, and both must agree. */
function takeIn(
  item: Item,
  round: Round,
  command: Extract<BallotCommand, { type: 'recordPaperBallot' | 'confirmPaperBallot' }>,
  context: Context,
): Outcome {
  const { participantId, choices } = command;
  const [itemId, roundId] = [item.id, round.id];
  if (!round.electorate.some((elector) => elector.participantId === participantId)) {
    return refuse('not-an-elector');
  }
  const wrong = choicesObstacle(round.criteria, choices);
  if (wrong) return refuse(wrong);
  const about = { itemId, roundId, participantId };
  if (command.type === 'recordPaperBallot') {
    return withSecrets([{ kind: 'paperBallotRecorded', ...about, turnout: round.turnout }], {
      kind: 'paper',
      roundId,
      participantId,
      choices,
      recordedBy: context.actor,
    });
  }
  const first = context.paper(roundId, participantId);
  if (!first) return refuse('paper-missing');
  if (first.recordedBy === context.actor) return refuse('second-person-needed');
  if (!sameChoices(first.choices, choices)) return refuse('paper-differs');
  const turnout = turnoutWith(context.ballots(roundId), participantId);
  return withSecrets([{ kind: 'paperBallotConfirmed', ...about, turnout }], {
    kind: 'ballot',
    roundId,
    participantId,
    choices,
  });
}

function chosenCriteria(
  meeting: Meeting,
  ids: readonly CriterionId[],
): readonly Criterion[] | undefined {
  const chosen = meeting.criteria.filter(({ id }) => ids.includes(id));
  return chosen.length > 0 && chosen.length === new Set(ids).size ? chosen : undefined;
}
