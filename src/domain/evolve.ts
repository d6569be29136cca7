/** Folds events into the state of a meeting. Trusts them: `decide` has judged before. */
import type { EventBody, MeetingEvent } from './event.ts';
import type { Item, Meeting, Round } from './meeting.ts';
import type { ProjectSheet } from './sheet.ts';
import type { ItemId, ParticipantId, RoundId } from './types.ts';

const newItem = (id: ItemId, sheet: ProjectSheet): Item => ({
  id,
  sheet,
  sheetRev: 1,
  state: 'waiting',
  startedAt: null,
  rounds: [],
  decision: null,
});

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
    captions: null,
    foundedAt: event.at,
    openedAt: null,
    closedAt: null,
    rev: event.seq,
  };
}

function apply(meeting: Meeting, { at, actor, body }: MeetingEvent): Meeting {
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
      return {
        ...meeting,
        participants: meeting.participants.filter(({ id }) => id !== body.participantId),
      };
    case 'participantJoined':
      return withParticipant(meeting, body.participantId, { accountId: body.accountId });
    case 'itemsImported': {
      const imported = body.items.map(({ itemId, sheet }) => newItem(itemId, sheet));
      const items = body.mode === 'replace' ? imported : [...meeting.items, ...imported];
      return { ...meeting, items, captions: body.captions };
    }
    case 'itemAdded':
      return { ...meeting, items: [...meeting.items, newItem(body.itemId, body.sheet)] };
    case 'itemChanged':
      return withItem(meeting, body.itemId, (item) => ({
        sheet: body.sheet,
        sheetRev: item.sheetRev + 1,
      }));
    case 'itemRemoved':
      return { ...meeting, items: meeting.items.filter(({ id }) => id !== body.itemId) };
    case 'itemMoved': {
      const moved = meeting.items.filter(({ id }) => id === body.itemId);
      const rest = meeting.items.filter(({ id }) => id !== body.itemId);
      return { ...meeting, items: rest.toSpliced(body.position, 0, ...moved) };
    }
    case 'meetingOpened':
      return { ...attend(meeting, body.present), phase: 'open', openedAt: at };
    case 'attendanceRecorded':
      return attend(meeting, body.present);
    case 'meetingClosed':
      return { ...meeting, phase: 'closed', closedAt: at, currentItemId: null };
    case 'meetingReopened':
      return { ...meeting, phase: 'open', closedAt: null };
    case 'itemStarted':
      return {
        ...withItem(meeting, body.itemId, ({ state, startedAt }) => ({
          state: state === 'waiting' || state === 'deferred' ? 'discussing' : state,
          startedAt: startedAt ?? at,
        })),
        currentItemId: body.itemId,
      };
    case 'ballotOpened':
      return withItem(meeting, body.itemId, ({ rounds }) => ({
        state: 'rating',
        rounds: [
          ...rounds,
          {
            id: body.roundId,
            number: rounds.length + 1,
            status: 'open',
            secrecy: 'named',
            criteria: body.criteria,
            electorate: body.electorate,
            absent: body.absent,
            openedAt: at,
            closedAt: null,
            voted: [],
            result: null,
          },
        ],
      }));
    case 'ballotCast':
      return withRound(meeting, body, undefined, (round) => {
        const voted = new Set(round.voted).add(body.participantId);
        return {
          voted: round.electorate
            .map(({ participantId }) => participantId)
            .filter((id) => voted.has(id)),
        };
      });
    case 'ballotClosed':
      return withRound(meeting, body, 'counted', () => ({ status: 'closed', closedAt: at }));
    case 'ballotRevealed':
      return withRound(meeting, body, 'revealed', () => ({
        status: 'revealed',
        result: body.result,
      }));
    case 'itemDecided':
      return withItem(meeting, body.itemId, () => ({
        state: 'decided',
        // A decision is made by a seat; only joining and founding come without one.
        decision: { ...body.decision, decidedAt: at, decidedBy: actor as ParticipantId },
      }));
    case 'itemReopened':
      return {
        ...withItem(meeting, body.itemId, () => ({ state: 'discussing', decision: null })),
        currentItemId: body.itemId,
      };
    case 'itemDeferred':
      return withItem(meeting, body.itemId, () => ({ state: 'deferred' }));
  }
}

const attend = (meeting: Meeting, present: readonly ParticipantId[]): Meeting => ({
  ...meeting,
  participants: meeting.participants.map((person) => ({
    ...person,
    present: present.includes(person.id),
  })),
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

const withItem = (
  meeting: Meeting,
  id: ItemId,
  change: (item: Item) => Partial<Item>,
): Meeting => ({
  ...meeting,
  items: meeting.items.map((item) => (item.id === id ? { ...item, ...change(item) } : item)),
});

function withRound(
  meeting: Meeting,
  { itemId, roundId }: { readonly itemId: ItemId; readonly roundId: RoundId },
  state: Item['state'] | undefined,
  change: (round: Round) => Partial<Round>,
): Meeting {
  return withItem(meeting, itemId, (item) => ({
    state: state ?? item.state,
    rounds: item.rounds.map((round) =>
      round.id === roundId ? { ...round, ...change(round) } : round,
    ),
  }));
}
