/**
 * What the people in the room may see of a meeting, and nothing else: no ballot value before reveal,
 * no account, no sheet (pages load that). The server writes it into Yjs documents entry by entry,
 * one document per audience: what somebody may not know is not in the document they get.
 */
import type {
  Criterion,
  Decision,
  Heading,
  Item,
  Meeting,
  MeetingDetails,
  Participant,
  Round,
} from '#domain/meeting.ts';
import type { MinutesState } from '#domain/confirmation.ts';
import { isRecused } from '#domain/permission.ts';
import type { RoomPerson } from '#domain/room.ts';
import type { Instant, ItemId, MeetingId, ParticipantId, Phase } from '#domain/types.ts';

/** Those who take part, those who look at the projector, or one who stands aside from an item. */
export type Audience = 'everybody' | 'observers' | ParticipantId;

export type PersonView = RoomPerson & {
  /** Whether the invitation has been accepted. */
  readonly joined: boolean;
};

export type ItemView = Omit<Item, 'sheet'> & {
  readonly no: string | null;
  readonly name: string | null;
  readonly sections: readonly string[];
};

/** How far the minutes are; their text is a document of its own. */
export type MinutesView = Omit<MinutesState, 'requests' | 'approved' | 'particulars'> & {
  readonly requested: number;
};

export type MeetingView = MeetingDetails & {
  readonly id: MeetingId;
  readonly rev: number;
  readonly phase: Phase;
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly adjournedAt: Instant | null;
  readonly breaks: Meeting['breaks'];
  readonly hands: readonly ParticipantId[];
  readonly floor: ParticipantId | null;
  readonly deputyId: ParticipantId | null;
  readonly minutes: MinutesView;
  readonly publication: Meeting['publication'];
  readonly criteria: readonly Criterion[];
  readonly headings: readonly Heading[];
  readonly participants: readonly PersonView[];
  readonly currentItemId: ItemId | null;
  readonly items: readonly ItemView[];
};

/** Whose view a person gets now. */
export function audienceOf(meeting: Meeting, person: Pick<Participant, 'id' | 'role'>): Audience {
  if (person.role === 'observer') return 'observers';
  return meeting.items.some((item) => hidden(item, person.id)) ? person.id : 'everybody';
}

/** Every audience that has a view of its own now. */
export function audiencesOf(meeting: Meeting): readonly Audience[] {
  const people = meeting.participants.map((person) => audienceOf(meeting, person));
  return [...new Set<Audience>(['everybody', ...people])];
}

/** [P10] Until it is decided, whoever stands aside from an item learns nothing of it. */
const hidden = (item: Item, audience: Audience): boolean =>
  item.state !== 'decided' && isRecused(item, audience as ParticipantId);

/** [P4] The one place where it is said what leaves the server for everybody of an audience. */
export function viewOf(meeting: Meeting, audience: Audience = 'everybody'): MeetingView {
  const { minutes } = meeting;
  const isObserver = audience === 'observers';
  return {
    id: meeting.id,
    rev: meeting.rev,
    title: meeting.title,
    municipality: meeting.municipality,
    evaluatedYear: meeting.evaluatedYear,
    heldOn: meeting.heldOn,
    place: meeting.place,
    quorumRule: meeting.quorumRule,
    chairVotes: meeting.chairVotes,
    chairInQuorum: meeting.chairInQuorum,
    mode: meeting.mode,
    gathering: meeting.gathering,
    deadline: meeting.deadline,
    guide: meeting.guide,
    previousMeetingId: isObserver ? null : meeting.previousMeetingId,
    rehearsal: meeting.rehearsal,
    phase: meeting.phase,
    openedAt: meeting.openedAt,
    closedAt: meeting.closedAt,
    adjournedAt: meeting.adjournedAt,
    breaks: meeting.breaks,
    hands: isObserver ? [] : meeting.hands,
    floor: meeting.floor,
    deputyId: meeting.deputyId,
    minutes: {
      status: minutes.status,
      version: minutes.version,
      deadline: minutes.deadline,
      confirmed: isObserver ? [] : minutes.confirmed,
      signers: isObserver ? [] : minutes.signers,
      signed: isObserver ? [] : minutes.signed,
      speakers: minutes.speakers,
      reason: minutes.reason,
      requested: isObserver ? 0 : minutes.requests.length,
    },
    publication: meeting.publication,
    criteria: meeting.criteria,
    headings: meeting.headings,
    participants: meeting.participants.map(
      ({ id, name, role, present, affiliation, accountId }) => ({
        id,
        name,
        role,
        present,
        affiliation,
        joined: accountId !== null,
      }),
    ),
    currentItemId: meeting.currentItemId,
    items: meeting.items.map((item) => itemView(item, audience)),
  };
}

function itemView(item: Item, audience: Audience): ItemView {
  const { sheet, ...rest } = item;
  const { no, name, sections } = sheet;
  // The frozen opinions are read from their own document or the results page, not from the view.
  const decision: Decision | null = item.decision && { ...item.decision, opinions: [] };
  const view = { ...rest, no, name, sections, decision };
  if (audience === 'observers') return onScreen(view);
  if (!hidden(item, audience)) return view;
  return {
    ...view,
    rounds: [],
    roundZero: null,
    questions: [],
    selfRating: null,
    proposal: null,
    objections: [],
    notes: [],
    replies: [],
    recused: view.recused.map(withoutReason),
  };
}

const withoutReason = <Having extends { readonly reason: string }>(one: Having): Having => ({
  ...one,
  reason: '',
});

/** What the projector shows: how many, never who, and no word that was not said to the public. */
const onScreen = (view: ItemView): ItemView => ({
  ...view,
  rounds: view.rounds.map((round): Round => ({
    ...round,
    voted: [],
    paper: [],
    casting: round.casting,
    result: round.result && { ...round.result, ballots: [] },
  })),
  questions: [],
  selfRating: null,
  objections: [],
  notes: [],
  replies: [],
  recused: view.recused.map(withoutReason),
});

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The view cut into entries that change on their own: `meeting`, `people`, `agenda`, `item:<id>`.
 * A key is written only when its JSON differs from what the document holds.
 */
export function viewEntries(view: MeetingView): ReadonlyMap<string, Json> {
  const { participants, items, currentItemId, ...meeting } = view;
  const entries = new Map<string, Json>([
    ['meeting', plain(meeting)],
    ['people', plain(participants)],
    ['agenda', { currentItemId, items: items.map(({ id }) => id) }],
  ]);
  for (const item of items) entries.set(`item:${item.id}`, plain(item));
  return entries;
}

/** The view that entries tell of, or undefined while they are not all there. */
export function parseView(entry: (key: string) => unknown): MeetingView | undefined {
  const meeting = entry('meeting');
  const participants = entry('people');
  const agenda = entry('agenda') as { currentItemId: ItemId | null; items: string[] } | undefined;
  if (!meeting || !participants || !agenda) return undefined;
  const items = agenda.items.map((id) => entry(`item:${id}`));
  if (items.some((item) => item === undefined)) return undefined;
  // Only the server writes this document, by `viewEntries` above, so its shape is known.
  return {
    ...meeting,
    participants,
    items,
    currentItemId: agenda.currentItemId,
  } as unknown as MeetingView;
}

/** State of the domain is plain data; this only tells the compiler so. */
const plain = (value: object): Json => value as unknown as Json;
