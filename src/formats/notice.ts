/**
 * The stable words with which reading a file answers: why it was refused, and what in it needs a
 * person. Holds no sentences; the pages translate every word of both lists.
 */
import { checkSeverities } from '#domain/finding.ts';
import type { Finding } from '#domain/sheet.ts';

/** Why nothing could be read. One word per thing the reader of the message can do about it. */
export const fileRefusals = [
  'file-empty', // no bytes, or nothing but white space
  'file-too-large', // more bytes than are read at all
  'file-damaged', // a workbook, Word file or PDF by its name or its first bytes, but broken inside
  'file-locked', // a file with a password
  'file-encoding', // text in none of UTF-8, UTF-16 with BOM, CP932
  'file-kind-unknown', // an image, a program: no table format that is read here
  'pdf-without-text', // a scanned PDF: pictures of pages
  'file-too-complex', // too many rows, columns, entries, or too much when unpacked; or it took too long
  'no-evaluation-table', // readable, but minutes, prose, another table
  'busy', // too many files are being read at the same time: try again
] as const;
export type FileRefusal = (typeof fileRefusals)[number];

/**
 * What a person should look at, with the severity it always has. `error`: the printed figures
 * contradict each other. `doubt`: was read, but may be meant otherwise. `note`: for information.
 */
export const findingSeverities = {
  ...checkSeverities,
  'value-unreadable': 'doubt', // a figure column holds text that is no figure and no known mark
  'value-rounded': 'note', // the workbook holds more digits than it shows; the shown one is read
  'year-unknown': 'doubt', // the evaluated year stands nowhere
  'municipality-unknown': 'note', // the title names no municipality
  'column-year-missing': 'doubt', // a figure column without a year
  'header-differs': 'doubt', // the header is repeated with other captions
  'columns-shifted': 'note', // cells stand beside their header column and were read by content
  'label-shared-cell': 'note', // 種別 and 指標 in one cell, told apart at the white space
  'label-missing': 'doubt', // figures without 指標
  'no-kpi': 'doubt', // a project without any KPI
  'rating-missing': 'note', // no 評価 yet
  'rating-unknown': 'doubt', // a label that is none of the four national levels
  'opinions-split': 'doubt', // the ・ are lost; split after 。 before white space
  'opinions-unheaded': 'note', // opinions without 【…】 above them
  'opinions-continued': 'note', // the cell goes on in a later row
  'number-became-date': 'doubt', // No 1-1 was saved as 1月1日
  'number-duplicate': 'doubt', // the same No on two projects
  'cell-unused': 'doubt', // text in a project row that belongs to no known column
  'row-unread': 'doubt', // a row of the table that belongs to no project
  'pillar-missing': 'doubt', // figures of a pillar whose heading is lost
  'part-missing': 'doubt', // a heading that the other parts of the report have is lost
  'header-missing': 'doubt', // a table without its header, read like the others of the file
  'activity-name-missing': 'doubt', // effects of an activity whose name is lost
  'number-gap': 'doubt', // a number is left out: a row may be lost
  'value-missing': 'doubt', // an empty cell where a target or an actual stands
  'columns-unclear': 'doubt', // a cell is lost, and the others cannot be told apart
  'name-missing': 'doubt', // a project without a name
  'marks-unreadable': 'doubt', // ①②③ in a cell are lost or garbled; nothing in it can be placed
  'mark-missing': 'doubt', // a cell says nothing under a mark that other cells have
  'pair-incomplete': 'doubt', // 男 without 女
  'row-continued': 'note', // a row goes on in the next one, as at the end of a page
  'caption-unknown': 'doubt', // a column whose caption says nothing that is read here
  'flag-contradicts': 'doubt', // 減少KPI, or its lack, against the printed 達成状況
  'order-undecided': 'doubt', // labels and boxes that cannot be told apart by order
  'length-differs': 'doubt', // a box is longer or shorter than the number printed below it
  'cells-joined': 'note', // a text that ran over a cell border was put together
  'text-garbled': 'doubt', // signs without sense inside a text
  'kpi-omitted': 'note', // no KPIs on purpose: 県全体での評価のため省略
  'year-inferred': 'note', // the evaluated year is the last one with actuals
  'hidden-row': 'doubt', // hidden rows with content were not read
  'hidden-column': 'doubt', // hidden columns with content were not read
  'sheet-unread': 'note', // another sheet holds a table too
  'sheets-joined': 'note', // the parts of one table stood on several sheets
  'notes-unread': 'note', // comments on cells and footnotes were not read
  'text-box-unread': 'doubt', // a text box of a Word file was not read
  'formula-uncalculated': 'doubt', // a formula without a stored result: its cell was read as empty
  'page-unread': 'doubt', // a page of a PDF is a picture and was not read
  'quotes-broken': 'doubt', // quotation marks that do not close; read as plain characters
  'text-shortened': 'doubt', // a cell longer than is kept
  truncated: 'doubt', // more findings than are kept
} as const satisfies Record<string, Finding['severity']>;
export type FindingCode = keyof typeof findingSeverities;
export const findingCodes = Object.keys(findingSeverities) as readonly FindingCode[];

/** A finding with its fixed severity; what is not given is null. */
export function makeFinding(
  code: FindingCode,
  about: Partial<Omit<Finding, 'code' | 'severity'>> = {},
): Finding {
  return {
    code,
    severity: findingSeverities[code],
    project: about.project ?? null,
    kpi: about.kpi ?? null,
    at: about.at ?? null,
    stated: about.stated ?? null,
    recomputed: about.recomputed ?? null,
    formula: about.formula ?? null,
    ...(about.field && { field: about.field }),
  };
}

/** Where readers report findings; bounded by whoever keeps them. */
export type Note = (code: FindingCode, about?: Parameters<typeof makeFinding>[1]) => void;
