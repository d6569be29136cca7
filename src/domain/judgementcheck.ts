/**
 * The printed judgement of a KPI against its figures, and what has to be written beside it:
 * [F6] [F12]. Judges by `kpi.ts` and by nothing else.
 */
import { judgementWords, type Circumstances, type Found } from './check.ts';
import { amountOf } from './compound.ts';
import { proposeDirection } from './direction.ts';
import { compared, judge } from './kpi.ts';
import { makeNumber } from './rate.ts';
import type { Kpi, Layout, SeriesPoint, StatedJudgement } from './sheet.ts';
import type { FiscalYear } from './types.ts';

/** Characters a box of the report form takes, line breaks not counted [F12]. */
export const boxLimit = 300;
const asking: readonly (Layout | null)[] = ['report-form', 'progress-report', 'achievement-list'];

export function checkJudgements(kpi: Kpi, around: Circumstances): readonly Found[] {
  const dated = kpi.series.flatMap((point) =>
    typeof point.year === 'number' && point.statedJudgement
      ? checkOne(kpi, point.year, point.statedJudgement)
      : [],
  );
  const { point } = compared(kpi, around.fiscalYear);
  const own =
    kpi.statedJudgement && !point?.statedJudgement
      ? checkOne(kpi, around.fiscalYear, kpi.statedJudgement)
      : point?.year === null && point.statedJudgement
        ? checkOne(kpi, null, point.statedJudgement)
        : [];
  const mismatches = [...dated, ...own];
  return [
    ...mismatches,
    ...(mismatches.length === 0 ? checkReason(kpi, point, around) : []),
    ...checkLengths(kpi, around.layout),
  ];
}

function checkOne(kpi: Kpi, year: FiscalYear | null, stated: StatedJudgement): readonly Found[] {
  const { judgement } = judge(kpi, year);
  if (judgement === 'unknown' || judgement === stated) return [];
  const { point, actual, target } = compared(kpi, year);
  // 未計測 beside a target of a later year is no verdict on it.
  if (judgement === 'pending' && stated === 'unmeasured') return [];
  const early = judgement === 'pending' && stated === 'missed';
  const proposal = proposeDirection(kpi);
  const supposed = proposal?.basis === 'count' && proposal.direction === kpi.direction;
  const measured = judgement !== 'unmeasured' && stated !== 'unmeasured';
  const [now, to] = [actual && amountOf(actual), target && amountOf(target)];
  const sign = now && to ? { [-1]: '<', 0: '=', 1: '>' }[now.cmp(to)] : null;
  return [
    {
      code: early
        ? 'judged-too-early'
        : supposed && measured
          ? 'judgement-doubtful'
          : 'judgement-mismatch',
      year: point?.year ?? null,
      side: 'judgement',
      stated: judgementWords[stated],
      recomputed: judgementWords[judgement],
      formula:
        now && to && sign ? `${makeNumber(now)} ${sign} ${makeNumber(to)}` : (actual?.text ?? null),
    },
  ];
}

function checkReason(
  kpi: Kpi,
  point: SeriesPoint | null,
  { fiscalYear, layout, kpiNote }: Circumstances,
): readonly Found[] {
  if (!asking.includes(layout)) return [];
  const stated = point?.statedJudgement ?? kpi.statedJudgement;
  const state = stated ?? judge(kpi, fiscalYear).judgement;
  if (state !== 'missed' && state !== 'unmeasured') return [];
  const reason = [point?.comment, kpi.comment, kpiNote].filter(Boolean).join('\n').trim();
  const place = { year: point?.year ?? null, side: 'comment' } as const;
  if (reason === '') return [{ code: 'missing-reason', ...place, stated: judgementWords[state] }];
  return state === 'unmeasured' && !namesDate(reason, fiscalYear)
    ? [{ code: 'missing-planned-date', ...place, stated: judgementWords[state] }]
    : [];
}

/** Whether a reason says when it will be measured: a year after the evaluated one, or words for it. */
export function namesDate(text: string, fiscalYear: FiscalYear | null): boolean {
  const plain = text.normalize('NFKC');
  if (/来年|次年度|翌年|次回|今年度|本年度|年度内|年度末までに/.test(plain)) return true;
  const years = [
    ...[...plain.matchAll(/(?:令和|R)\s*(\d{1,2}|元)/g)].map(
      ([, n]) => 2018 + (n === '元' ? 1 : Number(n)),
    ),
    ...[...plain.matchAll(/(?<!\d)(20\d{2})(?!\d)/g)].map(([, n]) => Number(n)),
  ];
  return years.some((year) => fiscalYear === null || year > fiscalYear);
}

function checkLengths(kpi: Kpi, layout: Layout | null): readonly Found[] {
  if (layout !== 'report-form') return [];
  const texts = [
    { year: null, text: kpi.comment },
    ...kpi.series.map(({ year, comment }) => ({ year, text: comment })),
  ];
  return texts.flatMap(({ year, text }): Found[] => {
    const length = countCharacters(text ?? '');
    return length > boxLimit
      ? [
          {
            code: 'over-limit',
            year,
            side: 'comment',
            stated: String(length),
            recomputed: String(boxLimit),
          },
        ]
      : [];
  });
}

/** Characters as the counter of the form counts them: line breaks are not among them. */
export function countCharacters(text: string): number {
  return text.replace(/[\r\n]/g, '').length;
}
