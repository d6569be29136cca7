/**
 * The layout `report-form` (交付金事業実施報告書): one project, its budget and settlement, up to
 * fifteen KPI frames of two years with their comments. Examples and empty frames are left out, and so
 * is every person's name, telephone number and address.
 */
import {
  emptyProject,
  noCaptions,
  type EvaluationTable,
  type Finding,
  type Quantity,
} from '#domain/sheet.ts';
import type { FiscalYear } from '#domain/types.ts';
import type { Grid } from './grid.ts';
import { makeFinding, type Note } from './notice.ts';
import { hasFrameCells, readCells } from './reportcells.ts';
import { isEmptyFrame, makeFrameKpi, type Frame } from './reportframe.ts';
import { readBudget, readHead, type FormRow } from './reporthead.ts';
import { findFrameMark, readLines } from './reportlines.ts';

/** The form in a grid; null when the grid holds none, or one in which nothing is written. */
export function parseReportForm(grid: Grid): EvaluationTable | null {
  const inCells = hasFrameCells(grid);
  const rows = grid.rows.map((row): FormRow & { readonly line: string } => {
    const cells = row.flatMap(({ text, number }, column) =>
      text === '' ? [] : [{ text, number, column }],
    );
    return { at: row[0]?.at ?? '', cells, line: cells.map(({ text }) => text).join('  ') };
  });
  const lines = rows.flatMap(({ line, at }) => line.split('\n').map((text) => ({ text, at })));
  if (!inCells && !lines.some(({ text }) => findFrameMark(text) !== null)) return null;
  const whole = lines.map(({ text }) => text).join('\n');
  if (!/実施報告書|「KPI達成」の場合|事業のKPI/.test(whole)) return null;

  const findings: Finding[] = [];
  const note: Note = (code, about) => findings.push(makeFinding(code, about));
  for (const { code, at, stated } of grid.notices) note(code, { at, stated });
  const read = inCells ? { frames: readCells(grid, note), loose: [] } : readLines(lines, note);
  const first = rows.findIndex(
    ({ line, cells }) =>
      findFrameMark(line) !== null || (inCells && /^KPI/.test(cells[0]?.text ?? '')),
  );
  const upper = rows.slice(0, first < 0 ? rows.length : first);
  const head = readHead(upper);
  const budgets = readBudget(upper, note);
  const frames = read.frames.filter((frame) => !isEmptyFrame(frame));
  const { section, named, ...report } = head;
  const name = named ?? findName(read.loose);
  if (frames.length === 0 && name === null) return null;

  const fiscalYear = lastYear(frames);
  const project = name;
  if (name === null) note('name-missing');
  if (fiscalYear === null) note('year-unknown');
  if (head.municipality === null) note('municipality-unknown');
  if (frames.length === 0) note('no-kpi', { project });
  return {
    layout: 'report-form',
    title: findTitle(upper.map(({ line }) => line)),
    municipality: head.municipality,
    fiscalYear,
    captions: noCaptions,
    projects: [
      {
        ...emptyProject,
        name,
        sections: section === null ? [] : [section],
        costYen: yenOf(budgets.settled.statedCosts),
        kpis: frames.map((frame) => makeFrameKpi(frame, fiscalYear, project, note)),
        report: { ...report, ...budgets },
      },
    ],
    findings,
    places: [frames.map(({ at }) => at)],
  };
}

/** The reported year is the last of the frames: those of the next year are words in the captions. */
function lastYear(frames: readonly Frame[]): FiscalYear | null {
  const years = frames.flatMap((frame) => frame.years.flatMap(({ year }) => year ?? []));
  return years.length === 0 ? null : Math.max(...years);
}

function findTitle(lines: readonly string[]): string | null {
  const title = lines.find((line) => /実施報告書/.test(line) && !/[。※]|提出/.test(line));
  return title?.trim().slice(0, 200) ?? null;
}

const projectWord =
  /事業|プロジェクト|計画|構築|推進|整備|導入|活用|実現|創出|形成|向上|強化|促進|改革|サービス|システム|デジタル|スマート|DX/;
const person = /課長|部長|室長|係長|参事|主幹|主査|主任|主事|補佐|[@＠]|\d{2,4}-\d{2,4}-\d{3,4}/;

/** The one loose line that reads like the name of a project; with two of them none. */
function findName(loose: readonly string[]): string | null {
  const names = loose.filter(
    (line) =>
      line.length >= 8 &&
      line.length <= 120 &&
      projectWord.test(line) &&
      !/[。：:※【】]/.test(line) &&
      !person.test(line),
  );
  return names.length === 1 ? (names[0] ?? null) : null;
}

/** 千円 as yen. A total without a unit is none. */
function yenOf(total: Quantity | null): number | null {
  const factor = { 円: 1, 千円: 1_000, 万円: 10_000, 百万円: 1_000_000 }[total?.unit ?? ''];
  if (total?.value == null || factor === undefined) return null;
  const yen = total.value * factor;
  return Number.isSafeInteger(yen) ? yen : null;
}
