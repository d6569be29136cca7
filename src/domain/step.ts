/** 次にすること: the one next step the chair's console proposes ([M9]). */
import { electorate, itemOf, type Room } from './obstacle.ts';
import { quorumOf } from './quorum.ts';
import type { ItemId } from './types.ts';

export type Step =
  | { readonly kind: 'openMeeting' }
  | { readonly kind: 'startItem'; readonly itemId: ItemId }
  | { readonly kind: 'awaitQuorum'; readonly missing: number }
  | { readonly kind: 'openBallot'; readonly itemId: ItemId }
  | { readonly kind: 'awaitBallots'; readonly itemId: ItemId; readonly missing: number }
  | { readonly kind: 'closeBallot'; readonly itemId: ItemId }
  | { readonly kind: 'revealBallot'; readonly itemId: ItemId }
  | { readonly kind: 'decideItem'; readonly itemId: ItemId }
  | { readonly kind: 'closeMeeting' }
  | { readonly kind: 'done' };

export function nextStep(room: Room): Step {
  if (room.phase === 'draft') return { kind: 'openMeeting' };
  if (room.phase === 'closed') return { kind: 'done' };
  const item = itemOf(room, room.currentItemId);
  switch (item?.state) {
    case 'discussing':
      return electorate(room, true).length === 0
        ? awaitQuorum(room)
        : (quorumStep(room) ?? { kind: 'openBallot', itemId: item.id });
    case 'rating': {
      const round = item.rounds.at(-1);
      const missing = (round?.electorate.length ?? 0) - (round?.voted.length ?? 0);
      return missing > 0
        ? { kind: 'awaitBallots', itemId: item.id, missing }
        : { kind: 'closeBallot', itemId: item.id };
    }
    case 'counted':
      return { kind: 'revealBallot', itemId: item.id };
    case 'revealed':
      return quorumStep(room) ?? { kind: 'decideItem', itemId: item.id };
    default: {
      const next = nextItem(room);
      return next ? { kind: 'startItem', itemId: next } : { kind: 'closeMeeting' };
    }
  }
}

/** [D1] People may have left since the ballot was opened: a decision needs the quorum too. */
const quorumStep = (room: Room): Step | null => (quorumOf(room).met ? null : awaitQuorum(room));

function awaitQuorum(room: Room): Step {
  const { needed, present } = quorumOf(room);
  return { kind: 'awaitQuorum', missing: Math.max(1, needed - present) };
}

/** The item to take up next: the first unfinished one behind the current, then from the top. */
export function nextItem(room: Room): ItemId | null {
  const at = room.items.findIndex(({ id }) => id === room.currentItemId);
  const order = [...room.items.slice(at + 1), ...room.items.slice(0, Math.max(at, 0))];
  const open = order.find(({ state }) => state !== 'decided' && state !== 'deferred');
  return open?.id ?? null;
}
