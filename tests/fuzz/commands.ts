/** Draws a command: the step the console proposes, or anything at all, good or bad. */
import type { Command } from '#domain/command.ts';
import {
  usualRules,
  type Item,
  type Meeting,
  type Rating,
  type Round,
  type Tally,
} from '#domain/meeting.ts';
import { onCouncil } from '#domain/quorum.ts';
import { roomOf } from '#domain/room.ts';
import { nextStep } from '#domain/step.ts';
import {
  decisionMethods,
  speakerStyles,
  roles,
  secrecies,
  type CriterionId,
  type Instant,
  type ItemId,
  type OptionId,
  type ParticipantId,
  type QuestionId,
  type RoundId,
} from '#domain/types.ts';
import type { Chance } from './chance.ts';

const noItem = 'no-such-item' as ItemId;
const noRound = 'no-such-round' as RoundId;

/** What the chair would do now. */
export function properCommand(meeting: Meeting, chance: Chance): Command {
  const step = nextStep(roomOf(meeting));
  const seats = meeting.participants.map(({ id }) => id);
  switch (step.kind) {
    case 'openMeeting':
      return { type: 'openMeeting', present: chance.some(seats, 0.9) };
    case 'awaitQuorum':
      return { type: 'recordAttendance', present: chance.some(seats, 0.9) };
    case 'startItem':
      return { type: 'startItem', itemId: step.itemId };
    case 'openAll':
    case 'openBallot':
      return {
        type: 'openBallot',
        itemId: step.kind === 'openAll' ? (step.itemIds[0] ?? noItem) : step.itemId,
        criterionIds: idsOf(meeting.criteria),
        secrecy: chance.one(secrecies),
      };
    case 'awaitBallots':
    case 'closeBallot':
    case 'revealBallot': {
      const type = step.kind === 'revealBallot' ? 'revealBallot' : 'closeBallot';
      const roundId = itemOf(meeting, step.itemId)?.rounds.at(-1)?.id ?? noRound;
      return { type, itemId: step.itemId, roundId };
    }
    case 'breakTie':
      return tieBreak(meeting, step.itemId, chance);
    case 'sumUp':
      return { type: 'sumUp', itemId: step.itemId, ratings: ratingsOf(meeting, [], chance) };
    case 'confirmPaper':
      return paper(meeting, step.itemId, 'confirmPaperBallot', chance);
    case 'decideItem':
      return decision(meeting, step.itemId, chance);
    case 'resume':
      return { type: 'resume' };
    case 'closeMeeting':
      return { type: 'closeMeeting' };
    case 'done':
      return { type: 'reopenMeeting', reason: '続き' };
  }
}

/** What the 事務局 would do with the minutes now, and with the page they lead to. */
export function properAfter(meeting: Meeting, chance: Chance, now: Instant): Command {
  const { minutes, phase } = meeting;
  const seats = meeting.participants.filter(onCouncil).map(({ id }) => id);
  if (phase === 'published' && chance.happens(0.5)) return { type: 'unpublish', reason: '誤記' };
  switch (minutes.status) {
    case 'draft':
      return {
        type: 'requestConfirmation',
        deadline: now + chance.below(10_000),
        signers: chance.happens(0.4) ? [] : [chance.one(seats)],
      };
    case 'confirming':
      return { type: chance.happens(0.85) ? 'approveMinutes' : 'resumeDrafting' };
    case 'approved':
      return chance.happens(0.6)
        ? { type: 'publish' }
        : { type: 'correctMinutes', reason: chance.happens(0.8) ? '氏名の誤り' : ' ' };
  }
}

/** What those who were there, and a section, answer once it is over. */
export function answer(meeting: Meeting, chance: Chance): Command {
  const item = chance.one(meeting.items);
  const frozen = chance.one(
    item.decision?.opinions ?? meeting.headings.map(({ id }) => ({ headingId: id })),
  );
  const draws: readonly (() => Command)[] = [
    () => ({ type: 'confirmMinutes' }),
    () => ({ type: 'requestChange', text: chance.happens(0.9) ? '発言の順' : ' ' }),
    () => ({ type: 'signMinutes' }),
    () => ({
      type: 'replyToOpinion',
      itemId: item.id,
      headingId: frozen.headingId,
      bullet: chance.happens(0.8) ? 0 : chance.below(3),
      text: chance.happens(0.9) ? '来年度に行います。' : '',
      due: chance.happens(0.5) ? '2026-03-31' : null,
    }),
  ];
  return chance.one(draws)();
}

/** A cast into a round that is open, or into one that is not. */
export function cast(meeting: Meeting, chance: Chance): Command {
  const rounds = meeting.items.flatMap((item) => item.rounds.map((round) => ({ item, round })));
  const open = rounds.filter(({ round }) => round.status === 'open');
  const drawn = chance.happens(0.85) && open.length > 0 ? open : rounds;
  if (drawn.length === 0)
    return { type: 'castBallot', itemId: noItem, roundId: noRound, choices: [] };
  const { item, round } = chance.one(drawn);
  return {
    type: 'castBallot',
    itemId: item.id,
    roundId: round.id,
    choices: choices(round, chance),
  };
}

function choices(round: Pick<Round, 'criteria'>, chance: Chance) {
  const all = round.criteria.map(({ id, options }) => ({
    criterionId: id,
    optionId: chance.happens(0.15) ? null : chance.one(options).id,
  }));
  if (chance.happens(0.95)) return all;
  return chance.happens(0.5) ? all.slice(1) : [...all, ...all];
}

/** Anything, mostly impossible now. */
export function anyCommand(meeting: Meeting, chance: Chance, now: Instant): Command {
  const item =
    chance.happens(0.95) && meeting.items.length > 0 ? chance.one(meeting.items) : undefined;
  const itemId = item?.id ?? noItem;
  const roundId = item && item.rounds.length > 0 ? chance.one(item.rounds).id : noRound;
  const seats = meeting.participants.map(({ id }) => id);
  const participantId = chance.happens(0.95) ? chance.one(seats) : ('nobody' as ParticipantId);
  const seat = { name: `席 ${chance.below(99)}`, role: chance.one(roles), affiliation: '' };
  const reason = chance.happens(0.7) ? '理由' : ' ';
  const sheet = { ...(item ?? chance.one(meeting.items)).sheet, no: String(chance.below(99)) };
  const { captions, ...details } = pickDetails(meeting);
  const draws: readonly (() => Command)[] = [
    () => ({ type: 'changeDetails', details: { ...details, chairVotes: chance.happens(0.5) } }),
    () => ({ type: 'changeCriteria', criteria: twoCriteria(meeting) }),
    () => ({ type: 'changeHeadings', headings: chance.some(meeting.headings, 0.8) }),
    () => ({ type: 'addParticipant', seat }),
    () => ({ type: 'changeParticipant', participantId, seat }),
    () => ({ type: 'removeParticipant', participantId }),
    () => ({ type: 'importItems', sheets: [sheet], captions, mode: 'append' }),
    () => ({ type: 'addItem', sheet }),
    () => ({ type: 'changeItem', itemId, sheet }),
    () => ({ type: 'removeItem', itemId }),
    () => ({ type: 'moveItem', itemId, position: chance.below(12) }),
    () => ({ type: 'openMeeting', present: chance.some(seats, 0.9) }),
    () => ({ type: 'recordAttendance', present: chance.some(seats, 0.8) }),
    () => ({ type: 'startItem', itemId }),
    () => ({
      type: 'openBallot',
      itemId,
      criterionIds: chance.some(idsOf(meeting.criteria), 0.8),
      secrecy: chance.one(secrecies),
    }),
    () => ({ type: 'closeBallot', itemId, roundId }),
    () => ({ type: 'revealBallot', itemId, roundId }),
    () => decision(meeting, itemId, chance),
    () => tieBreak(meeting, itemId, chance),
    () => paper(meeting, itemId, 'recordPaperBallot', chance),
    () => paper(meeting, itemId, 'confirmPaperBallot', chance),
    () => ({ type: 'sumUp', itemId, ratings: ratingsOf(meeting, [], chance) }),
    () => ({ type: 'raiseObjection', itemId, reason }),
    () => ({ type: 'withdrawObjection', itemId }),
    () => ({ type: 'startPreview' }),
    () => ({ type: 'endPreview', reason }),
    () => ({
      type: 'ratePrivately',
      itemId,
      choices: choices({ criteria: meeting.criteria }, chance),
    }),
    () => ({ type: 'revealRoundZero', itemId }),
    () => ({ type: 'askQuestion', itemId, text: reason }),
    () => ({
      type: 'answerQuestion',
      itemId,
      questionId: item?.questions.at(-1)?.id ?? ('no-question' as QuestionId),
      text: reason,
    }),
    () => ({ type: 'rateSelf', itemId, ratings: ratingsOf(meeting, [], chance), evidence: reason }),
    () => ({ type: 'declareRecusal', itemId, participantId, reason }),
    () => ({ type: 'withdrawRecusal', itemId, participantId }),
    () => ({ type: 'appointDeputy', participantId: chance.happens(0.8) ? participantId : null }),
    () => ({ type: 'setTimer', itemId, minutes: chance.happens(0.8) ? 5 : null }),
    () => ({ type: 'raiseHand' }),
    () => ({ type: 'lowerHand', participantId }),
    () => ({ type: 'giveFloor', participantId: chance.happens(0.8) ? participantId : null }),
    () => ({ type: 'adjourn' }),
    () => ({ type: 'resume' }),
    () => ({ type: 'reopenItem', itemId, reason }),
    () => ({ type: 'deferItem', itemId, reason }),
    () => ({ type: 'closeMeeting' }),
    () => ({ type: 'reopenMeeting', reason }),
    () => ({
      type: 'fillParticulars',
      particulars: {
        openness: reason,
        visitors: chance.happens(0.5) ? chance.below(20) : null,
        materials: chance.some(['資料1', '資料2'], 0.5),
        next: '',
        contact: '企画課',
      },
    }),
    () => ({ type: 'nameSpeakers', speakers: chance.one(speakerStyles) }),
    () => properAfter(meeting, chance, now),
    () => answer(meeting, chance),
  ];
  return chance.one(draws)();
}

function decision(meeting: Meeting, itemId: ItemId, chance: Chance): Command {
  const tallies = itemOf(meeting, itemId)?.rounds.at(-1)?.result?.tallies ?? [];
  const method = chance.one(decisionMethods);
  const rated = method === 'heard' ? [] : ratingsOf(meeting, tallies, chance);
  // [D12] A reason nobody asked for, and one that is missing.
  const ratings = rated.map((rating) => ({
    ...rating,
    reason: chance.happens(0.7) ? '方針' : ' ',
  }));
  return { type: 'decideItem', itemId, ratings, method, reason: chance.happens(0.7) ? '理由' : '' };
}

function ratingsOf(meeting: Meeting, tallies: readonly Tally[], chance: Chance): readonly Rating[] {
  return meeting.criteria.map(({ id, options }) => {
    const leading = tallies.find(({ criterionId }) => criterionId === id)?.leading ?? [];
    const drawn = leading.length > 0 && chance.happens(0.8) ? leading : idsOf(options);
    return { criterionId: id, optionId: chance.one(drawn) };
  });
}

function tieBreak(meeting: Meeting, itemId: ItemId, chance: Chance): Command {
  const round = itemOf(meeting, itemId)?.rounds.at(-1);
  const tied = round?.result?.tallies.find(({ leading }) => leading.length > 1);
  const { id, options } = chance.one(meeting.criteria);
  return {
    type: 'breakTie',
    itemId,
    roundId: round?.id ?? noRound,
    criterionId: tied?.criterionId ?? id,
    optionId: chance.one(tied?.leading ?? idsOf(options)),
    reason: '議論を踏まえて',
  };
}

/** The first option each time, so that two people often read the same. */
function paper(
  meeting: Meeting,
  itemId: ItemId,
  type: 'recordPaperBallot' | 'confirmPaperBallot',
  chance: Chance,
): Command {
  const round = itemOf(meeting, itemId)?.rounds.at(-1);
  const waiting = round?.paper.find(({ confirmed }) => !confirmed)?.participantId;
  const seats = meeting.participants.map(({ id }) => id);
  return {
    type,
    itemId,
    roundId: round?.id ?? noRound,
    participantId: type === 'confirmPaperBallot' && waiting ? waiting : chance.one(seats),
    choices: (round?.criteria ?? meeting.criteria).map(({ id, options }) => ({
      criterionId: id,
      optionId: options[0]?.id ?? null,
    })),
  };
}

const itemOf = (meeting: Meeting, id: ItemId): Item | undefined =>
  meeting.items.find((item) => item.id === id);

const idsOf = <Id>(all: readonly { readonly id: Id }[]): readonly Id[] => all.map(({ id }) => id);

const noCaptions = { strategy: null, figures: [], rating: null, ratingGroup: null };

const pickDetails = ({
  title,
  municipality,
  evaluatedYear,
  heldOn,
  place,
  quorumRule,
  captions,
}: Meeting) => ({
  title,
  municipality,
  evaluatedYear,
  heldOn,
  place,
  ...usualRules,
  quorumRule,
  captions: captions ?? noCaptions,
});

/** The criteria of the meeting and 今後の方針. */
function twoCriteria({ criteria }: Meeting): Meeting['criteria'] {
  const id = 'policy' as CriterionId;
  if (criteria.some((criterion) => criterion.id === id)) return criteria;
  const options = ['発展', '継続', '終了'].map((label, n) => ({
    id: `policy-${n}` as OptionId,
    label,
    shortLabel: label,
    meaning: '',
  }));
  return [...criteria, { id, name: '今後の方針', options, asksReason: true }];
}
