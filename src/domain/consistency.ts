/**
 * 整合の確認: decided ratings that do not seem to go together ([C1]–[C4]), for those who conduct the
 * meeting to look at before it closes. It asks and changes nothing: unlike ratings may be right.
 */
import { judge } from './kpi.ts';
import type { Criterion, Item, Meeting } from './meeting.ts';
import { previousOf } from './previous.ts';
import type { Kpi } from './sheet.ts';
import type { ItemId } from './types.ts';

export type Compared = {
  readonly itemId: ItemId;
  readonly no: string | null;
  readonly name: string | null;
  /** As decided. */
  readonly label: string;
  /** KPIs that were reached, of those that can be judged. */
  readonly achieved: number;
  readonly judged: number;
};

export type Doubt = {
  readonly criterion: string;
  readonly items: readonly Compared[];
} & (
  | { readonly rule: 'sameKpi'; readonly kpi: string }
  | { readonly rule: 'sameRating' }
  | { readonly rule: 'drift'; readonly lastYear: string; readonly levels: number }
);

type Rated = Compared & { readonly item: Item; readonly level: number };

/** Two levels or more are called a drift. */
const DRIFT = 2;

/** @param earlier last year's meeting, where it is linked */
export function consistencyOf(meeting: Meeting, earlier?: Meeting): readonly Doubt[] {
  return meeting.criteria.flatMap((criterion) => {
    const rated = ratedBy(meeting, criterion);
    return [
      ...sameKpi(meeting, criterion, rated),
      ...sameRating(criterion, rated),
      ...(earlier ? drift(criterion, rated, earlier) : []),
    ];
  });
}

/** [C4] Only what was decided. */
function ratedBy({ items, evaluatedYear }: Meeting, criterion: Criterion): readonly Rated[] {
  return items.flatMap((item) => {
    const chosen = item.decision?.ratings.find(({ criterionId }) => criterionId === criterion.id);
    const level = criterion.options.findIndex(({ id }) => id === chosen?.optionId);
    const option = criterion.options[level];
    if (!option) return [];
    const { no, name, kpis } = item.sheet;
    const judgements = kpis.map((kpi) => judge(kpi, evaluatedYear).judgement);
    const achieved = judgements.filter((each) => each === 'achieved').length;
    const judged = achieved + judgements.filter((each) => each === 'missed').length;
    return [{ itemId: item.id, no, name, label: option.label, achieved, judged, item, level }];
  });
}

const comparedOf = ({ itemId, no, name, label, achieved, judged }: Rated): Compared => ({
  itemId,
  no,
  name,
  label,
  achieved,
  judged,
});

/** [C1] One KPI with the same figures, rated differently. */
function sameKpi(
  { evaluatedYear }: Meeting,
  criterion: Criterion,
  rated: readonly Rated[],
): Doubt[] {
  const found = new Map<string, { kpi: string; items: Set<Rated> }>();
  for (const each of rated) {
    for (const kpi of each.item.sheet.kpis) {
      if (plain(kpi.label) === '') continue;
      const key = keyOf(kpi, evaluatedYear);
      const known = found.get(key) ?? { kpi: kpi.label ?? '', items: new Set() };
      known.items.add(each);
      found.set(key, known);
    }
  }
  return [...found.values()]
    .filter(({ items }) => new Set([...items].map(({ level }) => level)).size > 1)
    .map(({ kpi, items }) => ({
      rule: 'sameKpi',
      criterion: criterion.name,
      kpi,
      items: [...items].map(comparedOf),
    }));
}

function keyOf(kpi: Kpi, year: number): string {
  const point = kpi.series.find((each) => each.year === year || each.year === null);
  const figures = [kpi.baseline, kpi.finalTarget, point?.target, point?.actual];
  return JSON.stringify([plain(kpi.label), ...figures.map((each) => plain(each?.text ?? ''))]);
}

/** [C2] One rating for a project that reached all its KPIs and for one that reached none. */
function sameRating(criterion: Criterion, rated: readonly Rated[]): Doubt[] {
  return criterion.options.flatMap((_, level): Doubt[] => {
    const those = rated.filter((each) => each.level === level && each.judged > 0);
    const all = those.filter(({ achieved, judged }) => achieved === judged);
    const none = those.filter(({ achieved }) => achieved === 0);
    if (all.length === 0 || none.length === 0) return [];
    const items = [...all, ...none].map(comparedOf);
    return [{ rule: 'sameRating', criterion: criterion.name, items }];
  });
}

/** [C3] Two levels or more from last year's rating of the project, on the same scale. */
function drift(criterion: Criterion, rated: readonly Rated[], earlier: Meeting): Doubt[] {
  return rated.flatMap((each): Doubt[] => {
    const last = previousOf(earlier, each.item.sheet)?.ratings.find(
      (rating) => rating.criterion === criterion.name,
    )?.label;
    const before = criterion.options.findIndex(({ label }) => label === last);
    const levels = before - each.level;
    if (last === undefined || before < 0 || Math.abs(levels) < DRIFT) return [];
    const items = [comparedOf(each)];
    return [{ rule: 'drift', criterion: criterion.name, items, lastYear: last, levels }];
  });
}

const plain = (text: string | null): string =>
  (text ?? '').normalize('NFKC').replace(/[\s,]/gu, '');
