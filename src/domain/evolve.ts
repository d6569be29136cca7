/** Folds events into the state of a meeting. Trusts them: `decide` has judged before. */
import type { EventBody, MeetingEvent } from './event.ts';
import { evolveItem, newItem } from './evolveitem.ts';
import { evolveMinutes, noMinutes } from './evolveminutes.ts';
import type { Item, Meeting } from './meeting.ts';
import type { Instant, ParticipantId } from './types.ts';

/**
 * @param meeting the state before, undefined for the first event
 * @throws when the first event is not `meetingFounded`: then the record itself is broken
 */
export function evolve(meeting: Meeting | undefined, event: MeetingEvent): Meeting {
  const { body } = event;
  if (body.kind === 'meetingFounded') return found(body, event);
  if (!meeting) throw new Error(`the record begins with ${body.kind}`);
  return { ...apply(meeting, event), rev: event.seq };
}

/** The meeting a whole record tells of, or undefined for an empty one. */
export const replay = (events: Iterable<MeetingEvent>): Meeting | undefined => {
  let meeting: Meeting | undefined;
  for (const event of events) meeting = evolve(meeting, event);
  return meeting;
};

function found(body: Extract<EventBody, { kind: 'meetingFounded' }>, event: MeetingEvent): Meeting {
  return {
    ...body.details,
    id: body.meetingId,
    phase: 'draft',
    criteria: body.criteria,
    headings: body.headings,
    participants: [{ ...body.founder, present: false }],
    items: [],
    currentItemId: null,
    adjournedAt: null,
    breaks: [],
    hands: [],
    floor: null,
    deputyId: null,
    minutes: noMinutes,
    movements: [],
    publication: null,
    captions: null,
    foundedAt: event.at,
    openedAt: null,
    closedAt: null,
    rev: event.seq,
  };
}

function apply(meeting: Meeting, event: MeetingEvent): Meeting {
  const { at, body } = event;
  switch (body.kind) {
    case 'meetingFounded':
      return meeting;
    case 'detailsChanged':
      return { ...meeting, ...body.details };
    case 'criteriaChanged':
      return { ...meeting, criteria: body.criteria };
    case 'headingsChanged':
      return { ...meeting, headings: body.headings };
    case 'participantAdded': {
      const seat = { id: body.participantId, ...body.seat, accountId: null, present: false };
      return { ...meeting, participants: [...meeting.participants, seat] };
    }
    case 'participantChanged':
      return withParticipant(meeting, body.participantId, body.seat);
    case 'participantRemoved':
      return remove(meeting, body.participantId);
    case 'participantJoined':
      return withParticipant(meeting, body.participantId, { accountId: body.accountId });
    case 'itemsImported': {
      const imported = body.items.map(({ itemId, sheet }) => newItem(itemId, sheet));
      const items = body.mode === 'replace' ? imported : [...meeting.items, ...imported];
      return { ...meeting, items, captions: body.captions };
    }
    case 'itemAdded':
      return { ...meeting, items: [...meeting.items, newItem(body.itemId, body.sheet)] };
    case 'itemRemoved':
      return { ...meeting, items: meeting.items.filter(({ id }) => id !== body.itemId) };
    case 'itemMoved': {
      const moved = meeting.items.filter(({ id }) => id === body.itemId);
      const rest = meeting.items.filter(({ id }) => id !== body.itemId);
      return { ...meeting, items: rest.toSpliced(body.position, 0, ...moved) };
    }
    case 'previewStarted':
      return { ...meeting, phase: 'preview' };
    case 'previewEnded':
      return { ...meeting, phase: 'draft' };
    case 'meetingOpened':
      return { ...attend(meeting, body.present, at), phase: 'open', openedAt: at };
    case 'attendanceRecorded':
      return attend(meeting, body.present, at);
    case 'meetingClosed':
      return {
        ...meeting,
        phase: 'closed',
        closedAt: at,
        currentItemId: null,
        adjournedAt: null,
        hands: [],
        floor: null,
      };
    case 'meetingReopened':
      // [R7] What was being confirmed tells of a meeting that goes on.
      return {
        ...meeting,
        phase: 'open',
        closedAt: null,
        minutes: { ...meeting.minutes, status: 'draft', deadline: null },
      };
    case 'deputyAppointed':
      return { ...meeting, deputyId: body.participantId };
    case 'handRaised':
      return {
        ...meeting,
        hands: [...without(meeting.hands, body.participantId), body.participantId],
      };
    case 'handLowered':
      return { ...meeting, hands: without(meeting.hands, body.participantId) };
    case 'floorGiven': {
      const { participantId } = body;
      const hands = participantId === null ? meeting.hands : without(meeting.hands, participantId);
      return { ...meeting, floor: participantId, hands };
    }
    case 'adjourned':
      return { ...meeting, adjournedAt: at };
    case 'resumed':
      return {
        ...meeting,
        adjournedAt: null,
        breaks: [...meeting.breaks, { from: meeting.adjournedAt ?? at, to: at }],
      };
    case 'published':
      return { ...meeting, phase: 'published', publication: { slug: body.slug, publishedAt: at } };
    case 'unpublished':
      return { ...meeting, phase: 'closed', publication: null };
    case 'confirmationRequested':
    case 'minutesConfirmed':
    case 'changeRequested':
    case 'draftingResumed':
    case 'minutesSigned':
    case 'minutesApproved':
    case 'minutesCorrected':
    case 'speakersNamed':
    case 'particularsFilled':
      return { ...meeting, minutes: evolveMinutes(meeting.minutes, body, event) };
    case 'itemStarted':
      // Whoever spoke or wanted to speak did so on the item before.
      return {
        ...changeItem(meeting, body, event),
        currentItemId: body.itemId,
        hands: [],
        floor: null,
      };
    case 'itemReopened':
      return { ...changeItem(meeting, body, event), currentItemId: body.itemId };
    default:
      return changeItem(meeting, body, event);
  }
}

type ItemBody = Parameters<typeof evolveItem>[1];

const changeItem = (meeting: Meeting, body: ItemBody, event: MeetingEvent): Meeting => ({
  ...meeting,
  items: meeting.items.map((item: Item) =>
    item.id === body.itemId ? { ...item, ...evolveItem(item, body, event) } : item,
  ),
});

const without = (ids: readonly ParticipantId[], id: ParticipantId): readonly ParticipantId[] =>
  ids.filter((each) => each !== id);

/** A person who has left the room holds no hand up and does not speak. */
function attend(meeting: Meeting, present: readonly ParticipantId[], at: Instant): Meeting {
  const { floor } = meeting;
  const moved = meeting.participants.filter(
    (person) => person.present !== present.includes(person.id),
  );
  return {
    ...meeting,
    participants: meeting.participants.map((person) => ({
      ...person,
      present: present.includes(person.id),
    })),
    movements: [
      ...meeting.movements,
      ...moved.map(({ id, present: was }) => ({ participantId: id, present: !was, at })),
    ],
    hands: meeting.hands.filter((id) => present.includes(id)),
    floor: floor !== null && present.includes(floor) ? floor : null,
  };
}

const remove = (meeting: Meeting, gone: ParticipantId): Meeting => ({
  ...meeting,
  participants: meeting.participants.filter(({ id }) => id !== gone),
  hands: without(meeting.hands, gone),
  floor: meeting.floor === gone ? null : meeting.floor,
  deputyId: meeting.deputyId === gone ? null : meeting.deputyId,
});

const withParticipant = (
  meeting: Meeting,
  id: ParticipantId,
  change: Partial<Meeting['participants'][number]>,
): Meeting => ({
  ...meeting,
  participants: meeting.participants.map((person) =>
    person.id === id ? { ...person, ...change } : person,
  ),
});
