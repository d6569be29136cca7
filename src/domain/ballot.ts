/** 投票用紙: what makes the choices of one ballot complete ([B3]). */
import type { Choice, Criterion } from './meeting.ts';
import type { RefusalCode } from './refusal.ts';

/** [B3] One choice per criterion of the round, each a known option or 棄権. */
export function choicesObstacle(
  criteria: readonly Criterion[],
  choices: readonly Choice[],
): RefusalCode | null {
  if (choices.length !== criteria.length) return 'choices-incomplete';
  for (const { id, options } of criteria) {
    const choice = choices.find(({ criterionId }) => criterionId === id);
    if (!choice) return 'choices-incomplete';
    const { optionId } = choice;
    if (optionId !== null && !options.some((option) => option.id === optionId)) {
      return 'unknown-option';
    }
  }
  return null;
}

/** Whether two ballots say the same, in whatever order. */
export const sameChoices = (one: readonly Choice[], other: readonly Choice[]): boolean =>
  one.length === other.length &&
  one.every(({ criterionId, optionId }) =>
    other.some((each) => each.criterionId === criterionId && each.optionId === optionId),
  );
