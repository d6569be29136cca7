/** What a person can ask of a meeting. Commands are imperative; `decide` answers each. */
import type { Choice, Criterion, Heading, MeetingDetails, Rating } from './meeting.ts';
import type { ProjectSheet, TableCaptions } from './sheet.ts';
import type {
  AccountId,
  CriterionId,
  DecisionMethod,
  ItemId,
  ParticipantId,
  Role,
  RoundId,
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
  | { readonly type: 'changeItem'; readonly itemId: ItemId; readonly sheet: ProjectSheet }
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
    }
  | {
      readonly type: 'castBallot';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly choices: readonly Choice[];
    }
  | { readonly type: 'closeBallot'; readonly itemId: ItemId; readonly roundId: RoundId }
  | { readonly type: 'revealBallot'; readonly itemId: ItemId; readonly roundId: RoundId }
  | {
      readonly type: 'decideItem';
      readonly itemId: ItemId;
      readonly ratings: readonly Rating[];
      readonly method: DecisionMethod;
      readonly reason: string;
    }
  | { readonly type: 'reopenItem'; readonly itemId: ItemId; readonly reason: string }
  | { readonly type: 'deferItem'; readonly itemId: ItemId; readonly reason: string }
  | { readonly type: 'closeMeeting' }
  | { readonly type: 'reopenMeeting'; readonly reason: string };

/** What a browser may send. */
export type Command = PreparationCommand | RoomCommand;
export type CommandType = Command['type'];

/** What only the server itself may ask: binding the account that accepted an invitation. */
export type ServerCommand = {
  readonly type: 'joinMeeting';
  readonly participantId: ParticipantId;
  readonly accountId: AccountId;
};
