/**
 * Printed figures (5,000人程度, ▲3.5, 14, 894円, —) as quantities, and back. Reads only what is
 * certainly one figure; anything else keeps its text with value null, never a guess.
 */
import type { Quantity } from '#domain/sheet.ts';

/** Blank, −, なし, 未計測 and 省略 are five different things (domain.md §3), and none of them is 0. */
export type Absence = 'blank' | 'dash' | 'none' | 'unmeasured' | 'omitted';

const qualifiers =
  '以上|以下|未満|以内|超過?|を?超える|程度|前後|増加?|減少?|の?維持|累計|見込み?|速報値?|概算';
const prefixes = '約|概ね|おおむね|およそ|累計|延べ|のべ|年間|月間|対前年度?比|前年度?比';
const digits = '(?:\\d{1,3}(?:,\\s?\\d{3})+|\\d+)(?:\\.\\d+)?';
const figure = new RegExp(
  `^(?:(${prefixes})\\s*)?([-+±]?)\\s*(${digits})\\s*([^\\d\\s,.+\\-()]{0,12}?)\\s*((?:(?:${qualifiers})\\s*)*)(\\([^()]{1,60}\\))?$`,
);
// A unit is a counter, not a sentence: particles of running text are refused, so is 年度 of a date.
const notUnit = /[をがはにへと、。・「」『』【】:;~×/／]|[RHS]$|年度|令和|平成|昭和/;
const absences: readonly (readonly [Absence, RegExp])[] = [
  ['dash', /^[-‐‑‒–—―−ーｰ－─━_*＊⁻/／]{1,4}$/],
  ['none', /^(?:なし|無し|該当なし|該当無し|設定なし|未設定|実績なし)$/],
  [
    'unmeasured',
    /^[(（]?(?:未計測|未測定|未実施|未調査|計測中|測定中|集計中|調査中|未集計|未確定|未定|算定中|計測不能|測定不能|把握不能|n\/?a)[)）]?$/i,
  ],
  ['omitted', /^[(（]?(?:省略|略|同上|〃|″|々)[)）]?$/],
];

/** Which kind of "no figure" a text is, or null when it is something else. */
export function findAbsence(text: string): Absence | null {
  const plain = text.trim();
  if (plain === '') return 'blank';
  for (const [absence, pattern] of absences) if (pattern.test(plain)) return absence;
  return null;
}

/**
 * One printed figure. Full-width characters, digit grouping (also `14, 894`), ▲ △ − as minus, a
 * counter and qualifiers are understood. Unit and qualifier are as printed (％ becomes %).
 */
export function parseQuantity(text: string): Quantity {
  const printed = text.trim();
  const none: Quantity = { text: printed, value: null, unit: null, qualifier: null };
  if (printed.length > 120 || findAbsence(printed)) return none;
  const single = parseFigure(printed) ?? parseNamed(printed);
  if (single) return withRemark(single);
  const parts = parseParts(printed);
  return parts ? { ...none, parts } : none;
}

/** The text of a figure made by the program: grouped digits, the unit, the qualifier. */
export function makeQuantity(
  value: number,
  unit: string | null = null,
  qualifier: string | null = null,
): Quantity {
  const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 }).format(value);
  return { text: `${number}${unit ?? ''}${qualifier ?? ''}`, value, unit, qualifier };
}

function parseFigure(printed: string): Quantity | null {
  const yen = /^[-−▲△]?\s*[¥￥]/.test(printed);
  const match = figure.exec(halfWidth(yen ? printed.replace(/[¥￥]/, '') : printed));
  if (!match) return null;
  const [, prefix, sign, number, counter = '', after = '', remark] = match;
  if (yen && counter !== '') return null;
  const unit = yen ? '円' : counter;
  if (
    number === undefined ||
    sign === '±' ||
    notUnit.test(unit.replace(/[/／](?:年度?|月|日|人|回|件|週|kg|㎡|ha)$/, ''))
  )
    return null;
  const value = Number(`${sign === '-' ? '-' : ''}${number.replace(/[,\s]/g, '')}`);
  // Beyond 2^53 the number would no longer be the printed one.
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return null;
  const qualifier = [prefix, after.replace(/\s+/g, ''), remark].filter(Boolean).join('');
  return {
    text: printed,
    value: value === 0 ? 0 : value,
    unit: unit === '' ? null : unit,
    qualifier: qualifier === '' ? null : qualifier,
  };
}

/** 登録者 30 名: what is counted, a gap, one figure with its counter. Half of a pair (男:18.5) is none. */
function parseNamed(printed: string): Quantity | null {
  const [, counted = '', rest = ''] =
    /^([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・]{2,12})[\s:：]+(\S.*)$/u.exec(
      printed,
    ) ?? [];
  if (counted === '' || notCounted.test(counted)) return null;
  const read = parseFigure(rest);
  return read?.unit ? { ...read, text: printed } : null;
}

// A date, an ordinal, a sentence, or a word that changes what the figure means.
const notCounted =
  /令和|平成|昭和|西暦|年|月|[第をがはにへとでの]$|最|未|うち|前後?$|以|超|増|減|約|概ね|およそ|程度/;

/** 1件 (40名): the figure in brackets is a second one; the first remains the value. */
function withRemark(read: Quantity): Quantity {
  const inner = /^\((.*)\)$/.exec(read.qualifier ?? '')?.[1];
  const remark = inner === undefined ? null : parseFigure(inner.trim());
  if (inner === undefined || remark?.unit == null || remark.unit === read.unit) return read;
  const printed = Math.max(read.text.lastIndexOf('('), read.text.lastIndexOf('（'));
  const first = { ...read, text: read.text.slice(0, printed).trim(), qualifier: null };
  const second = { ...remark, text: read.text.slice(printed + 1, -1).trim() };
  return { ...read, qualifier: null, parts: [first, second] };
}

/** 男 12 / 女 8, 10名×9回, 1,000～1,200人: each figure is read, the whole has no single value. */
function parseParts(printed: string): readonly Quantity[] | null {
  const pieces = printed
    .split(/\s*(?:[×✕xX、~～〜\n]|[/／](?!\s*(?:年度?|月|週|日)(?!\d))|(?<=\D)\s+(?=\D))\s*/)
    .filter((piece) => piece !== '');
  // Half of a pair is no figure for the whole: 男:18.51年 where 女 is lost.
  const half = pieces.length === 1 && /^[男女][性子]?\s*:?\s*\d/.test(halfWidth(printed));
  if ((pieces.length < 2 && !half) || pieces.length > 8) return null;
  const parts: Quantity[] = [];
  for (const piece of pieces) {
    const part =
      parseFigure(piece) ??
      parseFigure(piece.replace(/^[①-⑳\p{L}]{1,6}[\s:：]*(?=[-+\d０-９▲△])/u, ''));
    if (!part) return null;
    parts.push({ ...part, text: piece });
  }
  return parts;
}

function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000]+/g, ' ')
    .replace(/^((?:[^\d]{0,6}\s*)?)[▲△▼−‐‑–—―]\s*(?=\d)/, '$1-')
    .trim();
}
