/**
 * What stands above the header: the title, and from it the municipality and the evaluated year.
 * Refuses to choose: two years without a word that says which one was evaluated stay unknown.
 */
import type { FiscalYear } from '#domain/types.ts';
import type { Cell } from './grid.ts';
import type { FigureColumn } from './header.ts';
import { findYears } from './year.ts';

/** The lines that make up the title, joined by a space. Remarks and units above a table are none. */
export function findTitle(rows: readonly (readonly Cell[])[]): string | null {
  const lines = rows
    .slice(-12)
    .map((cells) => cells.map((cell) => cell.text).filter((text) => text !== ''))
    .filter((texts) => texts.length === 1)
    .map((texts) => (texts[0] ?? '').replace(/\s+/g, ' '))
    .filter(
      (line) =>
        line.length <= 200 &&
        /年度|評価|検証|会議|委員会|総合戦略|交付金/.test(line) &&
        !/^[(（※]|。/.test(line),
    );
  return lines.length > 0 ? lines.slice(-4).join(' ') : null;
}

// 市川市, 四日市市, 余市町: the first unit character after at least one other, unless a further one
// follows at once; 東村山市 and 武蔵村山市 hold one inside.
const place =
  /^(?:(?:北海道|東京都|京都府|大阪府|[^\s\d]{2,3}県)\s*)?((?:(?:東|武蔵)村山市|[^\s\d。、]{1,8}?(?:[市町村](?=[市町村])|)[市町村]))(?![山川原田場長民内])/u;

export function findMunicipality(title: string | null): string | null {
  if (!title) return null;
  const starts = [0, ...findYears(title).map((found) => found.index + found.text.length)];
  for (const start of starts) {
    const rest = title.slice(start).replace(/^[\s　の]+/, '');
    if (/^(?:市|町|村)/.test(rest)) {
      // 市川市, 町田市, 村上市 begin with the unit character; 市町村 alone is nobody
      if (/^市町村/.test(rest)) continue;
    }
    const name = place.exec(rest)?.[1];
    if (name && /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ヶケー]+$/u.test(name))
      return name;
  }
  return null;
}

/** 令和6年度事業評価結果 says it; otherwise the latest 実績値 column does. */
export function findEvaluatedYear(
  title: string | null,
  figures: readonly FigureColumn[],
): FiscalYear | null {
  const years = findYears(title ?? '');
  const said = years.find(({ index, text }) =>
    /^[\s　の]*(?:実施|対象)?(?:地方創生)?(?:推進)?(?:交付金)?(?:対象|活用)?(?:事業)?の?(?:評価|実績|効果|実施|分)/.test(
      (title ?? '').slice(index + text.length),
    ),
  );
  if (said) return said.year;
  const actuals = figures.flatMap(({ role, year }) =>
    role === 'actual' && year !== null ? [year] : [],
  );
  if (actuals.length > 0) return Math.max(...actuals);
  return null;
}
