/** 定足数: who counts, how many are needed, whether enough are there ([M5]). */
import type { Meeting, Participant } from './meeting.ts';
import type { Role } from './types.ts';

/** 委員 in the sense of the ordinances: those whose presence makes the quorum. */
const councilRoles: readonly Role[] = ['chair', 'viceChair', 'member'];

type Council = {
  readonly participants: readonly Pick<Participant, 'role' | 'present'>[];
  readonly quorumRule: Meeting['quorumRule'];
  readonly chairInQuorum: boolean;
};

export type Quorum = {
  readonly present: number;
  readonly total: number;
  readonly needed: number;
  readonly met: boolean;
};

export const onCouncil = (person: Pick<Participant, 'role'>): boolean =>
  councilRoles.includes(person.role);

/** [M5] 過半数: 6 of 10, 4 of 7; 半数以上: 5 of 10, 4 of 7; some bodies leave the chair out. */
export function quorumOf({ participants, quorumRule, chairInQuorum }: Council): Quorum {
  const council = participants.filter(
    (person) => onCouncil(person) && (chairInQuorum || person.role !== 'chair'),
  );
  const total = council.length;
  const present = council.filter((person) => person.present).length;
  const needed = quorumRule === 'moreThanHalf' ? Math.floor(total / 2) + 1 : Math.ceil(total / 2);
  return { present, total, needed, met: total > 0 && present >= needed };
}
