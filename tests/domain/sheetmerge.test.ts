/** [W9]: two people change one sheet at once, and nothing either wrote is lost unseen. */
import { describe, expect, test } from 'vitest';
import { emptyKpi, emptyPoint, emptyProject, type ProjectSheet } from '#domain/sheet.ts';
import { mergeSheets } from '#domain/sheetmerge.ts';
import { parseQuantity } from '#formats/quantity.ts';
import { item, TestRoom } from './room.ts';

const q = parseQuantity;
const point = { ...emptyPoint(2024), target: q('10回'), actual: q('8回') };
const kpi = { ...emptyKpi, label: '開催回数', series: [point] };
const base: ProjectSheet = { ...emptyProject, no: '1', name: '講座', kpis: [kpi] };
const withActual = (text: string): ProjectSheet => ({
  ...base,
  kpis: [{ ...kpi, series: [{ ...point, actual: q(text) }] }],
});

describe('[W9] bringing two sheets together', () => {
  test('what only one changed is taken from that one', () => {
    const own = { ...base, overview: '年10回の講座' };
    const { sheet, taken, clashes } = mergeSheets(base, own, withActual('9回'));
    expect(sheet).toEqual({ ...withActual('9回'), overview: '年10回の講座' });
    expect(taken).toEqual([['kpis']]);
    expect(clashes).toEqual([]);
  });

  test('within one KPI the target of one and the actual of the other both stand', () => {
    const own = { ...base, kpis: [{ ...kpi, series: [{ ...point, target: q('12回') }] }] };
    const { sheet, clashes } = mergeSheets(base, own, withActual('9回'));
    expect(sheet.kpis[0]?.series[0]).toEqual({ ...point, target: q('12回'), actual: q('9回') });
    expect(clashes).toEqual([]);
  });

  test('where both changed one figure the own stays whole, and the other is told', () => {
    const { sheet, clashes } = mergeSheets(base, withActual('7回'), withActual('9名'));
    expect(sheet).toEqual(withActual('7回'));
    expect(clashes).toEqual([{ path: ['kpis', 0, 'series', 0, 'actual'], theirs: q('9名') }]);
  });

  test('KPIs that both added all stand, the same one once', () => {
    const [one, two, both] = ['来場者数', '満足度', '参加校数'].map((label) => ({
      ...emptyKpi,
      label,
    }));
    if (!one || !two || !both) throw new Error('three KPIs');
    const { sheet, clashes } = mergeSheets(
      base,
      { ...base, kpis: [kpi, one, both] },
      { ...base, kpis: [kpi, two, both] },
    );
    expect(sheet.kpis.map(({ label }) => label)).toEqual([
      '開催回数',
      '満足度',
      '参加校数',
      '来場者数',
    ]);
    expect(clashes).toEqual([]);
  });

  test('a KPI one took out while the other changed it stays out, and that is told', () => {
    const { sheet, clashes } = mergeSheets(base, { ...base, kpis: [] }, withActual('9回'));
    expect(sheet.kpis).toEqual([]);
    expect(clashes).toEqual([{ path: ['kpis'], theirs: withActual('9回').kpis }]);
  });

  test('both wrote the same: nothing is told', () => {
    const { sheet, taken, clashes } = mergeSheets(base, withActual('9回'), withActual('9回'));
    expect([sheet, taken, clashes]).toEqual([withActual('9回'), [], []]);
  });

  test('a field that came and one that went are both followed', () => {
    const correction = { year: 2024, side: 'rate' as const, stated: '120%' };
    const corrected = { ...base, kpis: [{ ...kpi, corrections: [correction] }] };
    const own = { ...base, overview: 'x' };
    expect(mergeSheets(base, own, corrected).sheet.kpis).toEqual(corrected.kpis);
    expect(mergeSheets(corrected, { ...corrected, overview: 'x' }, base).sheet.kpis).toEqual([kpi]);
  });
});

test('[W9] a sheet made from an older revision is refused, one from this or from none is not', () => {
  const room = new TestRoom();
  const now = () => room.meeting.items.find(({ id }) => id === item('i1'));
  const seen = now()?.sheetRev ?? 0;
  const change = (about: { seen?: number }) =>
    ({ type: 'changeItem', itemId: item('i1'), sheet: base, ...about }) as const;
  room.do('sec', change({ seen }));
  expect(now()?.sheetRev).toBe(seen + 1);
  expect(room.refusal('sec', change({ seen }))).toBe('sheet-changed');
  room.do('sec', change({ seen: seen + 1 }));
  room.do('sec', change({}));
  expect(now()?.sheetRev).toBe(seen + 3);
});
