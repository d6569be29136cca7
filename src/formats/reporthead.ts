/**
 * The upper part of the report form: who reports, for which project, and the money planned and
 * settled. The names, roles, telephone numbers and addresses of people that stand there are passed
 * over: they are never part of what is returned, nor of a finding.
 */
import type { Quantity } from '#domain/sheet.ts';
import type { Budget, BudgetLine, ReportForm } from '#domain/reportform.ts';
import type { Note } from './notice.ts';
import { parseQuantity } from './quantity.ts';

/** A row of the form: its cells that hold something, and where it stands. */
export type FormRow = {
  readonly at: string;
  readonly cells: readonly {
    readonly text: string;
    readonly number: number | null;
    readonly column: number;
  }[];
};

export type ReportHead = Omit<ReportForm, 'planned' | 'settled'> & {
  readonly section: string | null;
  /** The name of the project. */
  readonly named: string | null;
};

// Every caption of the head: a value ends where the next caption begins.
const captions =
  /記入日|都道府県名|市区町村等?名|地方公共団体コード|回答漏れチェック|担当部局名|責任者名|責任者役職|責任者氏名|担当者名|担当者氏名|担当者役職|電話番号|メールアドレス|E-?mail|単独・広域連携|事業年度|交付対象事業の名称|(?<![\d.])\d[.．]\s?(?=\p{Script=Han}|\p{Script=Katakana})/giu;
const part = /^(\S{2,20}?)\s+(回答済み?|未回答|回答漏れ(?:あり)?|未記入|未入力)/u;

/** What the head says of itself, from all rows above the first KPI frame. */
export function readHead(rows: readonly FormRow[]): ReportHead {
  const said = new Map<string, string>();
  const parts: { name: string; answered: boolean | null }[] = [];
  for (const { cells } of rows) {
    const line = cells.map(({ text }) => text.replace(/\s+/g, ' ')).join(' ');
    const found = [...line.matchAll(captions)];
    for (const [index, match] of found.entries()) {
      const from = match.index + match[0].length;
      const value = line.slice(from, found[index + 1]?.index ?? line.length).trim();
      const caption = match[0];
      if (/^\d/.test(caption)) {
        const [, name, answer] = part.exec(value) ?? [];
        if (name && answer) parts.push({ name, answered: answer.startsWith('回答済') });
      } else if (value !== '' && !said.has(caption)) said.set(caption, value);
    }
  }
  const of = (...keys: readonly string[]): string | null =>
    keys.map((key) => said.get(key)).find((value) => value !== undefined) ?? null;
  const only = (value: string | null, pattern: RegExp): string | null =>
    value !== null && pattern.test(value) ? value : null;
  // Each value has to look like what it is: in a shifted form a person's name may stand there.
  return {
    writtenOn: only(of('記入日'), /^[^\p{L}]*\d[\d\s年月日./令和元-]*$/u),
    prefecture: only(of('都道府県名'), /^\S{1,3}[都道府県]$/),
    municipality: only(of('市区町村等名', '市区町村名'), /^\S{1,12}(?:市|区|町|村|組合|広域連合)$/),
    municipalityCode: only(of('地方公共団体コード'), /^\d{5,6}$/),
    scheme: only(of('事業年度'), /交付金|年度/),
    cooperation: only(of('単独・広域連携'), /単独|広域|連携/),
    section: only(
      of('担当部局名'),
      /^\S{1,30}(?:課|部|局|室|係|センター|班|チーム|担当|グループ)$/,
    ),
    named: only(of('交付対象事業の名称'), /^(?!経費|収入|[（(]?単位).{4,150}$/),
    parts,
  };
}

type Side = { costs: BudgetLine[]; incomes: BudgetLine[] } & Record<
  'statedCosts' | 'statedIncomes' | 'statedBalance',
  Quantity | null
>;
const emptySide = (): Side => ({
  costs: [],
  incomes: [],
  statedCosts: null,
  statedIncomes: null,
  statedBalance: null,
});

const amount = '[-−▲△]?\\s?\\d{1,3}(?:,\\s?\\d{3})+|[-−▲△]?\\s?\\d+|[-−‐―—－]';
const twoSides = new RegExp(`^(\\S.*?)\\s+(${amount})\\s+(\\S.*?)\\s+(${amount})$`);
const oneSide = new RegExp(`^(\\S.*?)\\s+(${amount})$`);

/** 収支: planned at the left, settled at the right, until the KPIs begin. */
export function readBudget(
  rows: readonly FormRow[],
  note: Note,
): { readonly planned: Budget; readonly settled: Budget } {
  const planned = emptySide();
  const settled = emptySide();
  let lines: 'costs' | 'incomes' | null = null;
  let unit: string | null = null;
  /** The column at which the settled side begins, where the form has columns. */
  let right: number | null = null;
  for (const { at, cells } of rows) {
    const line = cells.map(({ text }) => text).join('  ');
    if (/経費項目|収入項目/.test(line)) {
      lines = line.includes('経費項目') ? 'costs' : 'incomes';
      unit = /単位\s*[:：]?\s*(千円|百万円|万円|円)/.exec(line)?.[1] ?? null;
      right = cells.filter(({ text }) => /項目/.test(text))[1]?.column ?? null;
      continue;
    }
    if (/目標値|^例\s*[：:]/.test(line)) lines = null;
    if (lines === null) continue;
    const pairs = right === null ? pairsOfLine(line) : pairsOfCells(cells, right);
    if (pairs === 'undecided') {
      // One name with one amount does not tell whether it was planned or settled.
      note('value-unreadable', { at, stated: line.slice(0, 100) });
      continue;
    }
    for (const { name, text, number, side: of } of pairs) {
      const side = of === 'planned' ? planned : settled;
      const read = parseQuantity(text);
      // Accounting formats print 0 as a dash; only the stored number tells it from nothing.
      const value = read.value ?? (number === 0 ? 0 : null);
      const quantity = { ...read, value, unit: value === null ? null : (read.unit ?? unit) };
      const plain = name.replace(/\s+/g, '');
      if (/^収入合計[-−－ー]経費合計$/.test(plain)) side.statedBalance = quantity;
      else if (/^経費(?:合計|計)$/.test(plain)) side.statedCosts = quantity;
      else if (/^収入(?:合計|計)$/.test(plain)) side.statedIncomes = quantity;
      else side[lines].push({ name: name.slice(0, 200), amount: quantity });
    }
  }
  return { planned, settled };
}

type Pair = {
  readonly side: 'planned' | 'settled';
  readonly name: string;
  readonly text: string;
  readonly number: number | null;
};

/** Name and amount twice in a line, told by the shape of an amount. */
function pairsOfLine(line: string): readonly Pair[] | 'undecided' {
  const both = twoSides.exec(line);
  if (!both) return oneSide.test(line) ? 'undecided' : [];
  const [, left = '', first = '', right = '', second = ''] = both;
  return [
    { side: 'planned', name: left, text: first, number: null },
    { side: 'settled', name: right, text: second, number: null },
  ];
}

function pairsOfCells(cells: FormRow['cells'], right: number): readonly Pair[] {
  return (['planned', 'settled'] as const).flatMap((side) => {
    const [name, paid] = cells.filter(({ column }) => column < right === (side === 'planned'));
    return name && paid && isAmount(paid.text) && !isAmount(name.text)
      ? [{ side, name: name.text, text: paid.text, number: paid.number }]
      : [];
  });
}

function isAmount(text: string): boolean {
  return new RegExp(`^(?:${amount})(?:千?円)?$`).test(text.trim());
}
