/**
 * Whether the cells of a row of an achievement list hold what their columns say. Moves the row where
 * one other place fits throughout; where none does, leaves out what cannot be told.
 */
import type { ColumnRole } from '#domain/mapping.ts';
import { readJudgement } from './achievementkpi.ts';
import type { ColumnHeader } from './columnheader.ts';
import { splitMarks } from './marked.ts';
import { findAbsence, parseQuantity } from './quantity.ts';

type OwnRole = 'no' | 'name' | 'section' | 'goal' | 'overview' | 'cost' | 'rating' | 'opinions';
export type FittedRow = {
  /** What the project itself says, '' where nothing is certain. */
  readonly texts: Readonly<Record<OwnRole, string>>;
  /** The cells of the KPIs under the columns of the header. */
  readonly cells: readonly string[];
  /** False where something was left out because its column cannot be told. */
  readonly clear: boolean;
};

const shifts = [0, -1, 1, -2, 2] as const;

export function fitRow(texts: readonly string[], { columns }: ColumnHeader): FittedRow {
  const at = (shift: number, role: ColumnRole): string =>
    texts[columns.findIndex((column) => column.role === role) + shift] ?? '';
  const fitting = shifts.filter((shift) =>
    columns.every(({ role }, column) => fits(role, texts[column + shift] ?? '')),
  );
  const shift = fitting[0];
  const own = (role: OwnRole): string => at(0, role);
  const all = {
    no: own('no'),
    name: own('name'),
    section: own('section'),
    goal: own('goal'),
    overview: own('overview'),
    cost: own('cost'),
    rating: own('rating'),
    opinions: own('opinions'),
  };
  if (shift === 0) return { texts: all, cells: [...texts], clear: true };
  // Where the row moved is known only behind the place that is lost: what stands before is in doubt.
  const certain = {
    ...all,
    no: /^[\dA-Z０-９]{1,3}(?:[-－.][\d０-９]{1,3})*$/.test(all.no) ? all.no : '',
    name: '',
    overview: '',
    goal: '',
    rating: '',
    opinions: '',
    cost: shift === undefined ? '' : at(shift, 'cost'),
    section: shift === undefined ? '' : at(shift, 'section'),
  };
  const cells = columns.map((_, column) =>
    shift === undefined ? '' : (texts[column + shift] ?? ''),
  );
  if (shift === undefined) {
    const label = columns.findIndex(({ role }) => role === 'label');
    if (label >= 0 && fits('label', texts[label] ?? '')) cells[label] = texts[label] ?? '';
  }
  return { texts: certain, cells, clear: false };
}

/** Whether a text may stand in a column; an empty cell may stand anywhere. */
function fits(role: ColumnRole | null, text: string): boolean {
  if (text === '') return true;
  const { parts, loose } = splitMarks(text);
  const pieces = parts.size > 0 ? [...parts.values()].filter((part) => part !== null) : [loose];
  const figures = pieces.filter(isFigure).length;
  switch (role) {
    case 'label':
      return (
        figures * 2 <= pieces.length && !pieces.every((piece) => readJudgement(piece) !== null)
      );
    case 'target':
    case 'actual':
    case 'baseline':
    case 'finalTarget':
      // Lost marks leave a cell unreadable but short; a sentence or ○× stands in another column.
      return figures > 0 || (pieces.every((piece) => piece.length <= 20) && !pieces.some(isSign));
    case 'judgement':
      return pieces.some(isSign) || (text.length <= 12 && !pieces.some(hasUnit));
    case 'cost':
      return isFigure(text);
    case 'section':
      return parts.size === 0 && text.length <= 60 && !isFigure(text);
    default:
      return true;
  }
}

function isFigure(text: string): boolean {
  const { value, parts } = parseQuantity(text.replace(/\s*\n\s*/g, ' '));
  return value !== null || parts !== undefined || findAbsence(text) !== null;
}

function hasUnit(text: string): boolean {
  const { unit, parts } = parseQuantity(text);
  return unit !== null || parts !== undefined;
}

/** ○ or × or 未達成; − is a figure as much as a sign. */
function isSign(text: string): boolean {
  const judgement = readJudgement(text);
  return judgement === 'achieved' || judgement === 'missed';
}
