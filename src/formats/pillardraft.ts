/**
 * A pillar while its lines are read, and what can be told once all are: numbers left out, headings
 * that other pillars and activities have and one has not.
 */
import type { Note } from './notice.ts';
import type { ActivityDraft } from './pillaractivity.ts';
import type { KpiRow } from './pillarkpi.ts';
import type { Part } from './pillarline.ts';

export type PillarDraft = {
  readonly no: string | null;
  readonly name: string | null;
  readonly at: string | null;
  readonly kpis: { readonly row: KpiRow; readonly at: string }[];
  readonly notes: string[];
  readonly effects: string[];
  readonly activities: ActivityDraft[];
  /** Parts whose heading was seen. */
  readonly seen: Set<Part>;
};

export function newPillar(no: string | null, name: string | null, at: string | null): PillarDraft {
  return { no, name, at, kpis: [], notes: [], effects: [], activities: [], seen: new Set() };
}

/** Notes what is missing in comparison with the rest of the report. */
export function checkPillars(pillars: readonly PillarDraft[], note: Note): void {
  const activities = pillars.flatMap((pillar) => pillar.activities);
  const usual = activities.filter(({ seen }) => seen.size === 2).length * 2 > activities.length;
  for (const pillar of pillars) {
    const project = pillar.no ?? pillar.name;
    checkNumbers(pillar, note);
    const { seen, kpis, notes } = pillar;
    if (seen.has('quantitative') && kpis.length === 0 && notes.length === 0)
      note('no-kpi', { project, at: pillar.at });
    if (seen.has('quantitative') && seen.size === 2 && pillars.some((each) => each.seen.size === 3))
      note('part-missing', { project, at: pillar.at });
    for (const activity of pillar.activities)
      if (usual && activity.seen.size < 2)
        note('part-missing', { project, at: activity.at, stated: activity.name });
  }
}

function checkNumbers({ no, name, kpis }: PillarDraft, note: Note): void {
  let last = 0;
  for (const { row, at } of kpis) {
    if (row.no !== null && row.no !== last + 1)
      note(row.no > last ? 'number-gap' : 'number-duplicate', {
        project: no ?? name,
        kpi: row.label,
        at,
        stated: String(row.no),
      });
    last = row.no ?? last + 1;
  }
}
