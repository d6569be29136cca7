/**
 * The layout `pillar-report`: pillars (柱) with a KPI table, 定性効果, and activities with 定量効果 and
 * 定性効果 each. Headings are told by their words and by what follows, not by how they are written.
 */
import { emptyProject, noCaptions, type EvaluationTable, type Finding } from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import { makeCell, type Grid } from './grid.ts';
import { makeFinding, type Note } from './notice.ts';
import { readActivityTable, type ActivityDraft, type Effect } from './pillaractivity.ts';
import { checkPillars, newPillar, type PillarDraft } from './pillardraft.ts';
import { findPillar, impliesActivities, startsActivity, type PillarHead } from './pillarhead.ts';
import { findKpiColumns, makePillarKpi, readKpiRow, type KpiColumns } from './pillarkpi.ts';
import { readLines, saysNothing, type Line, type Part } from './pillarline.ts';
import { findEvaluatedYear, findMunicipality, findTitle } from './title.ts';

const limits = { pillars: 200, kpis: 100, activities: 200, lines: 100, findings: 5_000 } as const;

/** The report in a grid; null where there is no KPI table with effects, and no activity either. */
export function parsePillarReport(grid: Grid): EvaluationTable | null {
  // Most grids say neither word anywhere: that is cheaper to see than to read their lines.
  const named = ({ text }: { readonly text: string }): boolean => /定\s*[量性]/.test(text);
  if (!grid.rows.some((row) => row.some(named))) return null;
  const lines = readLines(grid);
  const headings = lines.filter(({ part }) => part !== null).length;
  // Tabs inside cells: the text was cut at another delimiter.
  const uncut = lines.filter(({ texts }) => texts.some((text) => text.includes('\t'))).length;
  if (headings === 0 || uncut > 2) return null;
  const findings: Finding[] = [];
  const note: Note = (code, about) => {
    if (findings.length < limits.findings) findings.push(makeFinding(code, about));
    else if (findings.at(-1)?.code !== 'truncated') findings.push(makeFinding('truncated'));
  };
  for (const { code, at, stated } of grid.notices) note(code, { at, stated });
  const report = new Report(lines, note);
  const { pillars } = report;
  const kpis = pillars.reduce((sum, each) => sum + each.kpis.length, 0);
  const activities = pillars.reduce((sum, each) => sum + each.activities.length, 0);
  if (kpis === 0 && (activities === 0 || headings < 3 || pillars.every(({ no }) => no === null)))
    return null;

  const title = findTitle(
    lines.slice(0, report.start).map(({ texts, at }) => texts.map((text) => makeCell(text, at))),
  );
  const fiscalYear = findEvaluatedYear(title, []) ?? report.year;
  const municipality = findMunicipality(title);
  if (fiscalYear === null) note('year-unknown', { stated: title });
  if (municipality === null) note('municipality-unknown', { stated: title });
  return {
    layout: 'pillar-report',
    title,
    municipality,
    fiscalYear,
    captions: noCaptions,
    projects: pillars.map((pillar) => ({
      ...emptyProject,
      no: pillar.no,
      name: pillar.name,
      pillar: pillar.name,
      kpis: pillar.kpis.map(({ row }) => makePillarKpi(row, fiscalYear)),
      kpiNote: pillar.notes.join('\n') || null,
      effects: pillar.effects,
      activities: pillar.activities.map(({ name, quantitative, qualitative }) => ({
        name,
        quantitative,
        qualitative,
      })),
    })),
    findings,
    places: pillars.map((pillar) => pillar.kpis.map(({ at }) => at)),
  };
}

/** Walks the lines once; what it stands in is the pillar, the part and the activity. */
class Report {
  readonly pillars: PillarDraft[] = [];
  /** The line of the first pillar; what stands above is the title. */
  start = 0;
  year: FiscalYear | null = null;
  private part: Part | null = null;
  private columns: KpiColumns | null = null;
  private activity: ActivityDraft | null = null;
  private previous: Line | null = null;
  private readonly usual: KpiColumns | null;
  private readonly lines: readonly Line[];
  private readonly note: Note;

  constructor(lines: readonly Line[], note: Note) {
    this.lines = lines;
    this.note = note;
    this.usual =
      lines.map(({ cells }) => findKpiColumns(cells)).find((columns) => columns !== null) ?? null;
    for (let index = 0; index < lines.length; index++) index += this.take(index);
    checkPillars(this.pillars, note);
  }

  /** Whether 定性効果 still comes before the next activity or pillar. */
  private headAhead(): boolean {
    const from = this.previous ? this.lines.indexOf(this.previous) + 1 : 0;
    const next = this.lines.slice(from).find(({ part, mark }) => part !== null || mark !== null);
    return next?.part === 'qualitative' && !next.numbered;
  }

  /** Reads the line at an index; answers how many lines after it were read with it. */
  private take(index: number): number {
    const line = this.lines[index];
    if (!line) return 0;
    const before = this.previous;
    this.previous = line;
    const columns = findKpiColumns(line.cells);
    if (columns) this.openTable(index, columns);
    else if (line.part !== null) this.openPart(line, line.part, index);
    else if (line.texts.length > 1) return this.takeRow(line, index);
    else {
      const head = findPillar(this.lines, index, {
        last: Number(this.pillar?.no ?? 0),
        inActivities: this.part === 'activities',
      });
      if (head) this.openPillar(head, index);
      else if (this.pillars.length > 0) this.takeText(line, index, before);
    }
    return 0;
  }

  private get pillar(): PillarDraft | undefined {
    return this.pillars.at(-1);
  }

  private about(line: Line): { readonly project: string | null; readonly at: string } {
    return { project: this.pillar?.no ?? this.pillar?.name ?? null, at: line.at };
  }

  private openPillar({ no, name }: PillarHead, index: number): void {
    const at = this.lines[index]?.at ?? null;
    if (this.pillars.length === 0) this.start = index;
    if (this.pillars.length >= limits.pillars) return this.note('truncated', { at });
    if (no !== null && Number(no) > Number(this.pillar?.no ?? Number.NaN) + 1)
      this.note('number-gap', { at, stated: no });
    this.pillars.push(newPillar(no, name, at));
    this.part = null;
    this.columns = null;
    this.activity = null;
  }

  /** A part or a table that cannot belong to the pillar under way begins one whose heading is lost. */
  private openUnnamed(index: number): void {
    this.openPillar({ no: null, name: null }, index);
    this.note('pillar-missing', { at: this.lines[index]?.at ?? null });
  }

  private openPart(line: Line, part: Part, index: number): void {
    this.columns = null;
    if (part !== 'activities' && this.part === 'activities' && !line.numbered) {
      if (line.boxed || this.activity || !line.raised) return this.openEffect(line, part);
    }
    const { pillar } = this;
    const again = part === 'quantitative' ? pillar?.seen.size : pillar?.seen.has(part);
    if (!pillar || again) this.openUnnamed(index);
    this.part = part;
    this.activity = null;
    this.pillar?.seen.add(part);
  }

  private openEffect(line: Line, part: Effect): void {
    // The same heading twice: the name of the next activity is lost.
    if (!this.activity || this.activity.seen.has(part)) this.openActivity('', line);
    if (!this.activity) return;
    this.activity.part = part;
    this.activity.seen.add(part);
  }

  private openTable(index: number, columns: KpiColumns): void {
    const below = this.lines[index + 1]?.cells ?? [];
    const first = readKpiRow(below, columns, { project: null, at: '' }, () => undefined);
    const last = this.pillar?.kpis.at(-1)?.row.no;
    // A header printed again on the next page goes on counting; a new table begins at 1.
    const restarts = this.pillar?.kpis.length && (first?.no ?? 1) <= (last ?? Infinity);
    if (!this.pillar || restarts || this.part === 'activities') this.openUnnamed(index);
    this.part = 'quantitative';
    this.pillar?.seen.add('quantitative');
    this.year ??= columns.year;
    this.columns = columns;
  }

  private takeRow(line: Line, index: number): number {
    const { pillar } = this;
    if (!pillar) return 0;
    if (this.part === 'activities' && !this.activity) {
      const read = readActivityTable(this.lines.slice(index, index + limits.activities));
      pillar.activities.push(...(read?.activities ?? []));
      if (read) return read.lines - 1;
    }
    if (
      this.part === 'quantitative' &&
      !this.columns &&
      this.usual &&
      looksLikeRow(line, this.usual)
    ) {
      this.note('header-missing', this.about(line));
      this.columns = this.usual;
    }
    if (this.columns) this.takeKpi(line, this.columns, pillar);
    // A small table inside an activity stays as it is read: a line per row.
    else this.addText({ ...line, body: line.texts.join(' ') }, null);
    return 0;
  }

  private takeKpi(line: Line, columns: KpiColumns, pillar: PillarDraft): void {
    const row = readKpiRow(line.cells, columns, this.about(line), this.note);
    if (row && pillar.kpis.length < limits.kpis) pillar.kpis.push({ row, at: line.at });
    else if (row) this.note('truncated', this.about(line));
  }

  private takeText(line: Line, index: number, before: Line | null): void {
    const { pillar, activity } = this;
    if (!pillar || saysNothing(line.body)) return;
    // A row of the table of which one cell is left.
    if (this.columns && line.cells.length > 1) return this.takeKpi(line, this.columns, pillar);
    const late = pillar.seen.size > 0;
    if (this.part !== 'activities' && impliesActivities(this.lines, index, late)) {
      this.note('part-missing', this.about(line));
      this.part = 'activities';
      pillar.seen.add('activities');
      this.columns = null;
    }
    const marks = pillar.activities.flatMap(({ mark }) => mark ?? []);
    if (
      this.part !== 'activities' ||
      !startsActivity(this.lines, index, activity, marks.at(-1) ?? 0)
    )
      return this.addText(line, before);
    // The name of an activity goes on in the next line.
    if (activity?.part === null && line.mark === null) activity.name += line.body;
    else this.openActivity(line.body.replace(/^[(（]?\d{1,2}[)）.．]\s*/, ''), line);
  }

  private openActivity(name: string, line: Line): void {
    const { pillar } = this;
    if (!pillar) return;
    if (name === '') this.note('activity-name-missing', this.about(line));
    const mark = line.part === null ? line.mark : null;
    const last = pillar.activities.findLast((each) => each.mark !== null)?.mark ?? 0;
    if (mark !== null && mark > last + 1)
      this.note('number-gap', { ...this.about(line), stated: `${circled(mark)}${name}` });
    this.activity = {
      name,
      mark,
      at: line.at,
      part: null,
      seen: new Set(),
      quantitative: [],
      qualitative: [],
    };
    if (pillar.activities.length >= limits.activities) this.note('truncated', this.about(line));
    else pillar.activities.push(this.activity);
  }

  private addText(line: Line, before: Line | null): void {
    const { activity, part, pillar } = this;
    const listed = line.bullet || line.mark !== null;
    if (pillar && part === 'quantitative' && line.texts.length === 1 && !listed) {
      // Our own remark about our own column.
      if (!/^※.*再計算/.test(line.body)) pillar.notes.push(line.body);
      return;
    }
    const list =
      part === 'qualitative'
        ? pillar?.effects
        : activity?.part
          ? activity[activity.part]
          : undefined;
    if (!list)
      return this.note('row-unread', { ...this.about(line), stated: line.body.slice(0, 100) });
    const wrapped = before && !before.part && (before.bullet || before.mark !== null) && !listed;
    // Bullets under plain lines, and no 定性効果 before the next activity: its heading is lost.
    if (activity?.part === 'quantitative' && listed && before?.part === null && !before.bullet)
      if (!activity.seen.has('qualitative') && !this.headAhead()) {
        activity.part = null;
        return this.addText(line, before);
      }
    const last = list.at(-1);
    if (wrapped && last !== undefined && line.texts.length === 1 && list !== activity?.quantitative)
      list[list.length - 1] = joinWrapped(last, line.body);
    else if (list.length >= limits.lines) this.note('truncated', this.about(line));
    else list.push(line.body);
  }
}

/** A row whose figures stand where those of the other tables do. */
function looksLikeRow({ cells }: Line, columns: KpiColumns): boolean {
  let certain = true;
  const row = readKpiRow(cells, columns, { project: null, at: '' }, () => (certain = false));
  return certain && row?.label != null && (columns.rate === undefined || row.rate !== null);
}

const circled = (mark: number): string => String.fromCodePoint(0x245f + mark);

/** Japanese text goes on without a space, anything else with one. */
function joinWrapped(before: string, after: string): string {
  return /[^ -~]$/.test(before) && /^[^ -~]/.test(after) ? before + after : `${before} ${after}`;
}
