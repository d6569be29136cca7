/**
 * Puts manual page breaks into a finished workbook, which the writing library cannot.
 * It touches nothing else of the file.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** Excel's own limit. */
const MAX_BREAKS = 1023;

/** The same workbook, with a new page at the given rows (0-based) of its first sheet, its second … */
export function breakPages(
  workbook: Uint8Array,
  ...sheets: readonly (readonly number[])[]
): Uint8Array {
  if (sheets.every((rows) => rows.length === 0)) return workbook;
  const files = unzipSync(workbook);
  const changed = sheets.flatMap((rows, index) => {
    if (rows.length === 0) return [];
    const name = `xl/worksheets/sheet${index + 1}.xml`;
    const sheet = files[name];
    if (!sheet) throw new Error(`no ${name} in the workbook`);
    return [[name, strToU8(withBreaks(strFromU8(sheet), rows))]];
  });
  return zipSync({ ...files, ...(Object.fromEntries(changed) as Record<string, Uint8Array>) });
}

function withBreaks(xml: string, rows: readonly number[]): string {
  const breaks = rows
    .slice(0, MAX_BREAKS)
    .map((row) => `<brk id="${row}" max="16383" man="1"/>`)
    .join('');
  const count = Math.min(rows.length, MAX_BREAKS);
  const element = `<rowBreaks count="${count}" manualBreakCount="${count}">${breaks}</rowBreaks>`;
  // The schema wants row breaks right behind the header and footer.
  return xml.replace('</headerFooter>', `</headerFooter>${element}`);
}
