/**
 * A 事業シート as the fields of the report form, and back. Texts nobody touched keep what was once read
 * from them; what the form has no field for (final targets, other years, opinions) stays as it is.
 */
import {
  budgetFlows,
  budgetSides,
  formKpis,
  formRows,
  headFields,
  isMoneyUnit,
  lineField,
  partField,
  statedTotals,
  totalField,
  UNIT_FIELD,
  usualParts,
  type BudgetFlow,
  type BudgetSide,
  type FormFields,
  type MoneyUnit,
} from '#domain/formfield.ts';
import { withoutUndoneTotals } from '#domain/correction.ts';
import { totalsOf, type FormBudget, type FormLines } from '#domain/formtotal.ts';
import type { ReportDraft } from '#domain/omission.ts';
import type { ProjectSheet, Quantity } from '#domain/sheet.ts';
import type { Budget, ReportForm } from '#domain/reportform.ts';
import type { FiscalYear } from '#domain/types.ts';
import { parseQuantity } from './quantity.ts';
import { frameFields, frameKpi, orNull } from './reportkpi.ts';

const emptyBudget: Budget = {
  costs: [],
  incomes: [],
  statedCosts: null,
  statedIncomes: null,
  statedBalance: null,
};

const emptyReport: ReportForm = {
  writtenOn: null,
  prefecture: null,
  municipality: null,
  municipalityCode: null,
  scheme: null,
  cooperation: null,
  planned: emptyBudget,
  settled: emptyBudget,
  parts: usualParts.map((name) => ({ name, answered: null })),
};

const reportOf = (sheet: ProjectSheet): ReportForm => {
  const report = sheet.report ?? emptyReport;
  return report.parts.length === 0 ? { ...report, parts: emptyReport.parts } : report;
};

/** What a sheet says, field by field; empty fields are there too where a choice or text is empty. */
export function fieldsOf(sheet: ProjectSheet, year: FiscalYear): FormFields {
  const fields: Record<string, string> = {};
  const report = reportOf(sheet);
  for (const field of headFields) fields[field] = report[field] ?? '';
  fields[UNIT_FIELD] = unitOf(report);
  for (const side of budgetSides) {
    for (const flow of budgetFlows) {
      for (const [row, line] of report[side][flow].slice(0, formRows).entries()) {
        fields[lineField(side, flow, row, 'name')] = line.name;
        fields[lineField(side, flow, row, 'amount')] = line.amount?.text ?? '';
      }
    }
    for (const total of statedTotals)
      fields[totalField(side, total)] = report[side][total]?.text ?? '';
  }
  for (const [frame, kpi] of sheet.kpis.slice(0, formKpis).entries())
    Object.assign(fields, frameFields(kpi, frame, year));
  for (const [part, { answered }] of report.parts.entries())
    fields[partField(part)] = answered === null ? '' : answered ? 'yes' : 'no';
  return fields;
}

/** 千円 unless the first amount says otherwise, as the printed form does. */
function unitOf({ planned, settled }: ReportForm): MoneyUnit {
  const amounts = [planned, settled].flatMap((side) => [
    ...[...side.costs, ...side.incomes].map(({ amount }) => amount),
    side.statedCosts,
    side.statedIncomes,
  ]);
  const unit = amounts.find((amount) => isMoneyUnit(amount?.unit))?.unit;
  return isMoneyUnit(unit) ? unit : '千円';
}

/** What is written in the form, with gaps where nothing is, for totals and 回答漏れチェック. */
export function draftOf(fields: FormFields, sheet: ProjectSheet, year: FiscalYear): ReportDraft {
  const report = reportOf(sheet);
  const chosen = fields[UNIT_FIELD];
  const unit = isMoneyUnit(chosen) ? chosen : '千円';
  return {
    unit,
    planned: budgetOf(fields, report, 'planned', unit),
    settled: budgetOf(fields, report, 'settled', unit),
    kpis: Array.from({ length: formKpis }, (_, frame) =>
      frameKpi(fields, sheet.kpis[frame] ?? null, frame, year),
    ),
    parts: report.parts.map(({ name }, part) => ({
      name,
      answered: { yes: true, no: false }[fields[partField(part)] ?? ''] ?? null,
    })),
  };
}

/** The sheet with everything that is written in the form. */
export function sheetOf(fields: FormFields, sheet: ProjectSheet, year: FiscalYear): ProjectSheet {
  const before = fieldsOf(sheet, year);
  // Opened and left as it was: no form is made of a sheet that has none.
  const keys = new Set([...Object.keys(before), ...Object.keys(fields)]);
  if ([...keys].every((key) => (fields[key] ?? '') === (before[key] ?? ''))) return sheet;
  const report = reportOf(sheet);
  const { unit, planned, settled, kpis, parts } = draftOf(fields, sheet, year);
  const costYen = costOf(settled, unit);
  const head = (key: (typeof headFields)[number]): string | null => orNull(fields[key]);
  return {
    ...sheet,
    costYen: costYen ?? sheet.costYen,
    kpis: [...kpis.flatMap((kpi) => kpi ?? []), ...sheet.kpis.slice(formKpis)],
    report: withoutUndoneTotals({
      writtenOn: head('writtenOn'),
      scheme: head('scheme'),
      cooperation: head('cooperation'),
      prefecture: head('prefecture'),
      municipality: head('municipality'),
      municipalityCode: head('municipalityCode'),
      planned: withoutGaps(planned, report.planned),
      settled: withoutGaps(settled, report.settled),
      parts,
      ...(report.corrections && { corrections: report.corrections }),
    }),
  };
}

function budgetOf(
  fields: FormFields,
  report: ReportForm,
  side: BudgetSide,
  unit: MoneyUnit,
): FormBudget {
  const before = report[side];
  const lines = (flow: BudgetFlow): FormLines =>
    Array.from({ length: formRows }, (_, row) => {
      const name = fields[lineField(side, flow, row, 'name')] ?? '';
      const old = before[flow][row]?.amount ?? null;
      const amount = amountOf(fields[lineField(side, flow, row, 'amount')], old, unit);
      return name.trim() === '' && amount === null ? null : { name, amount };
    });
  const stated = (total: (typeof statedTotals)[number]): Quantity | null =>
    amountOf(fields[totalField(side, total)], before[total], unit);
  return {
    costs: lines('costs'),
    incomes: lines('incomes'),
    statedCosts: stated('statedCosts'),
    statedIncomes: stated('statedIncomes'),
    statedBalance: stated('statedBalance'),
  };
}

function amountOf(
  text: string | undefined,
  old: Quantity | null,
  unit: MoneyUnit,
): Quantity | null {
  if (text === undefined || text.trim() === '') return null;
  if (old?.text === text && (old.unit === unit || old.value === null)) return old;
  const read = parseQuantity(text);
  return read.value !== null && read.unit === null ? { ...read, unit } : read;
}

/** The form holds twenty rows; those an imported table has beyond them are kept. */
const withoutGaps = (budget: FormBudget, before: Budget): Budget => ({
  ...budget,
  costs: [...budget.costs.flatMap((line) => line ?? []), ...before.costs.slice(formRows)],
  incomes: [...budget.incomes.flatMap((line) => line ?? []), ...before.incomes.slice(formRows)],
});

const factors: Readonly<Record<MoneyUnit, number>> = {
  円: 1,
  千円: 1_000,
  万円: 10_000,
  百万円: 1_000_000,
};

/** 決算額 in yen, as far as the costs that were settled add up. */
function costOf(settled: FormBudget, unit: MoneyUnit): number | null {
  const { sum } = totalsOf(settled, unit).costs;
  if (sum === null || settled.costs.every((line) => line?.amount?.value == null)) return null;
  const yen = Math.round(sum * factors[unit]);
  return Number.isSafeInteger(yen) ? yen : null;
}
