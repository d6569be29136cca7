/**
 * Whether two figures count the same thing [K9]. Converts nothing: 千円 beside 円 is a doubt, not a
 * thousand.
 */
import type { Quantity } from './sheet.ts';

const sameCounters: readonly (readonly string[])[] = [
  ['人', '名'],
  ['か所', '箇所', 'ヶ所', 'カ所', 'ヵ所', 'ケ所', '個所', '所'],
  ['%', '％', 'パーセント'],
  ['社', '企業'],
  ['㎡', 'm2'],
];
const shares = /^(?:%|ポイント|pt|倍)$/;
const amounts = /^(?:円|千円|万円|百万円|億円)$/;

export type UnitComparison = 'same' | 'doubtful' | 'different';

/**
 * Whether two figures may be compared [K9]: 人 and 名 are one counter, 回 and 回/年 too, 回 and 件 are
 * doubtful, a share (%) or an amount (円) and a count are different. A missing unit is only doubtful
 * beside those two. Compounds (10名×9回) are compared part by part.
 */
export function compareUnits(one: Quantity, other: Quantity): UnitComparison {
  const [ones, others] = [countersOf(one), countersOf(other)];
  if (ones.length !== others.length) return 'doubtful';
  const parts = ones.map((unit, index) => compareCounters(unit, others[index] ?? null));
  return (
    parts.find((each) => each === 'different') ?? parts.find((each) => each !== 'same') ?? 'same'
  );
}

function compareCounters(a: string | null, b: string | null): UnitComparison {
  if (a === b) return 'same';
  const shared = [a, b].filter((unit) => shares.test(unit ?? '')).length;
  const paid = [a, b].filter((unit) => amounts.test(unit ?? '')).length;
  if (a === null || b === null) return shared + paid > 0 ? 'doubtful' : 'same';
  return shared === 1 || paid === 1 ? 'different' : 'doubtful';
}

/** A figure with a value counts by its own unit, whatever is added in brackets. */
function countersOf({ value, unit, parts }: Quantity): readonly (string | null)[] {
  return value === null && parts ? parts.map((part) => counterOf(part.unit)) : [counterOf(unit)];
}

function counterOf(unit: string | null): string | null {
  // 10回/年 is what is done within the evaluated year, as 10回 in the column of a year is.
  const plain = unit?.replace(/[/／]年度?$/, '') ?? '';
  if (plain === '') return null;
  return sameCounters.find((group) => group.includes(plain))?.[0] ?? plain;
}
