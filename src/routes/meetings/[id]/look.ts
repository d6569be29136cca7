/** How a judgement looks, and the small line that says what kind of KPI one is. */
import type { Judgement, Kpi } from '#domain/sheet.ts';
import type { projectSheet } from '$lib/messages/projectsheet.ts';

/** A sign and a tone; the word stands beside them. */
export const judgementLooks = {
  achieved: { tone: 'success', icon: 'check' },
  missed: { tone: 'danger', icon: 'close' },
  pending: { tone: 'info', icon: 'clock' },
  unmeasured: { tone: 'neutral', icon: 'minus' },
  unknown: { tone: 'neutral', icon: 'info' },
} as const satisfies Record<Judgement, object>;

/** 総合戦略におけるKPI・増加が望ましい */
export const kindOf = (t: ReturnType<typeof projectSheet>, { kind, direction }: Kpi): string =>
  [kind, direction ? t.direction[direction] : t.directionOpen].filter(Boolean).join('・');

/** ①移住者数, but 3 参加者数: a bare number needs its space. */
export const nameOf = (t: ReturnType<typeof projectSheet>, { mark, label }: Kpi): string =>
  `${mark ?? ''}${/\d$/.test(mark ?? '') ? ' ' : ''}${label ?? t.none}`;
