/** [B5] Two runs that differ in nothing but the votes are the same to everybody else until the reveal. */
import { describe, expect, test } from 'vitest';
import type { Ack } from '#protocol/ack.ts';
import { House, SampleMeeting } from './house.ts';
import { told } from './told.ts';

type Level = 1 | 2 | 3 | 4 | null;
type Run = { readonly meeting: SampleMeeting; readonly acks: readonly Ack[] };

/** Everything is the same but `votes`: clock, ids, order, what is refused, who changes a ballot. */
async function run(votes: readonly Level[]): Promise<Run> {
  const meeting = (await SampleMeeting.open(new House('same'))).open().start().ballot();
  const acks = meeting.council.flatMap((who, index) => {
    meeting.house.now += 1000;
    const level = votes[index] ?? null;
    const first = meeting.send(who, meeting.castOf(level));
    // The second member thinks again, and everybody asks for one thing that is refused.
    const again = index === 1 ? [meeting.send(who, meeting.castOf(votes[5] ?? null))] : [];
    return [first, ...again, meeting.send(who, meeting.castOf(level, 0, 'other' as never))];
  });
  return { meeting: meeting.close(), acks };
}

const draws: readonly (readonly [readonly Level[], readonly Level[]])[] = [
  [
    [4, 4, 4, 4, 4, 4],
    [1, 1, 1, 1, 1, 1],
  ],
  [
    [4, 3, 2, 1, null, 4],
    [null, null, null, null, null, null],
  ],
  [
    [1, 2, 1, 2, 1, 1],
    [1, 2, 1, 2, 1, 2],
  ],
];

/** Without how busy the machine was. */
const logOf = ({ meeting }: Awaited<ReturnType<typeof run>>) =>
  meeting.house.lines.filter((line) => !line.includes('"slow-commit"'));

describe('[B5] paired runs', () => {
  test.each(draws)(
    '[B5] %j and %j: every table, event, answer and update is the same',
    async (one, other) => {
      const [first, second] = [await run(one), await run(other)];
      expect(second.acks).toEqual(first.acks);
      expect(second.meeting.state).toEqual(first.meeting.state);
      expect(logOf(second)).toEqual(logOf(first));
      expect(told(second.meeting.house)).toEqual(told(first.meeting.house));
      // The comparison can fail: what is revealed differs.
      first.meeting.reveal();
      second.meeting.reveal();
      expect(told(second.meeting.house)).not.toEqual(told(first.meeting.house));
    },
  );

  test('[B5] the file holds a choice in the ballots alone until the reveal', async () => {
    const { meeting } = await run([2, 2, 2, 2, 2, 2]);
    const { meeting_event: events, command, tally, elector } = told(meeting.house);
    const opened = JSON.stringify(events).split('ballotOpened')[1] ?? '';
    expect(opened).toContain('ballotCast');
    expect(opened.split('ballotCast').slice(1).join()).not.toContain('effect-');
    expect(JSON.stringify(command)).not.toContain('effect-');
    expect([tally, elector]).toEqual([[], []]);
    const ballots = meeting.house.rows<{ option_id: string }>('select option_id from ballot');
    expect(ballots).toHaveLength(5);
  });

  test('[B5] the hash of a request is the same for every vote: a hash of a vote would be the vote', async () => {
    const meeting = (await SampleMeeting.open()).open().start().ballot();
    for (const level of [1, 2, 3, 4, null] as const) meeting.cast(meeting.guest('member'), level);
    const hashes = meeting.house.rows('select distinct request_hash from command order by at desc');
    const casts = meeting.house.rows<{ n: number }>(
      'select count(*) as n from command group by request_hash having count(*) = 5',
    );
    expect(casts).toEqual([{ n: 5 }]);
    expect(hashes.length).toBeGreaterThan(1);
  });

  test('[B4] the table has one row per person, round and criterion, whatever is cast', async () => {
    const meeting = (await SampleMeeting.open()).open().start().ballot();
    for (const level of [1, 2, 3, 4, null, 2] as const)
      meeting.cast(meeting.guest('member'), level);
    expect(meeting.house.rows('select participant_id, option_id from ballot')).toEqual([
      { participant_id: meeting.guest('member').seat, option_id: 'effect-2' },
    ]);
  });
});
