/**
 * 議事録 drawn from the state of a meeting: who was there, what was rated how, which opinions were
 * given. It only gathers; `minutes.ts` sets it in type. Names never stand beside votes here.
 */
import { judge } from '#domain/kpi.ts';
import type { FrozenOpinions, Item, Meeting, Round } from '#domain/meeting.ts';
import type { Particulars } from '#domain/confirmation.ts';
import type {
  Minutes,
  MinutesDecision,
  MinutesItem,
  MinutesKpi,
  MinutesNote,
  MinutesRound,
} from '#domain/minutes.ts';
import { resultTable } from '#domain/result.ts';
import type { Judgement, Kpi } from '#domain/sheet.ts';
import type { ItemId } from '#domain/types.ts';
import { attendanceOf, quorumAtOpening } from './attended.ts';
import { figureAt, figureColumns, type FigureColumn } from './figures.ts';
import { isWithheld, withoutReasons } from './minutesdraftitem.ts';
import { speakersOf } from './speakers.ts';

/** The opinions of an item nobody has decided, as they stand now. */
type Standing = (itemId: ItemId) => readonly FrozenOpinions[];

type Edition = Partial<
  Pick<Minutes, 'kind' | 'state' | 'body' | 'version' | 'approvedAt' | 'signers' | 'record'> &
    ReturnType<typeof particularsOf>
>;

/**
 * The minutes of a meeting as a draft; while it is still open they are preliminary (速報). `edition`
 * says what people have made of them since: their text, version and signatures.
 */
export function minutesOf(
  meeting: Meeting,
  standing: Standing = () => [],
  edition: Edition = {},
): Minutes {
  const quorum = quorumAtOpening(meeting);
  const columns = figureColumns(resultTable(meeting));
  const isOver = meeting.phase === 'closed' || meeting.phase === 'published';
  return {
    kind: 'minutes',
    state: isOver ? 'draft' : 'preliminary',
    version: { number: meeting.minutes.version, reason: meeting.minutes.reason },
    approvedAt: null,
    body: null,
    organisation: meeting.municipality,
    title: meeting.title,
    day: meeting.heldOn,
    openedAt: meeting.openedAt,
    closedAt: meeting.closedAt,
    place: meeting.place === '' ? null : meeting.place,
    attendance: attendanceOf(meeting),
    quorum: {
      rule: meeting.quorumRule,
      eligible: quorum.total,
      present: quorum.present,
      required: quorum.needed,
      met: quorum.met,
    },
    ...particularsOf(meeting.minutes.particulars),
    breaks: meeting.breaks,
    opening: [],
    items: meeting.items.map((item) => itemOf(meeting, item, columns, standing)),
    other: [],
    closing: [],
    signers: [],
    record: null,
    ...edition,
  };
}

/** What is empty is told as nothing. */
export const particularsOf = ({ openness, visitors, materials, next, contact }: Particulars) => ({
  openness: openness || null,
  visitors,
  materials,
  next: next || null,
  contact: contact || null,
});

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
  // [P10] Those who stood aside get this file as well.
  const withheld = isWithheld(item);
  const opinions = decision?.opinions ?? (state === 'waiting' || withheld ? [] : standing(item.id));
  const speaker = speakersOf(meeting, meeting.minutes.speakers);
  return {
    no: sheet.no,
    title: sheet.name ?? '',
    sections: sheet.sections,
    state: states[state],
    recused: item.recused.map(({ participantId }) => speaker(participantId)),
    kpis: sheet.kpis.map((kpi) => kpiOf(kpi, meeting.evaluatedYear, columns)),
    statements: [],
    rounds: withheld ? [] : item.rounds.flatMap(roundOf),
    decisions: decisionsOf(meeting, item),
    notes: notesOf(withheld ? withoutReasons(item) : item),
    opinions: opinions.flatMap(({ heading, bullets }) =>
      bullets.map((text) => ({ heading, text })),
    ),
  };
}

const notesOf = ({ notes }: Item): MinutesNote[] =>
  notes.map(({ kind, reason, at }) => {
    const what =
      kind === 'deferred' ? '継続審議とした。' : '確定した評価を取り消し、再び審議した。';
    return { at, text: reason === '' ? what : `${what}理由：${reason}` };
  });

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
    const { method, decidedAt } = decision;
    const reason = [rating.reason, decision.reason].filter(Boolean).join('\n');
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
