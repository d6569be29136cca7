/**
 * What the single rows of a progress report are: the title of a project, a heading, the head of a
 * year, the caption row 目標 | 実績. Knows words and nothing about the figures.
 */
import type { FiscalYear } from '#domain/types.ts';
import type { Cell } from './grid.ts';
import { findYears } from './year.ts';

/** The two columns of a KPI, from its 目標 to where the next one begins. */
export type Pair = { readonly target: number; readonly actual: number; readonly end: number };

/** A KPI table: rows of labels, the row 目標 | 実績 with its columns, and what stands below. */
export type KpiTable = {
  readonly labels: readonly (readonly Cell[])[];
  readonly caption: readonly Cell[];
  readonly body: readonly (readonly Cell[])[];
  readonly pairs: readonly Pair[];
};

export type Title = { readonly no: string; readonly name: string };

/** `A 小野田ガラスのブランド化推進事業`: a letter or number, then a name. */
export function findProjectTitle(text: string): Title | null {
  const match =
    /^(?:事業\s*)?([A-ZＡ-Ｚ]|[\d０-９]{1,2}|[①-⑳]|[ア-コ])(?:\s*[.．、:：)）]\s*|\s+)(\S.{3,})$/u.exec(
      text.trim(),
    );
  const [, no, name] = match ?? [];
  if (!no || !name || name.length > 120 || /[。]|^事業(?:内容|概要)|重要業績|^[\d,.]/.test(name))
    return null;
  return { no: no.normalize('NFKC') === no || /[①-⑳]/.test(no) ? no : no.normalize('NFKC'), name };
}

const numbered =
  /^(?:[(（]\s*[\d０-９]{1,2}\s*[)）]|[\d０-９]{1,2}\s*[.．、]|[①-⑩]|[■□●○◆◇・])?\s*/;

/** (1) 事業内容 · (2) 重要業績評価指標(KPI) · any other numbered heading. */
export function findHeading(text: string): 'overview' | 'kpi' | 'other' | null {
  const plain = text.trim();
  if (plain.length > 40 || plain.includes('。')) return null;
  const words = plain.replace(numbered, '').replace(/\s+/g, '');
  if (/^(?:事業(?:の)?(?:内容|概要|目的)|概要)(?:等)?$/.test(words)) return 'overview';
  if (
    /^(?:重要業績評価指標|KPI|ＫＰＩ)(?:[(（](?:KPI|ＫＰＩ)[)）])?(?:の?(?:達成)?(?:状況|度|推移|一覧))*$/.test(
      words,
    )
  )
    return 'kpi';
  return /^[(（]\s*[\d０-９]{1,2}\s*[)）]/.test(plain) ? 'other' : null;
}

const wholeYear =
  /^(?:(?:令和|平成|昭和|[RHS])\.?(?:元|\d{1,2})(?:年度?)?|(?:19|20)\d{2}(?:年度?)?)(?:[(][^()]{1,12}[)])?(?:末|時点|実績)?$/;

/** The year of the head of a row (R 2, 令和2年度, 2020), or null when it is no year alone. */
export function findYearHead(text: string): FiscalYear | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  if (plain.length > 24 || !wholeYear.test(plain)) return null;
  const bare = /^\d{4}$/.exec(plain);
  if (bare) return Number(plain);
  const years = new Set(findYears(plain).map(({ year }) => year));
  return years.size === 1 ? ([...years][0] ?? null) : null;
}

export function isStartHead(text: string): boolean {
  return /^(?:事業)?(?:当初|計画当初|基準値?|現状値?|策定時|開始時|開始前)(?:値)?(?:[(（].{1,16}[)）])?$/.test(
    text.replace(/\s+/g, ''),
  );
}

/** The pairs of a caption row that holds 目標 and 実績 side by side and nothing else of substance. */
export function findPairs(row: readonly Cell[]): readonly Pair[] {
  const found: { target: number; actual: number }[] = [];
  let target: number | null = null;
  for (const [column, { text }] of row.entries()) {
    const plain = text.replace(/\s+/g, '');
    if (plain === '') continue;
    if (/^(?:目標値?|計画値?)$/.test(plain)) {
      // Two in a row: a cell is lost, and all columns behind it stand under the wrong caption.
      if (target !== null) return [];
      target = column;
    } else if (/^(?:実績値?|結果)$/.test(plain) && target !== null) {
      found.push({ target, actual: column });
      target = null;
    } else if (column > 0 && !/^(?:年度|区分|指標)$/.test(plain)) return [];
  }
  if (target !== null) return [];
  return found.map((pair, index) => ({
    ...pair,
    end: found[index + 1]?.target ?? Math.max(row.length, pair.actual + 1),
  }));
}

/** The only text of a row that stands in its first column, as prose does. */
export function onlyText(row: readonly Cell[]): string | null {
  const filled = row.filter(({ text }) => text !== '');
  const [only] = filled;
  return filled.length === 1 && only && row[0] === only ? only.text : null;
}

export function isBlank(row: readonly Cell[] | undefined): boolean {
  return !row || row.every(({ text }) => text === '');
}
