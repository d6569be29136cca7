/** 次にすること: the one next step the chair's console proposes ([M9], [M10]). */
import { electorate, itemOf, quorumFor, type Room, type RoomItem } from './room.ts';
import type { ItemId } from './types.ts';

export type Step =
  | { readonly kind: 'openMeeting' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'startItem'; readonly itemId: ItemId }
  | { readonly kind: 'awaitQuorum'; readonly missing: number }
  | { readonly kind: 'openBallot'; readonly itemId: ItemId }
  | { readonly kind: 'openAll'; readonly itemIds: readonly ItemId[] }
  | { readonly kind: 'awaitBallots'; readonly itemId: ItemId; readonly missing: number }
  | { readonly kind: 'confirmPaper'; readonly itemId: ItemId }
  | { readonly kind: 'closeBallot'; readonly itemId: ItemId }
  | { readonly kind: 'revealBallot'; readonly itemId: ItemId }
  | { readonly kind: 'breakTie'; readonly itemId: ItemId }
  | { readonly kind: 'sumUp'; readonly itemId: ItemId }
  | { readonly kind: 'decideItem'; readonly itemId: ItemId }
  | { readonly kind: 'closeMeeting' }
  | { readonly kind: 'done' };

/** @param looked in a circulated meeting the item somebody looks at; no item is taken up there */
export function nextStep(room: Room, looked: ItemId | null = null): Step {
  if (room.phase === 'draft' || room.phase === 'preview') return { kind: 'openMeeting' };
  if (room.phase !== 'open') return { kind: 'done' };
  if (room.adjournedAt !== null) return { kind: 'resume' };
  if (room.gathering === 'circulated' && room.mode !== 'consensus') return circulated(room, looked);
  return itemStep(room, itemOf(room, room.currentItemId));
}

/** [M12] Everything is asked at once; then one item after the other is counted and decided. */
function circulated(room: Room, looked: ItemId | null): Step {
  const itemIds = room.items
    .filter((item) => item.state === 'waiting' && electorate(room, item).length > 0)
    .map(({ id }) => id);
  if (itemIds.length > 0) return { kind: 'openAll', itemIds };
  const unfinished = ({ state }: RoomItem) => state !== 'decided' && state !== 'deferred';
  const found = itemOf(room, looked);
  return itemStep(room, found && unfinished(found) ? found : room.items.find(unfinished));
}

function itemStep(room: Room, item: RoomItem | undefined): Step {
  switch (item?.state) {
    case 'discussing':
      return discussed(room, item);
    case 'rating': {
      const round = item.rounds.at(-1);
      const missing = (round?.electorate.length ?? 0) - (round?.turnout ?? 0);
      if (round?.paper.some(({ confirmed }) => !confirmed)) {
        return { kind: 'confirmPaper', itemId: item.id };
      }
      return missing > 0
        ? { kind: 'awaitBallots', itemId: item.id, missing }
        : { kind: 'closeBallot', itemId: item.id };
    }
    case 'counted':
      return { kind: 'revealBallot', itemId: item.id };
    case 'revealed':
      return (
        quorumStep(room, item) ?? {
          kind: room.mode === 'vote' && owesCastingVote(item) ? 'breakTie' : 'decideItem',
          itemId: item.id,
        }
      );
    default: {
      const next = nextItem(room);
      return next ? { kind: 'startItem', itemId: next } : { kind: 'closeMeeting' };
    }
  }
}

function discussed(room: Room, item: RoomItem): Step {
  const missing = quorumStep(room, item);
  if (room.mode !== 'consensus') {
    if (electorate(room, item).length === 0) return awaitQuorum(room, item);
    if (room.gathering !== 'circulated' && missing) return missing;
    return { kind: 'openBallot', itemId: item.id };
  }
  if (missing) return missing;
  return { kind: item.proposal ? 'decideItem' : 'sumUp', itemId: item.id };
}

/** [B15] A tie that the chair has not broken yet. */
function owesCastingVote(item: RoomItem): boolean {
  const round = item.rounds.at(-1);
  return (
    round?.result?.tallies.some(
      ({ criterionId, leading }) =>
        leading.length > 1 && !round.casting.some((vote) => vote.criterionId === criterionId),
    ) ?? false
  );
}

/** [D1] People may have left since the ballot was opened: a decision needs the quorum too. */
const quorumStep = (room: Room, item: RoomItem): Step | null =>
  quorumFor(room, item).met ? null : awaitQuorum(room, item);

function awaitQuorum(room: Room, item: RoomItem): Step {
  const { needed, present } = quorumFor(room, item);
  return { kind: 'awaitQuorum', missing: Math.max(1, needed - present) };
}

/** The item to take up next: the first unfinished one behind the current, then from the top. */
export function nextItem(room: {
  readonly currentItemId: ItemId | null;
  readonly items: readonly Pick<RoomItem, 'id' | 'state'>[];
}): ItemId | null {
  const at = room.items.findIndex(({ id }) => id === room.currentItemId);
  const order = [...room.items.slice(at + 1), ...room.items.slice(0, Math.max(at, 0))];
  const open = order.find(({ state }) => state !== 'decided' && state !== 'deferred');
  return open?.id ?? null;
}
