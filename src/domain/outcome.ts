/**
 * What a command comes to: events, and beside them what must be stored where nobody reads it; or a
 * refusal. Holds the shapes that the deciding files share, and no rule.
 */
import type { EventBody } from './event.ts';
import type { Ballot, Choice, FrozenOpinions, Tally } from './meeting.ts';
import type { RefusalCode } from './refusal.ts';
import type { Instant, ItemId, ParticipantId, RoundId } from './types.ts';

export type Context = {
  readonly actor: ParticipantId;
  readonly now: Instant;
  /** A fresh id; called once per thing made. */
  readonly newId: () => string;
  /** [B5] The ballots of a round, read only where the command counts or reveals them. */
  readonly ballots: (roundId: RoundId) => readonly Ballot[];
  /** [B11] The sums of a secret round that was closed. */
  readonly sealed: (roundId: RoundId) => readonly Tally[];
  /** [B14] A ballot on paper as the first person took it in. */
  readonly paper: (roundId: RoundId, participantId: ParticipantId) => PaperBallot | undefined;
  /** [B16] The private ratings of an item, read only where they are shown as a distribution. */
  readonly privateRatings: (itemId: ItemId) => readonly Ballot[];
  /** [D6] The opinions of an item as stored now, read only where the command freezes them. */
  readonly opinions: (itemId: ItemId) => readonly FrozenOpinions[];
  /** [R7] The minutes as stored now, read only where they are locked. */
  readonly minutes: () => string;
};

export type PaperBallot = {
  readonly choices: readonly Choice[];
  readonly recordedBy: ParticipantId;
};

/** To be stored beside the events, in the same transaction, and nowhere else. */
export type Secret =
  | ({ readonly kind: 'ballot'; readonly roundId: RoundId } & Ballot)
  | ({ readonly kind: 'paper'; readonly roundId: RoundId } & PaperBallot & {
        readonly participantId: ParticipantId;
      })
  | ({ readonly kind: 'privateRating'; readonly itemId: ItemId } & Ballot)
  /** Takes a person's ballot, on screen and on paper, out of a round. */
  | {
      readonly kind: 'discard';
      readonly roundId: RoundId;
      readonly participantId: ParticipantId;
    }
  /** [B11] Keeps the sums and destroys the ballots of a round for good. */
  | { readonly kind: 'seal'; readonly roundId: RoundId; readonly tallies: readonly Tally[] };

export type Happened = {
  readonly ok: true;
  readonly events: readonly EventBody[];
  readonly secrets: readonly Secret[];
};
export type Outcome = Happened | { readonly ok: false; readonly code: RefusalCode };

export const refuse = (code: RefusalCode): Outcome => ({ ok: false, code });

export const happened = (...events: readonly EventBody[]): Happened => ({
  ok: true,
  events,
  secrets: [],
});

export const withSecrets = (
  events: readonly EventBody[],
  ...secrets: readonly Secret[]
): Happened => ({ ok: true, events, secrets });

/** An event that owes a reason, or the refusal for want of one. */
export function reasoned(reason: string, event: (reason: string) => EventBody): Outcome {
  const given = reason.trim();
  return given === '' ? refuse('reason-required') : happened(event(given));
}

/** The same for a text that is the whole of the matter. */
export function told(text: string, event: (text: string) => EventBody): Outcome {
  const given = text.trim();
  return given === '' ? refuse('text-required') : happened(event(given));
}
