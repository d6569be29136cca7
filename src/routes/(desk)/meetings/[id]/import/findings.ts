/** Puts the points to check in order: one entry per kind, and where in the table each belongs. */
import type { Finding } from '#domain/sheet.ts';
import { showsField, type FigureColumn } from '#formats/figures.ts';
import { isFindingCode } from '#formats/findingtext.ts';
import type { FindingCode } from '#formats/notice.ts';

export type FindingGroup = {
  readonly code: FindingCode;
  readonly severity: Finding['severity'];
  readonly findings: readonly Finding[];
};

const order: readonly Finding['severity'][] = ['error', 'doubt', 'note'];

/** Worst first, within a severity in the order of the table. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group) group.push(finding);
    else groups.set(finding.code, [finding]);
  }
  return [...groups]
    .flatMap(([code, group]) => {
      const [first] = group;
      return first && isFindingCode(code)
        ? [{ code, severity: first.severity, findings: group }]
        : [];
    })
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/**
 * The findings that belong to a cell: those of the doctor by their field, those of the reader by the
 * text they quote; what no column shows (a rate, a difference, a reason) stands at the indicator.
 */
export type Marks = {
  readonly project: (index: number, project: string | null) => readonly Finding[];
  readonly kpi: (at: KpiPlace) => readonly Finding[];
  readonly figure: (at: KpiPlace, column: FigureColumn, text: string) => readonly Finding[];
};
/** A KPI by its place in the table, and by the names a reader reports it with. */
export type KpiPlace = {
  readonly project: number;
  readonly kpi: number;
  readonly named: string | null;
  readonly label: string | null;
};

const ofFigure: readonly FindingCode[] = ['value-unreadable', 'value-rounded'];

export function marksOf(findings: readonly Finding[], columns: readonly FigureColumn[]): Marks {
  const found = new Map<string, Finding[]>();
  const key = (...parts: readonly (string | number | null)[]) => JSON.stringify(parts);
  const put = (at: string, finding: Finding): void => {
    const there = found.get(at);
    // One sign per kind: a row may have many cells that were not read.
    if (!there) found.set(at, [finding]);
    else if (!there.some(({ code }) => code === finding.code)) there.push(finding);
  };
  for (const finding of findings) {
    const { code, severity, project, kpi, stated, field } = finding;
    // Notes stand in the list; a mark for each would hide the cells that need somebody.
    if (!isFindingCode(code) || severity === 'note') continue;
    const column = field ? columns.findIndex((each) => showsField(each, field)) : -1;
    if (field && column >= 0) put(key(field.project, field.kpi, 'at', column), finding);
    else if (field) put(key(field.project, field.kpi), finding);
    else if (project !== null && ofFigure.includes(code) && stated !== null)
      put(key(project, kpi, 'quotes', stated), finding);
    else if (project !== null) put(key('named', project, kpi), finding);
  }
  const of = (at: string): readonly Finding[] => found.get(at) ?? [];
  return {
    project: (index, project) => [...of(key(index, null)), ...of(key('named', project, null))],
    kpi: ({ project, kpi, named, label }) => [
      ...of(key(project, kpi)),
      // Without a label the finding of the reader is one about the project.
      ...(label === null ? [] : of(key('named', named, label))),
    ],
    figure: ({ project, kpi, named, label }, column, text) => [
      ...of(key(project, kpi, 'at', columns.indexOf(column))),
      ...of(key(named, label, 'quotes', text)),
    ],
  };
}
