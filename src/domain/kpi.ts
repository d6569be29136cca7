/**
 * How a KPI is judged and by which formula its rate is told; the rules are [K1]… in SPEC.md.
 * Decides nothing about a rating: that is people's work. Says "unknown" rather than guess.
 */
import Big from 'big.js';
import type { Direction, Judgement, Kpi, Quantity } from './sheet.ts';
import type { FiscalYear } from './types.ts';

/** How a rate was reached, for the UI to put into words. Figures are those that were used. */
export type Formula =
  | { readonly kind: 'actualOverTarget'; readonly actual: Quantity; readonly target: Quantity }
  | {
      readonly kind: 'fromBaseline';
      readonly actual: Quantity;
      readonly target: Quantity;
      readonly baseline: Quantity;
    }
  | {
      readonly kind: 'reduction';
      readonly actual: Quantity;
      readonly target: Quantity;
      readonly baseline: Quantity;
    }
  | { readonly kind: 'none' };

/** Why a judgement came out as it did: one word the UI translates. */
export const judgementReasons = [
  'reached', // 達成: the target of the year, or the final one
  'not-reached', // 未達成
  'final-target-later', // 途中: the target is that of a later year
  'actual-unmeasured', // 未計測
  'actual-missing', // blank, −, 省略, unreadable
  'target-missing',
  'direction-open', // nobody has said which way is better
  'units-differ',
  'target-year-open', // not reached, and no year says by when it should be
  'about-target', // 程度: below the figure, but not far
  'keep-band-open', // 維持: another figure, and no width is stated
  'direction-contradicts', // 以下 with 増加, 以上 with 減少
] as const;
export type JudgementReason = (typeof judgementReasons)[number];

export type Judged = {
  readonly judgement: Judgement;
  readonly reason: JudgementReason;
  /** Percent, one decimal, half away from zero [K8]; null where no formula applies. */
  readonly rate: number | null;
  readonly formula: Formula;
  /** The year of the target that was compared with. */
  readonly comparedYear: FiscalYear | null;
};

/** Which way is better, as far as the row itself tells; `basis` says from what. */
export type DirectionProposal = {
  readonly direction: Direction;
  readonly basis: 'qualifier' | 'figures' | 'label';
};

/** Judges the actual of a year against that year's target, else against the final one [K1]–[K8]. */
export function judge(kpi: Kpi, evaluatedYear: FiscalYear): Judged {
  const point = kpi.series.find(({ year }) => year === evaluatedYear);
  const actual = point?.actual ?? null;
  const ofYear = point?.target?.value == null ? null : point.target;
  const target = ofYear ?? kpi.finalTarget;
  const comparedYear = ofYear ? evaluatedYear : target ? kpi.finalTargetYear : null;
  const without = (judgement: Judgement, reason: JudgementReason): Judged => ({
    judgement,
    reason,
    rate: null,
    formula: { kind: 'none' },
    comparedYear,
  });

  if (actual && actual.value === null && unmeasured.test(actual.text))
    return without('unmeasured', 'actual-unmeasured');
  if (actual?.value == null) return without('unknown', 'actual-missing');
  if (target?.value == null) return without('unknown', 'target-missing');
  if (compareUnits(actual, target) !== 'same') return without('unknown', 'units-differ');
  const { rate, formula } = findRate(kpi, actual, target);
  const met = meets(actual, target, kpi.direction);
  const judged = (judgement: Judgement, reason: JudgementReason): Judged => ({
    judgement,
    reason,
    rate,
    formula,
    comparedYear,
  });
  if (met === 'reached') return judged('achieved', 'reached');
  if (met === 'direction-open' || met === 'direction-contradicts') return judged('unknown', met);
  if (comparedYear === null) return judged('unknown', 'target-year-open');
  if (comparedYear > evaluatedYear) return judged('pending', 'final-target-later');
  return met === 'not-reached' ? judged('missed', met) : judged('unknown', met);
}

const unmeasured =
  /^[(（]?(?:未計測|未測定|未実施|未調査|計測中|測定中|集計中|調査中|未集計|未確定|算定中|計測不能|測定不能|把握不能)/;

type Met =
  | 'reached'
  | 'not-reached'
  | 'direction-open'
  | 'direction-contradicts'
  | 'about-target'
  | 'keep-band-open';

/** Whether a figure reaches a target in a direction; null when that cannot be told [K2]–[K5]. */
export function meetsTarget(
  actual: Quantity,
  target: Quantity,
  direction: Direction | null,
): boolean | null {
  if (compareUnits(actual, target) !== 'same') return null;
  const met = meets(actual, target, direction);
  return met === 'reached' ? true : met === 'not-reached' ? false : null;
}

function meets(actual: Quantity, target: Quantity, direction: Direction | null): Met {
  if (actual.value === null || target.value === null) return 'direction-open';
  const bound = boundOf(target);
  if (direction === null) return 'direction-open';
  if (
    (direction === 'increase' && bound === 'decrease') ||
    ((direction === 'decrease' || direction === 'zero') && bound === 'increase')
  )
    return 'direction-contradicts';
  const order = new Big(actual.value).cmp(target.value);
  if (direction === 'keep') {
    if (bound === 'increase') return order >= 0 ? 'reached' : 'not-reached';
    if (bound === 'decrease') return order <= 0 ? 'reached' : 'not-reached';
    return order === 0 ? 'reached' : 'keep-band-open';
  }
  if (direction === 'zero')
    return actual.value === 0 || (bound !== null && order <= 0) ? 'reached' : 'not-reached';
  const strict = /超|未満/.test(target.qualifier ?? '');
  const signed = direction === 'increase' ? order : -order;
  if (signed > 0 || (signed === 0 && !strict)) return 'reached';
  return about(target) && near(actual.value, target.value) ? 'about-target' : 'not-reached';
}

/** 以上 and 超 say that more is meant, 以下, 未満 and 以内 that less is. */
function boundOf({ qualifier }: Quantity): 'increase' | 'decrease' | null {
  if (/以上|超/.test(qualifier ?? '')) return 'increase';
  return /以下|未満|以内/.test(qualifier ?? '') ? 'decrease' : null;
}

function about({ qualifier }: Quantity): boolean {
  return /程度|前後|約|概ね|おおむね|およそ/.test(qualifier ?? '');
}

/** 程度 has no stated width; within a tenth of the target it is left to people [K5]. */
function near(actual: number, target: number): boolean {
  return new Big(actual).minus(target).abs().lte(new Big(target).abs().div(10));
}

function findRate(
  kpi: Kpi,
  actual: Quantity,
  target: Quantity,
): { rate: number | null; formula: Formula } {
  const baseline =
    kpi.baseline?.value == null || compareUnits(kpi.baseline, target) !== 'same'
      ? null
      : kpi.baseline;
  const formula = chooseFormula(kpi.direction, actual, target, baseline);
  return { rate: rateBy(formula), formula };
}

/** [K7]: 実績÷目標 only where nothing is negative; a reduction only from its baseline. */
function chooseFormula(
  direction: Direction | null,
  actual: Quantity,
  target: Quantity,
  baseline: Quantity | null,
): Formula {
  const [from, now, to] = [baseline?.value ?? null, actual.value, target.value];
  if (now === null || to === null) return { kind: 'none' };
  if (direction === 'increase') {
    if (to > 0 && now >= 0 && (from === null || from >= 0))
      return { kind: 'actualOverTarget', actual, target };
    if (baseline && from !== null && to > from)
      return { kind: 'fromBaseline', actual, target, baseline };
  }
  if ((direction === 'decrease' || direction === 'zero') && baseline && from !== null && from > to)
    return { kind: 'reduction', actual, target, baseline };
  return { kind: 'none' };
}

/** The rate of a formula in percent, one decimal, half away from zero [K8]; null when it divides by 0. */
export function rateBy(formula: Formula): number | null {
  if (formula.kind === 'none') return null;
  const actual = formula.actual.value;
  const target = formula.target.value;
  if (actual === null || target === null) return null;
  if (formula.kind === 'actualOverTarget') return percent(new Big(actual), new Big(target));
  const baseline = formula.baseline.value;
  if (baseline === null) return null;
  return formula.kind === 'fromBaseline'
    ? percent(new Big(actual).minus(baseline), new Big(target).minus(baseline))
    : percent(new Big(baseline).minus(actual), new Big(baseline).minus(target));
}

function percent(part: Big, whole: Big): number | null {
  if (whole.eq(0)) return null;
  // One division at the very end: rounding twice would turn 0.0449… into 0.1.
  return part.times(1000).div(whole).round(0, Big.roundHalfUp).div(10).toNumber();
}

const moreIsBetter =
  /(?:参加|来場|利用|登録|受講|移住|受診|来館|来訪|宿泊|就業|就職|雇用|創業|起業|相談|成約|加入)(?:者|件|団体|事業所|世帯|企業|者の)?|満足度|関心度|販売額|売上|寄附|開発数|施設数|機関等?数|交流人口|関係人口/;
const lessIsBetter =
  /待機|事故|苦情|廃棄|排出|空き?家|転出|離職|待ち時間|窓口時間|所要時間|滞納|死亡|要介護|経費|コスト|未利用|未登録|減少|削減|抑制/;

/** A proposal for a person to confirm [K6]: from 以上/以下, else from baseline and target, else from the label. */
export function proposeDirection(kpi: Kpi): DirectionProposal | null {
  const target =
    kpi.finalTarget?.value != null
      ? kpi.finalTarget
      : (kpi.series.findLast((point) => point.target?.value != null)?.target ?? null);
  const bound = target ? boundOf(target) : null;
  if (bound) return { direction: bound, basis: 'qualifier' };
  const { baseline, label } = kpi;
  if (
    target?.value != null &&
    baseline?.value != null &&
    compareUnits(baseline, target) === 'same'
  ) {
    const order = new Big(target.value).cmp(baseline.value);
    if (order > 0) return { direction: 'increase', basis: 'figures' };
    if (order < 0) return { direction: target.value === 0 ? 'zero' : 'decrease', basis: 'figures' };
    if (/維持/.test(`${target.qualifier ?? ''}${label ?? ''}`))
      return { direction: 'keep', basis: 'label' };
  }
  const less = lessIsBetter.test(label ?? '');
  const more = moreIsBetter.test(label ?? '');
  if (less === more) return null;
  return { direction: less ? 'decrease' : 'increase', basis: 'label' };
}

const sameCounters: readonly (readonly string[])[] = [
  ['人', '名'],
  ['か所', '箇所', 'ヶ所', 'カ所', 'ヵ所', 'ケ所', '個所', '所'],
  ['%', '％', 'パーセント'],
  ['社', '企業'],
  ['㎡', 'm2'],
];
const shares = /^(?:%|ポイント|pt|倍)$/;
const amounts = /^(?:円|千円|万円|百万円|億円)$/;

/**
 * Whether two figures may be compared [K9]: 人 and 名 are one counter, 回 and 件 are doubtful, a share
 * (%) or an amount (円) and a count are different. A missing unit is only doubtful beside those two.
 */
export function compareUnits(one: Quantity, other: Quantity): 'same' | 'doubtful' | 'different' {
  const [a, b] = [unitOf(one), unitOf(other)];
  if (a === b) return 'same';
  const [shared, paid] = [
    [a, b].filter((unit) => shares.test(unit ?? '')),
    [a, b].filter((unit) => amounts.test(unit ?? '')),
  ];
  if (a === null || b === null) return shared.length + paid.length > 0 ? 'doubtful' : 'same';
  return shared.length === 1 || paid.length === 1 ? 'different' : 'doubtful';
}

function unitOf({ unit }: Quantity): string | null {
  if (unit === null) return null;
  return sameCounters.find((group) => group.includes(unit))?.[0] ?? unit;
}
