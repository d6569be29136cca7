/**
 * 昨年度の会議: what an earlier meeting decided on the same project, and who may link it
 * [P11] [R11]. Tells no name and nothing that is not frozen.
 */
import type { Meeting } from './meeting.ts';
import type { ProjectSheet } from './sheet.ts';
import type { AccountId, Day, FiscalYear } from './types.ts';

export type PreviousOpinion = {
  readonly text: string;
  readonly reply: { readonly text: string; readonly due: Day | null } | null;
};

/** The decision on a project in the earlier meeting; labels as that meeting printed them. */
export type Previous = {
  readonly meetingTitle: string;
  readonly evaluatedYear: FiscalYear;
  readonly ratings: readonly { readonly criterion: string; readonly label: string }[];
  readonly opinions: readonly {
    readonly heading: string;
    readonly bullets: readonly PreviousOpinion[];
  }[];
};

/** [P11] Whether an account may link this meeting as an earlier one. */
export const mayLink = (earlier: Meeting | undefined, accountId: AccountId): boolean =>
  earlier?.participants.some(
    (person) => person.accountId === accountId && person.role === 'secretariat',
  ) ?? false;

/** [R11] null where the earlier meeting has no such project, several, or has not decided it. */
export function previousOf(
  earlier: Meeting,
  sheet: Pick<ProjectSheet, 'no' | 'name'>,
): Previous | null {
  const name = plain(sheet.name);
  if (name === '') return null;
  const named = earlier.items.filter((item) => plain(item.sheet.name) === name);
  const numbered = named.filter((item) => plain(item.sheet.no) === plain(sheet.no));
  // Projects are numbered anew each year: No only tells two of one name apart.
  const found = named.length > 1 ? numbered : named;
  const [item] = found;
  const decision = found.length === 1 ? item?.decision : null;
  if (!item || !decision) return null;
  return {
    meetingTitle: earlier.title,
    evaluatedYear: earlier.evaluatedYear,
    ratings: earlier.criteria.flatMap((criterion) => {
      const chosen = decision.ratings.find(({ criterionId }) => criterionId === criterion.id);
      const option = criterion.options.find(({ id }) => id === chosen?.optionId);
      return option ? [{ criterion: criterion.name, label: option.label }] : [];
    }),
    opinions: decision.opinions.map(({ headingId, heading, bullets }) => ({
      heading,
      bullets: bullets.map((text, bullet) => {
        const reply = item.replies.find(
          (each) => each.headingId === headingId && each.bullet === bullet,
        );
        return { text, reply: reply ? { text: reply.text, due: reply.due } : null };
      }),
    })),
  };
}

/** Width, spaces and the many dashes of Japanese typing make no difference. */
const plain = (text: string | null): string =>
  (text ?? '')
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[‐‑‒–—―−ー-]/gu, '-')
    .toLowerCase();
