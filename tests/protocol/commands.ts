/** One good command of every type. A new type without an example here does not compile. */
import type { Command, CommandType } from '#domain/command.ts';
import {
  usualRules,
  type Choice,
  type Criterion,
  type Heading,
  type Rating,
} from '#domain/meeting.ts';
import type { ProjectSheet, Quantity } from '#domain/sheet.ts';
import type {
  CriterionId,
  ItemId,
  OptionId,
  ParticipantId,
  QuestionId,
  RoundId,
} from '#domain/types.ts';

export type Examples = { readonly [Type in CommandType]: Extract<Command, { type: Type }> };

const quantity: Quantity = {
  text: '10名×9回',
  value: null,
  unit: '名',
  qualifier: '累計',
  parts: [{ text: '10名', value: 10, unit: '名', qualifier: null }],
};

const sheet: ProjectSheet = {
  no: '1-1',
  name: '移住支援金',
  sections: ['企画課'],
  strategyGoals: ['基本目標2'],
  pillar: '柱',
  overview: '概要\n二行目',
  costYen: 1_200_000,
  kpis: [
    {
      mark: '①',
      kind: '総合戦略におけるKPI',
      label: '移住者数(累計)',
      unit: '世帯',
      direction: 'increase',
      accumulation: 'cumulative',
      deltaBase: 'previousTarget',
      baseline: quantity,
      baselineYear: 2019,
      finalTarget: quantity,
      finalTargetYear: 2026,
      series: [
        {
          year: 2024,
          target: quantity,
          actual: quantity,
          targetDelta: quantity,
          actualDelta: quantity,
          statedJudgement: 'achieved',
          comment: '注',
        },
        {
          year: '当初',
          target: null,
          actual: null,
          targetDelta: null,
          actualDelta: null,
          statedJudgement: null,
          comment: null,
        },
        {
          year: null,
          target: null,
          actual: quantity,
          targetDelta: null,
          actualDelta: null,
          statedJudgement: null,
          comment: null,
        },
      ],
      statedRate: quantity,
      statedJudgement: 'missed',
      comment: '注',
      corrections: [{ year: 2024, side: 'rate', stated: '120%' }],
    },
  ],
  kpiNote: '省略',
  effects: ['効果'],
  activities: [{ name: '説明会', quantitative: ['9回'], qualitative: ['意識の醸成'] }],
  plans: [{ year: 2024, planned: '計画', done: null }],
  report: null,
  rating: 3,
  ratingText: '相当程度効果があった',
  opinions: [{ heading: '【R6実績について】', text: '意見' }],
};

const criterion: Criterion = {
  id: 'effect' as CriterionId,
  name: '事業効果に対する評価',
  options: ['a', 'b'].map((id) => ({ id: id as OptionId, label: id, shortLabel: id, meaning: '' })),
  asksReason: true,
};
const heading = { id: 'results', text: '【R6実績について】' } as Heading;
const seat = { name: '田中 誠', role: 'member', affiliation: '商工会議所' } as const;
const itemId = 'item-1' as ItemId;
const roundId = 'round-1' as RoundId;
const participantId = 'person-1' as ParticipantId;
const choice = { criterionId: criterion.id, optionId: null } as Choice;
const rating = { criterionId: criterion.id, optionId: 'a' } as Rating;
const reason = '議論を踏まえた';

export const examples: Examples = {
  changeDetails: {
    type: 'changeDetails',
    details: {
      title: '第1回 検証会議',
      municipality: 'みほん市',
      evaluatedYear: 2024,
      heldOn: '2025-08-20',
      place: '第1会議室',
      ...usualRules,
    },
  },
  changeCriteria: { type: 'changeCriteria', criteria: [criterion] },
  changeHeadings: { type: 'changeHeadings', headings: [heading] },
  addParticipant: { type: 'addParticipant', seat },
  changeParticipant: { type: 'changeParticipant', participantId, seat },
  removeParticipant: { type: 'removeParticipant', participantId },
  importItems: {
    type: 'importItems',
    sheets: [sheet],
    captions: {
      strategy: '位置づけ',
      figures: [{ group: '【第3期】', caption: '実績値', role: 'actual', year: 2024 }],
      rating: '評価',
      ratingGroup: '評価結果',
    },
    mode: 'append',
  },
  addItem: { type: 'addItem', sheet },
  changeItem: { type: 'changeItem', itemId, sheet },
  removeItem: { type: 'removeItem', itemId },
  moveItem: { type: 'moveItem', itemId, position: 3 },
  openMeeting: { type: 'openMeeting', present: [participantId] },
  recordAttendance: { type: 'recordAttendance', present: [participantId] },
  startItem: { type: 'startItem', itemId },
  openBallot: { type: 'openBallot', itemId, criterionIds: [criterion.id], secrecy: 'named' },
  castBallot: { type: 'castBallot', itemId, roundId, choices: [choice] },
  closeBallot: { type: 'closeBallot', itemId, roundId },
  revealBallot: { type: 'revealBallot', itemId, roundId },
  decideItem: {
    type: 'decideItem',
    itemId,
    ratings: [{ ...rating, reason }],
    method: 'noObjection',
    reason,
  },
  reopenItem: { type: 'reopenItem', itemId, reason },
  deferItem: { type: 'deferItem', itemId, reason },
  closeMeeting: { type: 'closeMeeting' },
  reopenMeeting: { type: 'reopenMeeting', reason },
  recordPaperBallot: {
    type: 'recordPaperBallot',
    itemId,
    roundId,
    participantId,
    choices: [choice],
  },
  confirmPaperBallot: {
    type: 'confirmPaperBallot',
    itemId,
    roundId,
    participantId,
    choices: [choice],
  },
  breakTie: { type: 'breakTie', itemId, roundId, ...rating, reason },
  sumUp: { type: 'sumUp', itemId, ratings: [rating] },
  raiseObjection: { type: 'raiseObjection', itemId, reason },
  withdrawObjection: { type: 'withdrawObjection', itemId },
  startPreview: { type: 'startPreview' },
  endPreview: { type: 'endPreview', reason },
  ratePrivately: { type: 'ratePrivately', itemId, choices: [choice] },
  revealRoundZero: { type: 'revealRoundZero', itemId },
  askQuestion: { type: 'askQuestion', itemId, text: '質問' },
  answerQuestion: {
    type: 'answerQuestion',
    itemId,
    questionId: 'question-1' as QuestionId,
    text: '回答',
  },
  rateSelf: { type: 'rateSelf', itemId, ratings: [rating], evidence: '根拠' },
  declareRecusal: { type: 'declareRecusal', itemId, participantId, reason },
  withdrawRecusal: { type: 'withdrawRecusal', itemId, participantId },
  appointDeputy: { type: 'appointDeputy', participantId },
  setTimer: { type: 'setTimer', itemId, minutes: 10 },
  raiseHand: { type: 'raiseHand' },
  lowerHand: { type: 'lowerHand', participantId },
  giveFloor: { type: 'giveFloor', participantId },
  adjourn: { type: 'adjourn' },
  resume: { type: 'resume' },
  requestConfirmation: {
    type: 'requestConfirmation',
    deadline: 1_760_000_000_000,
    signers: [participantId],
  },
  resumeDrafting: { type: 'resumeDrafting' },
  confirmMinutes: { type: 'confirmMinutes' },
  requestChange: { type: 'requestChange', text: '趣旨が違います' },
  signMinutes: { type: 'signMinutes' },
  approveMinutes: { type: 'approveMinutes' },
  correctMinutes: { type: 'correctMinutes', reason },
  fillParticulars: {
    type: 'fillParticulars',
    particulars: {
      openness: '公開',
      visitors: 2,
      materials: ['資料1　事業評価シート'],
      next: '令和7年10月',
      contact: '企画課',
    },
  },
  nameSpeakers: { type: 'nameSpeakers', speakers: 'letter' },
  replyToOpinion: {
    type: 'replyToOpinion',
    itemId,
    headingId: heading.id,
    bullet: 0,
    text: '対応方針',
    due: '2026-03-31',
  },
  publish: { type: 'publish' },
  unpublish: { type: 'unpublish', reason },
};
