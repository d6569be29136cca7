/**
 * 進捗状況 as a paper: per project 事業内容, what was planned and done by year, and the KPIs with
 * target and actual of every year, the printed differences with what they are counted from.
 */
import { findDeltaBases } from '#domain/delta.ts';
import { deltaBaseWords } from '#domain/deltacheck.ts';
import {
  emptyPoint,
  type DeltaBase,
  type EvaluationTable,
  type Kpi,
  type ProjectSheet,
  type Quantity,
  type SeriesPoint,
} from '#domain/sheet.ts';
import { judgementOf, judgementWords, statesJudgements } from './current.ts';
import { cell, figureCell, type Paper, type PaperBlock, type PaperRow } from './paper.ts';
import { makeShortFiscalYear } from './wareki.ts';

const NAME = '進捗状況';
/** KPIs beside each other in one table; more go into a further table. */
const ABREAST = 3;
const widths = [70, ...Array.from({ length: 2 * ABREAST }, () => 131)];
/** What the differences of each KPI are counted from, as stated or as the figures show [K18]. */
type Bases = ReadonlyMap<Kpi, DeltaBase | null>;

export function progressPaper(table: EvaluationTable): Paper {
  const kpis = table.projects.flatMap((project) => project.kpis);
  const found = findDeltaBases(kpis);
  const bases: Bases = new Map(kpis.map((kpi, index) => [kpi, found[index] ?? null]));
  const stated = statesJudgements(table, 'progress-report');
  return {
    name: NAME,
    size: 'A4 portrait',
    widths,
    blocks: [
      ...(table.title === null ? [] : [{ kind: 'title', text: table.title } as const]),
      ...table.projects.flatMap((project) => projectBlocks(table, project, stated, bases)),
    ],
  };
}

function projectBlocks(
  table: EvaluationTable,
  project: ProjectSheet,
  stated: boolean,
  bases: Bases,
): PaperBlock[] {
  const { kpis, kpiNote, overview } = project;
  const told = overview !== null || project.plans.length > 0;
  const no = told ? 2 : 1;
  const chunks = Array.from({ length: Math.ceil(kpis.length / ABREAST) }, (_, index) =>
    kpis.slice(index * ABREAST, (index + 1) * ABREAST),
  );
  const head = [project.no, project.name].filter((part) => part !== null).join(' ');
  return [
    { kind: 'heading', level: 1, text: head },
    ...(told ? [{ kind: 'heading', level: 2, text: '(1) 事業内容' } as const] : []),
    ...(overview === null ? [] : [{ kind: 'text', text: overview } as const]),
    ...planTable(project),
    ...(chunks.length > 0 ? [] : [kpiHeading(no)]),
    ...chunks.flatMap((chunk, index): PaperBlock[] => [
      kpiHeading(no, index === 0 ? '' : '(続き)'),
      kpiTable(chunk, (kpi) => judgementWords[judgementOf(kpi, table.fiscalYear, stated)]),
      ...deltaNote(chunk, bases),
    ]),
    ...(kpiNote === null ? [] : [{ kind: 'text', text: kpiNote } as const]),
  ];
}

const kpiHeading = (no: number, behind = ''): PaperBlock => ({
  kind: 'heading',
  level: 2,
  text: `(${no}) 重要業績評価指標(KPI)${behind}`,
});

function planTable({ plans }: ProjectSheet): PaperBlock[] {
  if (plans.length === 0) return [];
  const row = ({ year, planned, done }: ProjectSheet['plans'][number]): PaperRow => [
    cell('label', makeShortFiscalYear(year)),
    ...(done === null
      ? [cell('left', planned, { columns: 2 })]
      : [cell('left', planned), cell('left', done)]),
  ];
  return [
    {
      kind: 'table',
      name: '事業内容',
      spans: [1, ABREAST, ABREAST],
      header: 0,
      rows: plans.map(row),
    },
  ];
}

function kpiTable(kpis: readonly Kpi[], judged: (kpi: Kpi) => string): PaperBlock {
  const series = kpis.map(fullSeries);
  const years = [...new Set(series.flatMap((points) => points.map(({ year }) => year)))];
  const comments = kpis.map(({ comment }) => comment ?? '');
  const verdicts = kpis.map(judged);
  const wide = (caption: string, texts: readonly string[]): PaperRow[] =>
    texts.every((text) => text === '')
      ? []
      : [[cell('label', caption), ...texts.map((text) => cell('left', text, { columns: 2 }))]];
  return {
    kind: 'table',
    name: '重要業績評価指標（KPI）',
    spans: [1, ...kpis.flatMap(() => [1, 1])],
    header: 2,
    rows: [
      [
        cell('header', '', { rows: 2 }),
        ...kpis.map((kpi) => cell('header', `${kpi.mark ?? ''}${kpi.label ?? ''}`, { columns: 2 })),
      ],
      kpis.flatMap(() => [cell('header', '目標'), cell('header', '実績')]),
      ...years.toSorted(byYear).flatMap((year) => yearRows(year, series)),
      ...wide('達成\n状況', verdicts),
      ...wide('未達\n理由', comments),
    ],
  };
}

function yearRows(
  year: SeriesPoint['year'],
  series: readonly (readonly SeriesPoint[])[],
): PaperRow[] {
  const points = series.map((each) => each.find((point) => point.year === year));
  const deltas = points.some((point) => point?.targetDelta ?? point?.actualDelta);
  const pairs = (
    of: (point: SeriesPoint | undefined) => readonly (Quantity | null | undefined)[],
  ) => points.flatMap((point) => of(point).map((figure) => figureCell(figure)));
  const label = year === null ? '' : year === '当初' ? '当初' : makeShortFiscalYear(year);
  return [
    [
      cell('label', label, { rows: deltas ? 2 : 1 }),
      ...pairs((point) => [point?.target, point?.actual]),
    ],
    ...(deltas ? [pairs((point) => [point?.targetDelta, point?.actualDelta])] : []),
  ];
}

/** The baseline and the final target too, where a sheet holds them beside its series only. */
function fullSeries(kpi: Kpi): readonly SeriesPoint[] {
  const { series, baseline, finalTarget } = kpi;
  const start = kpi.baselineYear ?? '当初';
  const end = kpi.finalTargetYear;
  const held = (year: SeriesPoint['year']) => series.some((point) => point.year === year);
  return [
    ...(baseline && !held(start) ? [{ ...emptyPoint(start), actual: baseline }] : []),
    ...series,
    ...(finalTarget && end !== null && !held(end)
      ? [{ ...emptyPoint(end), target: finalTarget }]
      : []),
  ];
}

/** 当初 first, then the years; what has no year last. */
function byYear(a: SeriesPoint['year'], b: SeriesPoint['year']): number {
  const rank = (year: SeriesPoint['year']) =>
    year === '当初' ? 0 : year === null ? Number.MAX_SAFE_INTEGER : year;
  return rank(a) - rank(b);
}

const hasDeltas = ({ series }: Kpi): boolean =>
  series.some(({ targetDelta, actualDelta }) => (targetDelta ?? actualDelta) !== null);

/** ※（ ）内は対前年度目標, and by KPI where they differ. */
function deltaNote(kpis: readonly Kpi[], bases: Bases): PaperBlock[] {
  const named = kpis.flatMap((kpi) => {
    const base = hasDeltas(kpi) ? bases.get(kpi) : null;
    return base ? [[kpi.label ?? '', deltaBaseWords[base]] as const] : [];
  });
  const words = [...new Set(named.map(([, base]) => base))];
  if (words.length === 0) return [];
  const bracketed = kpis.some(({ series }) =>
    series.some(({ actualDelta }) => /^[(（]/.test(actualDelta?.text ?? '')),
  );
  const text =
    words.length === 1 && named.length === kpis.filter(hasDeltas).length
      ? `※${bracketed ? '（ ）内は' : '増減は'}${words[0] ?? ''}${bracketed ? 'の増減' : ''}`
      : `※${bracketed ? '（ ）内の' : ''}増減は、${named.map(([label, base]) => `「${label}」は${base}`).join('、')}`;
  return [{ kind: 'note', text }];
}
