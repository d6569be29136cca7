/**
 * Dates of workbooks as a Japanese Excel shows them: 和暦 (ggge年), weekdays, and the built-in formats
 * that are different in every language. Formats without any of these are left to the library.
 */

/** Begins of the eras as days of the workbook, newest first. */
const eras: readonly (readonly [from: number, name: string, letter: string])[] = [
  [43586, '令和', 'R'], // 2019-05-01
  [32516, '平成', 'H'], // 1989-01-08
  [9856, '昭和', 'S'], // 1926-12-25
  [4595, '大正', 'T'], // 1912-07-30
];
const weekdays = '日月火水木金土';

/** What the numbers of built-in formats mean in Japanese; the library takes all of them for m/d/yy. */
export const japaneseFormats: Readonly<Record<number, string>> = {
  14: 'yyyy/m/d',
  27: 'ge.m.d',
  28: 'ggge"年"m"月"d"日"',
  29: 'ggge"年"m"月"d"日"',
  30: 'm/d/yy',
  31: 'yyyy"年"m"月"d"日"',
  34: 'yyyy"年"m"月"',
  35: 'm"月"d"日"',
  36: 'ge.m.d',
  50: 'ge.m.d',
  51: 'ggge"年"m"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'ggge"年"m"月"d"日"',
  55: 'yyyy"年"m"月"',
  56: 'm"月"d"日"',
  57: 'ge.m.d',
  58: 'ggge"年"m"月"d"日"',
};

const token = /"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(g+|e+|y+|m+|d+|a{3,4}|[^])/gi;

/**
 * The date a stored number shows, or null where the format is none that only Japanese has.
 * @param serial days since 1899-12-30, or since 1904-01-01 minus 1462 days
 */
export function showDate(serial: number, format: string): string | null {
  const first = format.split(';')[0] ?? '';
  const code = /\[\$-F800\]/i.test(first) ? 'yyyy"年"m"月"d"日"' : first;
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  const japanese = /g|(?<![\d0#.])e(?![+-])|aaa/i.test(bare) || /F800/i.test(first);
  const [short, simple] = [code === 'm/d/yy', code === 'yyyy/m/d'];
  if (!(japanese || short || simple) || /[hs0#?]|general|標準/i.test(bare)) return null;
  if (serial < 61 || serial > 2_958_465) return null;
  const day = Math.floor(serial);
  const date = new Date(Date.UTC(1899, 11, 30) + day * 86_400_000);
  const era = eras.find(([from]) => day >= from);
  const year = date.getUTCFullYear();
  const ofEra = era ? year - eraYear(era[0]) + 1 : year;
  const gannen = ofEra === 1 && /gannen/i.test(format);
  let text = '';
  for (const match of (short ? 'yyyy/m/d' : code).matchAll(token)) {
    const [, quoted, escaped, part] = match;
    const letter = part?.[0]?.toLowerCase();
    const length = part?.length ?? 0;
    const padded = (number: number, from: number): string =>
      String(number).padStart(length >= from ? 2 : 1, '0');
    if (quoted !== undefined || escaped !== undefined) text += quoted ?? escaped ?? '';
    else if (letter === 'g')
      text += (length === 1 ? era?.[2] : era?.[1].slice(0, length === 2 ? 1 : 2)) ?? '';
    else if (letter === 'e') text += gannen ? '元' : padded(ofEra, 2);
    else if (letter === 'y') text += length <= 2 ? String(year).slice(-2) : String(year);
    else if (letter === 'm') text += padded(date.getUTCMonth() + 1, 2);
    else if (letter === 'd') text += padded(date.getUTCDate(), 2);
    else if (letter === 'a' && length > 2)
      text += `${weekdays[date.getUTCDay()] ?? ''}${length > 3 ? '曜日' : ''}`;
    else if (part !== undefined && !/[@;]/.test(part)) text += part;
  }
  return text;
}

function eraYear(from: number): number {
  return new Date(Date.UTC(1899, 11, 30) + from * 86_400_000).getUTCFullYear();
}

/** The styles of a workbook with the built-in date formats written out. */
export function spellFormats(styles: string): string {
  const prefix = /<(\w+:)?styleSheet\b/.exec(styles)?.[1] ?? '';
  const own = new Set(
    [...styles.matchAll(/<(?:\w+:)?numFmt\s[^>]*numFmtId="(\d+)"/g)].map(([, id]) => id),
  );
  const ids = Object.keys(japaneseFormats).filter((id) => !own.has(id));
  const used = ids.filter((id) => styles.includes(`numFmtId="${id}"`));
  if (used.length === 0) return styles;
  const moved = styles.replace(
    /(<(?:\w+:)?xf\s[^>]*numFmtId=")(\d+)"/g,
    (whole, start: string, id: string) =>
      used.includes(id) ? `${start}${9000 + Number(id)}"` : whole,
  );
  const added = used
    .map((id) => {
      const code = (japaneseFormats[Number(id)] ?? '').replaceAll('"', '&quot;');
      return `<${prefix}numFmt numFmtId="${9000 + Number(id)}" formatCode="${code}"/>`;
    })
    .join('');
  const list = /<(?:\w+:)?numFmts\b[^>/]*>/.exec(moved);
  if (list) {
    const at = list.index + list[0].length;
    return moved.slice(0, at) + added + moved.slice(at);
  }
  const sheet = /<(?:\w+:)?styleSheet\b[^>]*>/.exec(moved);
  if (!sheet) return styles;
  const at = sheet.index + sheet[0].length;
  return `${moved.slice(0, at)}<${prefix}numFmts>${added}</${prefix}numFmts>${moved.slice(at)}`;
}
