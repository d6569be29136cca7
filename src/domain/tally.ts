/** Counting one criterion of one round ([B6]). Pure arithmetic over ballots; decides nothing. */
import type { Ballot, Criterion, Elector, Tally } from './meeting.ts';

/**
 * @param ballots at most one per elector; ballots of others are not counted
 * @returns votes per option in the order of the criterion, and what follows from them
 */
export function tallyOf(
  criterion: Criterion,
  electorate: readonly Elector[],
  ballots: readonly Ballot[],
): Tally {
  const electors = new Set(electorate.map((elector) => elector.participantId));
  const choices = ballots
    .filter((ballot) => electors.has(ballot.participantId))
    .flatMap((ballot) => ballot.choices.filter((choice) => choice.criterionId === criterion.id));
  const counts = criterion.options.map((option) => ({
    optionId: option.id,
    votes: choices.filter((choice) => choice.optionId === option.id).length,
  }));
  const levels = counts.flatMap(({ votes }, level) => Array<number>(votes).fill(level));
  const most = Math.max(0, ...counts.map(({ votes }) => votes));
  // Of two middle votes the worse one: a median must not make a result look better than it was.
  const middle = levels[Math.floor(levels.length / 2)];
  return {
    criterionId: criterion.id,
    counts,
    abstained: choices.filter((choice) => choice.optionId === null).length,
    notVoted: electors.size - choices.length,
    median: middle === undefined ? null : (counts[middle]?.optionId ?? null),
    spread: (levels.at(-1) ?? 0) - (levels[0] ?? 0),
    leading: most === 0 ? [] : counts.filter(({ votes }) => votes === most).map((c) => c.optionId),
  };
}

/** [B7] Everybody who gave a level gave the same one, and at least one person did. */
export const isUnanimous = (tally: Tally): boolean =>
  tally.counts.filter(({ votes }) => votes > 0).length === 1;

/** [B9] Two levels apart or more: worth a discussion and another round. */
export const isDivided = (tally: Tally): boolean => tally.spread >= 2;
