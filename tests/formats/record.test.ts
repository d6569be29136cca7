import { describe, expect, it } from 'vitest';
import type { Item, Meeting, Participant, Round } from '#domain/meeting.ts';
import { nationalCriterion, usualHeadings } from '#domain/scale.ts';
import { newItem } from '#domain/evolveitem.ts';
import { noMinutes } from '#domain/evolveminutes.ts';
import { usualRules } from '#domain/meeting.ts';
import { emptyKpi, emptyPoint, emptyProject, type Kpi, type ProjectSheet } from '#domain/sheet.ts';
import type {
  HeadingId,
  ItemId,
  MeetingId,
  OptionId,
  ParticipantId,
  Role,
  RoundId,
} from '#domain/types.ts';
import { minutesOf } from '#formats/record.ts';

const quantity = (text: string, value: number | null) => ({
  text,
  value,
  unit: null,
  qualifier: null,
});
const kpi: Kpi = {
  ...emptyKpi,
  mark: '①',
  label: '来場者数',
  unit: '人',
  direction: 'increase',
  baseline: quantity('647人', 647),
  baselineYear: 2019,
  finalTarget: quantity('5,000人', 5000),
  finalTargetYear: 2026,
  series: [
    {
      ...emptyPoint(2024),
      actual: quantity('5,253人', 5253),
    },
  ],
};
const sheet = (no: string, name: string): ProjectSheet => ({
  ...emptyProject,
  no,
  name,
  sections: ['情報戦略課'],
  kpis: [kpi],
});
const seat = (id: string, role: Role, present: boolean, affiliation = ''): Participant => ({
  id: id as ParticipantId,
  name: id,
  role,
  affiliation,
  accountId: null,
  present,
});

const best = 'effect-4' as OptionId;
const [anna, ben] = ['安藤' as ParticipantId, '別府' as ParticipantId];
const round: Round = {
  id: 'r1' as RoundId,
  number: 1,
  status: 'revealed',
  secrecy: 'named',
  criteria: [nationalCriterion],
  recused: [],
  turnout: 1,
  paper: [],
  castingEnded: false,
  casting: [],
  electorate: [
    { participantId: anna, name: '安藤' },
    { participantId: ben, name: '別府' },
  ],
  absent: [],
  openedAt: 10,
  closedAt: 20,
  voted: [anna],
  result: {
    tallies: [
      {
        criterionId: nationalCriterion.id,
        counts: nationalCriterion.options.map(({ id }) => ({
          optionId: id,
          votes: id === best ? 1 : 0,
        })),
        abstained: 0,
        notVoted: 1,
        median: best,
        spread: 0,
        leading: [best],
      },
    ],
    ballots: [
      {
        participantId: anna,
        choices: [{ criterionId: nationalCriterion.id, optionId: best }],
      },
    ],
  },
};
const item = (id: string, more: Partial<Item>): Item => ({
  ...newItem(id as ItemId, sheet(id, `事業${id}`)),
  ...more,
});
const headings = usualHeadings(2024);
const meeting: Meeting = {
  id: 'meeting1' as MeetingId,
  title: '第1回 検証会議',
  municipality: '見本市',
  evaluatedYear: 2024,
  heldOn: '2025-08-20',
  place: '',
  ...usualRules,
  phase: 'closed',
  adjournedAt: null,
  breaks: [],
  hands: [],
  floor: null,
  deputyId: null,
  minutes: noMinutes,
  movements: [],
  publication: null,
  criteria: [nationalCriterion],
  headings,
  participants: [
    seat('会田', 'chair', true, '大学'),
    seat('安藤', 'member', true),
    seat('別府', 'member', true),
    seat('千葉', 'member', false),
    seat('事務', 'secretariat', true, '企画課'),
    seat('所管', 'section', false),
  ],
  items: [
    item('1-1', {
      state: 'decided',
      rounds: [round, { ...round, id: 'r2' as RoundId, number: 2, status: 'closed', result: null }],
      decision: {
        ratings: [{ criterionId: nationalCriterion.id, optionId: best, reason: '' }],
        method: 'majority',
        reason: '',
        decidedAt: 30,
        decidedBy: '会田' as ParticipantId,
        opinions: [
          { headingId: 'results' as HeadingId, heading: '【R6実績について】', bullets: ['よい。'] },
        ],
      },
    }),
    item('1-2', { state: 'deferred' }),
    item('1-3', {}),
  ],
  currentItemId: null,
  captions: null,
  foundedAt: 0,
  openedAt: 1,
  closedAt: 40,
  rev: 9,
};

describe('minutes drawn from a meeting', () => {
  const minutes = minutesOf(meeting, (itemId) =>
    itemId === '1-1'
      ? []
      : [{ headingId: 'future' as HeadingId, heading: '【今後】', bullets: ['続けて審議。'] }],
  );

  it('lists who was there, and the council alone makes the quorum', () => {
    expect(minutes.attendance).toEqual({
      present: ['会長　会田（大学）', '委員　安藤', '委員　別府'],
      absent: ['委員　千葉'],
      secretariat: ['事務（企画課）'],
      sections: [],
    });
    expect(minutes.quorum).toMatchObject({ eligible: 4, present: 3, required: 3, met: true });
    expect(minutes.place).toBeNull();
  });

  it('counts revealed rounds without a name beside a vote, and leaves out the others', () => {
    const [decided] = minutes.items;
    expect(decided?.rounds).toHaveLength(1);
    expect(decided?.rounds[0]).toMatchObject({ number: 1, eligible: 2 });
    expect(decided?.rounds[0]?.criteria[0]).toMatchObject({
      criterion: '事業効果に対する評価',
      abstained: 0,
      absent: 1,
      ballots: null,
    });
    expect(JSON.stringify(decided?.rounds)).not.toContain('安藤');
  });

  it('says the rating, how it was reached and the frozen opinions', () => {
    const [decided] = minutes.items;
    expect(decided?.decisions).toEqual([
      {
        criterion: '事業効果に対する評価',
        label: '地方創生に非常に効果があった',
        method: 'majority',
        reason: null,
        decidedAt: 30,
      },
    ]);
    expect(decided?.opinions).toEqual([{ heading: '【R6実績について】', text: 'よい。' }]);
  });

  it('keeps the opinions of a deferred item and none of an item not reached', () => {
    expect(minutes.items.map(({ state }) => state)).toEqual(['decided', 'deferred', 'notReached']);
    expect(minutes.items[1]?.opinions).toEqual([{ heading: '【今後】', text: '続けて審議。' }]);
    expect(minutes.items[2]?.opinions).toEqual([]);
  });

  it('prints the figures of a KPI under their captions, and the judgement in a word', () => {
    expect(minutes.items[0]?.kpis[0]).toMatchObject({ label: '来場者数', judgement: '達成' });
    expect(minutes.items[0]?.kpis[0]?.figures.map(({ text }) => text)).toEqual([
      '647人',
      '5,253人',
      '5,000人',
    ]);
  });

  it('is preliminary while the meeting is open, a draft once it is closed', () => {
    expect(minutes.state).toBe('draft');
    expect(minutesOf({ ...meeting, phase: 'open', closedAt: null }).state).toBe('preliminary');
  });
});
