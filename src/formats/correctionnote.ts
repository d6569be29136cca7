/**
 * [F14] Which recomputed values stand in a document in place of printed ones, a sentence each. The
 * values themselves are set by the shapes; this only says what the original printed.
 */
import type { Correction, FindingSide, Kpi, ProjectSheet } from '#domain/sheet.ts';
import { makeShortFiscalYear } from './wareki.ts';

const sideWords: Readonly<Record<FindingSide, string>> = {
  baseline: '基準値',
  target: '目標',
  actual: '実績',
  targetDelta: '目標の増減',
  actualDelta: '実績の増減',
  finalTarget: '最終目標',
  rate: '達成率',
  judgement: '達成状況',
  comment: '備考',
};

const totalWords = {
  planned: '予定の収支',
  settled: '実際の収支',
  statedCosts: '経費合計',
  statedIncomes: '収入合計',
  statedBalance: '収入合計－経費合計',
} as const;

/** ※ 4-1「英語塾の開催回数」の達成率（R6年度）は再計算した値です。原資料の値は120%。 */
export const correctionNotes = (projects: readonly ProjectSheet[]): readonly string[] =>
  projects.flatMap((project) => [
    ...(project.report?.corrections ?? []).map(
      ({ side, total, stated }) =>
        `※ ${nameOf(project)}の${totalWords[total]}（${totalWords[side]}）は再計算した値です。原資料の値は${stated}。`,
    ),
    ...project.kpis.flatMap((kpi) =>
      (kpi.corrections ?? []).map((correction) => makeNote(project, kpi, correction)),
    ),
  ]);

const nameOf = ({ no, name }: ProjectSheet) => [no, name].filter(Boolean).join(' ');

/** Whether a line of a file is such a sentence. */
export const isCorrectionNote = (text: string): boolean =>
  /^※ .*は再計算した値です。原資料の値は.*。$/su.test(text);

function makeNote(project: ProjectSheet, kpi: Kpi, { year, side, stated }: Correction): string {
  const label = `${kpi.mark ?? ''}${kpi.label ?? ''}`;
  const about = `${nameOf(project)}「${label}」`;
  const when = typeof year === 'number' ? makeShortFiscalYear(year) : year;
  const dated = when === null ? '' : `（${when}）`;
  return `※ ${about}の${sideWords[side]}${dated}は再計算した値です。原資料の値は${stated}。`;
}
