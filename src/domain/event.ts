/** What has happened in a meeting, in the past tense. A meeting is the fold of its events. */
import type {
  CastingVote,
  Criterion,
  Decision,
  Elector,
  Heading,
  Meeting,
  MeetingDetails,
  Participant,
  Rating,
  Recusal,
  Reply,
  Round,
  RoundZero,
} from './meeting.ts';
import type { Particulars } from './confirmation.ts';
import type { ProjectSheet, TableCaptions } from './sheet.ts';
import type {
  AccountId,
  Instant,
  ItemId,
  MeetingId,
  ParticipantId,
  QuestionId,
  RoundId,
  SpeakerStyle,
  Secrecy,
} from './types.ts';
import type { Seat } from './command.ts';

type ImportedItem = { readonly itemId: ItemId; readonly sheet: ProjectSheet };

export type EventBody =
  | {
      readonly kind: 'meetingFounded';
      readonly meetingId: MeetingId;
      readonly details: MeetingDetails;
      readonly criteria: readonly Criterion[];
      readonly headings: readonly Heading[];
      readonly founder: Omit<Participant, 'present'>;
    }
  | { readonly kind: 'detailsChanged'; readonly details: MeetingDetails }
  | { readonly kind: 'criteriaChanged'; readonly criteria: readonly Criterion[] }
  | { readonly kind: 'headingsChanged'; readonly headings: readonly Heading[] }
  | {
      readonly kind: 'participantAdded';
      readonly participantId: ParticipantId;
      readonly seat: Seat;
    }
  | {
      readonly kind: 'participantChanged';
      readonly participantId: ParticipantId;
      readonly seat: Seat;
    }
  | { readonly kind: 'participantRemoved'; readonly participantId: ParticipantId }
  | {
      readonly kind: 'participantJoined';
      readonly participantId: ParticipantId;
      readonly accountId: AccountId;
    }
  | {
      readonly kind: 'itemsImported';
      readonly items: readonly ImportedItem[];
      readonly captions: TableCaptions;
      readonly mode: 'append' | 'replace';
    }
  | { readonly kind: 'itemAdded'; readonly itemId: ItemId; readonly sheet: ProjectSheet }
  | { readonly kind: 'itemChanged'; readonly itemId: ItemId; readonly sheet: ProjectSheet }
  | { readonly kind: 'itemRemoved'; readonly itemId: ItemId }
  | { readonly kind: 'itemMoved'; readonly itemId: ItemId; readonly position: number }
  | { readonly kind: 'meetingOpened'; readonly present: readonly ParticipantId[] }
  | { readonly kind: 'attendanceRecorded'; readonly present: readonly ParticipantId[] }
  | { readonly kind: 'itemStarted'; readonly itemId: ItemId }
  | {
      readonly kind: 'ballotOpened';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly secrecy: Secrecy;
      readonly criteria: readonly Criterion[];
      readonly electorate: readonly Elector[];
      readonly absent: readonly Elector[];
      readonly recused: readonly Elector[];
    }
  | {
      readonly kind: 'ballotCast';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly participantId: ParticipantId;
    }
  | {
      // [B11] No person and no actor: only how many have voted.
      readonly kind: 'secretBallotCast';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly turnout: number;
    }
  | {
      readonly kind: 'paperBallotRecorded' | 'paperBallotConfirmed';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly participantId: ParticipantId;
      readonly turnout: number;
    }
  // [B18] The deadline has passed, and paper that was taken in before it is still to be confirmed.
  | { readonly kind: 'castingEnded'; readonly itemId: ItemId; readonly roundId: RoundId }
  | { readonly kind: 'ballotClosed'; readonly itemId: ItemId; readonly roundId: RoundId }
  | {
      readonly kind: 'ballotRevealed';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly result: NonNullable<Round['result']>;
    }
  | {
      readonly kind: 'tieBroken';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly vote: CastingVote;
    }
  | { readonly kind: 'summedUp'; readonly itemId: ItemId; readonly ratings: readonly Rating[] }
  | { readonly kind: 'objectionRaised'; readonly itemId: ItemId; readonly reason: string }
  | { readonly kind: 'objectionWithdrawn'; readonly itemId: ItemId }
  | {
      readonly kind: 'itemDecided';
      readonly itemId: ItemId;
      readonly decision: Omit<Decision, 'decidedAt' | 'decidedBy'>;
    }
  | { readonly kind: 'itemReopened'; readonly itemId: ItemId; readonly reason: string }
  | { readonly kind: 'itemDeferred'; readonly itemId: ItemId; readonly reason: string }
  | { readonly kind: 'meetingClosed' }
  | { readonly kind: 'meetingReopened'; readonly reason: string }
  | PreviewEvent
  | FloorEvent
  | AfterEvent;

type PreviewEvent =
  | { readonly kind: 'previewStarted' }
  | { readonly kind: 'previewEnded'; readonly reason: string }
  | { readonly kind: 'roundZeroRevealed'; readonly itemId: ItemId; readonly result: RoundZero }
  | {
      readonly kind: 'questionAsked';
      readonly itemId: ItemId;
      readonly questionId: QuestionId;
      readonly text: string;
    }
  | {
      readonly kind: 'questionAnswered';
      readonly itemId: ItemId;
      readonly questionId: QuestionId;
      readonly text: string;
    }
  | {
      readonly kind: 'selfRated';
      readonly itemId: ItemId;
      readonly ratings: readonly Rating[];
      readonly evidence: string;
    };

type FloorEvent =
  | { readonly kind: 'recusalDeclared'; readonly itemId: ItemId; readonly recusal: Recusal }
  | {
      readonly kind: 'recusalWithdrawn';
      readonly itemId: ItemId;
      readonly participantId: ParticipantId;
    }
  | {
      // [B12] Somebody left the electorate of an open round; the turnout follows.
      readonly kind: 'electorRecused';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly participantId: ParticipantId;
      readonly turnout: number;
    }
  | { readonly kind: 'deputyAppointed'; readonly participantId: ParticipantId | null }
  | { readonly kind: 'timerSet'; readonly itemId: ItemId; readonly minutes: number | null }
  | { readonly kind: 'handRaised'; readonly participantId: ParticipantId }
  | { readonly kind: 'handLowered'; readonly participantId: ParticipantId }
  | { readonly kind: 'floorGiven'; readonly participantId: ParticipantId | null }
  | { readonly kind: 'adjourned' }
  | { readonly kind: 'resumed' };

type AfterEvent =
  | {
      readonly kind: 'confirmationRequested';
      readonly deadline: Instant;
      readonly signers: readonly ParticipantId[];
    }
  | { readonly kind: 'minutesConfirmed' }
  | { readonly kind: 'changeRequested'; readonly text: string }
  | { readonly kind: 'draftingResumed' }
  | { readonly kind: 'minutesSigned' }
  | { readonly kind: 'minutesApproved'; readonly text: string }
  | { readonly kind: 'minutesCorrected'; readonly reason: string }
  | { readonly kind: 'speakersNamed'; readonly speakers: SpeakerStyle }
  | { readonly kind: 'particularsFilled'; readonly particulars: Particulars }
  | {
      readonly kind: 'opinionReplied';
      readonly itemId: ItemId;
      readonly reply: Omit<Reply, 'repliedBy' | 'repliedAt'>;
    }
  | { readonly kind: 'published'; readonly slug: string }
  | { readonly kind: 'unpublished'; readonly reason: string };

/** An event as it stands in the record: numbered from 1, with time and actor. */
export type MeetingEvent = {
  readonly meetingId: Meeting['id'];
  readonly seq: number;
  readonly at: Instant;
  /** The seat that acted; null where the server acted for an account without a seat. */
  readonly actor: ParticipantId | null;
  readonly body: EventBody;
};
