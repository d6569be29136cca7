/**
 * The sheet doctor: everything the figures of a table show to be wrong or worth asking about, each at
 * its cell with what is printed and what it comes to. Rules [F1]–[F13]; changes nothing.
 */
import type { Circumstances, Found } from './check.ts';
import { checkDeltas } from './deltacheck.ts';
import { findDeltaBases } from './delta.ts';
import { checkSeverities } from './finding.ts';
import { checkFigures } from './figurecheck.ts';
import { checkForm } from './formcheck.ts';
import { checkJudgements } from './judgementcheck.ts';
import { checkRate } from './ratecheck.ts';
import type { DeltaBase, Finding, Kpi, Layout, ProjectSheet } from './sheet.ts';
import type { FiscalYear } from './types.ts';

/** What of a table the doctor looks at; `places` as in `EvaluationTable`. */
export type Examined = {
  readonly projects: readonly ProjectSheet[];
  readonly fiscalYear: FiscalYear | null;
  /** null where nobody asks for reasons or counts characters. */
  readonly layout: Layout | null;
  readonly places?: readonly (readonly (string | null)[])[];
};

/**
 * Findings one after another, project by project, so that whoever keeps them can stop. All projects
 * of a table are examined together: an office counts its differences in one way.
 */
export function* examine(table: Examined): Generator<Finding> {
  const bases = findDeltaBases(table.projects.flatMap(({ kpis }) => kpis));
  let first = 0;
  for (const [project, sheet] of table.projects.entries()) {
    const about = { project: sheet.no ?? sheet.name, kpi: null };
    for (const found of sheet.report ? checkForm(sheet.report) : []) {
      const at = table.places?.[project]?.[0] ?? null;
      yield { ...makeFound(found), ...about, at, field: { ...fieldOf(found), project, kpi: null } };
    }
    const around = { fiscalYear: table.fiscalYear, layout: table.layout, kpiNote: sheet.kpiNote };
    for (const [kpi, each] of sheet.kpis.entries()) {
      const at = table.places?.[project]?.[kpi] ?? null;
      for (const found of examineKpi(each, around, bases[first + kpi] ?? null)) {
        const field = { ...fieldOf(found), project, kpi };
        yield { ...makeFound(found), ...about, kpi: each.label ?? each.mark, at, field };
      }
    }
    first += sheet.kpis.length;
  }
}

/** One sheet for itself, as on the page of a project. */
export function examineSheet(
  sheet: ProjectSheet,
  fiscalYear: FiscalYear | null,
  layout: Layout | null = null,
): readonly Finding[] {
  return [...examine({ projects: [sheet], fiscalYear, layout })];
}

function examineKpi(kpi: Kpi, around: Circumstances, base: DeltaBase | null): readonly Found[] {
  return [
    ...checkRate(kpi, around.fiscalYear),
    ...checkDeltas(kpi, base),
    ...checkJudgements(kpi, around),
    ...checkFigures(kpi, around),
  ];
}

function makeFound({ code, stated, recomputed, formula }: Found) {
  return {
    code,
    severity: checkSeverities[code],
    stated: stated ?? null,
    recomputed: recomputed ?? null,
    formula: formula ?? null,
  };
}

const fieldOf = ({ year, side, total }: Found) => ({
  year: year ?? null,
  side: side ?? null,
  ...(total && { total }),
});
