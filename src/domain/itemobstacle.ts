/** What stands in the way of an action on one item: its state, its ballot, the other items. */
import type { CommandType } from './command.ts';
import type { Intent } from './obstacle.ts';
import { isRecused, rights } from './permission.ts';
import type { RefusalCode } from './refusal.ts';
import { electorate, quorumFor, type Room, type RoomItem, type RoomPerson } from './room.ts';
import type { ItemState } from './types.ts';

/** What only the item under discussion can have done to it. */
const onCurrent: readonly CommandType[] = [
  'openBallot',
  'decideItem',
  'deferItem',
  'breakTie',
  'sumUp',
  'raiseObjection',
  'withdrawObjection',
  'revealRoundZero',
];

/** The first reason, or null; role, phase and ownership have been looked at before. */
export function itemObstacle(
  room: Room,
  item: RoomItem,
  intent: Intent,
  actor: RoomPerson,
): RefusalCode | null {
  const { type } = intent;
  if (type === 'castBallot') return castObstacle(item, actor);
  // [P10] Whoever stands aside has no part in the item.
  const takesPart = type === 'ratePrivately' || type === 'askQuestion' || type === 'raiseObjection';
  if (takesPart && isRecused(item, actor.id)) return 'recused';
  const circulated = room.gathering === 'circulated';
  const wrong = stateObstacle(room, item, type, circulated);
  if (wrong) return wrong;
  const ballotOpen = room.items.some(({ state }) => state === 'rating');
  switch (type) {
    case 'startItem':
      // [M6] One item at a time, and no ballot is left running behind.
      if (ballotOpen && !circulated) return 'ballot-open';
      return item.id === room.currentItemId && item.state !== 'deferred'
        ? 'item-not-startable'
        : null;
    case 'openBallot':
      // [M10] 合議 has no vote: the chair sums up and asks whether anybody objects.
      if (room.mode === 'consensus') return 'mode-without-ballot';
      if (!circulated && !quorumFor(room, item).met) return 'quorum-not-met';
      return electorate(room, item).length > 0 ? null : 'quorum-not-met';
    case 'sumUp':
    case 'breakTie':
      return room.mode === 'hearing' ? 'mode-without-decision' : null;
    case 'raiseObjection':
      return item.proposal ? null : 'nothing-proposed';
    case 'decideItem':
      // [D1] From the discussion (異議なし, 会長判断) or from a revealed ballot, with a quorum.
      return quorumFor(room, item).met ? null : 'quorum-not-met';
    case 'reopenItem':
      return ballotOpen ? 'ballot-open' : null;
    case 'recordPaperBallot':
      // [B18] Paper that comes after the deadline is as late as any other ballot.
      return item.rounds.at(-1)?.castingEnded ? 'ballot-closed' : null;
    case 'closeBallot': {
      // [B14] A paper ballot that only one person has seen is neither counted nor dropped.
      const pending = item.rounds.at(-1)?.paper.some(({ confirmed }) => !confirmed) ?? false;
      return pending ? 'paper-unconfirmed' : null;
    }
    default:
      return null;
  }
}

function castObstacle(item: RoomItem, actor: RoomPerson): RefusalCode | null {
  if (isRecused(item, actor.id)) return 'recused';
  const round = item.rounds.at(-1);
  if (!round) return 'ballot-not-open';
  if (round.status !== 'open' || round.castingEnded) return 'ballot-closed';
  return round.electorate.some(({ participantId }) => participantId === actor.id)
    ? null
    : 'not-an-elector';
}

/** The states of `rights`, with the sentence that fits the state the item is in. */
function stateObstacle(
  room: Room,
  item: RoomItem,
  type: CommandType,
  circulated: boolean,
): RefusalCode | null {
  const { states } = rights[type];
  // [M12] A circulated item is voted on without having been taken up.
  if (circulated && item.state === 'waiting' && (type === 'openBallot' || type === 'deferItem'))
    return null;
  const elsewhere = onCurrent.includes(type) && item.id !== room.currentItemId && !circulated;
  if (item.state === 'decided' && states && !states.includes('decided')) return 'item-decided';
  if (elsewhere) return 'item-not-current';
  if (!states || states.includes(item.state)) return null;
  return refusalIn(item.state, type);
}

function refusalIn(state: ItemState, type: CommandType): RefusalCode {
  switch (type) {
    case 'recordPaperBallot':
    case 'confirmPaperBallot':
    case 'closeBallot':
      return 'ballot-not-open';
    case 'revealBallot':
      return 'ballot-not-closed';
    case 'breakTie':
      return 'ballot-not-revealed';
    case 'reopenItem':
    case 'replyToOpinion':
      return 'item-not-decided';
    case 'openBallot':
      return state === 'rating' ? 'ballot-open' : 'item-not-discussing';
    default:
      if (state === 'rating') return 'ballot-open';
      // A round that was closed is shown before anything else is done with it ([B8]).
      return state === 'counted' ? 'ballot-not-revealed' : 'item-not-discussing';
  }
}
