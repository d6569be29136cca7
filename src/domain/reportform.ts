/** 事業実施報告書: what the report form asks beside the project and its KPIs. */
import type { Quantity } from './sheet.ts';

/** 経費項目 or 収入項目 with its amount. */
export type BudgetLine = { readonly name: string; readonly amount: Quantity | null };

/** 収支 of one side of the report form: what was planned, or what was settled. */
export type Budget = {
  readonly costs: readonly BudgetLine[];
  readonly incomes: readonly BudgetLine[];
  /** The totals as printed; Kensho adds up for itself and compares. */
  readonly statedCosts: Quantity | null;
  readonly statedIncomes: Quantity | null;
  readonly statedBalance: Quantity | null;
};

/** What the report form (事業実施報告書) asks beside the project and its KPIs. No personal data. */
export type ReportForm = {
  readonly writtenOn: string | null;
  readonly prefecture: string | null;
  readonly municipality: string | null;
  readonly municipalityCode: string | null;
  readonly scheme: string | null;
  readonly cooperation: string | null;
  readonly planned: Budget;
  readonly settled: Budget;
  /** 推進体制, サービス運営, 周知・広報, 評価・改善 … with 回答済 or not as printed. */
  readonly parts: readonly { readonly name: string; readonly answered: boolean | null }[];
  /** Absent where every total is as printed. */
  readonly corrections?: readonly (ReportTotal & { readonly stated: string })[];
};

/** Which printed total of the form. */
export type ReportTotal = {
  readonly side: 'planned' | 'settled';
  readonly total: 'statedCosts' | 'statedIncomes' | 'statedBalance';
};
