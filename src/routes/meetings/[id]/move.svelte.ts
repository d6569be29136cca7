/**
 * The next step of the console together with what is filled in for it: the ballot's secrecy, a
 * summing-up, a casting vote. Which step comes next is `domain/step.ts`.
 */
import type { Command } from '#domain/command.ts';
import type { Criterion, Round } from '#domain/meeting.ts';
import { itemOf } from '#domain/room.ts';
import { nextItem, nextStep, type Step } from '#domain/step.ts';
import type { ItemId, OptionId, Secrecy } from '#domain/types.ts';
import type { ItemView } from '#protocol/view.ts';
import type { Desk } from './desk.svelte.ts';
import { ratingsFrom } from './wording.ts';

export class Move {
  readonly #desk: Desk;
  #secrecy = $state<Secrecy | undefined>();
  #picks = $state.raw<{ readonly of: string; readonly picks: Readonly<Record<string, string>> }>({
    of: '',
    picks: {},
  });
  #tie = $state.raw({ of: '', optionId: '', reason: '' });

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get step(): Step {
    return nextStep(this.#desk.view, this.#desk.item?.id ?? null);
  }

  /** The item the step is about; nothing is taken up in a circulated meeting. */
  get current(): ItemView | undefined {
    const { view } = this.#desk;
    const { step } = this;
    if (view.gathering !== 'circulated') return itemOf(view, view.currentItemId);
    const about = 'itemId' in step && step.kind !== 'startItem' ? step.itemId : view.currentItemId;
    return itemOf(view, about);
  }

  get round(): Round | undefined {
    return this.current?.rounds.at(-1);
  }

  /** Before an item runs, the one the chair looks at is the one that is started. */
  get toStart(): ItemView | undefined {
    if (this.step.kind !== 'startItem') return undefined;
    const { view, item, elsewhere } = this.#desk;
    const chosen = item && elsewhere && !this.#desk.obstacle('startItem', item.id);
    return chosen ? item : itemOf(view, nextItem(view));
  }

  /** As the last ballot of this meeting was held, until somebody says otherwise. */
  get secrecy(): Secrecy {
    const rounds = this.#desk.view.items.flatMap((item) => item.rounds);
    const last = rounds.toSorted((one, other) => one.openedAt - other.openedAt).at(-1);
    return this.#secrecy ?? last?.secrecy ?? 'named';
  }

  set secrecy(secrecy: Secrecy) {
    this.#secrecy = secrecy;
  }

  openBallot(itemId: ItemId, secrecy = this.secrecy): Extract<Command, { type: 'openBallot' }> {
    const criterionIds = this.#desk.view.criteria.map(({ id }) => id);
    return { type: 'openBallot', itemId, criterionIds, secrecy };
  }

  /** Belongs to one item and one proposal: the next one starts from what was proposed before. */
  get picks(): Readonly<Record<string, string>> {
    const { current } = this;
    if (this.#picks.of === this.#key) return this.#picks.picks;
    const proposed = current?.proposal?.ratings ?? [];
    return Object.fromEntries(proposed.map(({ criterionId, optionId }) => [criterionId, optionId]));
  }

  pick(criterionId: string, optionId: string): void {
    this.#picks = { of: this.#key, picks: { ...this.picks, [criterionId]: optionId } };
  }

  get #key(): string {
    return `${this.current?.id ?? ''}/${this.current?.proposal?.proposedAt ?? ''}`;
  }

  get missing(): readonly Criterion[] {
    return this.#desk.view.criteria.filter(({ id }) => !this.picks[id]);
  }

  sumUp(itemId: ItemId): Extract<Command, { type: 'sumUp' }> {
    return { type: 'sumUp', itemId, ratings: ratingsFrom(this.#desk.view.criteria, this.picks) };
  }

  /** The first criterion on which the chair still owes a casting vote ([B15]). */
  get tied(): { readonly criterion: Criterion; readonly options: readonly OptionId[] } | undefined {
    const { round } = this;
    for (const { criterionId, leading } of round?.result?.tallies ?? []) {
      const broken = round?.casting.some((vote) => vote.criterionId === criterionId) ?? false;
      const criterion = round?.criteria.find(({ id }) => id === criterionId);
      if (leading.length > 1 && !broken && criterion) return { criterion, options: leading };
    }
    return undefined;
  }

  get tie(): { readonly optionId: string; readonly reason: string } {
    return this.#tie.of === this.#tieKey ? this.#tie : { optionId: '', reason: '' };
  }

  set tie({ optionId, reason }: { readonly optionId: string; readonly reason: string }) {
    this.#tie = { of: this.#tieKey, optionId, reason };
  }

  get #tieKey(): string {
    return `${this.round?.id ?? ''}/${this.tied?.criterion.id ?? ''}`;
  }

  breakTie(itemId: ItemId): Extract<Command, { type: 'breakTie' }> | undefined {
    const { round, tied, tie } = this;
    if (!round || !tied) return undefined;
    const optionId = tied.options.find((id) => id === tie.optionId) ?? ('' as OptionId);
    const criterionId = tied.criterion.id;
    return {
      type: 'breakTie',
      itemId,
      roundId: round.id,
      criterionId,
      optionId,
      reason: tie.reason,
    };
  }
}
