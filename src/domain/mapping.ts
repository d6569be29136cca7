/**
 * What a person, or the header words, say about the columns of a table that no reader of a fixed
 * layout knows. Only the words; reading by them is the work of `formats`.
 */
import type { SeriesPoint } from './sheet.ts';

/** What a column may hold, in the order in which pages offer it. */
export const columnRoles = [
  'no',
  'name',
  'section',
  'goal',
  'overview',
  'cost',
  'kind',
  'label',
  'unit',
  'baseline',
  'target',
  'actual',
  'finalTarget',
  'rate',
  'judgement',
  'rating',
  'opinions',
  'comment',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Roles that stand once a year. */
export const datedRoles: readonly ColumnRole[] = ['baseline', 'target', 'actual', 'finalTarget'];

/** One column; `role` null is a column that is not taken over. */
export type MappedColumn = {
  readonly role: ColumnRole | null;
  /** Only for dated roles; null where nobody says. */
  readonly year: SeriesPoint['year'];
};

/** Rows count from 0. Above `headerFrom` stands the title, from `dataFrom` on the projects. */
export type Mapping = {
  readonly headerFrom: number;
  readonly dataFrom: number;
  readonly columns: readonly MappedColumn[];
};

/** Bounds of what a page may send. */
export const mappingLimits = { headerRows: 60, columns: 60 } as const;
