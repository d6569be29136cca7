/** Labels that belong to ids: ratings, and an item by its number and name. */
import type { Criterion, Rating } from '#domain/meeting.ts';
import type { Mode } from '#domain/types.ts';
import type { ItemView } from '#protocol/view.ts';

/** The short labels of ratings, in the order of the criteria. */
export const ratingsOf = (
  criteria: readonly Criterion[],
  ratings: readonly Rating[],
): readonly string[] => chosenOf(criteria, ratings).map(({ option }) => option.shortLabel);

/** Criterion and option of each rating, in the order of the criteria. */
export const chosenOf = <Given extends Rating>(
  criteria: readonly Criterion[],
  ratings: readonly Given[],
) =>
  criteria.flatMap((criterion) => {
    const rating = ratings.find(({ criterionId }) => criterionId === criterion.id);
    const option = criterion.options.find(({ id }) => id === rating?.optionId);
    return option && rating ? [{ criterion, option, rating }] : [];
  });

/** 2-2「住宅取得支援事業補助金」 */
export const itemTitle = ({ no, name }: Pick<ItemView, 'no' | 'name'>): string =>
  `${no ?? ''}「${name ?? ''}」`;

/** Words that another legal mode has in the place of the usual ones. */
export const inMode = <Usual extends object, Other extends object>(
  mode: Mode,
  usual: Usual,
  hearing: Other,
): Usual => (mode === 'hearing' ? { ...usual, ...hearing } : usual);

/** The choices of a form that rates every criterion: those that are made, in its order. */
export const ratingsFrom = (
  criteria: readonly Criterion[],
  picks: Readonly<Record<string, string>>,
): readonly Rating[] =>
  criteria.flatMap(({ id, options }) => {
    const option = options.find((each) => each.id === picks[id]);
    return option ? [{ criterionId: id, optionId: option.id }] : [];
  });
