/**
 * What stands in the way of an action right now. The server refuses by it and the page disables its
 * buttons by it, so both always say the same ([M1]–[M13], [B1]–[B16], [D1], [P1]).
 */
import type { CommandType } from './command.ts';
import { itemObstacle } from './itemobstacle.ts';
import { effectiveRole, mayEver, ownsItem, rights, roleWithoutItem } from './permission.ts';
import { onCouncil } from './quorum.ts';
import type { RefusalCode } from './refusal.ts';
import { itemOf, type Room, type RoomItem, type RoomPerson } from './room.ts';
import {
  roles,
  type Instant,
  type ItemId,
  type ParticipantId,
  type Phase,
  type Role,
} from './types.ts';

/** What somebody wants to do; item commands name their item, some a person. */
export type Intent = {
  readonly type: CommandType;
  readonly itemId?: ItemId;
  readonly participantId?: ParticipantId | null;
};

/** The first reason why this person cannot do this now, or null when nothing stands in the way. */
export function obstacle(
  room: Room,
  actorId: ParticipantId,
  intent: Intent,
  now: Instant | null = null,
): RefusalCode | null {
  const actor = room.participants.find((person) => person.id === actorId);
  if (!actor) return 'not-a-participant';
  const item = itemOf(room, intent.itemId);
  const right = rights[intent.type];
  const role = roleIn(room, actor, intent, item);
  if (!right.roles.includes(role) && !mayEver(actor.role, intent.type)) {
    const others = roles.filter((each) => each !== 'chair' && mayEver(each, intent.type));
    return mayEver('chair', intent.type) && others.length === 0 ? 'chair-only' : 'not-allowed';
  }
  if (!right.roles.includes(role)) return 'recused';
  if (!right.phases.includes(room.phase)) return outsidePhase(right.phases);
  return (
    generalObstacle(room, intent, actor, now) ??
    (intent.itemId === undefined
      ? null
      : !item
        ? 'unknown-item'
        : (ownObstacle(intent, actor, item) ?? itemObstacle(room, item, intent, actor)))
  );
}

function roleIn(room: Room, actor: RoomPerson, { type }: Intent, item: RoomItem | undefined): Role {
  // An item is taken up, and a deputy named, by whoever conducts the meeting, recused or not.
  if (type === 'startItem' || type === 'appointDeputy') {
    const role = effectiveRole(actor, room);
    return role === 'chair' ? role : roleWithoutItem(actor, room);
  }
  return item ? effectiveRole(actor, room, item) : roleWithoutItem(actor, room);
}

/** [M1] Each command belongs to a phase. */
function outsidePhase(phases: readonly Phase[]): RefusalCode {
  if (phases.includes('open')) return 'meeting-not-open';
  if (phases.includes('closed')) return 'meeting-not-closed';
  if (phases.includes('published')) return 'meeting-not-published';
  return phases.includes('draft') ? 'meeting-not-draft' : 'meeting-not-preview';
}

const duringBreak: readonly CommandType[] = [
  'resume',
  'recordAttendance',
  'addParticipant',
  'changeParticipant',
  'removeParticipant',
  'addItem',
  'changeItem',
  'setTimer',
  'askQuestion',
  'answerQuestion',
  'appointDeputy',
];

function generalObstacle(
  room: Room,
  { type, participantId }: Intent,
  actor: RoomPerson,
  now: Instant | null,
): RefusalCode | null {
  // [M11] Nothing is decided while the meeting rests.
  if (room.adjournedAt !== null && !duringBreak.includes(type)) return 'adjourned';
  switch (type) {
    case 'startPreview':
    case 'openMeeting':
      if (room.items.length === 0) return 'no-items';
      return room.participants.some(onCouncil) ? null : 'no-members';
    case 'closeMeeting':
      // [M8] Nothing is left half-done: every item is decided or deferred.
      return room.items.every(({ state }) => state === 'decided' || state === 'deferred')
        ? null
        : 'items-unfinished';
    case 'resume':
      return room.adjournedAt === null ? 'not-adjourned' : null;
    case 'adjourn':
      return room.items.some(({ state }) => state === 'rating') ? 'ballot-open' : null;
    case 'raiseHand':
      return room.hands.includes(actor.id) ? 'hand-up' : null;
    case 'lowerHand': {
      const own = participantId === undefined || participantId === actor.id;
      if (own) return null;
      return mayEver(roleWithoutItem(actor, room), 'giveFloor') ? null : 'not-allowed';
    }
    default:
      return minutesObstacle(room, type, actor, now);
  }
}

/** [R6]–[R8] Drafting, confirming, approved: one after the other. */
function minutesObstacle(
  { minutes, participants }: Room,
  type: CommandType,
  actor: RoomPerson,
  now: Instant | null,
): RefusalCode | null {
  const { status } = minutes;
  switch (type) {
    case 'reopenMeeting':
      return status === 'approved' ? 'minutes-approved' : null;
    case 'nameSpeakers':
    case 'fillParticulars':
      // Before the meeting is over the setting changes no text yet.
      return status === 'draft' ? null : 'minutes-not-draft';
    case 'requestConfirmation':
      return status === 'draft' ? null : 'minutes-not-draft';
    case 'resumeDrafting':
    case 'requestChange':
      return status === 'confirming' ? null : 'minutes-not-confirming';
    case 'confirmMinutes':
      if (status !== 'confirming') return 'minutes-not-confirming';
      return minutes.confirmed.includes(actor.id) ? 'already-confirmed' : null;
    case 'signMinutes':
      if (status !== 'confirming') return 'minutes-not-confirming';
      if (!minutes.signers.includes(actor.id)) return 'not-a-signer';
      return minutes.signed.some(({ participantId }) => participantId === actor.id)
        ? 'already-confirmed'
        : null;
    case 'approveMinutes':
      if (status !== 'confirming') return 'minutes-not-confirming';
      if (minutes.signed.length < minutes.signers.length) return 'signature-missing';
      // No reply until the deadline is agreement; before it everybody must have agreed. A browser's
      // clock may be wrong, so the deadline is left to the server.
      return now !== null &&
        minutes.deadline !== null &&
        now < minutes.deadline &&
        !participants.filter(onCouncil).every(({ id }) => minutes.confirmed.includes(id))
        ? 'confirmation-pending'
        : null;
    case 'correctMinutes':
    case 'publish':
      return status === 'approved' ? null : 'minutes-not-approved';
    default:
      return null;
  }
}

/** [P9] A section acts on its own projects, a member stands aside for nobody else. */
function ownObstacle(
  { type, participantId }: Intent,
  actor: RoomPerson,
  item: RoomItem,
): RefusalCode | null {
  switch (type) {
    case 'changeItem':
    case 'answerQuestion':
    case 'rateSelf':
    case 'replyToOpinion':
      return ownsItem(actor, item.sections) ? null : 'not-your-project';
    case 'declareRecusal':
    case 'withdrawRecusal':
      return participantId === undefined ||
        participantId === actor.id ||
        actor.role === 'chair' ||
        actor.role === 'secretariat'
        ? null
        : 'not-allowed';
    default:
      return null;
  }
}
