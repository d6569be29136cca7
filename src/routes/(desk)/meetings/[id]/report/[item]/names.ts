/** What the fields of the report form are called in a sentence: 「KPI② 実績値」. */
import type { FiscalYear } from '#domain/types.ts';
import { fiscalYearIn } from '$lib/locale.ts';
import type { Locale } from '$lib/messages.ts';
import { report } from '$lib/messages/report.ts';

/** @param marks of the frames, ①, ② … */
export function fieldNames(locale: Locale, year: FiscalYear, marks: readonly string[]) {
  const t = report(locale);
  const kpiWords: Readonly<Record<string, string>> = {
    label: t.label,
    unit: t.unit,
    direction: t.aim,
    kind: t.kind,
    lastTarget: t.figureOf(fiscalYearIn(locale, year - 1), t.target),
    lastActual: t.figureOf(fiscalYearIn(locale, year - 1), t.actual),
    target: t.figureOf(fiscalYearIn(locale, year), t.target),
    actual: t.figureOf(fiscalYearIn(locale, year), t.actual),
    comment: t.boxes.unknown,
  };
  return (field: string, parts: readonly string[]): string => {
    const [first = '', second = '', third, fourth] = field.split('.');
    if (first === 'kpi')
      return `${t.kpi(marks[Number(second)] ?? second)} ${kpiWords[third ?? ''] ?? ''}`;
    if (first === 'part') return parts[Number(second)] ?? '';
    if (first === 'planned' || first === 'settled') {
      const side = t[first](fiscalYearIn(locale, year));
      if (second === 'costs' || second === 'incomes') {
        const row = Number(third) + 1;
        const what = fourth === 'name' ? t.rowName(t.lineName[second], row) : '';
        return `${side} ${what || `${t.lineName[second]}${row}`}`;
      }
      const total = second as keyof typeof t.totals;
      return `${side} ${t.totals[total]}`;
    }
    return field;
  };
}
