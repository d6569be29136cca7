/**
 * The result table as open data: long-format CSV by the government's rules for readable data (one
 * datum a cell, one header row, units in a column of their own, no line break in a cell).
 * It names no person. Opinions are in it only once there are replies to them, a row each.
 */
import { correctionAt } from '#domain/correction.ts';
import { findDeltaBases } from '#domain/delta.ts';
import { deltaBaseWords } from '#domain/deltacheck.ts';
import { compared, judge } from '#domain/kpi.ts';
import type {
  DeltaBase,
  EvaluationTable,
  Kpi,
  ProjectSheet,
  Quantity,
  SeriesPoint,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { makeCp932 } from './cp932.ts';
import { formulaWords, judgementWords } from './current.ts';
import { opinionRows } from './replypaper.ts';
import { makeFiscalYear, makeIsoFiscalYear } from './wareki.ts';

export type OpenDataEncoding = 'utf-8' | 'cp932';
export type OpenData = {
  readonly bytes: Uint8Array;
  /** Characters CP932 does not have, each once; they stand as 〓 in the file. */
  readonly unwritable: readonly string[];
};

/** Unique column names; one row per project × KPI × year × 区分. */
const columns = [
  '団体名',
  '評価対象年度_西暦',
  '評価対象年度_和暦',
  '事業番号',
  '事業名',
  '所管課',
  '総合戦略における位置づけ',
  '柱',
  '決算額_円',
  'KPI番号',
  'KPI種別',
  'KPI指標名',
  '望ましい方向',
  '集計方法',
  '区分',
  '年度_西暦',
  '年度_和暦',
  '年度_期間',
  '値',
  '単位',
  '付記',
  '原表記',
  '判定_算定',
  '達成率_算定',
  '達成率_算定式',
  '判定_原表',
  '達成率_原表',
  '評価値',
  '評価',
] as const;
/** Behind the others where there are replies, for rows of the kind 意見. */
const replyColumns = ['意見_見出し', '意見', '対応方針', '対応期限'] as const;
type Column = (typeof columns)[number] | (typeof replyColumns)[number];
type Row = Readonly<Partial<Record<Column, string | number | null>>>;

const accumulationWords = { cumulative: '累計', yearly: '単年度' } as const;
const directionWords = { increase: '増加', decrease: '減少', zero: 'ゼロ', keep: '維持' } as const;

/** Several values in one cell are no datum; where a project has several, they are joined by this. */
const SEPARATOR = ';';

type Bases = ReadonlyMap<Kpi, DeltaBase | null>;

/** The CSV of a table, with BOM (UTF-8) and CRLF, and what CP932 could not write. */
export function makeOpenData(
  table: EvaluationTable,
  options: { readonly encoding: OpenDataEncoding },
): OpenData {
  const kpis = table.projects.flatMap((project) => project.kpis);
  const found = findDeltaBases(kpis);
  const bases: Bases = new Map(kpis.map((kpi, index) => [kpi, found[index] ?? null]));
  const replied = opinionRows(table).length > 0;
  const shown: readonly Column[] = replied ? [...columns, ...replyColumns] : columns;
  const rows = table.projects.flatMap((project) => [
    ...projectRows(table, project, bases),
    ...(replied ? replyRows(table, project) : []),
  ]);
  const lines = [
    shown.map(makeField).join(','),
    ...rows.map((row) => shown.map((column) => makeField(row[column] ?? null)).join(',')),
  ];
  const text = lines.map((line) => `${line}\r\n`).join('');
  if (options.encoding === 'cp932') return makeCp932(text);
  return { bytes: new TextEncoder().encode(`\uFEFF${text}`), unwritable: [] };
}

/** One row an opinion; without a reply its last columns are blank. */
const replyRows = (table: EvaluationTable, project: ProjectSheet): Row[] =>
  opinionRows({ projects: [project] }).map(({ heading, text, reply }) => ({
    ...commonRow(table, project),
    区分: '意見',
    意見_見出し: heading,
    意見: text,
    対応方針: reply?.text ?? null,
    対応期限: reply?.due ?? null,
  }));

function commonRow(table: EvaluationTable, project: ProjectSheet): Row {
  return {
    団体名: table.municipality,
    評価対象年度_西暦: table.fiscalYear,
    評価対象年度_和暦: table.fiscalYear === null ? null : makeFiscalYear(table.fiscalYear),
    事業番号: project.no,
    事業名: project.name,
    所管課: project.sections.join(SEPARATOR),
    総合戦略における位置づけ: project.strategyGoals.join(SEPARATOR),
    柱: project.pillar,
    決算額_円: project.costYen,
    評価値: project.rating,
    評価: project.ratingText,
  };
}

function projectRows(table: EvaluationTable, project: ProjectSheet, bases: Bases): Row[] {
  const common = commonRow(table, project);
  if (project.kpis.length === 0) return [common];
  return project.kpis.flatMap((kpi, index) => {
    const about: Row = {
      ...common,
      KPI番号: index + 1,
      KPI種別: kpi.kind,
      KPI指標名: `${circledMark(kpi)}${kpi.label ?? ''}`,
      望ましい方向: kpi.direction && directionWords[kpi.direction],
      集計方法: kpi.accumulation && accumulationWords[kpi.accumulation],
    };
    const figures = kpiFigures(kpi, table.fiscalYear, bases.get(kpi) ?? null);
    return figures.length > 0 ? figures.map((row) => ({ ...about, ...row })) : [about];
  });
}

/** ① belongs to the name of a KPI; a bare line number does not. */
function circledMark({ mark }: Kpi): string {
  return mark !== null && /^[①-⑳]$/u.test(mark) ? mark : '';
}

/** Every dated figure once: the baseline and the final target stand in the series too. */
function kpiFigures(kpi: Kpi, evaluated: FiscalYear | null, base: DeltaBase | null): Row[] {
  const rows: Row[] = [];
  if (kpi.baseline) rows.push(figure('基準値', kpi.baselineYear, kpi.baseline));
  const main = compared(kpi, evaluated).point;
  for (const point of kpi.series) {
    const { target, actual, targetDelta, actualDelta } = point;
    const year = typeof point.year === 'number' ? point.year : null;
    const start = point.year === '当初' || (year !== null && year === kpi.baselineYear);
    const final = kpi.finalTarget !== null && year !== null && year === kpi.finalTargetYear;
    if (target && !final) rows.push(figure(start ? '目標値(当初)' : '目標値', year, target));
    const shown = start && actual?.text === kpi.baseline?.text ? null : actual;
    const stated = point === main && (kpi.statedRate !== null || kpi.statedJudgement !== null);
    if (shown ?? (stated || null))
      rows.push({ ...figure('実績値', year, shown), ...(start ? {} : verdict(kpi, point, main)) });
    for (const [kind, side, delta] of [
      ['目標値の増減', 'targetDelta', targetDelta],
      ['実績値の増減', 'actualDelta', actualDelta],
    ] as const) {
      if (!delta) continue;
      const correction = correctionAt(kpi, point.year, side);
      const printed = correction ? { 原表記: correction.stated } : {};
      rows.push({ ...figure(kind, year, delta), 付記: base && deltaBaseWords[base], ...printed });
    }
  }
  if (kpi.finalTarget) rows.push(figure('最終目標値', kpi.finalTargetYear, kpi.finalTarget));
  return rows;
}

/** What Kensho reckons for a year, and beside it what the table itself says. */
function verdict(kpi: Kpi, point: SeriesPoint, main: SeriesPoint | null): Row {
  const year = typeof point.year === 'number' ? point.year : null;
  const { judgement, rate, formula } = judge(kpi, year);
  const stated = point.statedJudgement ?? (point === main ? kpi.statedJudgement : null);
  return {
    判定_算定: judgementWords[judgement] || null,
    達成率_算定: rate,
    達成率_算定式: rate === null ? null : formulaWords[formula.kind],
    // [F14] 原表 is what was printed, also where a recomputed value has taken its place.
    判定_原表:
      correctionAt(kpi, point.year, 'judgement')?.stated ?? (stated && judgementWords[stated]),
    達成率_原表:
      point === main
        ? (correctionAt(kpi, point.year, 'rate')?.stated ?? kpi.statedRate?.text ?? null)
        : null,
  };
}

function figure(kind: string, year: FiscalYear | null, quantity: Quantity | null): Row {
  return {
    区分: kind,
    年度_西暦: year,
    年度_和暦: year === null ? null : makeFiscalYear(year),
    年度_期間: year === null ? null : makeIsoFiscalYear(year),
    値: quantity?.value ?? null,
    単位: quantity?.value == null ? null : quantity.unit,
    付記: quantity?.qualifier ?? null,
    原表記: quantity?.text ?? null,
  };
}

/** Numbers as numbers; a text loses its line breaks and, at its front, the power to be a formula. */
export function makeField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return decimal.format(value);
  const flat = value.replace(/[\s\p{Cc}]*[\p{Cc}\u2028\u2029]+\s*/gu, ' ').trim();
  return quote(/^[=+\-@＝＋－＠]/.test(flat) && !isFigure(flat) ? `'${flat}` : flat);
}

/** −419人 begins with a minus and holds nothing a formula needs: it goes out as printed. */
function isFigure(text: string): boolean {
  return /^[-－]\d[\d,]*(?:\.\d+)?[^\d\s=+\-*/^&|()@!'"A-Za-z]*$/.test(text);
}

function quote(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Plain decimal notation: 1e21 is no number to most readers of CSV. */
const decimal = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 20 });
