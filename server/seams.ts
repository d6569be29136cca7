/** What the house offers to the pages, and its parts to each other: types, and the codes in them. */
import type { Doubt } from '#domain/consistency.ts';
import type { FormFields } from '#domain/formfield.ts';
import type {
  Ballot,
  FrozenOpinions,
  Item,
  Meeting,
  MeetingDetails,
  Participant,
} from '#domain/meeting.ts';
import type { MinutesSection } from '#domain/minutes.ts';
import type { Previous } from '#domain/previous.ts';
import type {
  AccountId,
  Day,
  FiscalYear,
  Instant,
  ItemId,
  MeetingId,
  Phase,
  Role,
} from '#domain/types.ts';
import type { RecordEntry } from '#formats/recordfile.ts';
import type { Seal } from '#formats/recordseal.ts';
import type { Ack } from '#protocol/ack.ts';
import type { Envelope } from '#protocol/command.ts';
import type { History } from './history.ts';
import type { Draft } from './db/secret.ts';
import type { Mappings } from './mapping.ts';
import type { Office } from './office.ts';
import type { Publications } from './publications.ts';
import type { Templates } from './template.ts';
import type { Keeping } from './retention.ts';

/** The account behind a request. */
export type SignedIn = {
  readonly accountId: AccountId;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  /** May make meetings. */
  readonly isStaff: boolean;
};

/** A cookie to set: the token itself leaves the server here and nowhere else. */
export type NewSession = { readonly token: string; readonly expiresAt: number };

export const authCodes = [
  'wrong-password', // mail address or password, never which
  'too-many-attempts',
  'link-invalid',
  'link-expired',
  'link-used',
  'password-too-short',
  'email-taken',
  'email-malformed',
  'name-empty',
  'already-set-up',
] as const;
export type AuthCode = (typeof authCodes)[number];
export type AuthResult<Value> =
  ({ readonly ok: true } & Value) | { readonly ok: false; readonly code: AuthCode };

export type Invitation = {
  readonly meetingTitle: string;
  readonly municipality: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  /** The address has an account: its password is asked for instead of a new one. */
  readonly hasAccount: boolean;
};

export type Auth = {
  /** Nobody has an account yet: pages lead to `/setup`. */
  readonly setupPending: () => boolean;
  readonly setupLinkValid: (token: string) => boolean;
  setUp(
    token: string,
    who: { municipality: string; name: string; email: string; password: string },
  ): Promise<AuthResult<{ session: NewSession; accountId: AccountId }>>;
  signIn(
    email: string,
    password: string,
    address: string,
  ): Promise<AuthResult<{ session: NewSession }>>;
  signOut(sessionId: string): void;
  /** Reading an invitation does not use it up. */
  readInvitation(token: string): AuthResult<{ invitation: Invitation }>;
  acceptInvitation(
    token: string,
    password: string,
    address: string,
  ): Promise<AuthResult<{ session: NewSession; meetingId: MeetingId }>>;
  /** A demonstration's sign-in link; may be used again until it expires. */
  enter(token: string): Promise<AuthResult<{ session: NewSession; meetingId: MeetingId }>>;
  /** The session a cookie names, moved on by use. */
  validate(token: string): Promise<(SignedIn & { readonly fresh: NewSession | null }) | null>;
};

export type MeetingListing = {
  readonly id: MeetingId;
  readonly title: string;
  readonly heldOn: Day;
  readonly evaluatedYear: FiscalYear;
  readonly phase: Phase;
  readonly role: Role;
  readonly rehearsal: boolean;
};

/** A meeting as one of its participants finds it. */
export type Seated = { readonly meeting: Meeting; readonly me: Participant };

export type Meetings = {
  listFor(accountId: AccountId): readonly MeetingListing[];
  /** Undefined for an unknown meeting and for one this account has no seat in: both are 404. */
  find(accountId: AccountId, meetingId: MeetingId): Seated | undefined;
  /** The founder sits in it as secretariat. */
  found(founder: SignedIn, details: MeetingDetails): MeetingId;
  /** 来年度の会議: staff of the secretariat found it from a meeting that is over ([M17]). */
  foundNext(founder: SignedIn, seated: Seated): MeetingId;
  /** A meeting of this account that names this one as last year's. */
  nextOf(seated: Seated, accountId: AccountId): MeetingId | null;
  /** サンプル会議: the founder sits in it as secretariat beside invited sample people. */
  foundSample(founder: SignedIn): MeetingId;
  /** Makes (again) the one-time link of a seat; the page builds `/invite#token` from it. */
  invite(
    by: SignedIn,
    meetingId: MeetingId,
    participantId: Participant['id'],
    email: string,
  ): AuthResult<{ token: string; expiresAt: number }>;
  /** Seats whose invitation is out, with the address it went to; for the secretariat alone. */
  invitations(meetingId: MeetingId): readonly {
    readonly participantId: Participant['id'];
    readonly email: string;
    readonly expiresAt: number;
  }[];
  /** The person's own ballot of each round still unrevealed: leaves the server to its owner only. */
  ownBallots(seated: Seated): Readonly<Record<string, Ballot['choices']>>;
  /** The person's own private ratings by item: 事前評価 is nobody else's business. */
  ownRatings(seated: Seated): Readonly<Record<string, Ballot['choices']>>;
  /** Who has rated privately what, for the secretariat to remind the others; never how. */
  rated(
    meetingId: MeetingId,
  ): readonly { readonly itemId: ItemId; readonly participantId: Participant['id'] }[];
  /** The person's own drafts of opinions. */
  drafts(seated: Seated): readonly Draft[];
  saveDraft(seated: Seated, draft: Omit<Draft, 'savedAt'>): void;
  /**
   * The record as stored and hashed, whether it fits or not. Whom it may be given is the page's
   * question ([P8]).
   */
  record(seated: Seated): readonly RecordEntry[];
  /** 照合番号 of the closing, for everybody in the meeting; null while it is not closed. */
  seal(seated: Seated): Seal | null;
  /** The opinions of an item as they stand now. */
  opinions(seated: Seated, itemId: ItemId): readonly FrozenOpinions[];
  /**
   * [P15] Whose the words under these clientIDs are; null is the server. Undefined for whoever is not
   * told, and where there is no such item.
   */
  authors(
    seated: Seated,
    itemId: ItemId,
    clients: readonly number[],
  ): ReadonlyMap<number, string | null> | undefined;
  /** The minutes as they stand now; null before the meeting is closed, and for observers. */
  minutes(seated: Seated): readonly MinutesSection[] | null;
  /** 整合の確認 of what is decided, for those who conduct the meeting. */
  consistency(seated: Seated): readonly Doubt[];
  /** [P11] What last year's meeting decided on the project of an item; null where nothing is known. */
  previous(seated: Seated, itemId: ItemId): Previous | null;
};

/** リハーサル: copies of a meeting to try things on, and the end of them ([M16]). */
export type Rehearsals = {
  /**
   * A copy of a meeting the founder is secretariat of, or of the sample (`null`); undefined where
   * there is no such meeting.
   */
  make(founder: SignedIn, from: MeetingId | null): MeetingId | undefined;
  /** False, and nothing has happened, for anything but a rehearsal this account may wipe. */
  wipe(by: Pick<SignedIn, 'accountId'>, meetingId: MeetingId): boolean;
};

/** 実施報告書: the form of a project; whom it is shown is the page's question ([W1]). */
export type Forms = {
  /** What stands in every field now. */
  fields(meeting: Meeting, item: Item): FormFields;
  /** How many fields say something else than the sheet; 0 also where nobody has opened the form. */
  waiting(meeting: Meeting, item: Item): number;
  /** 事業シートに反映する, in the name of this person. Nothing is lost by a refusal. */
  reflect(meeting: Meeting, item: Item, who: { readonly accountId: AccountId }): Ack;
};

export type App = {
  /** 団体名 of this installation, empty before the set-up. */
  readonly municipality: () => string;
  readonly auth: Auth;
  readonly meetings: Meetings;
  readonly forms: Forms;
  readonly rehearsals: Rehearsals;
  /** 公表されたもの, for people without an account. */
  readonly publications: Publications;
  /** Reads and makes files in a worker, so that a large one holds nobody up. */
  readonly office: Office;
  /** 自分の様式: the Word template of the office. */
  readonly templates: Templates;
  /** 列の指定: what people said about the columns of tables no reader knows. */
  readonly mappings: Mappings;
  /** 意見の履歴, deleted words included; for the secretariat alone ([P7]). */
  readonly history: History;
  /** How long what may be forgotten is kept. */
  readonly keeping: Keeping;
  /** The only way to change a meeting; never throws for a reason a person can mend. */
  execute(envelope: Envelope, who: { readonly accountId: AccountId }): Ack;
  readonly clock: () => Instant;
  /** Whether the house can serve: the database answers, and nobody is closing it. */
  health(): 'ok' | 'stopping' | 'failing';
  /** Prometheus' text format; null for somebody whom it is not for. */
  metrics(who: SignedIn | null, authorization: string | null): string | null;
  /** Logs a bug that showed while a page was made. */
  report(error: unknown): void;
  /** Name of the session cookie. */
  readonly sessionCookie: string;
  /** Whether that cookie is sent over https only. */
  readonly secureCookies: boolean;
};
