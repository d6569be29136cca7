/** Folds the events of one item into its state. Trusts them: `decide` has judged before. */
import type { EventBody, MeetingEvent } from './event.ts';
import type { Item, ItemNote, Round } from './meeting.ts';
import type { ProjectSheet } from './sheet.ts';
import type { ItemId, ParticipantId } from './types.ts';

export const newItem = (id: ItemId, sheet: ProjectSheet): Item => ({
  id,
  sheet,
  sheetRev: 1,
  state: 'waiting',
  startedAt: null,
  minutes: null,
  rounds: [],
  roundZero: null,
  recused: [],
  questions: [],
  selfRating: null,
  proposal: null,
  objections: [],
  decision: null,
  notes: [],
  replies: [],
});

/** Events that change one item that is there already. */
type ItemBody = Exclude<
  Extract<EventBody, { readonly itemId: ItemId }>,
  { kind: 'itemAdded' | 'itemRemoved' | 'itemMoved' }
>;
type RoundBody = Extract<
  ItemBody,
  {
    kind:
      | 'ballotCast'
      | 'secretBallotCast'
      | 'paperBallotRecorded'
      | 'paperBallotConfirmed'
      | 'electorRecused'
      | 'castingEnded'
      | 'ballotClosed'
      | 'ballotRevealed'
      | 'tieBroken';
  }
>;

/** What of an item changes by an event. */
export function evolveItem(item: Item, body: ItemBody, { at, actor }: MeetingEvent): Partial<Item> {
  // These are things a seat does; only joining and founding come without one.
  const by = actor as ParticipantId;
  switch (body.kind) {
    case 'itemChanged':
      return { sheet: body.sheet, sheetRev: item.sheetRev + 1 };
    case 'timerSet':
      return { minutes: body.minutes };
    case 'itemStarted': {
      const fresh = item.state === 'waiting' || item.state === 'deferred';
      return { state: fresh ? 'discussing' : item.state, startedAt: item.startedAt ?? at };
    }
    case 'roundZeroRevealed':
      return { roundZero: body.result };
    case 'questionAsked': {
      const { questionId: id, text } = body;
      return {
        questions: [...item.questions, { id, text, askedBy: by, askedAt: at, answer: null }],
      };
    }
    case 'questionAnswered': {
      const answer = { text: body.text, answeredBy: by, answeredAt: at };
      return {
        questions: item.questions.map((question) =>
          question.id === body.questionId ? { ...question, answer } : question,
        ),
      };
    }
    case 'selfRated':
      return { selfRating: { ratings: body.ratings, evidence: body.evidence, givenBy: by } };
    case 'recusalDeclared': {
      const { participantId } = body.recusal;
      return {
        recused: [...item.recused.filter(isNot(participantId)), body.recusal],
        objections: item.objections.filter(isNot(participantId)),
      };
    }
    case 'recusalWithdrawn':
      return { recused: item.recused.filter(isNot(body.participantId)) };
    case 'summedUp':
      // Another proposal is another question: objections to the last one are gone.
      return { proposal: { ratings: body.ratings, proposedAt: at }, objections: [] };
    case 'objectionRaised':
      return {
        objections: [
          ...item.objections.filter(isNot(by)),
          { participantId: by, reason: body.reason },
        ],
      };
    case 'objectionWithdrawn':
      return { objections: item.objections.filter(isNot(by)) };
    case 'ballotOpened':
      return { state: 'rating', rounds: [...item.rounds, newRound(item, body, at)] };
    case 'itemDecided':
      return {
        state: 'decided',
        decision: { ...body.decision, decidedAt: at, decidedBy: by },
        replies: [],
      };
    case 'itemReopened':
      return {
        state: 'discussing',
        decision: null,
        proposal: null,
        objections: [],
        notes: noted(item, 'reopened', at, body.reason),
      };
    case 'itemDeferred':
      return { state: 'deferred', notes: noted(item, 'deferred', at, body.reason) };
    case 'opinionReplied': {
      const { headingId, bullet } = body.reply;
      const others = item.replies.filter(
        (reply) => reply.headingId !== headingId || reply.bullet !== bullet,
      );
      return { replies: [...others, { ...body.reply, repliedBy: by, repliedAt: at }] };
    }
    default:
      return evolveRound(item, body, at);
  }
}

const isNot =
  (id: ParticipantId) =>
  ({ participantId }: { readonly participantId: ParticipantId }): boolean =>
    participantId !== id;

const noted = (item: Item, kind: ItemNote['kind'], at: number, reason: string) => [
  ...item.notes,
  { kind, at, reason },
];

const newRound = (
  { rounds }: Item,
  body: Extract<EventBody, { kind: 'ballotOpened' }>,
  at: number,
): Round => ({
  id: body.roundId,
  number: rounds.length + 1,
  status: 'open',
  secrecy: body.secrecy,
  criteria: body.criteria,
  electorate: body.electorate,
  absent: body.absent,
  recused: body.recused,
  openedAt: at,
  closedAt: null,
  voted: [],
  turnout: 0,
  paper: [],
  castingEnded: false,
  casting: [],
  result: null,
});

function evolveRound(item: Item, body: RoundBody, at: number): Partial<Item> {
  const change = (round: Round): Partial<Round> => {
    switch (body.kind) {
      case 'ballotCast': {
        const voted = withVoter(round, body.participantId);
        // Whoever votes at the screen after all takes the paper back.
        return {
          voted,
          turnout: voted.length,
          paper: round.paper.filter(isNot(body.participantId)),
        };
      }
      case 'secretBallotCast':
        return { turnout: body.turnout };
      case 'paperBallotRecorded':
      case 'paperBallotConfirmed': {
        const { participantId, turnout } = body;
        const confirmed = body.kind === 'paperBallotConfirmed';
        return {
          turnout,
          paper: [...round.paper.filter(isNot(participantId)), { participantId, confirmed }],
          voted:
            confirmed && round.secrecy === 'named' ? withVoter(round, participantId) : round.voted,
        };
      }
      case 'electorRecused': {
        const { participantId, turnout } = body;
        return {
          turnout,
          electorate: round.electorate.filter(isNot(participantId)),
          recused: [
            ...round.recused,
            ...round.electorate.filter((elector) => elector.participantId === participantId),
          ],
          voted: round.voted.filter((id) => id !== participantId),
          paper: round.paper.filter(isNot(participantId)),
        };
      }
      case 'castingEnded':
        return { castingEnded: true };
      case 'ballotClosed':
        return { status: 'closed', closedAt: at };
      case 'ballotRevealed':
        return { status: 'revealed', result: body.result };
      case 'tieBroken':
        return {
          casting: [
            ...round.casting.filter(({ criterionId }) => criterionId !== body.vote.criterionId),
            body.vote,
          ],
        };
    }
  };
  return {
    state:
      body.kind === 'ballotClosed'
        ? 'counted'
        : body.kind === 'ballotRevealed'
          ? 'revealed'
          : item.state,
    rounds: item.rounds.map((round) =>
      round.id === body.roundId ? { ...round, ...change(round) } : round,
    ),
  };
}

/** In the order of the electorate: the order of arrival would be a trace. */
function withVoter({ electorate, voted }: Round, id: ParticipantId): readonly ParticipantId[] {
  const voters = new Set(voted).add(id);
  return electorate.map(({ participantId }) => participantId).filter((each) => voters.has(each));
}
