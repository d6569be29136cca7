/**
 * The result table as open data: long-format CSV by the government's rules for readable data (one
 * datum a cell, one header row, units in a column of their own, no line break in a cell).
 * It names no person and writes no opinion text: those are in no column.
 */
import type { EvaluationTable, Kpi, ProjectSheet, Quantity } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { makeCp932 } from './cp932.ts';
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
  'KPI番号',
  'KPI種別',
  'KPI指標名',
  '望ましい方向',
  '区分',
  '年度_西暦',
  '年度_和暦',
  '年度_期間',
  '値',
  '単位',
  '付記',
  '原表記',
  '評価値',
  '評価',
] as const;
type Column = (typeof columns)[number];
type Row = Readonly<Partial<Record<Column, string | number | null>>>;

const directionWords = { increase: '増加', decrease: '減少', zero: 'ゼロ', keep: '維持' } as const;

/** Several values in one cell are no datum; where a project has several, they are joined by this. */
const SEPARATOR = ';';

/** The CSV of a table, with BOM (UTF-8) and CRLF, and what CP932 could not write. */
export function makeOpenData(
  table: EvaluationTable,
  options: { readonly encoding: OpenDataEncoding },
): OpenData {
  const rows = table.projects.flatMap((project) => projectRows(table, project));
  const lines = [
    columns.map(makeField).join(','),
    ...rows.map((row) => columns.map((column) => makeField(row[column] ?? null)).join(',')),
  ];
  const text = lines.map((line) => `${line}\r\n`).join('');
  if (options.encoding === 'cp932') return makeCp932(text);
  return { bytes: new TextEncoder().encode(`\uFEFF${text}`), unwritable: [] };
}

function projectRows(table: EvaluationTable, project: ProjectSheet): Row[] {
  const common: Row = {
    団体名: table.municipality,
    評価対象年度_西暦: table.fiscalYear,
    評価対象年度_和暦: table.fiscalYear === null ? null : makeFiscalYear(table.fiscalYear),
    事業番号: project.no,
    事業名: project.name,
    所管課: project.sections.join(SEPARATOR),
    総合戦略における位置づけ: project.strategyGoals.join(SEPARATOR),
    評価値: project.rating,
    評価: project.ratingText,
  };
  if (project.kpis.length === 0) return [common];
  return project.kpis.flatMap((kpi, index) => {
    const about: Row = {
      ...common,
      KPI番号: index + 1,
      KPI種別: kpi.kind,
      KPI指標名: `${kpi.mark ?? ''}${kpi.label ?? ''}`,
      望ましい方向: kpi.direction && directionWords[kpi.direction],
    };
    const figures = kpiFigures(kpi).map((figure) => ({ ...about, ...figure }));
    return figures.length > 0 ? figures : [about];
  });
}

/** Every dated figure once: the baseline and the final target stand in the series too. */
function kpiFigures(kpi: Kpi): Row[] {
  const rows: Row[] = [];
  if (kpi.baseline) rows.push(figure('基準値', kpi.baselineYear, kpi.baseline));
  for (const { year, target, actual } of kpi.series) {
    const of = year === '当初' ? null : year;
    const isBaseline = kpi.baseline !== null && of === kpi.baselineYear;
    const isFinal = kpi.finalTarget !== null && of === kpi.finalTargetYear;
    if (target && !isFinal) rows.push(figure('目標値', of, target));
    if (actual && !(isBaseline && actual.text === kpi.baseline?.text)) {
      rows.push(figure('実績値', of, actual));
    }
  }
  if (kpi.finalTarget) rows.push(figure('最終目標値', kpi.finalTargetYear, kpi.finalTarget));
  return rows;
}

function figure(kind: string, year: FiscalYear | null, quantity: Quantity): Row {
  return {
    区分: kind,
    年度_西暦: year,
    年度_和暦: year === null ? null : makeFiscalYear(year),
    年度_期間: year === null ? null : makeIsoFiscalYear(year),
    値: quantity.value,
    単位: quantity.value === null ? null : quantity.unit,
    付記: quantity.qualifier,
    原表記: quantity.text,
  };
}

/** Numbers as numbers; a text loses its line breaks and, at its front, the power to be a formula. */
function makeField(value: string | number | null): string {
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
