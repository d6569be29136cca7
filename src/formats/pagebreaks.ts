/**
 * Puts manual page breaks into a finished workbook of one sheet, which the writing library cannot.
 * It touches nothing else of the file.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const SHEET = 'xl/worksheets/sheet1.xml';
/** Excel's own limit. */
const MAX_BREAKS = 1023;

/** The same workbook, with a new page at each given row (0-based) of its first sheet. */
export function breakPages(workbook: Uint8Array, rows: readonly number[]): Uint8Array {
  if (rows.length === 0) return workbook;
  const files = unzipSync(workbook);
  const sheet = files[SHEET];
  if (!sheet) throw new Error(`no ${SHEET} in the workbook`);
  const breaks = rows
    .slice(0, MAX_BREAKS)
    .map((row) => `<brk id="${row}" max="16383" man="1"/>`)
    .join('');
  const count = Math.min(rows.length, MAX_BREAKS);
  const element = `<rowBreaks count="${count}" manualBreakCount="${count}">${breaks}</rowBreaks>`;
  // The schema wants row breaks right behind the header and footer.
  const xml = strFromU8(sheet).replace('</headerFooter>', `</headerFooter>${element}`);
  return zipSync({ ...files, [SHEET]: strToU8(xml) });
}
