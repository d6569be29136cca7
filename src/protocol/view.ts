/**
 * What everybody in the room may see of a meeting, and nothing else: no ballot value before reveal,
 * no account, no sheet (pages load that). The server writes it into a Yjs document entry by entry.
 */
import type {
  Criterion,
  Decision,
  Heading,
  Item,
  Meeting,
  MeetingDetails,
} from '#domain/meeting.ts';
import type { RoomPerson } from '#domain/obstacle.ts';
import type { Instant, ItemId, MeetingId, Phase } from '#domain/types.ts';

export type PersonView = RoomPerson & {
  readonly affiliation: string;
  /** Whether the invitation has been accepted. */
  readonly joined: boolean;
};

export type ItemView = Pick<
  Item,
  'id' | 'sheetRev' | 'state' | 'startedAt' | 'rounds' | 'decision'
> & {
  readonly no: string | null;
  readonly name: string | null;
  readonly sections: readonly string[];
};

export type MeetingView = MeetingDetails & {
  readonly id: MeetingId;
  readonly rev: number;
  readonly phase: Phase;
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly criteria: readonly Criterion[];
  readonly headings: readonly Heading[];
  readonly participants: readonly PersonView[];
  readonly currentItemId: ItemId | null;
  readonly items: readonly ItemView[];
};

/** [P4] The one place where it is said what leaves the server for everybody. */
export function viewOf(meeting: Meeting): MeetingView {
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
    phase: meeting.phase,
    openedAt: meeting.openedAt,
    closedAt: meeting.closedAt,
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
    items: meeting.items.map(itemView),
  };
}

function itemView(item: Item): ItemView {
  const { id, sheet, sheetRev, state, startedAt, rounds } = item;
  const { no, name, sections } = sheet;
  return { id, no, name, sections, sheetRev, state, startedAt, rounds, decision: shown(item) };
}

/** The frozen opinions are read from their own document or the results page, not from the view. */
function shown({ decision }: Item): Decision | null {
  return decision && { ...decision, opinions: [] };
}

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
