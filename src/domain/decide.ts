/**
 * Answers a command: the events it makes, or the reason it is refused. Pure: time and ids come in
 * with the context, secrets come in only where a rule needs them.
 */
import type { Command, PreparationCommand, ServerCommand } from './command.ts';
import { decideAfterwards } from './decideafter.ts';
import { decideItem, type ItemCommand } from './decideitem.ts';
import { happened, reasoned, refuse, type Context, type Outcome } from './outcome.ts';
import type { EventBody } from './event.ts';
import type { Meeting } from './meeting.ts';
import { obstacle } from './obstacle.ts';
import { onCouncil } from './quorum.ts';
import type { RefusalCode } from './refusal.ts';
import { itemOf, roomOf } from './room.ts';
import { knownSeat, removeParticipant, seatObstacle } from './seat.ts';
import type { ItemId, ParticipantId } from './types.ts';

/** Joining is asked by the server alone, so its refusals need no sentence of the meeting. */
type JoinOutcome =
  | { readonly ok: true; readonly events: readonly EventBody[] }
  | {
      readonly ok: false;
      readonly code: 'unknown-participant' | 'already-joined' | 'seat-taken' | 'account-seated';
    };

export function decide(meeting: Meeting, command: Command, context: Context): Outcome {
  const blocked = obstacle(roomOf(meeting), context.actor, command, context.now);
  if (blocked) return refuse(blocked);
  switch (command.type) {
    case 'openMeeting':
    case 'recordAttendance': {
      const known = new Set(meeting.participants.map(({ id }) => id));
      if (!command.present.every((id) => known.has(id))) return refuse('unknown-participant');
      const kind = command.type === 'openMeeting' ? 'meetingOpened' : 'attendanceRecorded';
      return happened({ kind, present: command.present });
    }
    case 'startPreview':
      return happened({ kind: 'previewStarted' });
    case 'endPreview':
      return reasoned(command.reason, (reason) => ({ kind: 'previewEnded', reason }));
    case 'closeMeeting':
      return happened({ kind: 'meetingClosed' });
    case 'reopenMeeting':
      return reasoned(command.reason, (reason) => ({ kind: 'meetingReopened', reason }));
    case 'appointDeputy':
      return onlyCouncil(meeting, command.participantId, {
        kind: 'deputyAppointed',
        participantId: command.participantId,
      });
    case 'raiseHand':
      return happened({ kind: 'handRaised', participantId: context.actor });
    case 'lowerHand':
      return happened({ kind: 'handLowered', participantId: command.participantId });
    case 'giveFloor': {
      const { participantId } = command;
      const unknown = participantId === null ? null : knownSeat(meeting, participantId);
      return unknown ? refuse(unknown) : happened({ kind: 'floorGiven', participantId });
    }
    case 'adjourn':
      return happened({ kind: 'adjourned' });
    case 'resume':
      return happened({ kind: 'resumed' });
    case 'changeDetails':
    case 'changeCriteria':
    case 'changeHeadings':
    case 'addParticipant':
    case 'changeParticipant':
    case 'removeParticipant':
    case 'importItems':
    case 'addItem':
    case 'changeItem':
    case 'removeItem':
    case 'moveItem':
      return prepare(meeting, command, context);
    case 'requestConfirmation':
    case 'resumeDrafting':
    case 'confirmMinutes':
    case 'requestChange':
    case 'signMinutes':
    case 'approveMinutes':
    case 'correctMinutes':
    case 'nameSpeakers':
    case 'fillParticulars':
    case 'replyToOpinion':
    case 'publish':
    case 'unpublish':
      return decideAfterwards(meeting, command, context);
    default:
      return onItem(meeting, command, context);
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

function onItem(meeting: Meeting, command: ItemCommand, context: Context): Outcome {
  const item = itemOf(meeting, command.itemId);
  return item ? decideItem(meeting, item, command, context) : refuse('unknown-item');
}

function prepare(meeting: Meeting, command: PreparationCommand, context: Context): Outcome {
  switch (command.type) {
    case 'changeDetails':
      // [M16] Otherwise a meeting could be declared a rehearsal and wiped.
      if (command.details.rehearsal !== meeting.rehearsal) return refuse('rehearsal-fixed');
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
      const seated: RefusalCode | null =
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
    case 'changeItem': {
      const { itemId, sheet, seen } = command;
      // [W9] What somebody else wrote meanwhile is never written over unseen.
      const now = meeting.items.find(({ id }) => id === itemId)?.sheetRev;
      if (seen !== undefined && seen !== now) return refuse('sheet-changed');
      return happened({ kind: 'itemChanged', itemId, sheet });
    }
    case 'removeItem':
      return happened({ kind: 'itemRemoved', itemId: command.itemId });
    case 'moveItem': {
      const { itemId, position } = command;
      return happened({ kind: 'itemMoved', itemId, position });
    }
  }
}

function onlyCouncil(
  meeting: Meeting,
  participantId: ParticipantId | null,
  event: EventBody,
): Outcome {
  if (participantId === null) return happened(event);
  const person = meeting.participants.find(({ id }) => id === participantId);
  if (!person) return refuse('unknown-participant');
  return onCouncil(person) ? happened(event) : refuse('not-on-council');
}
