/**
 * What stands in the way of an action right now. The server refuses by it and the page disables its
 * buttons by it, so both always say the same ([M1]–[M9], [B1]–[B4], [D1]).
 */
import type { CommandType } from './command.ts';
import type { Elector, Meeting, Participant, Round } from './meeting.ts';
import { effectiveRole, mayEver } from './permission.ts';
import { onCouncil, quorumOf } from './quorum.ts';
import type { RefusalCode } from './refusal.ts';
import { roles, type ItemId, type ItemState, type ParticipantId } from './types.ts';

type RoomRound = Pick<Round, 'id' | 'status' | 'electorate' | 'voted'>;
type RoomItem = {
  readonly id: ItemId;
  readonly state: ItemState;
  readonly rounds: readonly RoomRound[];
};
export type RoomPerson = Pick<Participant, 'id' | 'name' | 'role' | 'present'>;

/** What the rules need to know: a Meeting has it, and so has the view every browser holds. */
export type Room = Pick<Meeting, 'phase' | 'quorumRule' | 'chairVotes' | 'currentItemId'> & {
  readonly participants: readonly RoomPerson[];
  readonly items: readonly RoomItem[];
};

/** What somebody wants to do; item commands name their item. */
export type Intent = { readonly type: CommandType; readonly itemId?: ItemId };

/** [B1] Electors are the present members, and the chair when the meeting says so. */
export function electorate(room: Room, present: boolean): readonly Elector[] {
  return room.participants
    .filter((person) => person.present === present && onCouncil(person))
    .filter((person) => person.role !== 'chair' || room.chairVotes)
    .map((person) => ({ participantId: person.id, name: person.name }));
}

export const itemOf = <Found extends RoomItem>(
  room: { readonly items: readonly Found[] },
  id: ItemId | null | undefined,
): Found | undefined => room.items.find((item) => item.id === id);

/** The first reason why this person cannot do this now, or null when nothing stands in the way. */
export function obstacle(room: Room, actorId: ParticipantId, intent: Intent): RefusalCode | null {
  const actor = room.participants.find((person) => person.id === actorId);
  if (!actor) return 'not-a-participant';
  const role = effectiveRole(actor, room.participants);
  if (!mayEver(role, intent.type)) {
    const others = roles.filter((each) => each !== 'chair' && mayEver(each, intent.type));
    return mayEver('chair', intent.type) && others.length === 0 ? 'chair-only' : 'not-allowed';
  }
  return phaseObstacle(room, intent) ?? itemObstacle(room, intent, actorId);
}

/** [M1] Each command belongs to a phase. */
function phaseObstacle(room: Room, { type }: Intent): RefusalCode | null {
  switch (type) {
    case 'changeDetails':
    case 'changeCriteria':
    case 'changeHeadings':
    case 'importItems':
    case 'removeItem':
    case 'moveItem':
      return room.phase === 'draft' ? null : 'meeting-not-draft';
    case 'openMeeting':
      if (room.phase !== 'draft') return 'meeting-not-draft';
      if (room.items.length === 0) return 'no-items';
      return room.participants.some(onCouncil) ? null : 'no-members';
    case 'addParticipant':
    case 'changeParticipant':
    case 'removeParticipant':
    case 'addItem':
    case 'changeItem':
      return room.phase === 'closed' ? 'meeting-not-open' : null;
    case 'reopenMeeting':
      return room.phase === 'closed' ? null : 'meeting-not-closed';
    case 'closeMeeting':
      if (room.phase !== 'open') return 'meeting-not-open';
      // [M8] Nothing is left half-done: every item is decided or deferred.
      return room.items.every(({ state }) => state === 'decided' || state === 'deferred')
        ? null
        : 'items-unfinished';
    default:
      return room.phase === 'open' ? null : 'meeting-not-open';
  }
}

function itemObstacle(room: Room, intent: Intent, actorId: ParticipantId): RefusalCode | null {
  if (intent.itemId === undefined) return null;
  const item = itemOf(room, intent.itemId);
  if (!item) return 'unknown-item';
  const round = item.rounds.at(-1);
  const ballotOpen = room.items.some(({ state }) => state === 'rating');
  switch (intent.type) {
    case 'changeItem':
    case 'removeItem':
    case 'moveItem':
      return item.state === 'decided' ? 'item-decided' : null;
    case 'startItem':
      // [M6] One item at a time, and no ballot is left running behind.
      if (item.state === 'decided') return 'item-decided';
      if (ballotOpen) return 'ballot-open';
      return item.id === room.currentItemId && item.state !== 'deferred'
        ? 'item-not-startable'
        : null;
    case 'openBallot':
      if (item.state === 'decided') return 'item-decided';
      if (item.id !== room.currentItemId) return 'item-not-current';
      if (item.state === 'rating') return 'ballot-open';
      if (item.state !== 'discussing' && item.state !== 'revealed') return 'item-not-discussing';
      return quorumOf(room).met && electorate(room, true).length > 0 ? null : 'quorum-not-met';
    case 'castBallot':
      if (!round) return 'ballot-not-open';
      if (round.status !== 'open') return 'ballot-closed';
      return round.electorate.some(({ participantId }) => participantId === actorId)
        ? null
        : 'not-an-elector';
    case 'closeBallot':
      return item.state === 'rating' ? null : 'ballot-not-open';
    case 'revealBallot':
      return item.state === 'counted' ? null : 'ballot-not-closed';
    case 'decideItem':
      // [D1] From the discussion (異議なし, 会長判断) or from a revealed ballot, with a quorum.
      if (item.state === 'decided') return 'item-decided';
      if (item.id !== room.currentItemId) return 'item-not-current';
      if (item.state === 'rating') return 'ballot-open';
      if (item.state === 'counted') return 'ballot-not-revealed';
      if (item.state !== 'discussing' && item.state !== 'revealed') return 'item-not-discussing';
      return quorumOf(room).met ? null : 'quorum-not-met';
    case 'reopenItem':
      if (item.state !== 'decided') return 'item-not-decided';
      return ballotOpen ? 'ballot-open' : null;
    case 'deferItem':
      if (item.state === 'decided') return 'item-decided';
      if (item.id !== room.currentItemId) return 'item-not-current';
      if (item.state === 'rating') return 'ballot-open';
      // A round that was closed is shown before anything else is done with it ([B8]).
      if (item.state === 'counted') return 'ballot-not-revealed';
      return item.state === 'deferred' || item.state === 'waiting' ? 'item-not-discussing' : null;
    default:
      return null;
  }
}
