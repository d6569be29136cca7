/** 権限: which role may do what at all ([P1]–[P4]). Whether it is possible now is `obstacle.ts`. */
import type { CommandType } from './command.ts';
import type { Phase, ItemState, Role } from './types.ts';

/** Reading and leaving with files are actions too, so that one table holds every right. */
export type Action =
  | CommandType
  | 'invite'
  | 'readSetup'
  | 'readMinutes'
  | 'readHistory'
  | 'export'
  | 'exportRecord'
  | 'keepTemplate';

const prepares: readonly Role[] = ['secretariat'];
const conducts: readonly Role[] = ['chair', 'secretariat'];
const finalises: readonly Role[] = ['chair'];
const votes: readonly Role[] = ['chair', 'viceChair', 'member'];
const takesPart: readonly Role[] = ['secretariat', 'chair', 'viceChair', 'member', 'section'];

const allowed: Readonly<Record<Action, readonly Role[]>> = {
  changeDetails: prepares,
  changeCriteria: prepares,
  changeHeadings: prepares,
  addParticipant: prepares,
  changeParticipant: prepares,
  removeParticipant: prepares,
  importItems: prepares,
  addItem: prepares,
  changeItem: prepares,
  removeItem: prepares,
  moveItem: prepares,
  invite: prepares,
  readSetup: prepares,
  openMeeting: conducts,
  recordAttendance: conducts,
  startItem: conducts,
  openBallot: conducts,
  castBallot: votes,
  closeBallot: conducts,
  revealBallot: conducts,
  decideItem: finalises,
  reopenItem: finalises,
  deferItem: conducts,
  closeMeeting: conducts,
  reopenMeeting: conducts,
  readMinutes: takesPart,
  readHistory: prepares,
  export: takesPart,
  exportRecord: conducts,
  keepTemplate: prepares,
};

type Person = { readonly role: Role; readonly present: boolean };

/** [P2] The vice chair has the chair's rights while no chair is recorded as present. */
export function effectiveRole(person: Person, everybody: readonly Person[]): Role {
  const standsIn =
    person.role === 'viceChair' &&
    person.present &&
    !everybody.some((other) => other.role === 'chair' && other.present);
  return standsIn ? 'chair' : person.role;
}

/** [P1] */
export const mayEver = (role: Role, action: Action): boolean => allowed[action].includes(role);

export type Access = 'none' | 'read' | 'write';

const writesOpinions: readonly Role[] = ['secretariat', 'chair', 'viceChair', 'member'];

/**
 * [P3] Opinions are written by the council and the secretariat while the meeting is open and the
 * item is not decided; the section reads along; an observer sees the projector only. A document
 * made before the opening would lack the headings that are added after it.
 */
export function opinionsAccess(role: Role, phase: Phase, state: ItemState): Access {
  if (!takesPart.includes(role) || phase === 'draft') return 'none';
  return phase === 'open' && state !== 'decided' && writesOpinions.includes(role)
    ? 'write'
    : 'read';
}

/** [P6] Before the meeting opens, its sheets are read by those who prepare or open it. */
export const readsSheets = (role: Role, phase: Phase): boolean =>
  phase !== 'draft' || mayEver(role, 'openMeeting');
