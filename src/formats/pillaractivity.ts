/**
 * Activities of a pillar that stand in a table (事業 · 定量効果 · 定性効果) rather than under headings. Only
 * splits cells into lines; what an effect says is not read.
 */
import type { Part, Line } from './pillarline.ts';

export type Effect = Exclude<Part, 'activities'>;
export type ActivityDraft = {
  name: string;
  /** 1 for ①. */
  readonly mark: number | null;
  readonly at: string;
  /** The effect that is being listed. */
  part: Effect | null;
  /** The effects whose heading was seen. */
  readonly seen: Set<Effect>;
  readonly quantitative: string[];
  readonly qualitative: string[];
};

const effects = { quantitative: /^定量的?効果/, qualitative: /^定性的?効果/ } as const;

/** The table that starts with the first of the lines, and how many lines it takes; null for none. */
export function readActivityTable(
  lines: readonly Line[],
): { readonly activities: readonly ActivityDraft[]; readonly lines: number } | null {
  const header =
    lines[0]?.cells.map(({ text }) => text.normalize('NFKC').replace(/\s+/g, '')) ?? [];
  const quantitative = header.findIndex((text) => effects.quantitative.test(text));
  const qualitative = header.findIndex((text) => effects.qualitative.test(text));
  const name = header.findIndex((text) => /事業|取組|取り組み|活動|名称|内容/.test(text));
  if (quantitative < 0 || qualitative < 0 || name < 0) return null;
  const activities: ActivityDraft[] = [];
  let taken = 1;
  for (const { at, cells, texts } of lines.slice(1)) {
    const named = cells[name]?.text ?? '';
    if (texts.length < 2 || named === '') break;
    taken++;
    activities.push({
      name: undress(named).replace(/\n/g, ''),
      mark: null,
      at,
      part: null,
      seen: new Set(['quantitative', 'qualitative']),
      quantitative: linesOf(cells[quantitative]?.text),
      qualitative: linesOf(cells[qualitative]?.text),
    });
  }
  return activities.length > 0 ? { activities, lines: taken } : null;
}

function linesOf(text = ''): string[] {
  return text
    .split('\n')
    .map(undress)
    .filter((line) => line !== '');
}

function undress(text: string): string {
  return text.replace(/^\s*(?:[-*•]\s+|[・･●○■])?\s*[①-⑳]?\s*/, '').trim();
}
