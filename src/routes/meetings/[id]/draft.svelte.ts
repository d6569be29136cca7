/**
 * A half-filled ballot of one round: kept in this tab across reloads, never sent before 投票する, and
 * never touched by what other people do.
 */
import type { Choice, Criterion } from '#domain/meeting.ts';
import type { CriterionId, ItemId, OptionId, ParticipantId, RoundId } from '#domain/types.ts';

/** Stands for 棄権 among the options of a criterion. */
export const ABSTAIN = 'abstain';

export class BallotDraft {
  #key: string;
  /** By criterion: an option, ABSTAIN, or nothing yet. */
  picks = $state.raw<Readonly<Record<string, string>>>({});

  /** @param place the round, or the item of a private rating */
  constructor(place: RoundId | ItemId, me: ParticipantId, stored: readonly Choice[] | undefined) {
    this.#key = `kensho-ballot/${place}/${me}`;
    this.picks = this.#kept() ?? picksOf(stored ?? []);
  }

  pick(criterionId: CriterionId, value: string): void {
    this.picks = { ...this.picks, [criterionId]: value };
    sessionStorage.setItem(this.#key, JSON.stringify(this.picks));
  }

  /** What the server has takes over where nothing has been chosen here. */
  adopt(stored: readonly Choice[]): void {
    if (this.#kept() === undefined) this.picks = picksOf(stored);
  }

  missing(criteria: readonly Criterion[]): readonly Criterion[] {
    return criteria.filter(({ id }) => !this.picks[id]);
  }

  choices(criteria: readonly Criterion[]): readonly Choice[] {
    return choicesFrom(criteria, this.picks);
  }

  same(stored: readonly Choice[]): boolean {
    const picks = picksOf(stored);
    const ids = [...Object.keys(picks), ...Object.keys(this.picks)];
    return ids.every((id) => picks[id] === this.picks[id]);
  }

  /** Cast: from here on the server keeps it. */
  forget(): void {
    sessionStorage.removeItem(this.#key);
  }

  #kept(): Readonly<Record<string, string>> | undefined {
    if (typeof sessionStorage === 'undefined') return undefined;
    const kept = sessionStorage.getItem(this.#key);
    // Only this class writes the key, so its shape is known.
    return kept === null ? undefined : (JSON.parse(kept) as Record<string, string>);
  }
}

/** What was picked, in the order of the criteria. */
export const choicesFrom = (
  criteria: readonly Criterion[],
  picks: Readonly<Record<string, string>>,
): readonly Choice[] =>
  criteria.flatMap(({ id }) => {
    const pick = picks[id];
    if (!pick) return [];
    return [{ criterionId: id, optionId: pick === ABSTAIN ? null : (pick as OptionId) }];
  });

const picksOf = (choices: readonly Choice[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    choices.map(({ criterionId, optionId }) => [criterionId, optionId ?? ABSTAIN]),
  );
