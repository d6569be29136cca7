/** 出席: who was there, from when and until when, as lines of an attendance list ([R14]). */
import type { Meeting, Movement, Participant } from '#domain/meeting.ts';
import type { MinutesAttendance } from '#domain/minutes.ts';
import { onCouncil, quorumOf, type Quorum } from '#domain/quorum.ts';
import type { Role } from '#domain/types.ts';
import { makeTime } from './wareki.ts';

const titles: Partial<Record<Role, string>> = {
  chair: '会長',
  viceChair: '副会長',
  member: '委員',
};

export function attendanceOf(meeting: Meeting): MinutesAttendance {
  const { participants } = meeting;
  const came = (role: Role) =>
    participants.filter((person) => person.role === role && wasThere(meeting, person));
  const council = participants.filter(onCouncil);
  const line = (person: Participant) => `${seat(person)}${times(meeting, person)}`;
  return {
    present: council.filter((person) => wasThere(meeting, person)).map(line),
    absent: council.filter((person) => !wasThere(meeting, person)).map(seat),
    secretariat: came('secretariat').map(line),
    sections: came('section').map(line),
  };
}

/** The quorum as it was when the meeting was opened; people may have left since. */
export function quorumAtOpening(meeting: Meeting): Quorum {
  const { openedAt, movements } = meeting;
  const atOpening = movements.filter(({ at }) => at === openedAt);
  if (atOpening.length === 0) return quorumOf(meeting);
  return quorumOf({
    ...meeting,
    participants: meeting.participants.map((person) => ({
      ...person,
      present: atOpening.some(({ participantId }) => participantId === person.id),
    })),
  });
}

/** Comings and goings after the opening, in order, of people who are still seated. */
export const movementsAfterOpening = ({ movements, openedAt, participants }: Meeting) =>
  movements.filter(
    ({ at, participantId }) =>
      openedAt !== null && at > openedAt && participants.some(({ id }) => id === participantId),
  );

const wasThere = ({ movements }: Meeting, { id, present }: Participant): boolean =>
  present || movements.some((moved) => moved.participantId === id && moved.present);

/** 会長 名前（所属）: the way an attendance list is printed. */
function seat({ role, name, affiliation }: Participant): string {
  const title = titles[role];
  return `${title ? `${title}\u3000` : ''}${name}${affiliation === '' ? '' : `（${affiliation}）`}`;
}

/** （午後2時15分から出席、午後3時00分に退席）, or nothing for somebody who was there all the time. */
function times(meeting: Meeting, { id }: Participant): string {
  const own = movementsAfterOpening(meeting).filter(({ participantId }) => participantId === id);
  const told = ({ present, at }: Movement) => `${makeTime(at)}${present ? 'から出席' : 'に退席'}`;
  return own.length === 0 ? '' : `（${own.map(told).join('、')}）`;
}
