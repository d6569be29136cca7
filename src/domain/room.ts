/**
 * 会議室: as much of a meeting as the rules need, which the view of every browser holds too; and who
 * in it votes and makes the quorum. Judges no action.
 */
import type { Elector, Meeting, Participant, Round } from './meeting.ts';
import type { MinutesState } from './confirmation.ts';
import { isRecused } from './permission.ts';
import { onCouncil, quorumOf, type Quorum } from './quorum.ts';
import type { ItemId } from './types.ts';

export type RoomRound = Pick<
  Round,
  | 'id'
  | 'status'
  | 'secrecy'
  | 'electorate'
  | 'voted'
  | 'turnout'
  | 'paper'
  | 'castingEnded'
  | 'casting'
  | 'result'
>;
export type RoomItem = Pick<
  Meeting['items'][number],
  'id' | 'state' | 'recused' | 'objections' | 'proposal'
> & {
  readonly rounds: readonly RoomRound[];
  readonly sections: readonly string[];
};
export type RoomPerson = Pick<Participant, 'id' | 'name' | 'role' | 'present' | 'affiliation'>;

/** What the rules need to know: a Meeting has it, and so has the view every browser holds. */
export type Room = Pick<
  Meeting,
  | 'phase'
  | 'mode'
  | 'gathering'
  | 'quorumRule'
  | 'chairVotes'
  | 'chairInQuorum'
  | 'currentItemId'
  | 'adjournedAt'
  | 'hands'
  | 'deputyId'
> & {
  readonly minutes: Pick<MinutesState, 'status' | 'deadline' | 'confirmed' | 'signers' | 'signed'>;
  readonly participants: readonly RoomPerson[];
  readonly items: readonly RoomItem[];
};

/** A meeting as the rules see it. */
export const roomOf = (meeting: Meeting): Room => ({
  ...meeting,
  items: meeting.items.map((item) => ({ ...item, sections: item.sheet.sections })),
});

/**
 * [B1] Electors are the present members, and the chair when the meeting says so; [B12] without those
 * who stand aside from the item. In a circulated meeting nobody is present and everybody is asked.
 */
export function electorate(room: Room, item: Pick<RoomItem, 'recused'>): readonly Elector[] {
  const everybody = room.gathering === 'circulated';
  return voters(room)
    .filter((person) => (everybody || person.present) && !isRecused(item, person.id))
    .map(elector);
}

/** Those who would vote and are not there. */
export function absentees(room: Room, item: Pick<RoomItem, 'recused'>): readonly Elector[] {
  if (room.gathering === 'circulated') return [];
  return voters(room)
    .filter((person) => !person.present && !isRecused(item, person.id))
    .map(elector);
}

/** Those who would vote and stand aside. */
export const recusedElectors = (room: Room, item: Pick<RoomItem, 'recused'>): readonly Elector[] =>
  voters(room)
    .filter((person) => isRecused(item, person.id))
    .map(elector);

const voters = (room: Room): readonly RoomPerson[] =>
  room.participants
    .filter(onCouncil)
    .filter((person) => person.role !== 'chair' || room.chairVotes);

const elector = ({ id, name }: RoomPerson): Elector => ({ participantId: id, name });

export const itemOf = <Found extends { readonly id: ItemId }>(
  room: { readonly items: readonly Found[] },
  id: ItemId | null | undefined,
): Found | undefined => room.items.find((item) => item.id === id);

/**
 * [M5] Whether enough are there. [M12] In a circulated meeting whoever has voted on the item is
 * there, and a ballot can be opened before anybody is.
 */
export function quorumFor(room: Room, item?: RoomItem): Quorum {
  const quorum = quorumOf(room);
  if (room.gathering !== 'circulated') return quorum;
  const present = item?.rounds.at(-1)?.turnout ?? 0;
  return { ...quorum, present, met: quorum.total > 0 && present >= quorum.needed };
}
