/**
 * 事業実施報告書 as papers, one a project: 収支 of both sides with totals, a frame per KPI with its
 * years and 300-character boxes, 回答漏れチェック. It holds no name, phone or mail: nobody stored one.
 */
import type { EvaluationTable, Kpi, ProjectSheet, Quantity, SeriesPoint } from '#domain/sheet.ts';
import type { Budget } from '#domain/reportform.ts';
import { addUp } from './addup.ts';
import { circled } from './achievementpaper.ts';
import { judgementOf, judgementWords, statesJudgements } from './current.ts';
import { cell, figureCell, type Paper, type PaperBlock, type PaperRow } from './paper.ts';

const NAME = '事業実施報告書';
/** Twelve narrow columns, so that each table of the form finds its own edges among them. */
const widths = Array.from({ length: 12 }, () => 71);
const LIMIT = 300;

/** The forms of a table, one paper each. */
export function reportPapers(table: EvaluationTable): readonly Paper[] {
  const stated = statesJudgements(table, 'report-form');
  return table.projects.map((project) => ({
    name: [project.no, project.name].filter((part) => part !== null).join(' ') || NAME,
    size: 'A4 portrait',
    widths,
    blocks: [
      { kind: 'title', text: table.title ?? NAME },
      particulars(table, project),
      ...partsTable(project),
      { kind: 'heading', level: 1, text: '１．事業の収支' },
      budgetTable(table, project),
      { kind: 'heading', level: 1, text: '２．事業のKPI' },
      ...project.kpis.map((kpi, index) => kpiFrame(table, kpi, index, stated)),
      ...(project.kpiNote === null ? [] : [{ kind: 'text', text: project.kpiNote } as const]),
      { kind: 'note', text: notes },
    ],
  }));
}

const notes =
  '※1 数値の減少を目標とするKPIは［減少KPI］、数値を0にすることを目標とするKPIは［0目標KPI］。\n' +
  '※2 減少を表す数値は「-（マイナス）」で示す。\n' +
  '※3 計測していないKPIは［未計測］とし、その理由と今後の計測時期を記述欄に記載する。';

function particulars(table: EvaluationTable, project: ProjectSheet): PaperBlock {
  const { report } = project;
  const wide = (caption: string, text: string | null): PaperRow => [
    cell('label', caption),
    cell('left', text, { columns: 5 }),
  ];
  return {
    kind: 'table',
    name: '報告の概要',
    spans: [2, 2, 2, 2, 2, 2],
    header: 0,
    rows: [
      [
        cell('label', '記入日'),
        cell('left', report?.writtenOn),
        cell('label', '都道府県名'),
        cell('left', report?.prefecture),
        cell('label', '市区町村等名'),
        cell('left', report?.municipality ?? table.municipality),
      ],
      [
        cell('label', '地方公共団体コード'),
        cell('left', report?.municipalityCode),
        cell('label', '単独・広域連携'),
        cell('left', report?.cooperation, { columns: 3 }),
      ],
      wide('担当部局名', project.sections.join('、')),
      wide('事業年度', report?.scheme ?? null),
      wide('交付対象事業の名称', project.name),
    ],
  };
}

/** Two parts a row: 推進体制 回答済 … */
function partsTable({ report }: ProjectSheet): PaperBlock[] {
  const parts = report?.parts ?? [];
  if (parts.length === 0) return [];
  const word = (answered: boolean | null) =>
    answered === null ? '' : answered ? '回答済' : '未回答';
  const rows = Array.from({ length: Math.ceil(parts.length / 2) }, (_, row) =>
    [parts[row * 2], parts[row * 2 + 1]].flatMap((part, side) => [
      cell('label', part ? `${row * 2 + side + 1}.${part.name}` : ''),
      cell('center', part ? word(part.answered) : ''),
    ]),
  );
  return [
    {
      kind: 'table',
      name: '回答漏れチェック',
      spans: [4, 2, 4, 2],
      header: 1,
      rows: [[cell('header', '回答漏れチェック', { columns: 4 })], ...rows],
    },
  ];
}

const noBudget: Budget = {
  costs: [],
  incomes: [],
  statedCosts: null,
  statedIncomes: null,
  statedBalance: null,
};

function budgetTable(table: EvaluationTable, { report }: ProjectSheet): PaperBlock {
  const sides = [report?.planned ?? noBudget, report?.settled ?? noBudget];
  const year = table.fiscalYear === null ? '' : `${table.fiscalYear}年度の`;
  const head = (caption: string): PaperRow =>
    sides.flatMap(() => [cell('header', caption), cell('header', '金額（単位：千円）')]);
  const lines = (of: (side: Budget) => Budget['costs']): PaperRow[] =>
    Array.from({ length: Math.max(1, ...sides.map((side) => of(side).length)) }, (_, row) =>
      sides.flatMap((side) => {
        const line = of(side)[row];
        return [cell('left', line?.name), figureCell(line?.amount)];
      }),
    );
  const sum = (caption: string, of: (side: Budget) => Quantity | null): PaperRow =>
    sides.flatMap((side) => [cell('label', caption), figureCell(of(side))]);
  return {
    kind: 'table',
    name: '事業の収支',
    spans: [4, 2, 4, 2],
    header: 2,
    rows: [
      [
        cell('header', `予定していた${year}事業収支`, { columns: 2 }),
        cell('header', `実際の${year}事業収支`, { columns: 2 }),
      ],
      head('経費項目'),
      ...lines(({ costs }) => costs),
      sum('経費合計', (side) => side.statedCosts ?? addUp(side.costs)),
      head('収入項目'),
      ...lines(({ incomes }) => incomes),
      sum('収入合計', (side) => side.statedIncomes ?? addUp(side.incomes)),
      sum('収入合計－経費合計', ({ statedBalance }) => statedBalance),
    ],
  };
}

const flags = { decrease: '減少KPI', zero: '0目標KPI', increase: '', keep: '' } as const;
const boxes = {
  achieved: '【「KPI達成」の場合】\n達成のための取組内容や工夫及び翌年度達成に向けた取組',
  missed:
    '【「KPI未達成又は未計測」の場合】\n達成（計測）できなかった理由及び翌年度達成に向けた取組',
} as const;

function kpiFrame(table: EvaluationTable, kpi: Kpi, index: number, stated: boolean): PaperBlock {
  const years = kpi.series.filter((point) => point.target ?? point.actual);
  const points: readonly (SeriesPoint | null)[] = years.length > 0 ? years : [null];
  const rows = 2 * points.length - 1;
  const own = [
    cell('left', kpi.label, { rows }),
    cell('center', kpi.direction === null ? '' : flags[kpi.direction], { rows }),
    cell('center', kpi.kind, { rows }),
    cell('center', kpi.unit, { rows }),
  ];
  const captions = (point: SeriesPoint | null): PaperRow => {
    const year = typeof point?.year === 'number' ? `${point.year}年度末\n` : '';
    return [
      cell('header', `${year}目標値※2`),
      cell('header', `${year}実績値※2※3`),
      cell('header', '達成状況'),
    ];
  };
  const figures = (point: SeriesPoint | null): PaperRow => [
    figureCell(point?.target),
    figureCell(point?.actual),
    cell('center', point ? verdict(table, kpi, point, stated) : ''),
  ];
  return {
    kind: 'table',
    name: `KPI${circled(index)}`,
    spans: [4, 1, 1, 1, 2, 2, 1],
    header: 1,
    rows: [
      [
        cell('header', `KPI${kpi.mark ?? circled(index)}`),
        cell('header', '備考※1'),
        cell('header', '種別'),
        cell('header', '単位'),
        ...captions(points[0] ?? null),
      ],
      [...own, ...figures(points[0] ?? null)],
      ...points.slice(1).flatMap((point) => [captions(point), figures(point)]),
      ...boxRows(kpi),
    ],
  };
}

function verdict(table: EvaluationTable, kpi: Kpi, point: SeriesPoint, stated: boolean): string {
  if (stated) return point.statedJudgement ? judgementWords[point.statedJudgement] : '';
  return point.year === table.fiscalYear
    ? judgementWords[judgementOf(kpi, table.fiscalYear, false)]
    : '';
}

/** The two boxes with their counters; a comment stands in the one its year's judgement calls for. */
function boxRows(kpi: Kpi): PaperRow[] {
  const last = kpi.series.findLast((point) => point.comment !== null);
  const text = last?.comment ?? kpi.comment ?? '';
  const achieved = last?.statedJudgement === 'achieved';
  return (['achieved', 'missed'] as const).map((box) => {
    const own = (box === 'achieved') === achieved ? text : '';
    return [
      cell('label', boxes[box]),
      cell('left', own, { columns: 5 }),
      cell('center', `${[...own.replaceAll('\n', '')].length}\n/${LIMIT}字`),
    ];
  });
}
