/**
 * The decision a chair is about to take: what follows from the ballot, changed by hand, and what is
 * still missing. The rules are those of `domain/decision.ts`; the KPI has no say in it.
 */
import {
  decisionObstacle,
  reasonRequired,
  suggestedDecision,
  type Grounds,
} from '#domain/decision.ts';
import type { Command } from '#domain/command.ts';
import type { Criterion, DecidedRating } from '#domain/meeting.ts';
import { itemOf } from '#domain/room.ts';
import type { CriterionId, DecisionMethod, OptionId } from '#domain/types.ts';
import { decisionMethods } from '#domain/types.ts';
import type { ItemView } from '#protocol/view.ts';
import type { Desk } from './desk.svelte.ts';

export class Verdict {
  #desk: Desk;
  #made: ItemView;
  picks = $state.raw<Readonly<Record<string, OptionId>>>({});
  #method = $state<DecisionMethod | undefined>(undefined);
  reason = $state('');
  /** By criterion, where it asks for one ([D12]). */
  reasons = $state.raw<Readonly<Record<string, string>>>({});

  /** Made anew for every item and round, so a suggestion never belongs to another ballot. */
  constructor(desk: Desk, item: ItemView) {
    this.#desk = desk;
    this.#made = item;
    const { ratings } = suggestedDecision({ ...item, mode: desk.view.mode });
    this.picks = Object.fromEntries(
      ratings.map(({ criterionId, optionId }) => [criterionId, optionId]),
    );
  }

  /** As it stands now: an objection may come while the form is open. */
  get #item(): ItemView {
    return itemOf(this.#desk.view, this.#made.id) ?? this.#made;
  }

  get #criteria(): readonly Criterion[] {
    return this.#desk.view.criteria;
  }

  get #grounds(): Grounds {
    return { ...this.#item, mode: this.#desk.view.mode, criteria: this.#criteria };
  }

  get command(): Extract<Command, { type: 'decideItem' }> {
    const { ratings, method, reason } = this;
    return { type: 'decideItem', itemId: this.#item.id, ratings, method, reason };
  }

  pick(criterionId: CriterionId, optionId: OptionId): void {
    this.picks = { ...this.picks, [criterionId]: optionId };
  }

  explain(criterionId: CriterionId, reason: string): void {
    this.reasons = { ...this.reasons, [criterionId]: reason };
  }

  get ratings(): readonly DecidedRating[] {
    // [D9] 意見聴取 gives no rating of its own.
    if (this.#desk.view.mode === 'hearing') return [];
    return this.#criteria.flatMap(({ id }) => {
      const optionId = this.picks[id];
      return optionId ? [{ criterionId: id, optionId, reason: this.reasons[id] ?? '' }] : [];
    });
  }

  get missing(): readonly Criterion[] {
    if (this.#desk.view.mode === 'hearing') return [];
    return this.#criteria.filter(({ id }) => !this.picks[id]);
  }

  /** The methods that fit what is chosen, in the order of the law's usual list. */
  get methods(): readonly DecisionMethod[] {
    return decisionMethods.filter((method) => this.#fits(method));
  }

  /** The chosen method as long as it fits, else the one that follows from the ballot. */
  get method(): DecisionMethod {
    const { methods } = this;
    if (this.#method && methods.includes(this.#method)) return this.#method;
    const { method } = suggestedDecision({ ...this.#item, mode: this.#desk.view.mode });
    return methods.includes(method) ? method : (methods.at(-1) ?? 'chairJudgement');
  }

  set method(method: DecisionMethod) {
    this.#method = method;
  }

  get reasonRequired(): boolean {
    return reasonRequired({ ratings: this.ratings, method: this.method }, this.#item.rounds);
  }

  /** The first criterion whose reason is missing. */
  get unexplained(): Criterion | undefined {
    return this.#criteria.find(
      ({ id, asksReason }) => asksReason && this.picks[id] && !this.reasons[id]?.trim(),
    );
  }

  get obstacle() {
    const { ratings, method, reason } = this;
    return decisionObstacle({ ratings, method, reason }, this.#grounds);
  }

  #fits(method: DecisionMethod): boolean {
    // Whether a reason is there is another question than whether the method fits.
    const ratings = this.ratings.map((rating) => ({ ...rating, reason: '-' }));
    const proposal = { ratings, method, reason: '-' };
    const code = decisionObstacle(proposal, this.#grounds);
    return code !== 'method-does-not-fit';
  }
}
