/** 確定の規則: which method fits a tally, and when a reason must be given ([D2]–[D5]). */
import type { Criterion, Rating, Round, Tally } from './meeting.ts';
import type { RefusalCode } from './refusal.ts';
import { isUnanimous } from './tally.ts';
import type { DecisionMethod, OptionId } from './types.ts';

type Proposal = {
  readonly ratings: readonly Rating[];
  readonly method: DecisionMethod;
  readonly reason: string;
};

const ratingFor = (ratings: readonly Rating[], tally: Tally): OptionId | undefined =>
  ratings.find((rating) => rating.criterionId === tally.criterionId)?.optionId;

/** Of each criterion the tally revealed last: a round may be about one of several criteria. */
function revealed(rounds: readonly Pick<Round, 'status' | 'result'>[]): readonly Tally[] {
  const tallies = rounds.flatMap(({ status, result }) =>
    status === 'revealed' ? (result?.tallies ?? []) : [],
  );
  return [...new Map(tallies.map((tally) => [tally.criterionId, tally])).values()];
}

/** [D4] The rating is the only option with the most votes. */
const followsPlurality = (tally: Tally, ratings: readonly Rating[]): boolean =>
  tally.leading.length === 1 && tally.leading[0] === ratingFor(ratings, tally);

/** [D3] Two or more options share the most votes and the chair chose one of them. */
const breaksTie = (tally: Tally, ratings: readonly Rating[]): boolean =>
  tally.leading.length > 1 && tally.leading.some((id) => id === ratingFor(ratings, tally));

/** [D2] Methods that speak of votes need votes on every criterion that is rated. */
function methodFits(
  method: DecisionMethod,
  tallies: readonly Tally[],
  ratings: readonly Rating[],
): boolean {
  const follows = (tally: Tally) => followsPlurality(tally, ratings);
  const voted = tallies.length === ratings.length && tallies.length > 0;
  switch (method) {
    case 'noObjection':
    case 'chairJudgement':
      return true;
    case 'unanimous':
      return voted && tallies.every((tally) => isUnanimous(tally) && follows(tally));
    case 'majority':
      return voted && tallies.every(follows);
    case 'chairOnTie':
      return (
        voted &&
        tallies.some((tally) => breaksTie(tally, ratings)) &&
        tallies.every((tally) => breaksTie(tally, ratings) || follows(tally))
      );
  }
}

/** [D5] A reason is owed when the chair broke a tie, judged alone, or left the plurality. */
export function reasonRequired(
  { method, ratings }: Omit<Proposal, 'reason'>,
  rounds: readonly Pick<Round, 'status' | 'result'>[],
): boolean {
  if (method === 'chairOnTie' || method === 'chairJudgement') return true;
  return !revealed(rounds).every((tally) => followsPlurality(tally, ratings));
}

/** What is wrong with a proposed decision, or null. */
export function decisionObstacle(
  proposal: Proposal,
  criteria: readonly Criterion[],
  rounds: readonly Pick<Round, 'status' | 'result'>[],
): RefusalCode | null {
  const { ratings, method, reason } = proposal;
  if (ratings.length !== criteria.length) return 'ratings-incomplete';
  for (const criterion of criteria) {
    const rating = ratings.find(({ criterionId }) => criterionId === criterion.id);
    if (!rating) return 'ratings-incomplete';
    if (!criterion.options.some(({ id }) => id === rating.optionId)) return 'unknown-option';
  }
  if (!methodFits(method, revealed(rounds), ratings)) return 'method-does-not-fit';
  return reasonRequired(proposal, rounds) && reason.trim() === '' ? 'reason-required' : null;
}

/**
 * What follows from the last revealed ballot, for the chair to confirm: the leading option of each
 * criterion (none where there is a tie) and the method that fits.
 */
export function suggestedDecision(rounds: readonly Pick<Round, 'status' | 'result'>[]): {
  readonly ratings: readonly Rating[];
  readonly method: DecisionMethod;
} {
  const tallies = revealed(rounds);
  const ratings = tallies.flatMap(({ criterionId, leading }) =>
    leading.length === 1 && leading[0] !== undefined ? [{ criterionId, optionId: leading[0] }] : [],
  );
  if (tallies.length === 0) return { ratings, method: 'noObjection' };
  // A criterion nobody voted on leaves no tie to break and nothing to follow.
  if (tallies.some(({ leading }) => leading.length === 0)) {
    return { ratings, method: 'chairJudgement' };
  }
  if (ratings.length < tallies.length) return { ratings, method: 'chairOnTie' };
  return { ratings, method: tallies.every(isUnanimous) ? 'unanimous' : 'majority' };
}
