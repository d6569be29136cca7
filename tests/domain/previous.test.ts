/** [P11] [R11]: what stands beside this year's figures from last year's meeting, and what never does. */
import { describe, expect, test } from 'vitest';
import { mayLink, previousOf } from '#domain/previous.ts';
import type { AccountId, HeadingId } from '#domain/types.ts';
import { frozen, item, sheet, TestRoom } from './room.ts';

const reply = (bullet: number, text: string) =>
  ({
    type: 'replyToOpinion',
    itemId: item('i1'),
    headingId: 'results' as HeadingId,
    bullet,
    text,
    due: '2025-12-01',
  }) as const;

/** i1 decided with two opinions, the second one answered; i2 put aside. */
function lastYear() {
  const room = new TestRoom().open().start();
  room.opinions = frozen('来場者の声を集めてほしい。', '数え方を書いてほしい。');
  room.vote({ m1: 3, m2: 3 }).decide(3, 'unanimous');
  room.start('i2').do('chair', { type: 'deferItem', itemId: item('i2'), reason: '資料待ち' });
  room.do('chair', { type: 'closeMeeting' });
  return room.do('sec', reply(1, '要綱に定義を加えます。')).meeting;
}

describe('[R11] the same project', () => {
  test('is known by its name, width, spaces and dashes aside', () => {
    const earlier = lastYear();
    for (const name of ['事業 i1', '事業i1', '事業　ｉ１'])
      expect(previousOf(earlier, { no: '9-9', name })?.ratings).toHaveLength(1);
    for (const name of ['事業 i3', '事業', '', null])
      expect(previousOf(earlier, { no: 'i1', name })).toBeNull();
  });

  test('of two with one name is the one with the same No', () => {
    const earlier = lastYear();
    const [first, second] = earlier.items;
    if (!first || !second) throw new Error('two items');
    const twice = { ...second, sheet: { ...sheet('i2'), name: '事業 i1' } };
    const both = { ...earlier, items: [first, twice] };
    expect(previousOf(both, { no: 'ｉ１', name: '事業 i1' })).not.toBeNull();
    expect(previousOf(both, { no: '7', name: '事業 i1' })).toBeNull();
  });

  test('without a decision has nothing to show', () => {
    expect(previousOf(lastYear(), sheet('i2'))).toBeNull();
    const open = new TestRoom().open().start();
    open.opinions = frozen('まだ書きかけの意見');
    expect(previousOf(open.meeting, sheet('i1'))).toBeNull();
  });
});

test('[P11] ratings, opinions and replies are told without a name or an id of anybody', () => {
  const told = previousOf(lastYear(), sheet('i1'));
  expect(told).toEqual({
    meetingTitle: '第1回 地方創生事業効果検証会議',
    evaluatedYear: 2024,
    ratings: [{ criterion: '事業効果に対する評価', label: '地方創生に相当程度効果があった' }],
    opinions: [
      {
        heading: '【R6実績について】',
        bullets: [
          { text: '来場者の声を集めてほしい。', reply: null },
          {
            text: '数え方を書いてほしい。',
            reply: { text: '要綱に定義を加えます。', due: '2025-12-01' },
          },
        ],
      },
    ],
  });
});

test('[P11] a meeting is linked by its own secretariat and by nobody else', () => {
  const earlier = lastYear();
  expect(mayLink(earlier, 'account-sec' as AccountId)).toBe(true);
  for (const account of ['account-chair', 'account-m1', 'account-nobody'])
    expect(mayLink(earlier, account as AccountId)).toBe(false);
  expect(mayLink(undefined, 'account-sec' as AccountId)).toBe(false);
});
