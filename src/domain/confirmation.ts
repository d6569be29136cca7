/** 議事録の確認: where the minutes of a meeting stand, and the versions that were locked. */
import type { Instant, ParticipantId, SpeakerStyle } from './types.ts';

/** What the head of the minutes says that no event tells (domain.md §4); empty is left out. */
export type Particulars = {
  /** 公開・非公開の別, with the reason where closed. */
  readonly openness: string;
  /** 傍聴者数; null where nobody counted. */
  readonly visitors: number | null;
  /** 配布資料 */
  readonly materials: readonly string[];
  /** 次回 */
  readonly next: string;
  /** 問合先 */
  readonly contact: string;
};

/** 議事録の確認: where the minutes stand ([R6]–[R8]). */
export type MinutesState = {
  readonly status: 'draft' | 'confirming' | 'approved';
  /** 1 for the first; a correction of approved minutes is the next. */
  readonly version: number;
  /** No reply until then is agreement. */
  readonly deadline: Instant | null;
  readonly confirmed: readonly ParticipantId[];
  readonly requests: readonly {
    readonly participantId: ParticipantId;
    readonly text: string;
    readonly at: Instant;
  }[];
  readonly signers: readonly ParticipantId[];
  readonly signed: readonly { readonly participantId: ParticipantId; readonly at: Instant }[];
  /** How the minutes name those who spoke ([R13]). */
  readonly speakers: SpeakerStyle;
  readonly particulars: Particulars;
  /** Why the version under way was begun; empty for the first. */
  readonly reason: string;
  readonly approved: readonly ApprovedMinutes[];
};

/** A locked version, with the record it was written from. */
export type ApprovedMinutes = {
  readonly version: number;
  readonly reason: string;
  readonly text: string;
  readonly approvedAt: Instant;
  /** Who signed this version. */
  readonly signed: MinutesState['signed'];
  /** As they were when it was locked. */
  readonly particulars: Particulars;
  /** Number of the event that locked it: its hash is the head of the record at that moment. */
  readonly seq: number;
};
