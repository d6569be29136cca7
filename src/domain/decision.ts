/** 確定の規則: which method fits a tally, and when a reason must be given ([D2]–[D5]). */
import type {
  CastingVote,
  Criterion,
  DecidedRating,
  Objection,
  Rating,
  Round,
  Tally,
} from './meeting.ts';
import type { RefusalCode } from './refusal.ts';
import { isUnanimous } from './tally.ts';
import type { DecisionMethod, Mode, OptionId } from './types.ts';

type Proposal = {
  readonly ratings: readonly DecidedRating[];
  readonly method: DecisionMethod;
  readonly reason: string;
};

const ratingFor = (ratings: readonly Rating[], tally: Tally): OptionId | undefined =>
  ratings.find((rating) => rating.criterionId === tally.criterionId)?.optionId;

type PastRound = Pick<Round, 'status' | 'result' | 'casting'>;
type Revealed = Tally & { readonly casting: CastingVote | undefined };

/** Of each criterion the tally revealed last: a round may be about one of several criteria. */
function revealed(rounds: readonly PastRound[]): readonly Revealed[] {
  const tallies = rounds.flatMap(({ status, result, casting }) =>
    status === 'revealed'
      ? (result?.tallies ?? []).map((tally) => ({
          ...tally,
          casting: casting.find(({ criterionId }) => criterionId === tally.criterionId),
        }))
      : [],
  );
  return [...new Map(tallies.map((tally) => [tally.criterionId, tally])).values()];
}

/** Which methods belong to which legal mode ([M10]). */
export const methodsOf: Readonly<Record<Mode, readonly DecisionMethod[]>> = {
  hearing: ['heard'],
  consensus: ['noObjection', 'chairJudgement'],
  vote: ['unanimous', 'majority', 'chairOnTie', 'noObjection', 'chairJudgement'],
};

/** [D4] The rating is the only option with the most votes. */
const followsPlurality = (tally: Tally, ratings: readonly Rating[]): boolean =>
  tally.leading.length === 1 && tally.leading[0] === ratingFor(ratings, tally);

/** [D3] Two or more options share the most votes and the rating is the one of the casting vote. */
const breaksTie = (tally: Revealed, ratings: readonly Rating[]): boolean =>
  tally.leading.length > 1 && tally.casting?.optionId === ratingFor(ratings, tally);

/** [D2] Methods that speak of votes need votes on every criterion that is rated. */
function methodFits(
  method: DecisionMethod,
  tallies: readonly Revealed[],
  ratings: readonly Rating[],
): boolean {
  const follows = (tally: Revealed) => followsPlurality(tally, ratings);
  const voted = tallies.length === ratings.length && tallies.length > 0;
  switch (method) {
    case 'noObjection':
    case 'chairJudgement':
    case 'heard':
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

/**
 * [D5] A reason is owed when the chair judged alone or left the plurality; a tie was broken with a
 * reason of its own ([B15]).
 */
export function reasonRequired(
  { method, ratings }: { readonly method: DecisionMethod; readonly ratings: readonly Rating[] },
  rounds: readonly PastRound[],
): boolean {
  if (method === 'chairJudgement') return true;
  // [D9] Nothing is rated, so nothing leaves the plurality.
  if (method === 'heard') return false;
  const tallies = revealed(rounds);
  return !tallies.every(
    (tally) =>
      followsPlurality(tally, ratings) || (method === 'chairOnTie' && breaksTie(tally, ratings)),
  );
}

/** What the decision is taken on. */
export type Grounds = {
  readonly mode: Mode;
  readonly criteria: readonly Criterion[];
  readonly rounds: readonly PastRound[];
  readonly objections: readonly Objection[];
};

/** What is wrong with a proposed decision, or null. */
export function decisionObstacle(proposal: Proposal, grounds: Grounds): RefusalCode | null {
  const { ratings, method, reason } = proposal;
  const { mode, criteria, rounds, objections } = grounds;
  if (!methodsOf[mode].includes(method)) return 'method-does-not-fit';
  // [D9] 意見聴取 ends without a resolution: opinions and individual ratings stand for themselves.
  if (method === 'heard') return ratings.length === 0 ? null : 'mode-without-decision';
  const incomplete = ratingsObstacle(ratings, criteria);
  if (incomplete) return incomplete;
  // [D10] Whoever objected has withdrawn it, or the chair says why it is decided all the same.
  if (method === 'noObjection' && objections.length > 0) return 'objection-open';
  const tallies = revealed(rounds);
  if (method === 'chairOnTie' && tallies.some(lacksCastingVote)) return 'casting-vote-missing';
  if (!methodFits(method, tallies, ratings)) return 'method-does-not-fit';
  if (ratings.some((rating) => lacksReason(rating, criteria))) return 'reason-required';
  return reasonRequired(proposal, rounds) && reason.trim() === '' ? 'reason-required' : null;
}

/** [D12] Whatever the method, a criterion that asks for a reason gets one. */
const lacksReason = ({ criterionId, reason }: DecidedRating, criteria: readonly Criterion[]) =>
  reason.trim() === '' && (criteria.find(({ id }) => id === criterionId)?.asksReason ?? false);

const lacksCastingVote = ({ leading, casting }: Revealed): boolean =>
  leading.length > 1 && casting === undefined;

/** [D2] One known option per criterion. */
export function ratingsObstacle(
  ratings: readonly Rating[],
  criteria: readonly Criterion[],
): RefusalCode | null {
  if (ratings.length !== criteria.length) return 'ratings-incomplete';
  for (const criterion of criteria) {
    const rating = ratings.find(({ criterionId }) => criterionId === criterion.id);
    if (!rating) return 'ratings-incomplete';
    if (!criterion.options.some(({ id }) => id === rating.optionId)) return 'unknown-option';
  }
  return null;
}

/** [B15] The chair's own vote is legal only in a tie, and only for an option that shares it. */
export function castingObstacle(round: Round, vote: CastingVote): RefusalCode | null {
  const tally = round.result?.tallies.find(({ criterionId }) => criterionId === vote.criterionId);
  if (!tally) return 'unknown-criterion';
  if (tally.leading.length < 2) return 'no-tie';
  if (!tally.leading.includes(vote.optionId)) return 'unknown-option';
  return vote.reason.trim() === '' ? 'reason-required' : null;
}

/**
 * What follows from the last revealed ballot, for the chair to confirm: the leading option of each
 * criterion, the casting vote where there was a tie (none yet: none), and the method that fits.
 */
export function suggestedDecision({
  mode,
  rounds,
  objections,
  proposal,
}: Pick<Grounds, 'mode' | 'rounds' | 'objections'> & {
  readonly proposal: { readonly ratings: readonly Rating[] } | null;
}): { readonly ratings: readonly Rating[]; readonly method: DecisionMethod } {
  if (mode === 'hearing') return { ratings: [], method: 'heard' };
  const tallies = mode === 'consensus' ? [] : revealed(rounds);
  if (tallies.length === 0) {
    const method = objections.length > 0 ? 'chairJudgement' : 'noObjection';
    return { ratings: proposal?.ratings ?? [], method };
  }
  const ratings = tallies.flatMap(({ criterionId, leading, casting }) => {
    const optionId = leading.length > 1 ? casting?.optionId : leading[0];
    return optionId === undefined ? [] : [{ criterionId, optionId }];
  });
  // A criterion nobody voted on leaves no tie to break and nothing to follow.
  if (tallies.some(({ leading }) => leading.length === 0)) {
    return { ratings, method: 'chairJudgement' };
  }
  if (tallies.some(({ leading }) => leading.length > 1)) return { ratings, method: 'chairOnTie' };
  return { ratings, method: tallies.every(isUnanimous) ? 'unanimous' : 'majority' };
}
