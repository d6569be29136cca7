/** Rule [R2]: the table a meeting gives back, before it opens, while it runs and afterwards. */
import { describe, expect, test } from 'vitest';
import { resultTable, resultTitle } from '#domain/result.ts';
import type { ProjectSheet } from '#domain/sheet.ts';
import { frozen, policy, sheet, TestRoom } from './room.ts';

const captions = { strategy: '位置づけ', figures: [], rating: '評価', ratingGroup: null };
const imported: ProjectSheet = {
  ...sheet('1-1'),
  rating: 2,
  ratingText: '地方創生に効果があった',
  opinions: [{ heading: '【R5実績について】', text: '昨年の意見' }],
};

const prepared = () =>
  new TestRoom({ items: [] }).do('sec', {
    type: 'importItems',
    sheets: [imported, { ...imported, no: '1-2' }],
    captions,
    mode: 'replace',
  });

const opened = () => {
  const room = prepared().open();
  const [first] = room.meeting.items;
  return room.start(first?.id);
};

describe('[R2] the result table', () => {
  test('[R2] before the meeting opens it is the one prepared, with what it came with', () => {
    const room = prepared();
    expect(resultTable(room.meeting)).toEqual({
      layout: 'result-table',
      title: 'みほん市 第1回 地方創生事業効果検証会議 令和6年度事業評価結果',
      municipality: 'みほん市',
      fiscalYear: 2024,
      captions,
      projects: [imported, { ...imported, no: '1-2' }],
      findings: [],
    });
  });

  test('[R2] from the opening on a project has the rating and opinions of its decision, or none', () => {
    const room = opened();
    const none = { ...imported, rating: null, ratingText: null, opinions: [] };
    expect(resultTable(room.meeting).projects).toEqual([none, { ...none, no: '1-2' }]);
    room.opinions = frozen('一つ目', '二つ目');
    const id = room.meeting.items[0]?.id ?? '';
    room.decide(3, 'noObjection', '', id);
    const decided = {
      ...imported,
      rating: 3,
      ratingText: '地方創生に相当程度効果があった',
      opinions: [
        { heading: '【R6実績について】', text: '一つ目' },
        { heading: '【R6実績について】', text: '二つ目' },
      ],
    };
    expect(resultTable(room.meeting).projects).toEqual([decided, { ...none, no: '1-2' }]);
    room.do('chair', { type: 'reopenItem', itemId: room.item(id).id, reason: '誤り' });
    expect(resultTable(room.meeting).projects[0]).toEqual(none);
  });

  test('[R2] the number of a level is given on a scale of four only; captions may be missing', () => {
    const room = new TestRoom({ criteria: [policy], items: ['i1'] }).open().start();
    const [, second] = policy.options;
    if (!second) throw new Error('policy has three options');
    const ratings = [{ criterionId: policy.id, optionId: second.id, reason: '' }];
    const itemId = room.item().id;
    room.do('chair', { type: 'decideItem', itemId, ratings, method: 'noObjection', reason: '' });
    const table = resultTable(room.meeting);
    expect(table.projects[0]).toMatchObject({ rating: null, ratingText: '継続' });
    expect(table.captions).toEqual({
      strategy: null,
      figures: [],
      rating: null,
      ratingGroup: null,
    });
  });
});

test('[R4] the printed title names municipality, meeting and evaluated year, each once', () => {
  const { meeting } = prepared();
  expect(
    resultTitle({ ...meeting, title: '令和元年度 みほん市検証会議', evaluatedYear: 2018 }),
  ).toBe('令和元年度 みほん市検証会議 平成30年度事業評価結果');
  const whole = 'みほん市検証会議 令和6年度事業評価結果';
  expect(resultTitle({ ...meeting, title: whole })).toBe(whole);
});
