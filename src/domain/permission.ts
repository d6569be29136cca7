/**
 * 権限: who may do what, in which phase and in which state of an item ([P1]–[P10]). One table that
 * server, pages and tests read; what else stands in the way right now is `obstacle.ts`.
 */
import type { CommandType } from './command.ts';
import type { Meeting, Recusal } from './meeting.ts';
import type { MinutesState } from './confirmation.ts';
import type { Instant, ItemId, ItemState, ParticipantId, Phase, Role } from './types.ts';

/** Reading and leaving with files are actions too, so that one table holds every right. */
export type Action =
  | CommandType
  | 'invite'
  | 'readSetup'
  | 'readHistory'
  | 'readTurnout'
  | 'readMinutes'
  | 'export'
  | 'exportRecord'
  | 'keepTemplate'
  | 'wipe';

export type Right = {
  readonly roles: readonly Role[];
  readonly phases: readonly Phase[];
  /** Of the item the action names; absent where the action names none or any state will do. */
  readonly states?: readonly ItemState[];
};

const secretariat: readonly Role[] = ['secretariat'];
const conductors: readonly Role[] = ['chair', 'secretariat'];
const chair: readonly Role[] = ['chair'];
const council: readonly Role[] = ['chair', 'viceChair', 'member'];
const asks: readonly Role[] = ['secretariat', 'chair', 'viceChair', 'member'];
const sections: readonly Role[] = ['secretariat', 'section'];
const takesPart: readonly Role[] = ['secretariat', 'chair', 'viceChair', 'member', 'section'];

const preparing: readonly Phase[] = ['draft'];
const beforeClosing: readonly Phase[] = ['draft', 'preview', 'open'];
const underWay: readonly Phase[] = ['preview', 'open'];
const open: readonly Phase[] = ['open'];
const closed: readonly Phase[] = ['closed'];
const afterwards: readonly Phase[] = ['closed', 'published'];
const always: readonly Phase[] = ['draft', 'preview', 'open', 'closed', 'published'];

const undecided: readonly ItemState[] = [
  'waiting',
  'discussing',
  'rating',
  'counted',
  'revealed',
  'deferred',
];
const settled: readonly ItemState[] = ['discussing', 'revealed'];
/** A count that is closed and not shown yet stands still. */
const uncounted: readonly ItemState[] = undecided.filter((state) => state !== 'counted');

/** [P1] */
export const rights: Readonly<Record<Action, Right>> = {
  changeDetails: { roles: secretariat, phases: preparing },
  changeCriteria: { roles: secretariat, phases: preparing },
  changeHeadings: { roles: secretariat, phases: preparing },
  importItems: { roles: secretariat, phases: preparing },
  removeItem: { roles: secretariat, phases: preparing, states: undecided },
  moveItem: { roles: secretariat, phases: preparing, states: undecided },
  addParticipant: { roles: secretariat, phases: beforeClosing },
  changeParticipant: { roles: secretariat, phases: beforeClosing },
  removeParticipant: { roles: secretariat, phases: beforeClosing },
  addItem: { roles: secretariat, phases: beforeClosing },
  changeItem: { roles: sections, phases: beforeClosing, states: undecided },
  setTimer: { roles: conductors, phases: beforeClosing, states: undecided },
  invite: { roles: secretariat, phases: always },
  readSetup: { roles: secretariat, phases: always },

  startPreview: { roles: secretariat, phases: preparing },
  endPreview: { roles: secretariat, phases: ['preview'] },
  ratePrivately: {
    roles: council,
    phases: underWay,
    states: ['waiting', 'discussing', 'deferred'],
  },
  readTurnout: { roles: secretariat, phases: underWay },
  revealRoundZero: { roles: conductors, phases: open, states: settled },
  askQuestion: { roles: asks, phases: beforeClosing, states: undecided },
  answerQuestion: { roles: sections, phases: beforeClosing, states: undecided },
  rateSelf: {
    roles: sections,
    phases: beforeClosing,
    states: ['waiting', 'discussing', 'deferred'],
  },

  declareRecusal: { roles: asks, phases: underWay, states: uncounted },
  withdrawRecusal: { roles: asks, phases: underWay, states: uncounted },
  appointDeputy: { roles: conductors, phases: open },

  openMeeting: { roles: conductors, phases: ['draft', 'preview'] },
  recordAttendance: { roles: conductors, phases: open },
  raiseHand: { roles: takesPart, phases: open },
  lowerHand: { roles: takesPart, phases: open },
  giveFloor: { roles: conductors, phases: open },
  adjourn: { roles: conductors, phases: open },
  resume: { roles: conductors, phases: open },
  startItem: { roles: conductors, phases: open, states: undecided },
  openBallot: { roles: conductors, phases: open, states: settled },
  castBallot: { roles: council, phases: open },
  recordPaperBallot: { roles: conductors, phases: open, states: ['rating'] },
  confirmPaperBallot: { roles: conductors, phases: open, states: ['rating'] },
  closeBallot: { roles: conductors, phases: open, states: ['rating'] },
  revealBallot: { roles: conductors, phases: open, states: ['counted'] },
  breakTie: { roles: chair, phases: open, states: ['revealed'] },
  sumUp: { roles: chair, phases: open, states: settled },
  raiseObjection: { roles: council, phases: open, states: settled },
  withdrawObjection: { roles: council, phases: open, states: settled },
  decideItem: { roles: chair, phases: open, states: settled },
  reopenItem: { roles: chair, phases: open, states: ['decided'] },
  deferItem: { roles: conductors, phases: open, states: settled },
  closeMeeting: { roles: conductors, phases: open },
  reopenMeeting: { roles: conductors, phases: closed },

  nameSpeakers: { roles: secretariat, phases: always },
  fillParticulars: { roles: secretariat, phases: always },
  requestConfirmation: { roles: secretariat, phases: afterwards },
  resumeDrafting: { roles: secretariat, phases: afterwards },
  confirmMinutes: { roles: council, phases: afterwards },
  requestChange: { roles: council, phases: afterwards },
  signMinutes: { roles: council, phases: afterwards },
  approveMinutes: { roles: conductors, phases: afterwards },
  correctMinutes: { roles: secretariat, phases: afterwards },
  replyToOpinion: { roles: sections, phases: afterwards, states: ['decided'] },
  publish: { roles: secretariat, phases: closed },
  unpublish: { roles: secretariat, phases: ['published'] },

  readHistory: { roles: secretariat, phases: always },
  readMinutes: { roles: takesPart, phases: always },
  export: { roles: takesPart, phases: always },
  exportRecord: { roles: conductors, phases: always },
  keepTemplate: { roles: secretariat, phases: always },
  wipe: { roles: secretariat, phases: always },
};

type Person = { readonly id: ParticipantId; readonly role: Role; readonly present: boolean };
type Chairing = {
  readonly participants: readonly Person[];
  readonly deputyId: ParticipantId | null;
};
type Recused = { readonly recused: readonly Recusal[] };

export const isRecused = (item: Recused | undefined, id: ParticipantId): boolean =>
  item?.recused.some(({ participantId }) => participantId === id) ?? false;

/**
 * [P2] The chair's rights: the chair's own, else the vice chair's, else the named deputy's, each
 * only while present and, on an item, not standing aside from it. A chair who stands aside from an
 * item keeps a member's rights on the others.
 */
export function effectiveRole(person: Person, room: Chairing, item?: Recused): Role {
  const able = ({ id, present }: Person): boolean => present && !isRecused(item, id);
  const holder =
    room.participants.find((each) => each.role === 'chair' && able(each)) ??
    room.participants.find((each) => each.role === 'viceChair' && able(each)) ??
    room.participants.find((each) => each.id === room.deputyId && able(each));
  if (holder?.id === person.id) return 'chair';
  return person.role === 'chair' && isRecused(item, person.id) ? 'member' : person.role;
}

type Sitting = Chairing & {
  readonly currentItemId: ItemId | null;
  readonly items: readonly (Recused & { readonly id: ItemId; readonly state: ItemState })[];
};

/** What conducts an open meeting and names no item. */
export const conducting: readonly Action[] = [
  'recordAttendance',
  'appointDeputy',
  'giveFloor',
  'adjourn',
  'resume',
  'closeMeeting',
];

/**
 * [P14] The role in what names no item: whoever has the chair's rights on the item under discussion
 * conducts meanwhile, and a chair who stands aside from it does not, unless nobody else can.
 */
export function roleWithoutItem(person: Person, room: Sitting): Role {
  const current = room.items.find(({ id }) => id === room.currentItemId);
  const isOver = current?.state === 'decided' || current?.state === 'deferred';
  const item = isOver ? undefined : current;
  const held = room.participants.some((each) => effectiveRole(each, room, item) === 'chair');
  return effectiveRole(person, room, held ? item : undefined);
}

/** [P1] Whether a role has an action at all, whatever the phase. */
export const mayEver = (role: Role, action: Action): boolean => rights[action].roles.includes(role);

/**
 * [P10] Whether somebody stands aside from an item that is not decided yet, and so may not have what
 * tells of all items at once.
 */
export const standsAside = (
  id: ParticipantId,
  items: readonly (Recused & { readonly state: ItemState })[],
): boolean => items.some((item) => item.state !== 'decided' && isRecused(item, id));

/** [M16] A rehearsal is wiped by its secretariat, in any phase; no other meeting is, by anybody. */
export const mayWipe = (role: Role, meeting: { readonly rehearsal: boolean }): boolean =>
  meeting.rehearsal && mayEver(role, 'wipe');

/** [P9] A section's own projects are those whose 所管課 name its affiliation. */
export const ownsItem = (
  person: { readonly role: Role; readonly affiliation: string },
  sectionNames: readonly string[],
): boolean =>
  person.role !== 'section' ||
  sectionNames.some((name) => name.normalize('NFKC') === person.affiliation.normalize('NFKC'));

export type Access = 'none' | 'read' | 'write';

const writesOpinions: readonly Role[] = ['secretariat', 'chair', 'viceChair', 'member'];

/**
 * [P3] Opinions are written by the council and the secretariat while the meeting is open and the
 * item is not decided; the section reads along; an observer sees the projector only. A document
 * made before the opening would lack the headings that are added after it. [P10] Whoever stands
 * aside from an item gets its text when it is decided, and not before. [B19] What is late is read
 * by members; whoever conducts still puts in order what came in.
 */
export function opinionsAccess(
  role: Role,
  phase: Phase,
  state: ItemState,
  recused: boolean,
  late = false,
): Access {
  if (!takesPart.includes(role) || phase === 'draft' || phase === 'preview') return 'none';
  if (recused && state !== 'decided') return 'none';
  if (phase !== 'open' || state === 'decided' || (late && role === 'member')) return 'read';
  return writesOpinions.includes(role) ? 'write' : 'read';
}

/** [B19] The deadline of a meeting that is held by circulation (書面) has passed. */
export const isLate = (
  { gathering, deadline }: Pick<Meeting, 'gathering' | 'deadline'>,
  now: Instant,
): boolean => gathering === 'circulated' && deadline !== null && now >= deadline;

/**
 * [P15] Who wrote and who put in order each opinion is told to those who write them themselves, as long
 * as they may read it.
 */
export const seesAuthors = (...reader: Parameters<typeof opinionsAccess>): boolean =>
  writesOpinions.includes(reader[0]) && opinionsAccess(...reader) !== 'none';

/**
 * [W1] The report form of a project is written by those who may change its sheet, while they may; later
 * they read it.
 */
export function formAccess(
  person: { readonly role: Role; readonly affiliation: string },
  phase: Phase,
  item: { readonly state: ItemState; readonly sections: readonly string[] },
): Access {
  const { roles, phases, states } = rights.changeItem;
  if (!roles.includes(person.role) || !ownsItem(person, item.sections)) return 'none';
  return phases.includes(phase) && states?.includes(item.state) === true ? 'write' : 'read';
}

const writesMinutes: readonly Role[] = ['secretariat', 'chair', 'viceChair'];

/** [R6] Minutes are written by secretariat and chair while they are a draft, and read by the seats. */
export function minutesAccess(role: Role, phase: Phase, status: MinutesState['status']): Access {
  if (!takesPart.includes(role) || !afterwards.includes(phase)) return 'none';
  return status === 'draft' && writesMinutes.includes(role) ? 'write' : 'read';
}

/** [P6] Sheets are read by those who prepare or open the meeting, and from 事前評価 on by every seat. */
export const readsSheets = (role: Role, phase: Phase): boolean =>
  phase === 'draft'
    ? mayEver(role, 'openMeeting')
    : phase !== 'preview' || takesPart.includes(role);
