/**
 * Which way is better: what a row itself says about it, and whether a figure reaches a target in a
 * direction [K2] [K3] [K5] [K6]. Proposes; deciding is a person's work.
 */
import Big from 'big.js';
import { amountOf, isDecrease } from './compound.ts';
import { percentAt, type Reading } from './rate.ts';
import type { Direction, Kpi, Quantity } from './sheet.ts';
import { compareUnits } from './unit.ts';

/** Which way is better, as far as the row itself tells; `basis` says from what. */
export type DirectionProposal = {
  readonly direction: Direction;
  readonly basis: 'qualifier' | 'figures' | 'label' | 'rate' | 'count';
};

export type Met =
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

/** The same with the reason why it cannot be told. Units are the caller's to compare. */
export function meets(actual: Quantity, target: Quantity, direction: Direction | null): Met {
  const [now, to] = [amountOf(actual), amountOf(target)];
  if (now === null || to === null || direction === null) return 'direction-open';
  const bound = boundOf(target) ?? leanOf(target);
  if (
    (direction === 'increase' && bound === 'decrease') ||
    ((direction === 'decrease' || direction === 'zero') && bound === 'increase')
  )
    return 'direction-contradicts';
  const order = now.cmp(to);
  if (direction === 'keep') {
    if (bound === 'increase') return order >= 0 ? 'reached' : 'not-reached';
    if (bound === 'decrease') return order <= 0 ? 'reached' : 'not-reached';
    return order === 0 ? 'reached' : 'keep-band-open';
  }
  if (direction === 'zero')
    return now.eq(0) || (bound !== null && order <= 0) ? 'reached' : 'not-reached';
  const strict = /超|未満/.test(target.qualifier ?? '');
  const signed = direction === 'increase' ? order : -order;
  if (signed > 0 || (signed === 0 && !strict)) return 'reached';
  return isAbout(target) && isNear(now, to) ? 'about-target' : 'not-reached';
}

/** 以上 and 超 say that more is meant, 以下, 未満 and 以内 that less is. */
function boundOf({ qualifier }: Quantity): 'increase' | 'decrease' | null {
  if (/以上|超/.test(qualifier ?? '')) return 'increase';
  return /以下|未満|以内/.test(qualifier ?? '') ? 'decrease' : null;
}

/** 150%増 says that more is meant, 10%減 that less is. */
function leanOf(target: Quantity): 'increase' | 'decrease' | null {
  if (isDecrease(target)) return 'decrease';
  return /増/.test(target.qualifier ?? '') ? 'increase' : null;
}

export function isAbout({ qualifier }: Quantity): boolean {
  return /程度|前後|約|概ね|おおむね|およそ/.test(qualifier ?? '');
}

/** 程度 has no stated width; within a tenth of the target it is left to people [K5]. */
function isNear(actual: Big, target: Big): boolean {
  return actual.minus(target).abs().lte(target.abs().div(10));
}

const moreIsBetter =
  /(?:参加|来場|利用|登録|受講|移住|受診|来館|来訪|宿泊|就業|就職|就農|雇用|創業|起業|相談|成約|加入|参入|進出|参画|認定|会員|マッチング|創出|提案|報道|連携協定|誘致|寄[附付])(?:者|件|団体|事業所|世帯|企業|者の)?|満足度|関心度|販売額|売上|開発数|施設数|機関等?数|交流人口|関係人口|健康寿命|生産性|集積|社会増/;
const lessIsBetter =
  /待機|事故|苦情|廃棄|排出|空き?家(?!バンク)|転出|離職|待ち時間|窓口時間|所要時間|滞納|死亡|自殺|犯罪|認知件数|火災|不登校|虐待|喫煙|肥満|患者|罹患|被害|遊休|耕作放棄|生活保護|要介護|経費|コスト|ごみ|未利用|未登録|減少|削減|抑制|短縮/;
/** What is counted and has a target is meant to become more, unless the words say otherwise. */
const counted =
  /(?:件|者|人|社|回|団体|組織|企業|事業所|店舗|施設|箇所|か所|世帯|会員|台|個|品|本|点)数$/;

/**
 * A proposal for a person to confirm [K6]: from 以上/以下 and 増/減, else from baseline and target,
 * else from the label, else from the way in which the row itself prints its rate, else from what
 * is counted.
 */
export function proposeDirection(kpi: Kpi): DirectionProposal | null {
  const target = targetOf(kpi);
  const bound = target ? (boundOf(target) ?? leanOf(target)) : null;
  if (bound) return { direction: bound, basis: 'qualifier' };
  const { baseline, label } = kpi;
  const [from, to] = [baseline && amountOf(baseline), target && amountOf(target)];
  if (target && baseline && to && from && compareUnits(baseline, target) === 'same') {
    const order = to.cmp(from);
    if (order > 0) return { direction: 'increase', basis: 'figures' };
    if (order < 0) return { direction: to.eq(0) ? 'zero' : 'decrease', basis: 'figures' };
    if (/維持/.test(`${target.qualifier ?? ''}${label ?? ''}`))
      return { direction: 'keep', basis: 'label' };
  }
  const less = lessIsBetter.test(label ?? '');
  const more = moreIsBetter.test(label ?? '');
  if (less !== more) return { direction: less ? 'decrease' : 'increase', basis: 'label' };
  const printed = less ? null : directionOfRate(kpi);
  if (printed) return { direction: printed, basis: 'rate' };
  const plain = (label ?? '').replace(/[(（][^()（）]*[)）]\s*$/u, '').trim();
  return !less && to?.gt(0) && !from && counted.test(plain)
    ? { direction: 'increase', basis: 'count' }
    : null;
}

function targetOf(kpi: Kpi): Quantity | null {
  if (kpi.finalTarget && amountOf(kpi.finalTarget) !== null) return kpi.finalTarget;
  const held = kpi.series.findLast(({ target }) => target && amountOf(target) !== null);
  return held?.target ?? null;
}

/** 実績÷目標 counts more as better, 目標÷実績 less; a printed rate tells which of them it is. */
function directionOfRate({ statedRate, series }: Kpi): Direction | null {
  if (statedRate?.value == null) return null;
  const point = series.findLast(({ actual, target }) => actual && target);
  if (!point?.actual || !point.target) return 'increase';
  const { actual, target } = point;
  const fits = (kind: 'actualOverTarget' | 'targetOverActual'): boolean => {
    const formula: Reading = { kind, actual, target };
    return percentAt(formula, 0) === round(statedRate.value ?? 0);
  };
  return fits('targetOverActual') && !fits('actualOverTarget') ? 'decrease' : 'increase';
}

const round = (value: number): number => new Big(value).round(0, Big.roundHalfUp).toNumber();
