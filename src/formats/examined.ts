/**
 * A table as read, with what the sheet doctor finds in it and the base its differences are counted
 * from. The one place where reading a file meets the rules; it does no arithmetic of its own.
 */
import { findDeltaBases } from '#domain/delta.ts';
import { examine } from '#domain/examine.ts';
import type { EvaluationTable, Finding } from '#domain/sheet.ts';
import { makeFinding } from './notice.ts';

/** More findings than this are nobody's to read; the last one says that there are more. */
export const findingLimit = 5_000;

/**
 * The findings of the reader come first, those of the doctor after them. Where each KPI stood in the
 * file goes into the findings and no further.
 */
export function examined({ places, ...table }: EvaluationTable): EvaluationTable {
  const bases = findDeltaBases(table.projects.flatMap(({ kpis }) => kpis));
  let next = 0;
  const projects = table.projects.map((project) => ({
    ...project,
    kpis: project.kpis.map((kpi) => ({ ...kpi, deltaBase: bases[next++] ?? null })),
  }));
  const findings: Finding[] = [...table.findings];
  for (const finding of examine({ ...table, projects, ...(places && { places }) })) {
    if (findings.length >= findingLimit) {
      if (findings.at(-1)?.code !== 'truncated') findings.push(makeFinding('truncated'));
      break;
    }
    findings.push(finding);
  }
  return { ...table, projects, findings };
}
