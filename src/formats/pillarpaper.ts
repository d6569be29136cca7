/**
 * 柱別報告 as a paper: per pillar the KPI table with the stated 達成率 and Kensho's own beside it, the
 * 定性効果, and each activity with what it brought. The stated rate is never overwritten.
 */
import { judge } from '#domain/kpi.ts';
import type { Activity, EvaluationTable, Kpi, ProjectSheet } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { circled } from './achievementpaper.ts';
import { currentOf } from './current.ts';
import { cell, figureCell, type Paper, type PaperBlock, type PaperTable } from './paper.ts';

const NAME = '柱別報告';
const widths = [44, 336, 126, 126, 100, 122];
const captions = ['NO', '当初目標内容', 'KPI目標', 'KPI成果', 'KPI達成率', '再計算\n(実績÷目標)'];
const NONE = '特記事項なし';

export function pillarPaper(table: EvaluationTable): Paper {
  return {
    name: NAME,
    size: 'A4 portrait',
    widths,
    blocks: [
      ...(table.title === null ? [] : [{ kind: 'title', text: table.title } as const]),
      ...table.projects.flatMap((project) => pillarBlocks(table, project)),
    ],
  };
}

function pillarBlocks(table: EvaluationTable, project: ProjectSheet): PaperBlock[] {
  const parts: readonly (readonly [caption: string, blocks: readonly PaperBlock[]])[] = [
    ['定量効果', project.kpis.length > 0 ? [kpiTable(table, project.kpis)] : []],
    ['定性効果', project.effects.map((text): PaperBlock => ({ kind: 'bullet', text }))],
    ['各事業及び成果', project.activities.flatMap(activityBlocks)],
  ];
  const head = [project.no, project.name].filter((part) => part !== null).join(' ');
  return [
    { kind: 'heading', level: 1, text: head },
    ...parts
      // A pillar that never had KPIs does not report that it has none, nor does another layout's table.
      .filter(
        ([caption, blocks]) =>
          blocks.length > 0 || (caption !== '定量効果' && table.layout === 'pillar-report'),
      )
      .flatMap(([caption, blocks], index): PaperBlock[] => [
        { kind: 'heading', level: 2, text: `${index + 1}) ${caption}` },
        ...(blocks.length > 0 ? blocks : [{ kind: 'bullet', text: NONE } as const]),
      ]),
  ];
}

function kpiTable(table: EvaluationTable, kpis: readonly Kpi[]): PaperTable {
  return {
    kind: 'table',
    name: '定量効果',
    spans: widths.map(() => 1),
    header: 1,
    rows: [
      captions.map((caption) => cell('header', caption)),
      ...kpis.map((kpi, index) => {
        const { target, actual } = currentOf(kpi, table.fiscalYear);
        return [
          cell('center', kpi.mark ?? String(index + 1)),
          cell('left', kpi.label),
          figureCell(target),
          figureCell(actual),
          figureCell(kpi.statedRate),
          cell('figure', recomputed(kpi, table.fiscalYear)),
        ];
      }),
    ],
  };
}

const formulas = {
  none: '',
  actualOverTarget: '',
  fromBaseline: '\n(基準値比)',
  reduction: '\n(減少率)',
} as const;

/** Kensho's rate of a KPI, its formula with it unless it is 実績÷目標; two readings, both rates. */
function recomputed(kpi: Kpi, year: FiscalYear | null): string {
  const { rate, formula, readings } = judge(kpi, year);
  if (rate !== null) return `${rate}%${formulas[formula.kind]}`;
  const rates = readings.flatMap((reading) => (reading.rate === null ? [] : [`${reading.rate}%`]));
  return rates.length > 0 ? [...new Set(rates)].join('又は') : '—';
}

function activityBlocks(
  { name, quantitative, qualitative }: Activity,
  index: number,
): PaperBlock[] {
  const lines = (caption: string, texts: readonly string[]): PaperBlock[] =>
    texts.length === 0
      ? []
      : [
          { kind: 'text', text: `■ ${caption}` },
          ...texts.map((text): PaperBlock => ({ kind: 'bullet', text })),
        ];
  return [
    { kind: 'heading', level: 3, text: `${circled(index)} ${name}` },
    ...lines('定量効果', quantitative),
    ...lines('定性効果', qualitative),
  ];
}
