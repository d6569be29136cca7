/**
 * The KPI frames of a report form in running text, where the figures stand before their labels: a
 * page prints the frames with their figures first, then as many pairs of boxes with the labels. They
 * belong together by order, and the printed character counts (289 /300字) have to agree; where order
 * and counts contradict each other, labels and boxes are left out.
 */
import type { Note } from './notice.ts';
import { findStatus, type Frame } from './reportframe.ts';
import { closeRun, type Draft, type Run, type YearDraft } from './reportrun.ts';
import { findAbsence, parseQuantity } from './quantity.ts';
import { findYears } from './year.ts';

export type FormLine = { readonly text: string; readonly at: string };
export type LineFrames = {
  readonly frames: readonly Frame[];
  /** A line of its own between the frames and the boxes: there the name of the project stands. */
  readonly loose: readonly string[];
};

const frameHead =
  /^(?:KPI|ＫＰＩ)\s*([①-⑳]|[(（]?[\d０-９]{1,2}[)）]?)\s*(?=備考|種別|単位|[(（]?(?:19|20|令和|R|Ｒ))/;
const exampleHead = /^(?:記入)?例\s*[：:]|^【記入例】/;
const boxHead = /^【?「KPI(達成|未達成)(?:又は未計測|または未計測)?」の場合(の記入例)?】?/;
const boxCaption =
  /^達成のための取組内容|^達成[（(]計測[)）]できなかった理由|^\d{4}年度達成に向けた取組$/;
const labelLine =
  /^(\S.*?)\s+(?:(減少KPI|[0０]目標KPI)\s+)?(アウトカム|アウトプット)(?:\s+(\D\S{0,11}))?(?:\s+([-\d０-９▲△未].*))?$/;

/** Whether a line is the heading of a KPI frame; its mark, or null. */
export function findFrameMark(text: string): string | null {
  return frameHead.exec(text.trim())?.[1]?.replace(/[(（)）]/g, '') ?? null;
}

/** All frames of the form, empty ones too; 例 and 記入例 are passed over. */
export function readLines(lines: readonly FormLine[], note: Note): LineFrames {
  const runs: Run[] = [];
  const loose: string[] = [];
  let run: Run | null = null;
  let draft: Draft | null = null;
  let year: YearDraft | null = null;
  let box: string[] | null = null;
  let counting: number | null = null;
  let example = false;
  let captionsFor = false;

  const startRun = (): Run => {
    const started: Run = { drafts: [], labels: [], pairs: [] };
    runs.push(started);
    return started;
  };
  const startFrame = (mark: string | null, at: string): Draft => {
    const current = run === null || run.pairs.length > 0 ? startRun() : run;
    run = current;
    box = null;
    const started: Draft = { mark, at, years: [], named: null, counters: [] };
    current.drafts.push(started);
    return started;
  };

  for (const [index, { text: raw, at }] of lines.entries()) {
    const text = raw.trim();
    const next = lines[index + 1]?.text.trim() ?? '';
    if (exampleHead.test(text)) {
      [example, box, draft, year] = [true, null, null, null];
      continue;
    }
    const mark = findFrameMark(text);
    if (mark !== null || isYearHead(text)) {
      if (mark === null && example) continue;
      example = false;
      // A frame is over when both its counts are printed; what follows has lost its heading.
      const again: boolean = draft !== null && draft.mark === mark && !isBegun(draft);
      if ((mark !== null && !again) || draft === null || draft.counters.length >= 2)
        draft = startFrame(mark, at);
      year = isYearHead(text) ? startYear(text, draft, again) : null;
      continue;
    }
    const count = /^(\d{1,4})?\s*\/\s*\d{3}\s*字$/.exec(text);
    if (count) {
      const value = count[1] === undefined ? counting : Number(count[1]);
      counting = null;
      if (!example && value !== null && run?.pairs.length === 0) draft?.counters.push(value);
      continue;
    }
    if (/^\d{1,4}$/.test(text) && /^\/\s*\d{3}\s*字$/.test(next)) {
      counting = Number(text);
      continue;
    }
    const head = boxHead.exec(text);
    if (head) {
      [draft, year, captionsFor] = [null, null, true];
      example = head[2] !== undefined;
      box = [];
      if (example) continue;
      const current: Run = run ?? startRun();
      run = current;
      const side = head[1] === '達成' ? 'achieved' : 'missed';
      const last = current.pairs.at(-1);
      // The same caption again, before anything was written below it, is the same box.
      const same = last?.[side]?.every((line) => line === '') === true && !labelled(current);
      if (last && ((side === 'missed' && last.missed === null) || same)) {
        if (side === 'missed' || last.missed === null) last[side] = box;
        else current.pairs.push({ achieved: box, missed: null });
      } else current.pairs.push({ achieved: null, missed: null, [side]: box });
      continue;
    }
    if (text === '') {
      box?.push('');
      continue;
    }
    if (captionsFor && boxCaption.test(text)) continue;
    const label = labelLine.exec(text);
    if (label && !text.includes('。') && (!example || box !== null)) {
      if (run === null) continue;
      const [, name = '', flag = null, kind = null, unit = null, figures] = label;
      const named = { label: name, flag, kind, unit };
      const last = run.labels.at(-1);
      const again = last?.before === run.pairs.length && last.named.label === name;
      if (!again) run.labels.push({ named, before: run.pairs.length, at });
      if (run.pairs.length === 0 && draft !== null) draft.named ??= named;
      [box, example] = [null, false];
      if (figures !== undefined && draft) readValues(figures, at, year, draft, note);
      continue;
    }
    if (example && box === null) continue;
    if (box !== null) {
      captionsFor = false;
      if (!example) box.push(text);
      continue;
    }
    if (draft !== null && isFigures(text)) {
      readValues(text, at, year, draft, note);
      continue;
    }
    if (run !== null && run.pairs.length === 0) loose.push(text);
  }
  return { frames: runs.flatMap((each) => closeRun(each, note)), loose };
}

/** `2023年度末 目標値※2 2023年度末 実績値※2※3 達成状況` */
function isYearHead(text: string): boolean {
  return /目標値/.test(text) && /実績値/.test(text) && !/[。【】]/.test(text) && text.length < 120;
}

/** A line of figures and 達成状況 words only. */
function isFigures(text: string): boolean {
  const tokens = tokensOf(text);
  return (
    tokens.length <= 6 &&
    (tokens.every((token) => isFigure(token)) || findStatus(tokens.at(-1) ?? '') !== null)
  );
}

function isFigure(token: string): boolean {
  return (
    findStatus(token) !== null ||
    findAbsence(token) !== null ||
    parseQuantity(token).value !== null ||
    /^[-▲△]?[\d,.]+\S{0,3}$/.test(token)
  );
}

function tokensOf(text: string): readonly string[] {
  return text.replace(/(\d),\s+(?=\d{3}(?!\d))/g, '$1,').split(/\s+/);
}

function isBegun({ years, named, counters }: Draft): boolean {
  return counters.length > 0 || named !== null || years.some(({ figures }) => figures !== null);
}

function labelled({ labels, pairs }: Run): boolean {
  return labels.at(-1)?.before === pairs.length;
}

/** The year of `2023年度末 目標値 2023年度末 実績値`; null where both do not say the same. */
function startYear(text: string, draft: Draft, again: boolean): YearDraft {
  const years = new Set(findYears(text).map((found) => found.year));
  const year = years.size === 1 ? ([...years][0] ?? null) : null;
  const held = again ? draft.years.find((each) => each.year === year) : undefined;
  const started = held ?? { year, figures: null };
  if (!held) draft.years.push(started);
  return started;
}

/** Figures below the caption of a year. Two lines below one caption are of nobody knows which year. */
function readValues(
  text: string,
  at: string,
  year: YearDraft | null,
  draft: Draft,
  note: Note,
): void {
  if (year === null || year.figures !== null) {
    note('row-unread', { kpi: draft.mark, at, stated: text });
    if (year?.figures?.length) {
      note('row-unread', { kpi: draft.mark, at, stated: year.figures.join(' ') });
      year.figures = [];
    }
    return;
  }
  year.figures = tokensOf(text);
}
