/**
 * KPIからみた目安: which level a generation of the national definition would give the figures. It is
 * evidence for people, never a rating: where the definition has a hole it says "cannot tell"
 * ([K19]–[K21]; domain.md §2).
 */
import Big from 'big.js';
import { judge, type Judged } from './kpi.ts';
import type { Kpi, ProjectSheet } from './sheet.ts';
import type { FiscalYear, Guide } from './types.ts';
import { compareUnits } from './unit.ts';

/** 4 best … 1 worst, as the national four levels are numbered. */
export type Level = 4 | 3 | 2 | 1;

/** Why no level follows from the figures. */
export type Hole =
  | 'no-kpi' // nothing to look at
  | 'not-judged' // no actual, no target, a direction nobody has confirmed
  | 'between' // 80 % to 100 %: the definition of 2015 says nothing
  | 'no-baseline' // whether it is better than before cannot be said
  | 'unmoved' // neither better nor worse than before
  | 'disagree'; // several KPIs, several levels

/** What one KPI says by itself. */
export type KpiGuide = {
  /** Place of the KPI in the sheet. */
  readonly index: number;
  readonly judged: Judged;
  /** Against the start: in the wanted direction, back, or where it was; null where unknown. */
  readonly moved: 'forward' | 'back' | 'unmoved' | null;
  readonly level: Level | null;
  readonly hole: Hole | null;
};
export type Guidance = {
  readonly generation: Exclude<Guide, 'off'>;
  readonly level: Level | null;
  readonly hole: Hole | null;
  /** The KPIs that decided it; all of them where none did alone. */
  readonly deciding: readonly number[];
  readonly kpis: readonly KpiGuide[];
};

/** The level the figures of a project suggest by one generation of the definition. */
export function guideFor(
  sheet: ProjectSheet,
  evaluatedYear: FiscalYear,
  generation: Exclude<Guide, 'off'>,
): Guidance {
  const kpis = sheet.kpis.map((kpi, index) => kpiGuide(kpi, index, evaluatedYear));
  const all = kpis.map(({ index }) => index);
  if (kpis.length === 0) return { generation, level: null, hole: 'no-kpi', deciding: [], kpis };
  const { level, hole, deciding } = generation === '2015' ? by2015(kpis) : by2016(kpis);
  return { generation, level, hole, deciding: deciding ?? all, kpis };
}

type Verdict = {
  readonly level: Level | null;
  readonly hole: Hole | null;
  readonly deciding?: readonly number[];
};

/** [K19] Each KPI by itself; the project has a level only where all of them say the same. */
function by2015(kpis: readonly KpiGuide[]): Verdict {
  const silent = kpis.filter(({ level }) => level === null);
  if (silent.length > 0) {
    return {
      level: null,
      hole: silent[0]?.hole ?? 'not-judged',
      deciding: silent.map(({ index }) => index),
    };
  }
  const levels = new Set(kpis.map(({ level }) => level));
  const [level = null] = levels;
  return levels.size === 1 ? { level, hole: null } : { level: null, hole: 'disagree' };
}

/** [K20] All reached, some reached, none but forward, or back: taken over all KPIs together. */
function by2016(kpis: readonly KpiGuide[]): Verdict {
  const unclear = kpis.filter(({ judged }) => judged.judgement === 'unknown' || !isJudged(judged));
  const pick = (some: readonly KpiGuide[]) => some.map(({ index }) => index);
  if (unclear.length > 0) return { level: null, hole: 'not-judged', deciding: pick(unclear) };
  const missed = kpis.filter(({ judged }) => judged.judgement !== 'achieved');
  if (missed.length === 0) return { level: 4, hole: null };
  const lost = missed.filter(({ moved }) => moved === 'back' || moved === 'unmoved');
  const vague = missed.filter(({ moved }) => moved === null);
  if (missed.length < kpis.length) {
    if (lost.length > 0) return { level: null, hole: 'disagree' };
    return vague.length > 0
      ? { level: null, hole: 'no-baseline', deciding: pick(vague) }
      : { level: 3, hole: null, deciding: pick(missed) };
  }
  if (vague.length > 0) return { level: null, hole: 'no-baseline', deciding: pick(vague) };
  if (lost.length === missed.length) return { level: 1, hole: null, deciding: pick(lost) };
  return lost.length === 0 ? { level: 2, hole: null } : { level: null, hole: 'disagree' };
}

const isJudged = ({ judgement }: Judged): boolean =>
  judgement === 'achieved' || judgement === 'missed' || judgement === 'pending';

function kpiGuide(kpi: Kpi, index: number, evaluatedYear: FiscalYear): KpiGuide {
  const judged = judge(kpi, evaluatedYear);
  const moved = movement(kpi, evaluatedYear);
  const own = (level: Level | null, hole: Hole | null): KpiGuide => ({
    index,
    judged,
    moved,
    level,
    hole,
  });
  if (!isJudged(judged)) return own(null, 'not-judged');
  if (judged.judgement === 'achieved') return own(4, null);
  if (moved === 'back') return own(1, null);
  const { rate, formula } = judged;
  // 「目標値の7～8割」 speaks of the share of the target that was reached, nothing else.
  if (formula.kind === 'actualOverTarget' && rate !== null) {
    if (rate >= 70 && rate <= 80) return own(3, null);
    if (rate > 80) return own(null, 'between');
  }
  if (moved === null) return own(null, 'no-baseline');
  return moved === 'forward' ? own(2, null) : own(null, 'unmoved');
}

/** [K21] Better than before is told from the baseline, in the direction of the KPI. */
function movement(kpi: Kpi, evaluatedYear: FiscalYear): KpiGuide['moved'] {
  const actual = kpi.series.find(({ year }) => year === evaluatedYear)?.actual ?? null;
  const { baseline, direction } = kpi;
  if (actual?.value == null || baseline?.value == null) return null;
  if (direction === null || direction === 'keep') return null;
  if (compareUnits(actual, baseline) !== 'same') return null;
  const order = new Big(actual.value).cmp(baseline.value) * (direction === 'increase' ? 1 : -1);
  return order > 0 ? 'forward' : order < 0 ? 'back' : 'unmoved';
}
