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

// The first 市, 町 or 村 after at least one other character, unless another follows at once: 市川市,
// 四日市市, 余市町. Inside 東村山市 and 八日市場市 one stands before 山, 場; まちづくり市民会議 is no place.
const place =
  /^(?:東京都|北海道|京都府|大阪府|[^\s\d]{2,3}県)?\s*([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ー]{1,8}?[市町村])(?![市町村山場民])/u;
const ward =
  /^(?:東京都)?\s*((?:千代田|中央|港|新宿|文京|台東|墨田|江東|品川|目黒|大田|世田谷|渋谷|中野|杉並|豊島|北|荒川|板橋|練馬|足立|葛飾|江戸川)区)/u;

/** 会津若松市, at the start of the title, behind a year, or in brackets at the end. */
export function findMunicipality(title: string | null): string | null {
  if (!title) return null;
  const starts = [0, ...findYears(title).map((found) => found.index + found.text.length)];
  for (const start of starts) {
    const rest = title.slice(start).replace(/^[\s、の]+/, '');
    const name = (ward.exec(rest) ?? place.exec(rest))?.[1];
    if (name && !name.startsWith('市町')) return name;
  }
  // 施策評価一覧（甲乙市）
  const last = /[(（]([^()（）]{2,12})[)）]$/.exec(title)?.[1] ?? '';
  const whole = place.exec(last);
  return whole?.[0] === last ? (whole[1] ?? null) : null;
}

/** 令和6年度事業評価結果 says it; otherwise the latest 実績値 column does. */
export function findEvaluatedYear(
  title: string | null,
  figures: readonly FigureColumn[],
): FiscalYear | null {
  const years = findYears(title ?? '');
  const said = years.find(({ index, text }) =>
    /^[\sの]*(?:実施|対象)?(?:地方創生)?(?:推進)?(?:交付金)?(?:対象|活用)?(?:事業)?の?(?:評価|実績|効果|実施|分)/.test(
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
