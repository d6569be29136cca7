/** Puts the points to check in order: one entry per kind, and where in the table each belongs. */
import type { Finding } from '#domain/sheet.ts';
import { findingCodes, type FindingCode } from '#formats/notice.ts';

export type FindingGroup = {
  readonly code: FindingCode;
  readonly severity: Finding['severity'];
  readonly findings: readonly Finding[];
};

const order: readonly Finding['severity'][] = ['error', 'doubt', 'note'];
const isCode = (code: string): code is FindingCode => findingCodes.some((each) => each === code);

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
      return first && isCode(code) ? [{ code, severity: first.severity, findings: group }] : [];
    })
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** The codes that belong to a cell: by its text when the finding quotes it, else by its row. */
export type Marks = {
  readonly project: (project: string | null) => readonly FindingCode[];
  readonly kpi: (project: string | null, kpi: string | null) => readonly FindingCode[];
  readonly figure: (
    project: string | null,
    kpi: string | null,
    text: string,
  ) => readonly FindingCode[];
};

const ofFigure: readonly FindingCode[] = ['value-unreadable', 'value-rounded'];

export function marksOf(findings: readonly Finding[]): Marks {
  const found = new Map<string, FindingCode[]>();
  const key = (...parts: readonly (string | null)[]) => JSON.stringify(parts);
  for (const { code, severity, project, kpi, stated } of findings) {
    // Notes stand in the list; a mark for each would hide the cells that need somebody.
    if (!isCode(code) || severity === 'note' || project === null) continue;
    const quoted = ofFigure.includes(code) && stated !== null;
    const at = quoted ? key(project, kpi, stated) : kpi === null ? key(project) : key(project, kpi);
    found.set(at, [...new Set([...(found.get(at) ?? []), code])]);
  }
  const none: readonly FindingCode[] = [];
  return {
    project: (project) => found.get(key(project)) ?? none,
    kpi: (project, kpi) => found.get(key(project, kpi)) ?? none,
    figure: (project, kpi, text) => found.get(key(project, kpi, text)) ?? none,
  };
}
