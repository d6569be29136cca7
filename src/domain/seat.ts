/** 参加者の席: who may sit where, and who can no longer leave the record ([M3], [M4], [M7]). */
import type { Seat } from './command.ts';
import type { Item, Meeting } from './meeting.ts';
import { happened, refuse, type Outcome } from './outcome.ts';
import type { RefusalCode } from './refusal.ts';
import type { ParticipantId } from './types.ts';

export const knownSeat = (meeting: Meeting, id: ParticipantId): RefusalCode | null =>
  meeting.participants.some((person) => person.id === id) ? null : 'unknown-participant';

/** [M3] One chair at most; [M4] never without a secretariat that can sign in. */
export function seatObstacle(meeting: Meeting, seat: Seat, id: ParticipantId): RefusalCode | null {
  const others = meeting.participants.filter((person) => person.id !== id);
  if (seat.role === 'chair' && others.some(({ role }) => role === 'chair')) return 'chair-taken';
  return seat.role === 'secretariat' || hasSecretariat(others) ? null : 'last-secretariat';
}

const hasSecretariat = (people: Meeting['participants']): boolean =>
  people.some(({ role, accountId }) => role === 'secretariat' && accountId !== null);

export function removeParticipant(meeting: Meeting, participantId: ParticipantId): Outcome {
  const unknown = knownSeat(meeting, participantId);
  if (unknown) return refuse(unknown);
  if (!hasSecretariat(meeting.participants.filter(({ id }) => id !== participantId))) {
    return refuse('last-secretariat');
  }
  // [M7] Whoever stood in an electorate or spoke on an item stays in the record.
  return meeting.items.some((item) => hasActed(item, participantId))
    ? refuse('participant-acted')
    : happened({ kind: 'participantRemoved', participantId });
}

const hasActed = (item: Item, id: ParticipantId): boolean =>
  item.decision?.decidedBy === id ||
  item.selfRating?.givenBy === id ||
  item.questions.some(({ askedBy, answer }) => askedBy === id || answer?.answeredBy === id) ||
  item.recused.some(({ participantId }) => participantId === id) ||
  item.rounds.some(({ electorate, recused }) =>
    [...electorate, ...recused].some(({ participantId }) => participantId === id),
  );
