/** What a field of a sheet is called in the form, and what somebody wrote there, for the notice of [W9]. */
import type { ProjectSheet, Quantity, SeriesPoint } from '#domain/sheet.ts';
import type { Clash } from '#domain/sheetmerge.ts';

/** The words of `sheetform.ts` that name fields. */
type Words = {
  readonly [
    Field in
      | 'no'
      | 'name'
      | 'sections'
      | 'goals'
      | 'pillar'
      | 'overview'
      | 'cost'
      | 'kpis'
      | 'kpiNote'
      | 'effects'
      | 'activities'
      | 'plans'
      | 'kind'
      | 'label'
      | 'direction'
      | 'printedRate'
      | 'printedJudgement'
      | 'comment'
      | 'otherField'
  ]: string;
} & {
  readonly kpi: (position: number) => string;
  readonly activity: (position: number) => string;
  readonly plan: (position: number) => string;
  readonly roles: Readonly<Record<'baseline' | 'actual' | 'target' | 'finalTarget', string>> &
    Readonly<Record<string, string>>;
};

const own: Readonly<Record<string, keyof Words>> = {
  no: 'no',
  name: 'name',
  sections: 'sections',
  strategyGoals: 'goals',
  pillar: 'pillar',
  overview: 'overview',
  costYen: 'cost',
  kpis: 'kpis',
  kpiNote: 'kpiNote',
  effects: 'effects',
  activities: 'activities',
  plans: 'plans',
};
const ofKpi: Readonly<Record<string, keyof Words>> = {
  kind: 'kind',
  label: 'label',
  direction: 'direction',
  statedRate: 'printedRate',
  statedJudgement: 'printedJudgement',
  comment: 'comment',
};

/** KPI 1 実績（令和6年度） */
export function placeOf(
  path: Clash['path'],
  sheet: ProjectSheet,
  t: Words,
  yearWord: (year: SeriesPoint['year']) => string,
): string {
  const [first = '', index, field, at, side] = path;
  const word = (name: keyof Words | undefined): string => {
    const found = name === undefined ? t.otherField : t[name];
    return typeof found === 'string' ? found : t.otherField;
  };
  if (typeof index !== 'number') return word(own[first]);
  if (first === 'activities') return t.activity(index + 1);
  if (first === 'plans') return t.plan(index + 1);
  if (first !== 'kpis') return word(own[first]);
  const kpi = t.kpi(index + 1);
  if (field === undefined) return kpi;
  if (field === 'series' && typeof at === 'number') {
    const year = yearWord(sheet.kpis[index]?.series[at]?.year ?? null);
    return `${kpi} ${t.roles[side ?? ''] ?? ''}（${year}）`;
  }
  return `${kpi} ${t.roles[field] ?? word(ofKpi[field])}`;
}

/** What the other one wrote, in one line; null where it is more than a line can say. */
export function wordsOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'string' || typeof value === 'number') return `${value}`;
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? value.join('、') : null;
  return isQuantity(value) ? value.text : null;
}

const isQuantity = (value: unknown): value is Quantity =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
