/** [P4] [B5]: what everybody receives, walked to its last leaf. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import { nextStep } from '#domain/step.ts';
import { parseView, viewEntries, viewOf, type MeetingView } from '#protocol/view.ts';
import { frozen, item, person, TestRoom } from '../domain/room.ts';

// Chance belongs to the test: the same cases in every run.
fc.configureGlobal({ seed: 20250820 });

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

/** Every text of a value with the keys that lead to it; numbers of lists are left out. */
function* texts(value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value] as const;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    yield* texts(each, Array.isArray(value) ? path : `${path}.${key}`);
  }
}

const parsed = (view: MeetingView) => {
  const entries = viewEntries(view);
  return parseView((key) => json(entries.get(key)));
};

/** Rooms at every stage of a meeting. */
function stages(): readonly TestRoom[] {
  const voting = () => new TestRoom().open().start().ballot().cast('m1', 2).cast('m2', 3);
  return [
    new TestRoom({ items: [], people: {} }),
    new TestRoom(),
    new TestRoom().open(),
    voting(),
    voting().close(),
    voting().close().reveal(),
    voting().close().reveal().breakTie(3).decide(3, 'chairOnTie'),
    new TestRoom().open().start().defer().start('i2').decide(1, 'noObjection', '', 'i2'),
    new TestRoom({ items: ['i1'] }).open().start().defer().do('sec', { type: 'closeMeeting' }),
  ];
}

describe('[P4] the view', () => {
  test('[P4] holds no account, no mail address, no sheet and no captions', () => {
    for (const { meeting } of stages()) {
      const view = viewOf(meeting);
      const leaves = [...texts(view)];
      expect(leaves.filter(([, text]) => text.includes('account-') || text.includes('@'))).toEqual(
        [],
      );
      const paths = leaves.map(([path]) => path);
      expect(paths.filter((path) => /accountId|sheet\b|captions|opinions/.test(path))).toEqual([]);
    }
  });

  test('[P4] has exactly these keys: another one is a decision about what everybody sees', () => {
    const [room] = stages().slice(6);
    if (!room) throw new Error('no decided room');
    const view = viewOf(room.meeting);
    const [first] = view.items;
    expect(Object.keys(view).sort().join(' ')).toBe(
      'adjournedAt breaks chairInQuorum chairVotes closedAt criteria currentItemId deadline deputyId ' +
        'evaluatedYear floor gathering guide hands headings heldOn id items minutes mode ' +
        'municipality openedAt participants phase place previousMeetingId publication ' +
        'quorumRule rehearsal rev title',
    );
    expect(
      Object.keys(view.participants[0] ?? {})
        .sort()
        .join(' '),
    ).toBe('affiliation id joined name present role');
    expect(
      Object.keys(first ?? {})
        .sort()
        .join(' '),
    ).toBe(
      'decision id minutes name no notes objections proposal questions recused replies roundZero ' +
        'rounds sections selfRating sheetRev startedAt state',
    );
    expect(
      Object.keys(first?.rounds[0] ?? {})
        .sort()
        .join(' '),
    ).toBe(
      'absent casting castingEnded closedAt criteria electorate id number openedAt paper recused result ' +
        'secrecy status turnout voted',
    );
  });

  test('[P4] leaves the frozen opinions to their own document', () => {
    const room = new TestRoom().open().start();
    room.opinions = frozen('外に出さない意見');
    room.decide(4);
    expect(JSON.stringify(viewOf(room.meeting))).not.toContain('外に出さない意見');
  });

  test('[B5] holds an option outside of a definition only once its round is revealed', () => {
    const chosen = (room: TestRoom | undefined) =>
      [...texts(viewOf((room ?? new TestRoom()).meeting).items)]
        .filter(([path, text]) => text.startsWith('effect-') && !path.includes('.criteria'))
        .map(([path]) => path);
    const [, , , open, closed, revealed] = stages();
    expect([...chosen(open), ...chosen(closed)]).toEqual([]);
    expect(chosen(revealed)).toContain('.rounds.result.ballots.choices.optionId');
  });

  test('[B5] is the same to the letter whatever was voted, until the reveal', () => {
    const vote = fc.constantFrom(1, 2, 3, 4, null);
    const after = (...votes: (1 | 2 | 3 | 4 | null)[]) => {
      const room = new TestRoom().open().start().ballot();
      for (const [index, level] of votes.entries()) room.cast(`m${index + 1}`, level);
      return JSON.stringify([...viewEntries(viewOf(room.close().meeting))]);
    };
    fc.assert(
      fc.property(fc.tuple(vote, vote, vote), fc.tuple(vote, vote, vote), (one, other) => {
        expect(after(...one)).toBe(after(...other));
      }),
      { numRuns: 30 },
    );
  });
});

describe('entries', () => {
  test('a view cut into entries, sent as JSON and put together is the same view', () => {
    for (const { meeting } of stages())
      expect(parsed(viewOf(meeting))).toEqual(json(viewOf(meeting)));
  });

  test('a view with an entry missing is no view yet', () => {
    const entries = viewEntries(viewOf(new TestRoom().meeting));
    for (const gone of entries.keys()) {
      expect(parseView((key) => (key === gone ? undefined : entries.get(key)))).toBeUndefined();
    }
  });

  test('an entry changes only when something in it does', () => {
    const room = new TestRoom().open().start();
    const before = viewEntries(viewOf(room.meeting));
    const after = viewEntries(viewOf(room.ballot().meeting));
    const changed = [...after.keys()].filter(
      (key) => JSON.stringify(after.get(key)) !== JSON.stringify(before.get(key)),
    );
    expect(changed).toEqual(['meeting', 'item:i1']);
  });

  test('[M9] pages reach the same step and the same refusals from the view as the server', () => {
    for (const { meeting } of stages()) {
      const view = parsed(viewOf(meeting));
      if (!view) throw new Error('no view');
      expect(nextStep(view)).toEqual(nextStep(roomOf(meeting)));
      for (const who of ['sec', 'chair', 'vice', 'm1', 'm3', 'section', 'observer', 'nobody']) {
        for (const type of ['castBallot', 'decideItem', 'openBallot', 'closeMeeting'] as const) {
          const intent = { type, itemId: item('i1') };
          expect(obstacle(view, person(who), intent)).toBe(
            obstacle(roomOf(meeting), person(who), intent),
          );
        }
      }
    }
  });
});
