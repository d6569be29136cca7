/**
 * 事業シート: what a municipal table says about a project, every figure with the text as printed.
 * Pure shapes; reading them from a file is the work of `formats`, judging them that of `kpi.ts`.
 */
import type { ReportForm, ReportTotal } from './reportform.ts';
import type { Day, FiscalYear } from './types.ts';

/**
 * A figure as an office writes it. `text` is what was printed, to the letter; the rest is what
 * was read from it. `value` is null when the text holds no figure (—, 未計測, 2 of 3 …).
 */
export type Quantity = {
  readonly text: string;
  readonly value: number | null;
  /** 件, 人, %, 世帯 … as printed, or null where none is printed. */
  readonly unit: string | null;
  /** 以上, 以下, 程度, 増, 累計 … as printed behind the unit. */
  readonly qualifier: string | null;
  /** The figures of a compound (男 12 / 女 8, 10名×9回), each a quantity of its own. */
  readonly parts?: readonly Quantity[];
};

/** 望ましい方向. A minus sign does not decide it (domain.md §3): a person confirms it. */
export const directions = ['increase', 'decrease', 'zero', 'keep'] as const;
export type Direction = (typeof directions)[number];

/** 達成 / 未達成 / 未計測 as printed in the table. */
export type StatedJudgement = 'achieved' | 'missed' | 'unmeasured';
/** The judgement Kensho reaches: also 途中 (target of a later year) and "cannot tell". */
export type Judgement = StatedJudgement | 'pending' | 'unknown';

/** One dated column of a KPI: the target and the actual of a year, or of the start (当初). */
export type SeriesPoint = {
  /** null where the table says nowhere which year its figures are of; at most one such point. */
  readonly year: FiscalYear | '当初' | null;
  readonly target: Quantity | null;
  readonly actual: Quantity | null;
  readonly targetDelta: Quantity | null;
  readonly actualDelta: Quantity | null;
  readonly statedJudgement: StatedJudgement | null;
  /** What the table says about this year alone: 未達理由, 達成のための取組 …, as printed. */
  readonly comment: string | null;
};

/** What a printed difference (+65) is counted from: 対当初, 対前年度実績 or 対前年度目標. */
export const deltaBases = ['start', 'previousActual', 'previousTarget'] as const;
export type DeltaBase = (typeof deltaBases)[number];

/** [F14] A printed figure that gave way to the recomputed one, which now stands in its place. */
export type Correction = {
  readonly year: SeriesPoint['year'];
  readonly side: FindingSide;
  /** 原資料の値, to the letter. */
  readonly stated: string;
};

/** 重要業績評価指標. Every dated figure is in `series`; baseline and final target stand out again. */
export type Kpi = {
  /** ①, ② … where the table marks its KPIs. */
  readonly mark: string | null;
  /** 総合戦略におけるKPI, その他のKPI, アウトプット … as printed. */
  readonly kind: string | null;
  readonly label: string | null;
  readonly unit: string | null;
  readonly direction: Direction | null;
  /** 累計 counts from the start of the plan, 単年度 each year anew; null where nobody says. */
  readonly accumulation: 'cumulative' | 'yearly' | null;
  readonly deltaBase: DeltaBase | null;
  readonly baseline: Quantity | null;
  readonly baselineYear: FiscalYear | null;
  readonly finalTarget: Quantity | null;
  readonly finalTargetYear: FiscalYear | null;
  readonly series: readonly SeriesPoint[];
  readonly statedRate: Quantity | null;
  readonly statedJudgement: StatedJudgement | null;
  readonly comment: string | null;
  /** Absent where every figure is as printed. */
  readonly corrections?: readonly Correction[];
};

/** One undertaking of a pillar (各事業及び成果) with its 定量効果 and 定性効果, a line each. */
export type Activity = {
  readonly name: string;
  readonly quantitative: readonly string[];
  readonly qualitative: readonly string[];
};

/** What was planned for a year and what came of it (事業内容 by year). */
export type YearPlan = {
  readonly year: FiscalYear;
  readonly planned: string | null;
  readonly done: string | null;
};

/** One bullet (・) under one heading (【R6実績について】), without the bullet sign. */
export type SheetOpinion = {
  readonly heading: string;
  readonly text: string;
  /** 対応方針 of the section in charge, in a table made from a meeting that has replies; null where
   *  this opinion has none. */
  readonly reply?: OpinionReply | null;
};

/** What a section replied to an opinion, and until when it will have done so (期限). */
export type OpinionReply = { readonly text: string; readonly due: Day | null };

/** 事業シート of one project. Ratings and opinions are those the table itself carries. */
export type ProjectSheet = {
  readonly no: string | null;
  readonly name: string | null;
  /** 所管課, in the order printed. */
  readonly sections: readonly string[];
  /** 総合戦略における位置づけ, one entry per 基本目標. */
  readonly strategyGoals: readonly string[];
  readonly pillar: string | null;
  readonly overview: string | null;
  readonly costYen: number | null;
  readonly kpis: readonly Kpi[];
  /** Why there are no KPIs, or what holds for all of them: 県全体での評価のため省略. */
  readonly kpiNote: string | null;
  /** 定性効果 of the project or pillar as a whole. */
  readonly effects: readonly string[];
  readonly activities: readonly Activity[];
  readonly plans: readonly YearPlan[];
  readonly report: ReportForm | null;
  /** 4 best … 1 worst of the national levels, when the printed label is one of them. */
  readonly rating: 1 | 2 | 3 | 4 | null;
  readonly ratingText: string | null;
  readonly opinions: readonly SheetOpinion[];
  /** What it was imported from: some layouts ask for reasons ([F12]). Absent for one made by hand. */
  readonly layout?: Layout;
};

/** The figure of a KPI, or the text beside it, that a finding is about. */
export const findingSides = [
  'baseline',
  'target',
  'actual',
  'targetDelta',
  'actualDelta',
  'finalTarget',
  'rate',
  'judgement',
  'comment',
] as const;
export type FindingSide = (typeof findingSides)[number];

/** The cell of a finding in the sheets themselves; indexes count from 0. */
export type FindingField = {
  readonly project: number;
  /** null where the finding is about the project and not about one of its KPIs. */
  readonly kpi: number | null;
  /** Which point of the series; null also where the figure has no year of its own. */
  readonly year: SeriesPoint['year'];
  readonly side: FindingSide | null;
  /** Absent where the finding is about no total of the report form. */
  readonly total?: ReportTotal;
};

/** Something a person should look at before the table is taken over. */
export type Finding = {
  /** Stable word, e.g. `value-unreadable`; listed in `docs/`. */
  readonly code: string;
  readonly severity: 'error' | 'doubt' | 'note';
  /** No of the project, and label of the KPI, when the finding is about one. */
  readonly project: string | null;
  readonly kpi: string | null;
  /** Where in the file: `Sheet1!E7` or `line 12`. */
  readonly at: string | null;
  /** The text as printed that the finding is about. */
  readonly stated: string | null;
  /** What Kensho reaches instead, written like `stated`. */
  readonly recomputed: string | null;
  /** The arithmetic in figures: `13 ÷ 10 × 100 = 130`. */
  readonly formula: string | null;
  /** Absent where the finding is about the file rather than about a sheet. */
  readonly field?: FindingField;
};

/** The column captions of a result table, kept so that a table goes out as it came in. */
export type TableCaptions = {
  /** 第3期総合戦略における位置づけ */
  readonly strategy: string | null;
  /** Per figure column, left to right: 【第2期総合戦略】 · 現状値 (R1年度) … */
  readonly figures: readonly {
    readonly group: string | null;
    readonly caption: string;
    readonly role: 'baseline' | 'actual' | 'target' | 'finalTarget';
    readonly year: FiscalYear | null;
  }[];
  /** 事業効果に対する評価 */
  readonly rating: string | null;
  /** The title over rating and opinions: 地方創生事業効果検証会議による評価結果 */
  readonly ratingGroup: string | null;
};

/** The shapes in which offices write the same thing; each is read and written. */
export const layouts = [
  'result-table',
  'report-form',
  'pillar-report',
  'progress-report',
  'achievement-list',
  'generic-table',
] as const;
export type Layout = (typeof layouts)[number];

/** A whole evaluation table as read from a file. */
export type EvaluationTable = {
  readonly layout: Layout;
  readonly title: string | null;
  readonly municipality: string | null;
  /** The evaluated year: 令和6年度事業評価結果 → 2024. */
  readonly fiscalYear: FiscalYear | null;
  readonly captions: TableCaptions;
  readonly projects: readonly ProjectSheet[];
  readonly findings: readonly Finding[];
  /** Where in the file each KPI of each project stands (`Sheet1!E7`), as far as the reader knew. */
  readonly places?: readonly (readonly (string | null)[])[];
};

/** A KPI of which nothing is known yet: what a reader or a form starts from. */
export const emptyKpi: Kpi = {
  mark: null,
  kind: null,
  label: null,
  unit: null,
  direction: null,
  accumulation: null,
  deltaBase: null,
  baseline: null,
  baselineYear: null,
  finalTarget: null,
  finalTargetYear: null,
  series: [],
  statedRate: null,
  statedJudgement: null,
  comment: null,
};

/** A year of which nothing is known yet. */
export function emptyPoint(year: SeriesPoint['year']): SeriesPoint {
  return {
    year,
    target: null,
    actual: null,
    targetDelta: null,
    actualDelta: null,
    statedJudgement: null,
    comment: null,
  };
}

/** A project of which nothing is known yet. */
export const emptyProject: ProjectSheet = {
  no: null,
  name: null,
  sections: [],
  strategyGoals: [],
  pillar: null,
  overview: null,
  costYen: null,
  kpis: [],
  kpiNote: null,
  effects: [],
  activities: [],
  plans: [],
  report: null,
  rating: null,
  ratingText: null,
  opinions: [],
};

/** The captions of a table that is no result table. */
export const noCaptions: TableCaptions = {
  strategy: null,
  figures: [],
  rating: null,
  ratingGroup: null,
};
