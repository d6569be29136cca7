/** What has happened in a meeting, in the past tense. A meeting is the fold of its events. */
import type {
  Criterion,
  Decision,
  Elector,
  Heading,
  Meeting,
  MeetingDetails,
  Participant,
  Round,
} from './meeting.ts';
import type { ProjectSheet, TableCaptions } from './sheet.ts';
import type { AccountId, Instant, ItemId, MeetingId, ParticipantId, RoundId } from './types.ts';
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
      readonly criteria: readonly Criterion[];
      readonly electorate: readonly Elector[];
      readonly absent: readonly Elector[];
    }
  | {
      readonly kind: 'ballotCast';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly participantId: ParticipantId;
    }
  | { readonly kind: 'ballotClosed'; readonly itemId: ItemId; readonly roundId: RoundId }
  | {
      readonly kind: 'ballotRevealed';
      readonly itemId: ItemId;
      readonly roundId: RoundId;
      readonly result: NonNullable<Round['result']>;
    }
  | {
      readonly kind: 'itemDecided';
      readonly itemId: ItemId;
      readonly decision: Omit<Decision, 'decidedAt' | 'decidedBy'>;
    }
  | { readonly kind: 'itemReopened'; readonly itemId: ItemId; readonly reason: string }
  | { readonly kind: 'itemDeferred'; readonly itemId: ItemId; readonly reason: string }
  | { readonly kind: 'meetingClosed' }
  | { readonly kind: 'meetingReopened'; readonly reason: string };

/** An event as it stands in the record: numbered from 1, with time and actor. */
export type MeetingEvent = {
  readonly meetingId: Meeting['id'];
  readonly seq: number;
  readonly at: Instant;
  /** The seat that acted; null where the server acted for an account without a seat. */
  readonly actor: ParticipantId | null;
  readonly body: EventBody;
};
