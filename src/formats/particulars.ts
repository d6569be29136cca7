/**
 * The particulars of 議事録, in words: kind and state of it, who, when and where, which version. What a
 * page, a Word file and plain text all print.
 */
import type { Break } from '#domain/meeting.ts';
import type { Minutes, MinutesItem } from '#domain/minutes.ts';
import { makeDate, makeDay, makePeriod, makeTime } from './wareki.ts';

export const kinds = { minutes: '会議録', summary: '議事要旨' } as const;
export const states = { preliminary: '（速報）', draft: '（案）', approved: '' } as const;

/** 会議の名称, 開催日時 … ; what nobody entered has no row. */
export function particularRows(
  minutes: Minutes,
): readonly (readonly [label: string, lines: readonly string[]])[] {
  const { attendance, openedAt, closedAt, visitors } = minutes;
  const rows: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ['会議の名称', [minutes.title]],
    ['開催日時', [openedAt === null ? makeDay(minutes.day) : makePeriod(openedAt, closedAt)]],
    ['場所', some(minutes.place)],
    ['出席委員', listed(attendance.present)],
    ['欠席委員', attendance.absent.length > 0 ? listed(attendance.absent) : ['なし']],
    ['事務局', listed(attendance.secretariat)],
    ['所管課', listed(attendance.sections)],
    ['公開の別', some(minutes.openness)],
    ['傍聴者数', visitors === null ? [] : [`${visitors}人`]],
    ['議題', minutes.items.map((item, index) => `(${index + 1}) ${topic(item)}`)],
    ['配布資料', minutes.materials],
    ['休憩', minutes.breaks.map(breakText)],
    ['次回', some(minutes.next)],
    ['問合先', some(minutes.contact)],
    ['版', edition(minutes)],
  ];
  return rows.filter(([, lines]) => lines.length > 0);
}

/** 午後3時00分～午後3時10分 */
export const breakText = ({ from, to }: Break): string => `${makeTime(from)}～${makeTime(to)}`;

/** 第2版（令和7年9月1日（月）確定）, and why there is a second one. */
function edition({ version, approvedAt, state }: Minutes): readonly string[] {
  if (version.number === 1 && state !== 'approved') return [];
  const locked = approvedAt === null ? '' : `（${makeDate(approvedAt)}確定）`;
  const reason = version.reason === '' ? [] : [`訂正の理由：${version.reason}`];
  return [`第${version.number}版${locked}`, ...reason];
}

function topic(item: MinutesItem): string {
  return item.no === null ? item.title : `${item.no}\u3000${item.title}`;
}

/** Short entries share a line, as in 産業界1名、学識経験者1名; long ones take one each. */
function listed(entries: readonly string[]): readonly string[] {
  const short = entries.every((entry) => entry.length <= 16 && !entry.includes('\n'));
  return entries.length > 0 && short ? [entries.join('、')] : entries;
}

function some(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : [text];
}

/** What the minutes were written from, as a sentence at their end ([R12]). */
export function markText({ record, kind }: Pick<Minutes, 'record' | 'kind'>): string {
  if (!record) return '';
  return `この${kinds[kind]}は、会議記録${record.count}件（末尾の照合番号 ${record.head}）から作成した。`;
}
