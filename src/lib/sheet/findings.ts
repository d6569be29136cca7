/** What the sheet doctor says about one sheet, and where on a page each of it stands. Decides nothing. */
import { examineSheet } from '#domain/examine.ts';
import type { Finding, Layout, ProjectSheet } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { showsField, type FigureColumn } from '#formats/figures.ts';

/** The layout that says what is asked for [F12]: the one it came in, or the form that was filled in. */
const layoutOf = ({ layout, report }: ProjectSheet): Layout | null =>
  layout ?? (report ? 'report-form' : null);

/** Every finding of a sheet but the note that a direction was once proposed, where it is set. */
export const findingsOf = (sheet: ProjectSheet, year: FiscalYear): readonly Finding[] =>
  examineSheet(sheet, year, layoutOf(sheet)).filter(
    ({ code, field }) =>
      code !== 'direction-unconfirmed' || sheet.kpis[field?.kpi ?? -1]?.direction === null,
  );

/** 指摘 n件: what somebody should look into; notes are not counted. */
export const countFindings = (sheet: ProjectSheet, year: FiscalYear): number =>
  findingsOf(sheet, year).filter(({ severity }) => severity !== 'note').length;

export type Placed = { readonly finding: Finding; readonly index: number };

/** The findings of one KPI, or with null those of the project; `index` names them on the page. */
export const findingsAt = (findings: readonly Finding[], kpi: number | null): readonly Placed[] =>
  findings.flatMap((finding, index) =>
    (finding.field?.kpi ?? null) === kpi ? [{ finding, index }] : [],
  );

/** Those whose cell is in a column; notes have no sign at their cell. */
export const marksIn = (placed: readonly Placed[], column: FigureColumn): readonly Placed[] =>
  placed.filter(
    ({ finding }) =>
      finding.severity !== 'note' &&
      finding.field !== undefined &&
      showsField(column, finding.field),
  );
