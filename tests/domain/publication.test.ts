/** [R16] What everybody may read of a published meeting, and that nobody's name is among it. */
import { describe, expect, test } from 'vitest';
import { publicationOf } from '#domain/publication.ts';
import { answeredOpinions, answeredTable, replyProgress } from '#domain/replies.ts';
import { resultTable } from '#domain/result.ts';
import { nationalCriterion } from '#domain/scale.ts';
import type { HeadingId } from '#domain/types.ts';
import { frozen, item, option, TestRoom } from './room.ts';

type Level = 1 | 2 | 3 | 4;

/** A meeting that is over: one item decided with an opinion and a reply, one deferred. */
function over(level: Level = 3, mode: 'vote' | 'hearing' = 'vote'): TestRoom {
  const room = new TestRoom({ details: { mode } }).open().start();
  room.opinions = frozen('窓口を一つにしてほしい。');
  room.do('m2', {
    type: 'askQuestion',
    itemId: item('i1'),
    text: '対象は誰か',
  });
  room.vote({ m1: level, m2: level, m3: 1 });
  if (mode === 'hearing') {
    room.do('chair', {
      type: 'decideItem',
      itemId: item('i1'),
      ratings: [],
      method: 'heard',
      reason: '',
    });
  } else room.decide(level, 'majority', '担当課長の説明のとおり');
  room.start('i2').defer('i2').do('sec', { type: 'closeMeeting' });
  return room.do('section', {
    type: 'replyToOpinion',
    itemId: item('i1'),
    headingId: 'results' as HeadingId,
    bullet: 0,
    text: '来年度に窓口をまとめます。',
    due: '2026-03-31',
  });
}
const published = (room: TestRoom) => room.approve().do('sec', { type: 'publish' });

describe('[R16] the public page', () => {
  test('is there while the meeting is published, and at no other time', () => {
    const room = over();
    expect(publicationOf(room.meeting)).toBeNull();
    expect(publicationOf(published(room).meeting)).toMatchObject({
      projects: [
        {
          state: 'decided',
          ratings: [{ label: '地方創生に相当程度効果があった', change: null, lastYear: null }],
          opinions: [
            {
              heading: '【R6実績について】',
              bullets: [
                {
                  text: '窓口を一つにしてほしい。',
                  reply: { text: '来年度に窓口をまとめます。', due: '2026-03-31' },
                },
              ],
            },
          ],
        },
        { state: 'deferred', ratings: [], opinions: [] },
      ],
    });
    room.do('sec', { type: 'unpublish', reason: '誤記' });
    expect(publicationOf(room.meeting)).toBeNull();
  });

  test('names nobody: no seat, no ballot, no reason, no question', () => {
    const { meeting } = published(over());
    const told = JSON.stringify(publicationOf(meeting, published(over()).meeting));
    for (const { id, name, accountId } of meeting.participants) {
      expect(told).not.toContain(name);
      expect(told).not.toContain(`"${id}"`);
      expect(told).not.toContain(accountId ?? name);
    }
    for (const secret of ['担当課長', '対象は誰か', 'ballots', 'electorate', 'participantId']) {
      expect(told).not.toContain(secret);
    }
  });

  test('tells the reason that a criterion asked for, as part of what was decided', () => {
    const criteria = [{ ...nationalCriterion, asksReason: true }];
    const room = new TestRoom({ criteria }).open().start();
    room.do('chair', {
      type: 'decideItem',
      itemId: item('i1'),
      ratings: [
        {
          criterionId: nationalCriterion.id,
          optionId: option(3),
          reason: '利用が伸びた',
        },
      ],
      method: 'noObjection',
      reason: '',
    });
    room.start('i2').defer('i2').do('sec', { type: 'closeMeeting' });
    expect(publicationOf(published(room).meeting)?.projects[0]?.ratings).toMatchObject([
      { label: '地方創生に相当程度効果があった', reason: '利用が伸びた' },
    ]);
  });

  test('tells how a rating moved since last year, and no opinion of last year', () => {
    const change = (now: Level, last: Level) => {
      const earlier = over(last).meeting;
      const found = publicationOf(published(over(now)).meeting, earlier);
      return found?.projects[0]?.ratings[0]?.change;
    };
    expect([change(4, 3), change(3, 3), change(2, 3)]).toEqual(['better', 'same', 'worse']);
  });

  test('of a hearing shows how many gave which rating', () => {
    const { projects } = publicationOf(published(over(4, 'hearing')).meeting) ?? {};
    expect(projects?.[0]).toMatchObject({
      ratings: [],
      distributions: [
        { counts: [{ votes: 2 }, { votes: 0 }, { votes: 0 }, { votes: 1 }], abstained: 0 },
      ],
    });
  });
});

test('[R9] the table for files holds the reply beside its opinion, and nobody who wrote either', () => {
  const { meeting } = over();
  const [first] = answeredTable(meeting).projects;
  expect(first?.opinions).toEqual([
    {
      heading: '【R6実績について】',
      text: '窓口を一つにしてほしい。',
      reply: { text: '来年度に窓口をまとめます。', due: '2026-03-31' },
    },
  ]);
  const bare = meeting.items.map((each) => ({ ...each, replies: [] }));
  expect(answeredTable({ ...meeting, items: bare })).toEqual(resultTable(meeting));
});

test('[R9] every frozen opinion is listed with its reply, and counted for its section', () => {
  const room = over();
  const opinions = answeredOpinions(room.meeting);
  expect(opinions).toMatchObject([
    { itemId: 'i1', bullet: 0, reply: { text: '来年度に窓口をまとめます。' } },
  ]);
  expect(replyProgress(opinions)).toEqual([{ section: '企画課', total: 1, replied: 1 }]);
  const open = opinions.map((each) => ({ ...each, reply: null, sections: [] }));
  expect(replyProgress(open)).toEqual([{ section: '', total: 1, replied: 0 }]);
});
