/** [M17] What goes over into next year's meeting, and what does not. */
import { describe, expect, test } from 'vitest';
import { moveYears, nextCaptions, nextDetails, nextEvents, nextSheet } from '#domain/nextyear.ts';
import { emptyKpi, emptyPoint, emptyProject, noCaptions } from '#domain/sheet.ts';
import type { AccountId } from '#domain/types.ts';
import { details, frozen, TestRoom } from './room.ts';

const figure = (text: string) => ({
  text,
  value: Number.parseInt(text),
  unit: '件',
  qualifier: null,
});

test('[M17] years in a title or a heading move on by one', () => {
  expect(moveYears('令和7年度 第1回 検証会議')).toBe('令和8年度 第1回 検証会議');
  expect(moveYears('【R6実績について】')).toBe('【R7実績について】');
  expect(moveYears('令和元年度（Ｒ９、2024年度）')).toBe('令和2年度（Ｒ10、2025年度）');
  expect(moveYears('第3期総合戦略 ROI 12件')).toBe('第3期総合戦略 ROI 12件');
});

test('[M17] details follow the year and name this meeting as last year’s', () => {
  const { meeting } = new TestRoom({ details: { heldOn: '2028-02-29' } });
  expect(nextDetails(meeting)).toEqual({
    ...details,
    heldOn: '2029-02-28',
    evaluatedYear: 2025,
    previousMeetingId: meeting.id,
  });
});

describe('[M17] a sheet', () => {
  const sheet = {
    ...emptyProject,
    name: '移住支援金',
    rating: 4 as const,
    ratingText: '地方創生に非常に効果があった',
    opinions: [{ heading: '【R6実績について】', text: '続けてほしい。' }],
    kpis: [
      {
        ...emptyKpi,
        label: '移住者数',
        statedJudgement: 'achieved' as const,
        comment: '目標を超えた',
        series: [{ ...emptyPoint(2024), actual: figure('12件') }],
      },
      { ...emptyKpi, label: '相談', series: [{ ...emptyPoint(null), actual: figure('3件') }] },
      {
        ...emptyKpi,
        label: '空き家',
        series: [emptyPoint(2024), { ...emptyPoint(2025), target: figure('20件') }],
      },
    ],
  };
  const next = nextSheet(sheet, 2024);

  test('keeps its figures in their years and opens the new one', () => {
    expect(next.kpis[0]?.series).toEqual([
      { ...emptyPoint(2024), actual: figure('12件'), statedJudgement: 'achieved' },
      emptyPoint(2025),
    ]);
    expect(next.kpis[1]?.series[0]).toMatchObject({ year: 2024, actual: { text: '3件' } });
    expect(next.kpis[2]?.series).toHaveLength(2);
    expect(next.kpis[2]?.series[1]?.target?.text).toBe('20件');
  });

  test('leaves behind what was rated and said', () => {
    expect(next).toMatchObject({ rating: null, ratingText: null, opinions: [] });
    expect(next.kpis[0]).toMatchObject({ statedJudgement: null, statedRate: null, comment: null });
  });
});

test('[M17] the column of actuals gets a new neighbour, once', () => {
  const column = { group: null, caption: '実績値 (R6年度)', role: 'actual', year: 2024 } as const;
  const captions = { ...noCaptions, figures: [column] };
  const moved = nextCaptions(captions, 2024);
  expect(moved.figures.map(({ caption, year }) => [caption, year])).toEqual([
    ['実績値 (R6年度)', 2024],
    ['実績値 (R7年度)', 2025],
  ]);
  expect(nextCaptions(moved, 2024)).toEqual(moved);
});

test('[M17] people keep their seats; ballots, opinions and decisions stay behind', () => {
  const room = new TestRoom({ items: ['i1'] }).open().start();
  room.opinions = frozen('窓口を一つに');
  room.vote({ m1: 4, m2: 4 }).decide(4, 'unanimous');
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const events = nextEvents(room.meeting, 'account-sec' as AccountId, () => ids.shift() ?? '');
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'participantAdded')).toHaveLength(7);
  expect(kinds.filter((kind) => kind === 'participantJoined')).toHaveLength(7);
  expect(kinds.at(-1)).toBe('itemsImported');
  const told = JSON.stringify(events);
  for (const word of ['窓口を一つに', 'effect-4', 'unanimous']) expect(told).not.toContain(word);
});
