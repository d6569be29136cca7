/**
 * What one person looks at: the chair's item, or another one they have chosen. Following is the
 * normal state; looking elsewhere never moves anybody else.
 */
import { obstacle } from '#domain/obstacle.ts';
import {
  conducting,
  effectiveRole,
  isLate,
  isRecused,
  mayEver,
  opinionsAccess,
  roleWithoutItem,
} from '#domain/permission.ts';
import { itemOf } from '#domain/room.ts';
import { nextItem } from '#domain/step.ts';
import type { CommandType } from '#domain/command.ts';
import type { Instant, ItemId, ParticipantId, Role, RoundId } from '#domain/types.ts';
import type { ItemView, MeetingView, PersonView } from '#protocol/view.ts';
import type { LiveMeeting } from '$lib/live/meeting.svelte.ts';

export class Desk {
  readonly meeting: LiveMeeting;
  readonly myId: ParticipantId;
  readonly #clock: { readonly now: Instant };
  #chosen = $state<ItemId | null>(null);

  constructor(
    meeting: LiveMeeting,
    myId: ParticipantId,
    chosen: ItemId | null,
    clock: { readonly now: Instant },
  ) {
    this.meeting = meeting;
    this.myId = myId;
    this.#clock = clock;
    this.#chosen = chosen;
  }

  get view(): MeetingView {
    return this.meeting.view;
  }

  /** The role that counts now: the vice chair stands in where no chair is present. */
  get role(): Role {
    const { me } = this;
    return me ? effectiveRole(me, this.view, this.item) : 'observer';
  }

  /**
   * Runs the room, whatever is possible at the moment. A chair who stands aside from the item has
   * it back where the item is over, or not yet begun: the next one is theirs to take up.
   */
  get conducts(): boolean {
    if (mayEver(this.role, 'startItem')) return true;
    const state = this.item?.state;
    const resting = state === 'waiting' || state === 'decided' || state === 'deferred';
    return resting && (mayEver(this.#roleWithout, 'startItem') || this.may('giveFloor'));
  }

  /** The role on what concerns no item. */
  get #roleWithout(): Role {
    const { me } = this;
    return me ? effectiveRole(me, this.view) : 'observer';
  }

  /** The own seat. */
  get me(): PersonView | undefined {
    return this.view.participants.find(({ id }) => id === this.myId);
  }

  /** Who has the chair's rights on the item, or undefined when nobody can conduct. */
  get holder(): PersonView | undefined {
    return this.holderOf(this.item);
  }

  holderOf(item: ItemView | undefined): PersonView | undefined {
    return this.view.participants.find(
      (person) => effectiveRole(person, this.view, item) === 'chair' && person.present,
    );
  }

  /** [P10] Stands aside from the item that is looked at, until it is decided. */
  get aside(): boolean {
    return this.item?.state !== 'decided' && isRecused(this.item, this.myId);
  }

  /** Speaking in turn: while the meeting is held, and not during a break or by circulation. */
  get hasFloor(): boolean {
    const { phase, adjournedAt, gathering } = this.view;
    const held = phase === 'open' && adjournedAt === null && gathering !== 'circulated';
    return held && this.may('raiseHand');
  }

  /** An open ballot that waits for this person. */
  owesVote({ state, rounds }: ItemView): boolean {
    const round = rounds.at(-1);
    return (
      state === 'rating' &&
      round?.electorate.some(({ participantId }) => participantId === this.myId) === true &&
      !round.voted.includes(this.myId) &&
      !this.hasVoted(round.id)
    );
  }

  name(id: ParticipantId | null): string {
    return this.view.participants.find((person) => person.id === id)?.name ?? '';
  }

  /** The item everybody is at; before the first and after the last one the next to be taken up. */
  get chairItem(): ItemView | undefined {
    const { view } = this;
    return itemOf(view, view.currentItemId) ?? itemOf(view, nextItem(view)) ?? view.items[0];
  }

  get item(): ItemView | undefined {
    return itemOf(this.view, this.#chosen) ?? this.chairItem;
  }

  get elsewhere(): boolean {
    return this.item?.id !== this.chairItem?.id;
  }

  get position(): number {
    return this.view.items.findIndex(({ id }) => id === this.item?.id) + 1;
  }

  get opinions(): 'none' | 'read' | 'write' {
    const { item } = this;
    return item
      ? opinionsAccess(
          this.role,
          this.view.phase,
          item.state,
          isRecused(item, this.myId),
          isLate(this.view, this.#clock.now),
        )
      : 'none';
  }

  /** The server has a ballot of mine in this round; in a secret one nobody else knows. */
  hasVoted(roundId: RoundId): boolean {
    return this.meeting.ballots[roundId] !== undefined;
  }

  /** Whether the role has this right at all. */
  may(type: CommandType): boolean {
    const { me, view } = this;
    const role = me && conducting.includes(type) ? roleWithoutItem(me, view) : this.role;
    return mayEver(role, type);
  }

  /** The first reason why this person cannot do this now, in a code of the messages. */
  obstacle(type: CommandType, itemId?: ItemId, participantId?: ParticipantId | null) {
    return obstacle(this.view, this.myId, {
      type,
      ...(itemId ? { itemId } : {}),
      ...(participantId === undefined ? {} : { participantId }),
    });
  }

  look(id: ItemId): void {
    this.#chosen = id;
    this.settle();
  }

  follow(): void {
    this.#chosen = null;
    this.settle();
  }

  /**
   * Called whenever the chair's item changes: who is met by the chair follows again, and others see
   * beside the name who does not.
   */
  settle(): void {
    if (!this.elsewhere) this.#chosen = null;
    this.meeting.document?.awareness.setLocalStateField('elsewhere', this.elsewhere);
  }
}
