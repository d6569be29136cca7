/** What a person can ask of a meeting. Commands are imperative; `decide` answers each. */
import type {
  Choice,
  Criterion,
  DecidedRating,
  Heading,
  MeetingDetails,
  Rating,
} from './meeting.ts';
import type { Particulars } from './confirmation.ts';
import type { ProjectSheet, TableCaptions } from './sheet.ts';
import type {
  AccountId,
  CriterionId,
  Day,
  DecisionMethod,
  HeadingId,
  Instant,
  ItemId,
  OptionId,
  ParticipantId,
  QuestionId,
  Role,
  RoundId,
  Secrecy,
  SpeakerStyle,
} from './types.ts';

export type Seat = { readonly name: string; readonly role: Role; readonly affiliation: string };

/** Commands of the preparation (準備中). */
export type PreparationCommand =
  | { readonly type: 'changeDetails'; readonly details: MeetingDetails }
  | { readonly type: 'changeCriteria'; readonly criteria: readonly Criterion[] }
  | { readonly type: 'changeHeadings'; readonly headings: readonly Heading[] }
  | { readonly type: 'addParticipant'; readonly seat: Seat }
  | {
      readonly type: 'changeParticipant';
      readonly participantId: ParticipantId;
      readonly seat: Seat;
    }
  | { readonly type: 'removeParticipant'; readonly participantId: ParticipantId }
  | {
      readonly type: 'importItems';
      readonly sheets: readonly ProjectSheet[];
      readonly captions: TableCaptions;
      /** `replace` takes the place of all items there are. */
      readonly mode: 'append' | 'replace';
    }
  | { readonly type: 'addItem'; readonly sheet: ProjectSheet }
  | {
      readonly type: 'changeItem';
      readonly itemId: ItemId;
      readonly sheet: ProjectSheet;
      /** The revision this sheet was made from; without it nothing was seen that could be lost. */
      readonly seen?: number;
    }
  | { readonly type: 'removeItem'; readonly itemId: ItemId }
  | { readonly type: 'moveItem'; readonly itemId: ItemId; readonly position: number };

/** Commands of the room. */
export type RoomCommand =
  | { readonly type: 'openMeeting'; readonly present: readonly ParticipantId[] }
  | { readonly type: 'recordAttendance'; readonly present: readonly ParticipantId[] }
  | { readonly type: 'startItem'; readonly itemId: ItemId }
  | {
      readonly type: 'openBallot';
      readonly itemId: ItemId;
      readonly criterionIds: readonly CriterionId[];
      readonly secrecy: Secrecy;
    }
  | {
      readonly type: 'castBallot';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly choices: readonly Choice[];
    }
  | PaperCommand
  | { readonly type: 'closeBallot'; readonly itemId: ItemId; readonly roundId: RoundId }
  | { readonly type: 'revealBallot'; readonly itemId: ItemId; readonly roundId: RoundId }
  | {
      readonly type: 'breakTie';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly criterionId: CriterionId;
      readonly optionId: OptionId;
      readonly reason: string;
    }
  | { readonly type: 'sumUp'; readonly itemId: ItemId; readonly ratings: readonly Rating[] }
  | { readonly type: 'raiseObjection'; readonly itemId: ItemId; readonly reason: string }
  | { readonly type: 'withdrawObjection'; readonly itemId: ItemId }
  | {
      readonly type: 'decideItem';
      readonly itemId: ItemId;
      readonly ratings: readonly DecidedRating[];
      readonly method: DecisionMethod;
      readonly reason: string;
    }
  | { readonly type: 'reopenItem'; readonly itemId: ItemId; readonly reason: string }
  | { readonly type: 'deferItem'; readonly itemId: ItemId; readonly reason: string }
  | { readonly type: 'closeMeeting' }
  | { readonly type: 'reopenMeeting'; readonly reason: string };

/** 書面の投票: taken in by one person, entered again by a second one. */
export type PaperCommand =
  | ({ readonly type: 'recordPaperBallot' } & PaperReading)
  | ({ readonly type: 'confirmPaperBallot' } & PaperReading);

type PaperReading = {
  readonly itemId: ItemId;
  readonly roundId: RoundId;
  readonly participantId: ParticipantId;
  readonly choices: readonly Choice[];
};

/** Commands of 事前評価; questions and self-ratings go on in the room. */
export type PreviewCommand =
  | { readonly type: 'startPreview' }
  | { readonly type: 'endPreview'; readonly reason: string }
  | { readonly type: 'ratePrivately'; readonly itemId: ItemId; readonly choices: readonly Choice[] }
  | { readonly type: 'revealRoundZero'; readonly itemId: ItemId }
  | { readonly type: 'askQuestion'; readonly itemId: ItemId; readonly text: string }
  | {
      readonly type: 'answerQuestion';
      readonly itemId: ItemId;
      readonly questionId: QuestionId;
      readonly text: string;
    }
  | {
      readonly type: 'rateSelf';
      readonly itemId: ItemId;
      readonly ratings: readonly Rating[];
      readonly evidence: string;
    };

/** 除斥, 挙手, 発言, 休憩, 予定時間: who takes part in what, and when. */
export type FloorCommand =
  | {
      readonly type: 'declareRecusal';
      readonly itemId: ItemId;
      readonly participantId: ParticipantId;
      readonly reason: string;
    }
  | {
      readonly type: 'withdrawRecusal';
      readonly itemId: ItemId;
      readonly participantId: ParticipantId;
    }
  | { readonly type: 'appointDeputy'; readonly participantId: ParticipantId | null }
  | { readonly type: 'setTimer'; readonly itemId: ItemId; readonly minutes: number | null }
  | { readonly type: 'raiseHand' }
  | { readonly type: 'lowerHand'; readonly participantId: ParticipantId }
  | { readonly type: 'giveFloor'; readonly participantId: ParticipantId | null }
  | { readonly type: 'adjourn' }
  | { readonly type: 'resume' };

/** Commands after the meeting: minutes, replies, publication. */
export type AfterCommand =
  | {
      readonly type: 'requestConfirmation';
      readonly deadline: Instant;
      readonly signers: readonly ParticipantId[];
    }
  | { readonly type: 'confirmMinutes' }
  | { readonly type: 'requestChange'; readonly text: string }
  | { readonly type: 'resumeDrafting' }
  | { readonly type: 'signMinutes' }
  | { readonly type: 'approveMinutes' }
  | { readonly type: 'correctMinutes'; readonly reason: string }
  | { readonly type: 'nameSpeakers'; readonly speakers: SpeakerStyle }
  | { readonly type: 'fillParticulars'; readonly particulars: Particulars }
  | {
      readonly type: 'replyToOpinion';
      readonly itemId: ItemId;
      readonly headingId: HeadingId;
      readonly bullet: number;
      readonly text: string;
      readonly due: Day | null;
    }
  | { readonly type: 'publish' }
  | { readonly type: 'unpublish'; readonly reason: string };

/** What a browser may send. */
export type Command =
  PreparationCommand | RoomCommand | PreviewCommand | FloorCommand | AfterCommand;
export type CommandType = Command['type'];

/** What only the server itself may ask: binding the account that accepted an invitation. */
export type ServerCommand = {
  readonly type: 'joinMeeting';
  readonly participantId: ParticipantId;
  readonly accountId: AccountId;
};
