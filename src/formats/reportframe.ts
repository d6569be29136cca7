/**
 * One KPI frame of the report form (事業実施報告書) before and after it is understood: texts gathered
 * from cells or lines, then a KPI. Chooses nothing by itself: two texts for one place stay unread.
 */
import { meetsTarget } from '#domain/direction.ts';
import { emptyKpi, emptyPoint, type Direction, type Kpi, type Quantity } from '#domain/sheet.ts';
import type { SeriesPoint, StatedJudgement } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { readFigure } from './noise.ts';
import type { Note } from './notice.ts';
import { findAbsence } from './quantity.ts';

/** Target, actual and 達成状況 of a year as printed; null where nothing stands there. */
export type FrameYear = {
  readonly year: FiscalYear | null;
  readonly target: string | null;
  readonly actual: string | null;
  readonly status: string | null;
};

export type FrameLabel = {
  readonly label: string | null;
  /** 減少KPI or 0目標KPI. */
  readonly flag: string | null;
  readonly kind: string | null;
  readonly unit: string | null;
};

export type Frame = {
  /** ①, ② …; null where the heading of the frame is lost. */
  readonly mark: string | null;
  readonly at: string;
  readonly years: readonly FrameYear[];
  readonly named: FrameLabel | null;
  /** The two boxes of the last year: how the target was reached, and why it was not. */
  readonly achieved: string | null;
  readonly missed: string | null;
};

/** A frame in which nobody has written anything: ten of fifteen, as a rule. */
export function isEmptyFrame(frame: Frame): boolean {
  const { named, years } = frame;
  return (
    (named?.label ?? null) === null &&
    (named?.unit ?? null) === null &&
    years.every(({ target, actual, status }) => !target && !actual && !status) &&
    !frame.achieved &&
    !frame.missed
  );
}

const judgements: readonly (readonly [RegExp, StatedJudgement])[] = [
  [/^達成$/, 'achieved'],
  [/^未達成?$/, 'missed'],
  [/^未計測$/, 'unmeasured'],
];

/** 達成, 未達成 or 未計測, or null for anything else. */
export function findStatus(text: string): StatedJudgement | null {
  const plain = text.replace(/\s+/g, '');
  return judgements.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

/** The KPI of a frame; `lastYear` is the reported year, to which the boxes and 達成状況 belong. */
export function makeFrameKpi(
  frame: Frame,
  lastYear: FiscalYear | null,
  project: string | null,
  note: Note,
): Kpi {
  const { named, mark } = frame;
  const about = { project, kpi: named?.label ?? mark, at: frame.at };
  if (!named?.label) note('label-missing', { ...about, stated: mark });
  if (mark === null) note('number-gap', about);
  const unit = named?.unit ?? null;
  const comment = [frame.achieved, frame.missed].filter(Boolean).join('\n') || null;
  const read = (printed: string | null): Quantity | null => {
    if (!printed) return null;
    const figure = readFigure(printed);
    if (figure.value === null && !findAbsence(printed))
      note('value-unreadable', { ...about, stated: printed });
    return figure.value !== null && figure.unit === null && unit !== null
      ? { ...figure, unit }
      : figure;
  };
  const series: SeriesPoint[] = [];
  for (const { year, target, actual, status } of frame.years) {
    const held = series.some((point) => point.year === year);
    if (held) {
      note('row-unread', { ...about, stated: [target, actual, status].filter(Boolean).join(' ') });
      continue;
    }
    if (!target || !actual)
      note('value-missing', { ...about, stated: year === null ? null : `${year}年度` });
    series.push({
      ...emptyPoint(year),
      target: read(target),
      actual: read(actual),
      statedJudgement: findStatus(status ?? ''),
      comment: year === lastYear && year !== null ? comment : null,
    });
  }
  const last = series.find((point) => point.year === lastYear);
  return {
    ...emptyKpi,
    mark,
    kind: named?.kind ?? null,
    label: named?.label ?? null,
    unit,
    direction: findDirection(named?.flag ?? null, series, () =>
      note('flag-contradicts', { ...about, stated: named?.flag ?? null }),
    ),
    series,
    statedJudgement: last?.statedJudgement ?? null,
    comment,
  };
}

/**
 * The form's own rule (※1): a decrease is marked 減少KPI unless its targets carry a minus sign, an aim
 * of none 0目標KPI; all others are to rise. Where every printed 達成 and 未達成 would be right the other
 * way round, a mark may be lost and the direction stays open; one wrong status is the doctor's.
 */
function findDirection(
  flag: string | null,
  series: readonly SeriesPoint[],
  contradict: () => void,
): Direction | null {
  const targets = series.flatMap(({ target }) => target?.value ?? []);
  if (targets.length === 0) return null;
  const plain = (flag ?? '').normalize('NFKC');
  const direction: Direction = /減少/.test(plain)
    ? 'decrease'
    : /0目標/.test(plain)
      ? 'zero'
      : targets.every((target) => target < 0)
        ? 'decrease'
        : 'increase';
  const opposite: Direction = direction === 'increase' ? 'decrease' : 'increase';
  const judged = series.flatMap(({ target, actual, statedJudgement }) =>
    target && actual && (statedJudgement === 'achieved' || statedJudgement === 'missed')
      ? [{ target, actual, met: statedJudgement === 'achieved' }]
      : [],
  );
  const fits = (each: Direction): boolean =>
    judged.every(({ target, actual, met }) => meetsTarget(actual, target, each) === met);
  const none = judged.every(
    ({ target, actual, met }) => meetsTarget(actual, target, direction) === !met,
  );
  if (judged.length === 0 || !none || !fits(opposite)) return direction;
  contradict();
  return null;
}
