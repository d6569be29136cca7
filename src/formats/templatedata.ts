/**
 * What stands in the fields of a template: a table and its meeting as plain texts and lists, under
 * the names of `templatefields.ts`. Every text is as printed elsewhere; nothing is computed here.
 */
import { judge } from '#domain/kpi.ts';
import type { EvaluationTable, Kpi, ProjectSheet, Quantity, SeriesPoint } from '#domain/sheet.ts';
import type { Day, FiscalYear } from '#domain/types.ts';
import { circled } from './achievementpaper.ts';
import { currentOf, formulaWords, judgementWords } from './current.ts';
import { byHeading } from './opinioncell.ts';
import { makeQuantity } from './quantity.ts';
import { makeDay, makeFiscalYear } from './wareki.ts';

/** A text, or the passes of a loop. */
export type TemplateValue = string | readonly TemplateData[];
export type TemplateData = { readonly [name: string]: TemplateValue };

/** What a template is filled with. */
export type TemplateSource = {
  readonly table: EvaluationTable;
  readonly meeting: { readonly title: string; readonly heldOn: Day; readonly place: string } | null;
};

export function templateData({ table, meeting }: TemplateSource): TemplateData {
  return {
    団体名: table.municipality ?? '',
    会議の名称: meeting?.title ?? '',
    表題: table.title ?? '',
    開催日: meeting ? makeDay(meeting.heldOn) : '',
    場所: meeting?.place ?? '',
    評価対象年度: yearText(table.fiscalYear),
    '評価対象年度（西暦）': table.fiscalYear === null ? '' : String(table.fiscalYear),
    事業数: String(table.projects.length),
    事業: table.projects.map((project) => projectData(project, table.fiscalYear)),
  };
}

function projectData(project: ProjectSheet, evaluated: FiscalYear | null): TemplateData {
  return {
    番号: project.no ?? '',
    事業名: project.name ?? '',
    所管課: project.sections.join('、'),
    位置づけ: project.strategyGoals.join('\n'),
    柱: project.pillar ?? '',
    事業概要: project.overview ?? '',
    決算額: project.costYen === null ? '' : makeQuantity(project.costYen, '円').text,
    評価: project.ratingText ?? '',
    KPIの注記: project.kpiNote ?? '',
    KPI: project.kpis.map((kpi, index) => kpiData(kpi, index, evaluated)),
    意見等: byHeading(project.opinions).map(([heading, opinions]) => ({
      見出し: heading,
      意見: opinions.map(({ text, reply }) => ({
        意見の本文: text,
        対応方針: reply?.text ?? '',
        対応期限: reply?.due ? makeDay(reply.due) : '',
      })),
    })),
    定性効果: project.effects.map((text) => ({ 効果: text })),
    取組: project.activities.map(({ name, quantitative, qualitative }) => ({
      取組名: name,
      取組の定量効果: quantitative.join('\n'),
      取組の定性効果: qualitative.join('\n'),
    })),
    年度計画: project.plans.map(({ year, planned, done }) => ({
      計画年度: yearText(year),
      計画内容: planned ?? '',
      実施内容: done ?? '',
    })),
  };
}

const directions = { increase: '増加', decrease: '減少', zero: 'ゼロ', keep: '維持' } as const;

function kpiData(kpi: Kpi, index: number, evaluated: FiscalYear | null): TemplateData {
  const { target, actual } = currentOf(kpi, evaluated);
  const { judgement, rate, formula } = judge(kpi, evaluated);
  return {
    KPI番号: kpi.mark ?? circled(index),
    KPI種別: kpi.kind ?? '',
    指標: kpi.label ?? '',
    単位: kpi.unit ?? '',
    望ましい方向: kpi.direction === null ? '' : directions[kpi.direction],
    基準値: textOf(kpi.baseline),
    基準年度: yearText(kpi.baselineYear),
    目標値: textOf(target),
    実績値: textOf(actual),
    最終目標値: textOf(kpi.finalTarget),
    最終目標年度: yearText(kpi.finalTargetYear),
    判定: judgementWords[judgement],
    達成率: rate === null ? '' : `${rate}%`,
    算定式: rate === null ? '' : formulaWords[formula.kind],
    原表の判定: kpi.statedJudgement === null ? '' : judgementWords[kpi.statedJudgement],
    原表の達成率: textOf(kpi.statedRate),
    KPIの説明: kpi.comment ?? '',
    年度別: kpi.series.map((point) => yearData(kpi, point)),
  };
}

function yearData(kpi: Kpi, point: SeriesPoint): TemplateData {
  const { year, target, actual, targetDelta, actualDelta } = point;
  const judged = typeof year === 'number' && actual ? judge(kpi, year).judgement : 'unknown';
  return {
    年度: year === '当初' ? year : yearText(year),
    目標: textOf(target),
    実績: textOf(actual),
    目標の増減: textOf(targetDelta),
    実績の増減: textOf(actualDelta),
    年度の判定: judgementWords[point.statedJudgement ?? judged],
  };
}

const textOf = (figure: Quantity | null): string => figure?.text ?? '';
const yearText = (year: FiscalYear | null): string => (year === null ? '' : makeFiscalYear(year));
