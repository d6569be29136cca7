/**
 * 議事録 drawn from the state of a meeting: who was there, what was rated how, which opinions were
 * given. It only gathers; `minutes.ts` sets it in type. Names never stand beside votes here.
 */
import { judge } from '#domain/kpi.ts';
import type { FrozenOpinions, Item, Meeting, Participant, Round } from '#domain/meeting.ts';
import type {
  Minutes,
  MinutesDecision,
  MinutesItem,
  MinutesKpi,
  MinutesRound,
} from '#domain/minutes.ts';
import { onCouncil, quorumOf } from '#domain/quorum.ts';
import { resultTable } from '#domain/result.ts';
import type { Judgement, Kpi } from '#domain/sheet.ts';
import type { ItemId, Role } from '#domain/types.ts';
import { figureAt, figureColumns, type FigureColumn } from './figures.ts';

/** The opinions of an item nobody has decided, as they stand now. */
type Standing = (itemId: ItemId) => readonly FrozenOpinions[];

/** The minutes of a meeting as a draft; while it is still open they are preliminary (速報). */
export function minutesOf(meeting: Meeting, standing: Standing = () => []): Minutes {
  const { participants } = meeting;
  const quorum = quorumOf(meeting);
  const council = participants.filter(onCouncil);
  const columns = figureColumns(resultTable(meeting));
  return {
    kind: 'minutes',
    state: meeting.phase === 'closed' ? 'draft' : 'preliminary',
    organisation: meeting.municipality,
    title: meeting.title,
    day: meeting.heldOn,
    openedAt: meeting.openedAt,
    closedAt: meeting.closedAt,
    place: meeting.place === '' ? null : meeting.place,
    attendance: {
      present: council.filter(({ present }) => present).map(seat),
      absent: council.filter(({ present }) => !present).map(seat),
      secretariat: came(participants, 'secretariat'),
      sections: came(participants, 'section'),
    },
    quorum: {
      rule: meeting.quorumRule,
      eligible: quorum.total,
      present: quorum.present,
      required: quorum.needed,
      met: quorum.met,
    },
    openness: null,
    visitors: null,
    materials: [],
    opening: [],
    items: meeting.items.map((item) => itemOf(meeting, item, columns, standing)),
    other: [],
    closing: [],
    signers: [],
    next: null,
    contact: null,
    record: null,
  };
}

const titles: Partial<Record<Role, string>> = {
  chair: '会長',
  viceChair: '副会長',
  member: '委員',
};

/** 会長 名前（所属）: the way an attendance list is printed. */
function seat({ role, name, affiliation }: Participant): string {
  const title = titles[role];
  return `${title ? `${title}\u3000` : ''}${name}${affiliation === '' ? '' : `（${affiliation}）`}`;
}

const came = (people: readonly Participant[], role: Role): readonly string[] =>
  people.filter((person) => person.role === role && person.present).map(seat);

const states = {
  waiting: 'notReached',
  discussing: 'discussed',
  rating: 'discussed',
  counted: 'discussed',
  revealed: 'discussed',
  decided: 'decided',
  deferred: 'deferred',
} as const;

function itemOf(
  meeting: Meeting,
  item: Item,
  columns: readonly FigureColumn[],
  standing: Standing,
): MinutesItem {
  const { sheet, state, decision } = item;
  const opinions = decision?.opinions ?? (state === 'waiting' ? [] : standing(item.id));
  return {
    no: sheet.no,
    title: sheet.name ?? '',
    sections: sheet.sections,
    state: states[state],
    recused: [],
    kpis: sheet.kpis.map((kpi) => kpiOf(kpi, meeting.evaluatedYear, columns)),
    statements: [],
    rounds: item.rounds.flatMap(roundOf),
    decisions: decisionsOf(meeting, item),
    notes: [],
    opinions: opinions.flatMap(({ heading, bullets }) =>
      bullets.map((text) => ({ heading, text })),
    ),
  };
}

const judgements: Record<Judgement, string | null> = {
  achieved: '達成',
  missed: '未達成',
  pending: '途中',
  unmeasured: '未計測',
  unknown: null,
};

function kpiOf(kpi: Kpi, year: number, columns: readonly FigureColumn[]): MinutesKpi {
  return {
    mark: kpi.mark,
    label: kpi.label ?? '',
    figures: columns.map((column) => ({
      caption: column.caption,
      text: figureAt(kpi, column)?.text ?? '',
    })),
    judgement: judgements[judge(kpi, year).judgement],
  };
}

/** [B5] A round that was never revealed leaves nothing but the fact that it was held. */
function roundOf(round: Round): MinutesRound[] {
  const { result } = round;
  if (!result) return [];
  return [
    {
      number: round.number,
      ballot: round.secrecy,
      openedAt: round.openedAt,
      closedAt: round.closedAt,
      eligible: round.electorate.length,
      criteria: result.tallies.flatMap((tally) => {
        const criterion = round.criteria.find(({ id }) => id === tally.criterionId);
        if (!criterion) return [];
        const options = criterion.options.map(({ id, label }) => ({
          label,
          count: tally.counts.find(({ optionId }) => optionId === id)?.votes ?? 0,
        }));
        const { abstained, notVoted } = tally;
        return [{ criterion: criterion.name, options, abstained, absent: notVoted, ballots: null }];
      }),
    },
  ];
}

function decisionsOf(meeting: Meeting, { decision }: Item): MinutesDecision[] {
  if (!decision) return [];
  return decision.ratings.flatMap((rating) => {
    const criterion = meeting.criteria.find(({ id }) => id === rating.criterionId);
    const option = criterion?.options.find(({ id }) => id === rating.optionId);
    if (!criterion || !option) return [];
    const { method, reason, decidedAt } = decision;
    return [
      {
        criterion: criterion.name,
        label: option.label,
        method,
        reason: reason === '' ? null : reason,
        decidedAt,
      },
    ];
  });
}
