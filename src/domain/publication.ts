/**
 * 公表: what of a published meeting everybody may read ([R16]). No participant, no ballot of anybody,
 * no reason of a decision, no question: what is not named here does not leave. Ratings of last year without
 * their opinions.
 */
import type { Criterion, Item, Meeting, Tally } from './meeting.ts';
import { previousOf } from './previous.ts';
import type { OpinionReply, ProjectSheet } from './sheet.ts';
import type { Day, FiscalYear, Instant, Mode } from './types.ts';

export type PublicRating = {
  readonly criterion: string;
  readonly label: string;
  /** Empty where the criterion asks for none ([D12]). */
  readonly reason: string;
  /** Against last year on the same scale; null where they cannot be compared. */
  readonly change: 'better' | 'same' | 'worse' | null;
  /** As last year's meeting printed it. */
  readonly lastYear: string | null;
};

/** [D9] 意見聴取 has no rating of its own: how many gave which, without names. */
export type PublicDistribution = {
  readonly criterion: string;
  readonly counts: readonly { readonly label: string; readonly votes: number }[];
  readonly abstained: number;
};

export type PublicProject = Pick<
  ProjectSheet,
  'no' | 'name' | 'sections' | 'strategyGoals' | 'overview' | 'costYen' | 'kpis' | 'kpiNote'
> & {
  readonly state: 'decided' | 'deferred';
  readonly ratings: readonly PublicRating[];
  readonly distributions: readonly PublicDistribution[];
  readonly opinions: readonly {
    readonly heading: string;
    readonly bullets: readonly { readonly text: string; readonly reply: OpinionReply | null }[];
  }[];
};

export type Publication = {
  readonly slug: string;
  readonly title: string;
  readonly municipality: string;
  readonly evaluatedYear: FiscalYear;
  readonly heldOn: Day;
  readonly mode: Mode;
  /** リハーサル: nothing in it is a result of anything. */
  readonly rehearsal: boolean;
  readonly publishedAt: Instant;
  readonly criteria: readonly string[];
  readonly projects: readonly PublicProject[];
};

/** [R16] Null while the meeting is not public. `earlier` is last year's meeting, if it is linked. */
export function publicationOf(meeting: Meeting, earlier?: Meeting): Publication | null {
  const { publication, phase } = meeting;
  if (!publication || phase !== 'published') return null;
  return {
    slug: publication.slug,
    title: meeting.title,
    municipality: meeting.municipality,
    evaluatedYear: meeting.evaluatedYear,
    heldOn: meeting.heldOn,
    mode: meeting.mode,
    rehearsal: meeting.rehearsal,
    publishedAt: publication.publishedAt,
    criteria: meeting.criteria.map(({ name }) => name),
    projects: meeting.items.map((item) => projectOf(meeting, item, earlier)),
  };
}

function projectOf(meeting: Meeting, item: Item, earlier: Meeting | undefined): PublicProject {
  const { no, name, sections, strategyGoals, overview, costYen, kpis, kpiNote } = item.sheet;
  const { decision } = item;
  return {
    ...{ no, name, sections, strategyGoals, overview, costYen, kpis, kpiNote },
    state: decision ? 'decided' : 'deferred',
    ratings: decision ? ratingsOf(meeting, item, earlier) : [],
    distributions: decision && meeting.mode === 'hearing' ? distributionsOf(item) : [],
    opinions: (decision?.opinions ?? []).flatMap(({ headingId, heading, bullets }) =>
      bullets.length === 0
        ? []
        : [
            {
              heading,
              bullets: bullets.map((text, bullet) => {
                const found = item.replies.find(
                  (each) => each.headingId === headingId && each.bullet === bullet,
                );
                return { text, reply: found ? { text: found.text, due: found.due } : null };
              }),
            },
          ],
    ),
  };
}

function ratingsOf(
  { criteria }: Meeting,
  { decision, sheet }: Item,
  earlier: Meeting | undefined,
): readonly PublicRating[] {
  const last = earlier ? previousOf(earlier, sheet) : null;
  return criteria.flatMap((criterion) => {
    const chosen = decision?.ratings.find(({ criterionId }) => criterionId === criterion.id);
    const level = criterion.options.findIndex(({ id }) => id === chosen?.optionId);
    const option = criterion.options[level];
    if (!option) return [];
    const before = last?.ratings.find((rating) => rating.criterion === criterion.name)?.label;
    return [
      {
        criterion: criterion.name,
        label: option.label,
        reason: chosen?.reason ?? '',
        change: before === undefined ? null : changeOf(criterion, level, before),
        lastYear: before ?? null,
      },
    ];
  });
}

/** [B2] Options are ordered, best first; another scale has other labels and cannot be compared. */
function changeOf({ options }: Criterion, level: number, before: string): PublicRating['change'] {
  const last = options.findIndex(({ label }) => label === before);
  if (last < 0) return null;
  return last === level ? 'same' : level < last ? 'better' : 'worse';
}

/** Of each criterion the count that was shown last. */
export function distributionsOf({ rounds }: Item): readonly PublicDistribution[] {
  const last = new Map<string, { criterion: Criterion; tally: Tally }>();
  for (const { status, result, criteria } of rounds) {
    if (status !== 'revealed') continue;
    for (const tally of result?.tallies ?? []) {
      const criterion = criteria.find(({ id }) => id === tally.criterionId);
      if (criterion) last.set(criterion.id, { criterion, tally });
    }
  }
  return [...last.values()].map(({ criterion, tally }) => ({
    criterion: criterion.name,
    counts: criterion.options.map(({ id, label }) => ({
      label,
      votes: tally.counts.find(({ optionId }) => optionId === id)?.votes ?? 0,
    })),
    abstained: tally.abstained,
  }));
}
