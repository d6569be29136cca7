/**
 * The KPIs of one row of an achievement list: label, target, actual, ○×− and remark of each stand in
 * cells of their own, behind ①②③. Joins them by mark only; what has lost its mark stays null.
 */
import { proposeDirection } from '#domain/direction.ts';
import type { ColumnRole } from '#domain/mapping.ts';
import {
  emptyKpi,
  emptyPoint,
  type Kpi,
  type Quantity,
  type SeriesPoint,
  type StatedJudgement,
} from '#domain/sheet.ts';
import { joinLines } from './lines.ts';
import { makeMark, splitMarks, type Marked } from './marked.ts';
import type { FindingCode } from './notice.ts';
import { findAbsence, parseQuantity } from './quantity.ts';

/** One column of the KPIs with the text of its cell. */
export type KpiCell = {
  readonly role: ColumnRole;
  readonly year: SeriesPoint['year'];
  readonly caption: string;
  readonly text: string;
};
type Report = (code: FindingCode, stated: string, kpi: string | null) => void;

/** Columns whose marks say which KPIs there are. */
const counting: readonly ColumnRole[] = [
  'label',
  'baseline',
  'target',
  'actual',
  'finalTarget',
  'judgement',
];
const figures: readonly ColumnRole[] = ['baseline', 'target', 'actual', 'finalTarget'];

/** The KPIs in the order of their marks; none where all cells are empty. */
export function readMarkedKpis(cells: readonly KpiCell[], report: Report): readonly Kpi[] {
  const read = cells.map((cell) => ({ ...cell, ...splitMarks(cell.text) }));
  const counted = read.filter(({ role }) => counting.includes(role));
  if (counted.every(({ text }) => text === '')) return [];
  const numbers = [...new Set(counted.flatMap(({ parts }) => [...parts.keys()]))];
  numbers.sort((one, other) => one - other);
  const only = numbers.length <= 1;
  for (const { role, caption, text, loose, parts } of read) {
    if (!only && loose !== '') report('marks-unreadable', loose, null);
    else if ([...parts.values()].includes(null)) report('marks-unreadable', text, null);
    else if (text === '' && figures.includes(role)) report('value-missing', caption, null);
  }
  return (only ? [numbers[0] ?? null] : numbers).map((number) => {
    const mark = number === null ? null : makeMark(number);
    const own = read.map((cell) => ({ ...cell, text: textOf(cell, number, only) }));
    const label = joinLines(own.find(({ role }) => role === 'label')?.text ?? '') || null;
    if (label === null) report('label-missing', mark ?? '', null);
    for (const { role, caption, text, parts } of own)
      if (text === null && parts.size > 0 && parts.get(number ?? 0) !== null && role !== 'label')
        report('mark-missing', `${mark ?? ''} ${caption}`.trim(), label);
    return makeKpi(own, mark, label, report);
  });
}

/** The text under a mark; null where the column has none under it. */
function textOf({ parts, loose }: Marked, number: number | null, only: boolean): string | null {
  const part = number === null ? undefined : parts.get(number);
  if (part !== undefined) return part === '' ? null : part;
  // With a single KPI nothing can be meant but it.
  return only && parts.size === 0 ? loose || null : null;
}

type Own = Omit<KpiCell, 'text'> & { readonly text: string | null };

function makeKpi(
  cells: readonly Own[],
  mark: string | null,
  label: string | null,
  report: Report,
): Kpi {
  const textOfRole = (role: ColumnRole): string | null =>
    cells.find((cell) => cell.role === role)?.text ?? null;
  const unit = textOfRole('unit');
  const series = new Map<SeriesPoint['year'], SeriesPoint>();
  let kpi: Kpi = { ...emptyKpi, mark, label, kind: textOfRole('kind') };
  for (const { role, year, text } of cells) {
    if (text === null || !figures.includes(role)) continue;
    const figure = readFigure(text, unit, (code) => report(code, text, label));
    if (role === 'baseline')
      kpi = { ...kpi, baseline: figure, baselineYear: typeof year === 'number' ? year : null };
    if (role === 'finalTarget')
      kpi = {
        ...kpi,
        finalTarget: figure,
        finalTargetYear: typeof year === 'number' ? year : null,
      };
    const at = role === 'baseline' ? (year ?? '当初') : year;
    if (role === 'finalTarget' && year === null) continue;
    const side = role === 'baseline' || role === 'actual' ? 'actual' : 'target';
    series.set(at, { ...(series.get(at) ?? emptyPoint(at)), [side]: figure });
  }
  const printed = [...series.values()].flatMap(({ target, actual }) => [target, actual]);
  const rate = textOfRole('rate');
  const judgement = textOfRole('judgement');
  const comment = textOfRole('comment');
  kpi = {
    ...kpi,
    series: [...series.values()],
    unit: printed.find((figure) => figure?.unit)?.unit ?? null,
    statedRate: rate === null ? null : parseQuantity(rate),
    statedJudgement: judgement === null ? null : readJudgement(judgement),
    comment: comment === null ? null : joinLines(comment),
  };
  if (judgement !== null && kpi.statedJudgement === null)
    report('value-unreadable', judgement, label);
  return { ...kpi, direction: proposeDirection(kpi)?.direction ?? null };
}

/** A figure as printed; a unit column speaks for figures printed without one. */
function readFigure(
  text: string,
  unit: string | null,
  report: (code: FindingCode) => void,
): Quantity {
  const figure = parseQuantity(text.replace(/\s*\n\s*/g, ' '));
  if (figure.value === null && !figure.parts && findAbsence(text) === null)
    report('value-unreadable');
  if (figure.value === null && figure.parts?.length === 1) report('pair-incomplete');
  const bare = figure.value !== null && figure.unit === null && unit !== null && unit.length <= 12;
  return bare ? { ...figure, unit } : figure;
}

/** ○ × − as printed; anything else is null. */
export function readJudgement(text: string): StatedJudgement | null {
  const plain = text.replace(/\s+/g, '');
  if (/^(?:[○〇◯⭕◎]|達成(?:済み?|した)?)$/.test(plain)) return 'achieved';
  if (/^(?:[×✕✖❌xXｘＸ]|未達成?|非達成)$/.test(plain)) return 'missed';
  const absence = findAbsence(plain);
  return absence === 'dash' || absence === 'unmeasured' ? 'unmeasured' : null;
}
