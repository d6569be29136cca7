/**
 * The 意見等 cell: tags away, headings 【…】 found, bullets told apart. Splits where a bullet sign or,
 * when those are lost, where 。 is followed by white space; never on 。 alone, so that one person's
 * two sentences stay one opinion.
 */
import type { SheetOpinion } from '#domain/sheet.ts';
import { joinLines } from './lines.ts';

export type OpinionsRead = {
  readonly opinions: readonly SheetOpinion[];
  /** Some section had no bullet sign and was split after 。: a person should look. */
  readonly split: boolean;
  /** Some opinions stand before the first heading. */
  readonly unheaded: boolean;
};

// Only tags that offices leave in such cells; `<5件` in prose is no tag. Never closed ones too.
const blockTag = /<\/?(?:p|div|ul|ol|br|h[1-6]|tr|table|tbody)\b[^<>]{0,300}>/gi;
const itemTag = /<li\b[^<>]{0,300}>/gi;
const inlineTag = /<\/?(?:li|span|b|i|u|em|strong|font|a|td|th)\b[^<>]{0,300}>/gi;
const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  middot: '・',
};
const bullet = /(^|[\s。])[・･•●○◦‣⁃▪▫◆◇]\s*(?=\S)/gu;
const heading = /(^|[\s。])【([^【】\n]{1,60})】(?=$|[\s・･•●○◦‣⁃▪▫◆◇])/gu;
export const opinionLimits = { perProject: 500, text: 4_000 } as const;

export function parseOpinions(cell: string): OpinionsRead {
  const text = plain(cell);
  const opinions: SheetOpinion[] = [];
  let split = false;
  let unheaded = false;
  for (const section of sections(text)) {
    const read = bullets(section.body);
    split ||= read.split;
    unheaded ||= section.heading === '' && read.items.length > 0;
    for (const item of read.items) {
      if (opinions.length < opinionLimits.perProject)
        opinions.push({ heading: section.heading, text: item });
    }
  }
  return { opinions, split, unheaded };
}

function plain(cell: string): string {
  const tagged = /<\/?(?:p|div|ul|ol|li|br|span|b|strong|font|u)\b[^<>]{0,300}>/i.test(cell);
  if (!tagged) return cell.replace(/\u3000/g, ' ');
  return cell
    .replace(itemTag, '\n・')
    .replace(blockTag, '\n')
    .replace(inlineTag, '')
    .replace(
      /&(nbsp|amp|lt|gt|quot|#39|middot);/g,
      (whole, name: string) => entities[name] ?? whole,
    )
    .replace(/・\s*・/g, '・')
    .replace(/\u3000/g, ' ');
}

function sections(text: string): readonly { readonly heading: string; readonly body: string }[] {
  const found: { heading: string; body: string }[] = [];
  let from = 0;
  let current = '';
  for (const match of text.matchAll(heading)) {
    const before = text.slice(0, match.index + (match[1] ?? '').length);
    // ・【要望】 … is an opinion that begins with a bracket, not a heading
    if (/[・･•●○◦]\s*$/.test(before)) continue;
    found.push({ heading: current, body: text.slice(from, match.index + (match[1] ?? '').length) });
    current = `【${(match[2] ?? '').trim()}】`;
    from = match.index + match[0].length;
  }
  found.push({ heading: current, body: text.slice(from) });
  return found.filter((section) => section.body.trim() !== '');
}

function bullets(body: string): { readonly items: readonly string[]; readonly split: boolean } {
  const starts = [...body.matchAll(bullet)];
  const first = starts[0];
  const loose = body.slice(0, first ? first.index + (first[1] ?? '').length : body.length);
  const sentences = loose.split(/(?<=[。！？])\s+/u);
  const items = sentences.map(tidy);
  starts.forEach((start, index) => {
    const next = starts[index + 1];
    items.push(
      tidy(
        body.slice(
          start.index + start[0].length,
          next ? next.index + (next[1] ?? '').length : body.length,
        ),
      ),
    );
  });
  const kept = items.filter((item) => /[\p{L}\p{N}]/u.test(item));
  return { items: kept, split: sentences.filter((sentence) => tidy(sentence) !== '').length > 1 };
}

function tidy(text: string): string {
  return joinLines(text).slice(0, opinionLimits.text);
}
