/**
 * The KPI table of a progress report: two columns a KPI (目標, 実績), two rows a year (figures, and
 * differences in brackets), then 達成状況 and 未達理由. A row that stands beside its columns is not
 * read at all: a figure under the wrong KPI would be worse than none.
 */
import { proposeDirection } from '#domain/direction.ts';
import { emptyKpi, emptyPoint, type Kpi, type Quantity, type SeriesPoint } from '#domain/sheet.ts';

import { isGarbled, readDelta, readFigure } from './noise.ts';
import type { Note } from './notice.ts';
import { findAbsence } from './quantity.ts';
import {
  dropShifted,
  findMisfits,
  reportMissing,
  unitInLabel,
  unitOf,
  type YearRow,
} from './progresscheck.ts';
import { findYearHead, isBlank, isStartHead, type KpiTable } from './progressrows.ts';
import {
  joinLabel,
  joinPieces,
  printed,
  readLabels,
  report,
  tell,
  type Said,
} from './progresstext.ts';

/** The KPIs of one table, left to right. */
export function readKpis(table: KpiTable, project: string | null, note: Note): readonly Kpi[] {
  const { pairs } = table;
  const labels = readLabels(table, project, note);
  const { years, texts } = readBody(table, labels, project, note);
  const units = pairs.map((_, index) => unitOf(years, index) ?? unitInLabel(labels[index] ?? null));
  for (const row of years) dropShifted(row, years, units, project, note);
  return pairs.map((_, index) => {
    const label = labels[index] ?? null;
    const unit = units[index] ?? null;
    const mark = /^[①-⑳]/u.exec(label ?? '')?.[0] ?? null;
    const series = years.map(({ year, figures, deltas }): SeriesPoint => {
      const withUnit = (figure: Quantity | null | undefined): Quantity | null =>
        figure && figure.value !== null && figure.unit === null
          ? { ...figure, unit }
          : (figure ?? null);
      return {
        ...emptyPoint(year),
        target: withUnit(figures[index]?.target),
        actual: withUnit(figures[index]?.actual),
        targetDelta: deltas?.[index]?.target ?? null,
        actualDelta: deltas?.[index]?.actual ?? null,
      };
    });
    const start = series.find(({ year }) => year === '当初');
    const final = series.findLast(({ year, target }) => year !== '当初' && target !== null);
    const { status, reason } = texts[index] ?? { status: '', reason: '' };
    const judgement = judgementIn(status);
    const said = judgement === null && status !== '' && !isGarbled(status) ? [status] : [];
    const kpi: Kpi = {
      ...emptyKpi,
      mark,
      label: label?.slice(mark?.length ?? 0).trim() || null,
      unit,
      baseline: start?.actual ?? null,
      finalTarget: final?.target ?? null,
      finalTargetYear: typeof final?.year === 'number' ? final.year : null,
      series,
      statedJudgement: judgement,
      comment: [...said, reason].filter((text) => text !== '').join('\n') || null,
    };
    if (label === null) note('label-missing', { project, at: table.caption[0]?.at ?? null });
    return { ...kpi, direction: proposeDirection(kpi)?.direction ?? null };
  });
}

type Texts = { status: string; reason: string };

function readBody(
  { body, caption, pairs }: KpiTable,
  labels: readonly (string | null)[],
  project: string | null,
  note: Note,
): { readonly years: readonly YearRow[]; readonly texts: readonly Texts[] } {
  const years: YearRow[] = [];
  const lines = pairs.map(() => ({ status: [] as string[], reason: [] as string[] }));
  const first = pairs[0]?.target ?? 1;
  const misfits = findMisfits(body, caption);
  if (misfits === null) {
    note('columns-unclear', { project, at: caption[0]?.at ?? null, stated: printed(caption) });
    return { years: [], texts: [] };
  }
  let current: YearRow | null = null;
  let head = '';
  const said: Said = new Map();
  for (const row of body) {
    if (isBlank(row)) continue;
    const at = row[0]?.at ?? '';
    const own = row
      .slice(0, first)
      .map(({ text }) => text.replace(/\s+/g, ''))
      .join('');
    const year = isStartHead(own) ? '当初' : findYearHead(own);
    const misfit = misfits.has(row);
    const values = pairs.map(({ target, actual }) => [
      row[target]?.text ?? '',
      row[actual]?.text ?? '',
    ]);
    const about = { project, at, stated: printed(row) };
    if (year !== null) {
      head = '';
      current = null;
      if (years.some((each) => each.year === year)) note('row-unread', about);
      else if (misfit) note('columns-unclear', about);
      else {
        const split = values.map((each) => each.map(splitDelta));
        const name = (index: number) => ({ project, kpi: labels[index] ?? null, at });
        current = {
          year,
          at,
          figures: split.map(([target, actual], index) => ({
            target: figureOf(target?.figure ?? '', readFigure, name(index), note),
            actual: figureOf(actual?.figure ?? '', readFigure, name(index), note),
          })),
          deltas: split.flat().some(({ delta }) => delta !== '')
            ? split.map(([target, actual], index) => ({
                target: figureOf(target?.delta ?? '', readDelta, name(index), note),
                actual: figureOf(actual?.delta ?? '', readDelta, name(index), note),
              }))
            : null,
        };
        years.push(current);
      }
      continue;
    }
    const texts = values.flat().filter((text) => text !== '');
    if (own === '' && texts.some((text) => /^[(（]/.test(text)) && head === '') {
      if (current && current.deltas !== null) {
        // Two rows of differences below one year: nobody knows which of them is its own.
        note('row-unread', about);
        current.deltas = pairs.map(() => ({ target: null, actual: null }));
      } else if (current && current.year !== '当初' && !misfit) {
        current.deltas = values.map(([target = '', actual = ''], index) => {
          const name = { project, kpi: labels[index] ?? null, at };
          return {
            target: figureOf(target, readDelta, name, note),
            actual: figureOf(actual, readDelta, name, note),
          };
        });
      } else note(misfit ? 'columns-unclear' : 'row-unread', about);
      continue;
    }
    if (own === '' && texts.length > 0 && texts.every((text) => isDelta(text))) {
      note('row-unread', about);
      continue;
    }
    const joined = `${head}${own}`;
    const begins = /^(?:達成|未達)/.test(own);
    if (begins || (own !== '' && head !== '' && sideOf(joined) !== null))
      head = begins ? own : joined;
    else if (own !== '' && sideOf(own) !== null) head = own;
    else if (own !== '') head = own;
    const side = sideOf(head);
    if (side === null) {
      current = null;
      if (texts.length > 0 || own !== '') note('row-unread', about);
      continue;
    }
    current = null;
    if (misfit) {
      note('columns-unclear', about);
      continue;
    }
    const pieces = joinPieces(row, pairs);
    report(pieces, at, said);
    for (const [index, text] of pieces.texts.entries())
      if (text !== '') lines[index]?.[side].push(text);
  }
  tell(said, labels, project, note);
  reportMissing(years, labels, project, note);
  return {
    years,
    texts: lines.map(({ status, reason }) => ({
      status: joinText(status),
      reason: joinText(reason),
    })),
  };
}

/** 達成状況 or 未達理由, also when only the first half of the head has been printed yet. */
function sideOf(head: string): 'status' | 'reason' | null {
  if (/^達成(?:状況|度|状況等)?$/.test(head)) return 'status';
  return /^未達(?:成)?(?:の)?(?:理由|要因|理由等)?$|^(?:理由|要因)$/.test(head) ? 'reason' : null;
}

function joinText(lines: readonly string[]): string {
  return joinLabel(lines) ?? '';
}

function isDelta(text: string): boolean {
  return /^[(（]\s*[+＋\-−▲△±]?\s*\d[\d,.\s]*[)）]$/.test(text);
}

/** `12,672人 (+0)` in one cell: only a signed number in brackets is a difference. */
function splitDelta(text: string): { readonly figure: string; readonly delta: string } {
  const match = /^(.*\S)\s*([(（]\s*[+＋\-−▲△±][^()（）]{1,30}[)）])$/s.exec(text);
  return match ? { figure: match[1] ?? '', delta: match[2] ?? '' } : { figure: text, delta: '' };
}

function figureOf(
  text: string,
  read: (text: string) => Quantity,
  about: { readonly project: string | null; readonly kpi: string | null; readonly at: string },
  note: Note,
): Quantity | null {
  if (text === '') return null;
  const figure = read(text);
  if (figure.value === null && (!findAbsence(text) || text === '_'))
    note('value-unreadable', { ...about, stated: text });
  return figure;
}

/** 現在のところ達成できてない and the like; also where the last letters are lost (達成できてな). */
function judgementIn(status: string): Kpi['statedJudgement'] {
  const plain = status.replace(/\s+/g, '');
  if (/未計測|測定できて?(?:い)?な|集計中/.test(plain)) return 'unmeasured';
  if (
    /未達|達成で?(?:できて|して|され?て|に至って)い?な|達成でき(?:ず|なかった|ません)|達成に至らな/.test(
      plain,
    )
  )
    return 'missed';
  if (/一部|概ね|おおむね|見込/.test(plain)) return null;
  return /^(?:○|〇|◯|達成済み?)$|達成(?:した|している|できた|できている|しました)?。?$/.test(plain)
    ? 'achieved'
    : null;
}
