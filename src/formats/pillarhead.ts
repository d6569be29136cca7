/**
 * Which line of a report by pillars begins a pillar or an activity. Decides from the line and from
 * what follows right below it; keeps no state.
 */
import type { ActivityDraft } from './pillaractivity.ts';
import { findKpiColumns } from './pillarkpi.ts';
import type { Line } from './pillarline.ts';

export type PillarHead = { readonly no: string | null; readonly name: string | null };

/** 3 『なかま』づくり: a number, a name, and a part of a pillar right below it. */
export function findPillar(
  lines: readonly Line[],
  index: number,
  { last, inActivities }: { readonly last: number; readonly inActivities: boolean },
): PillarHead | null {
  const line = lines[index];
  if (!line || line.bullet || line.mark !== null || line.numbered) return null;
  const { body, raised, boxed } = line;
  if (body.length > 60 || /[。、]$/.test(body)) return null;
  const [, digits = '', name = ''] =
    /^(?:第|柱|基本目標|重点目標|施策)?\s*([0-9０-９]{1,2})\s*(?:章|節|の柱)?\s*[.．:：、]?\s*(?![)）.．\d０-９])(\D.*)$/.exec(
      body,
    ) ?? [];
  const next = lines[index + 1];
  const table = next !== undefined && findKpiColumns(next.cells) !== null;
  const part = next?.part != null && !next.boxed;
  const opens = table || (part && (next.numbered || next.raised || !inActivities));
  if (digits !== '') {
    const no = Number(digits.normalize('NFKC'));
    return opens || (raised && no === last + 1) ? { no: String(no), name: name.trim() } : null;
  }
  // The number is lost; the name still stands before the first part of a pillar.
  const first = table || next?.part === 'quantitative';
  const named = raised || boxed || /『.+』|づくり$/.test(body);
  return opens && first && named && body !== '' ? { no: null, name: body } : null;
}

/** A line right before 定量効果 names an activity; so does the next ①②③ before any effect. */
export function startsActivity(
  lines: readonly Line[],
  index: number,
  activity: ActivityDraft | null,
  lastMark: number,
): boolean {
  const line = lines[index];
  const next = lines[index + 1];
  if (!line) return false;
  const heads = next?.part != null && !next.numbered;
  if (line.mark !== null) {
    if (heads) return true;
    if (line.mark <= lastMark) return false;
    const ahead = lines.slice(index + 1).find(({ mark, part }) => mark !== null || part !== null);
    return !activity?.part || (ahead?.part != null && !ahead.numbered);
  }
  if (line.bullet || !heads) return false;
  // 定性効果 first and 定量効果 after it: the line between them is the end of the former.
  if (next.part === 'quantitative')
    return activity?.part !== 'qualitative' || activity.seen.size > 1;
  return activity === null;
}

/** The heading 各事業及び成果 is lost: effects in boxes belong to an activity all the same. */
export function impliesActivities(lines: readonly Line[], index: number, later: boolean): boolean {
  const [line, next, after] = [lines[index], lines[index + 1], lines[index + 2]];
  return (
    next?.part === 'quantitative' &&
    next.boxed &&
    !next.numbered &&
    (later || line?.mark != null) &&
    !(after && findKpiColumns(after.cells))
  );
}
