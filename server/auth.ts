/**
 * Accounts, sessions and links. The only file that knows lucia and the password hash, so that
 * either can be replaced in a day. Tokens leave it in cookies and links; only hashes are stored.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { AccountId, Instant, MeetingId, ParticipantId } from '#domain/types.ts';
import type { Auth, AuthCode, AuthResult, NewSession, SignedIn } from './seams.ts';
import * as accounts from './db/account.ts';
import type { Database, Tx } from './db/database.ts';
import { putSetting } from './db/setting.ts';
import type { Execute } from './execute.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia;
    UserId: AccountId;
    DatabaseUserAttributes: object;
  }
}

const HOUR = 3_600_000;
/** security.md: idle 2 h, absolute 12 h; invitations 7 days; the set-up link a day. */
export const lifetimes = {
  idle: 2 * HOUR,
  absolute: 12 * HOUR,
  invitation: 7 * 24 * HOUR,
  setup: 24 * HOUR,
} as const;
const PASSWORD_MIN = 8;
/** After wrong passwords (ms). */
const LONGEST_PAUSE = 15 * 60_000;
const argon2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

type Parts = {
  readonly database: Database;
  readonly clock: () => Instant;
  readonly newId: () => string;
  readonly execute: Pick<Execute, 'join' | 'load'>;
  /** Ends the lines of a session. */
  readonly revoked: (sessionId: string) => void;
  /** Ends the lines of an account. */
  readonly dropped: (accountId: AccountId) => void;
};

export type AuthRoom = Auth & {
  /** A fresh one-time link for the first account; earlier ones end. */
  newSetupToken(): string;
  newToken(link: {
    readonly purpose: 'invitation' | 'sign-in';
    readonly meetingId: MeetingId;
    readonly participantId: ParticipantId;
    readonly accountId?: AccountId;
    readonly email?: string;
  }): { readonly token: string; readonly expiresAt: Instant };
  /** Who a session belongs to, without moving its end. */
  find(token: string): SignedIn | null;
  alive(sessionId: string): boolean;
  /** The sessions that live now. */
  living(): ReadonlySet<string>;
  /** Signs an account out everywhere: its rights have changed, or it is shut out. */
  endSessions(accountId: AccountId): void;
  /** An open line is use: keeps a session from idling out in a long meeting. */
  touch(sessionId: string): void;
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const newToken = (): string => randomBytes(32).toString('base64url');

export function createAuth(parts: Parts): AuthRoom {
  const { database, clock } = parts;
  const lucia = new Lucia(adapterOn(database, clock), {
    sessionExpiresIn: new TimeSpan(lifetimes.idle, 'ms'),
  });
  const hashing = createGate(4);
  let dummy: Promise<string> | undefined;

  const startSession = async (accountId: AccountId): Promise<NewSession> => {
    const token = newToken();
    const session = await lucia.createSession(accountId, {}, { sessionId: token });
    return { token, expiresAt: session.expiresAt.getTime() };
  };

  const signedIn = (token: string): SignedIn | null => {
    const session = accounts.findSession(database.read, sha256(token), clock());
    const account = session && accounts.findAccount(database.read, { id: session.accountId });
    if (!session || !account) return null;
    const { id: accountId, name, email, isStaff } = account;
    return { accountId, sessionId: session.id, name, email, isStaff };
  };

  const checkPassword = async (
    email: string,
    password: string,
    address: string,
  ): Promise<AuthResult<{ accountId: AccountId }>> => {
    const subjects = [`account:${sha256(email.toLowerCase())}`, `address:${address}`];
    const blocked = () =>
      subjects.some((subject) => {
        const until = accounts.findAttempt(database.read, subject)?.blocked_until ?? 0;
        const left = until - clock();
        // More than any pause: the machine's clock was ahead, and has been put right since.
        return left > 0 && left <= LONGEST_PAUSE;
      });
    const account = accounts.findAccount(database.read, { email });
    // Made at the first try of all, whoever it is, and compared where nobody has this address: an
    // unknown one takes as long as a wrong password.
    const nobodys = await (dummy ??= hash(newToken(), argon2));
    const stored = account?.passwordHash ?? nobodys;
    // All inside the gate: of many tries at once most wait there for the first ones to fail.
    const code = await hashing(async () => {
      if (blocked()) return 'too-many-attempts';
      const right = await verify(stored, password);
      database.transaction((tx) => {
        for (const subject of subjects) {
          if (right) accounts.clearFailures(tx, subject);
          else countFailure(tx, subject, clock());
        }
      });
      return right ? null : 'wrong-password';
    });
    if (code !== null) return refuse(code);
    // Nobody knows the password of the dummy, so there is an account where one was right.
    return account ? { ok: true, accountId: account.id } : refuse('wrong-password');
  };

  /** A link that can be used now, or why not. */
  const usableLink = (token: string, purpose: accounts.LinkRow['purpose']) => {
    const link = accounts.findLink(database.read, sha256(token), purpose);
    if (!link) return refuse('link-invalid');
    if (link.usedAt !== null) return refuse('link-used');
    return link.expiresAt <= clock() ? refuse('link-expired') : { ok: true as const, link };
  };

  const invitationOf = (token: string) => {
    const usable = usableLink(token, 'invitation');
    if (!usable.ok) return usable;
    const { link } = usable;
    const meeting = parts.execute.load(link.meetingId as MeetingId);
    const seat = meeting?.participants.find(({ id }) => id === link.participantId);
    if (!meeting || !seat || link.email === null) return refuse('link-invalid');
    if (seat.accountId !== null) return refuse('link-used');
    const account = accounts.findAccount(database.read, { email: link.email });
    return { ok: true as const, link, meeting, seat, account, email: link.email };
  };

  const endSessions = (accountId: AccountId): void => {
    database.transaction((tx) => accounts.deleteSessionsOf(tx, accountId));
    parts.dropped(accountId);
  };

  return {
    setupPending: () => !accounts.anyAccount(database.read),
    setupLinkValid: (token) => usableLink(token, 'setup').ok,
    newSetupToken() {
      const token = newToken();
      const now = clock();
      database.transaction((tx) => {
        accounts.deleteSetupLinks(tx);
        accounts.insertLink(tx, {
          tokenHash: sha256(token),
          purpose: 'setup',
          accountId: null,
          meetingId: null,
          participantId: null,
          email: null,
          createdAt: now,
          expiresAt: now + lifetimes.setup,
          usedAt: null,
        });
      });
      return token;
    },
    newToken({ purpose, meetingId, participantId, accountId = null, email = null }) {
      const token = newToken();
      const now = clock();
      const expiresAt =
        now + (purpose === 'invitation' ? lifetimes.invitation : lifetimes.absolute);
      const link = {
        tokenHash: sha256(token),
        purpose,
        accountId,
        meetingId,
        participantId,
        email,
      };
      database.transaction((tx) => {
        if (purpose === 'invitation') accounts.deleteInvitations(tx, meetingId, participantId);
        accounts.insertLink(tx, { ...link, createdAt: now, expiresAt, usedAt: null });
      });
      return { token, expiresAt };
    },
    async setUp(token, { municipality, name, email, password }) {
      const wrong = personObstacle({ name, email, password });
      if (wrong) return refuse(wrong);
      if (municipality.trim() === '') return refuse('name-empty');
      const usable = usableLink(token, 'setup');
      if (!usable.ok) return usable;
      const passwordHash = await hashing(() => hash(password, argon2));
      const accountId = parts.newId() as AccountId;
      // Checked again inside: two browsers may hold the same link.
      const done = database.transaction((tx) => {
        if (accounts.anyAccount(tx)) return false;
        accounts.useLink(tx, usable.link.tokenHash, clock());
        putSetting(tx, 'municipality', municipality.trim());
        const account = { id: accountId, email: email.trim(), name: name.trim() };
        accounts.insertAccount(tx, { ...account, passwordHash, isStaff: true }, clock());
        return true;
      });
      if (!done) return refuse('already-set-up');
      return { ok: true, session: await startSession(accountId), accountId };
    },
    async signIn(email, password, address) {
      const checked = await checkPassword(email.trim(), password, address);
      return checked.ok ? { ok: true, session: await startSession(checked.accountId) } : checked;
    },
    signOut(sessionId) {
      database.transaction((tx) => accounts.deleteSession(tx, sessionId));
      parts.revoked(sessionId);
    },
    readInvitation(token) {
      const found = invitationOf(token);
      if (!found.ok) return found;
      const { meeting, seat, account, email } = found;
      return {
        ok: true,
        invitation: {
          meetingTitle: meeting.title,
          municipality: meeting.municipality,
          name: seat.name,
          role: seat.role,
          email,
          hasAccount: account !== undefined,
        },
      };
    },
    async acceptInvitation(token, password, address) {
      const found = invitationOf(token);
      if (!found.ok) return found;
      const { link, meeting, seat, email } = found;
      let accountId: AccountId;
      let create: ((tx: Tx) => void) | undefined;
      const isStaff = seat.role === 'secretariat';
      if (found.account) {
        const checked = await checkPassword(email, password, address);
        if (!checked.ok) return checked;
        ({ accountId } = checked);
      } else {
        const wrong = personObstacle({ name: seat.name, email, password });
        if (wrong) return refuse(wrong);
        const passwordHash = await hashing(() => hash(password, argon2));
        const account = { id: parts.newId() as AccountId, email, name: seat.name, isStaff };
        accountId = account.id;
        create = (tx) => accounts.insertAccount(tx, { ...account, passwordHash }, clock());
      }
      const joined = database.transaction((tx) => {
        // Asked again: while the password was hashed another browser or the secretariat was faster.
        const now = invitationOf(token);
        if (!now.ok) return now;
        const { participants } = now.meeting;
        // [P5] One account, one seat: the same person must not be counted twice in one meeting.
        const seated = participants.some((person) => person.accountId === accountId);
        if (seated || (create && now.account)) return refuse('email-taken');
        accounts.useLink(tx, link.tokenHash, clock());
        create?.(tx);
        if (isStaff) accounts.makeStaff(tx, accountId);
        return parts.execute.join(tx, meeting.id, seat.id, accountId);
      });
      if ('code' in joined) return joined;
      joined.after();
      // More rights, new sessions: a token from before may lie about on a shared computer.
      if (isStaff && found.account?.isStaff === false) endSessions(accountId);
      return { ok: true, session: await startSession(accountId), meetingId: meeting.id };
    },
    async enter(token) {
      const usable = usableLink(token, 'sign-in');
      if (!usable.ok) return usable;
      const { accountId, meetingId } = usable.link;
      if (accountId === null || meetingId === null) return refuse('link-invalid');
      return {
        ok: true,
        session: await startSession(accountId),
        meetingId: meetingId as MeetingId,
      };
    },
    async validate(token) {
      const { session } = await lucia.validateSession(token);
      const person = session && signedIn(token);
      if (!session || !person) return null;
      const fresh = session.fresh ? { token, expiresAt: session.expiresAt.getTime() } : null;
      return { ...person, fresh };
    },
    find: signedIn,
    alive: (sessionId) => accounts.findSession(database.read, sessionId, clock()) !== undefined,
    living: () => new Set(accounts.listLiving(database.read, clock())),
    endSessions,
    touch(sessionId) {
      const now = clock();
      const session = accounts.findSession(database.read, sessionId, now);
      if (!session || session.expiresAt - now > lifetimes.idle / 2) return;
      database.transaction((tx) => accounts.extendSession(tx, sessionId, now + lifetimes.idle));
    },
  };
}

const refuse = (code: AuthCode) => ({ ok: false as const, code });

function personObstacle(who: { name: string; email: string; password: string }): AuthCode | null {
  if (who.name.trim() === '') return 'name-empty';
  if (!/^[^\s@]+@[^\s@]+$/.test(who.email.trim())) return 'email-malformed';
  return Array.from(who.password).length < PASSWORD_MIN ? 'password-too-short' : null;
}

/**
 * Some free tries, then a pause that doubles up to a quarter of an hour; never a permanent lock. A
 * whole office has one address, so one person's mistakes must not keep the others out.
 */
function countFailure(tx: Tx, subject: string, now: Instant): void {
  const failures = (accounts.findAttempt(tx, subject)?.failures ?? 0) + 1;
  const free = subject.startsWith('address:') ? 50 : 5;
  const pause = failures < free ? 0 : Math.min(1000 * 2 ** (failures - free), LONGEST_PAUSE);
  accounts.recordFailure(tx, subject, failures, now + pause);
}

/** At most `places` pieces of work at once; the others wait their turn. */
function createGate(places: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/**
 * Lucia hands over raw tokens and asks the machine's clock; here only hashes go into the table and
 * times are those of the injected clock, shifted so that Lucia's own comparison comes out right.
 */
function adapterOn(database: Database, clock: () => Instant): Adapter {
  const toLucia = (time: Instant) => new Date(Date.now() + (time - clock()));
  const fromLucia = (date: Date) => date.getTime() - Date.now() + clock();
  return {
    async getSessionAndUser(token) {
      const session = accounts.findSession(database.read, sha256(token), clock());
      if (!session) return [null, null];
      const { accountId, expiresAt } = session;
      return [
        { id: token, userId: accountId, expiresAt: toLucia(expiresAt), attributes: {} },
        { id: accountId, attributes: {} },
      ];
    },
    async getUserSessions(accountId) {
      return accounts.listSessions(database.read, accountId).map((session) => ({
        id: session.id,
        userId: session.accountId,
        expiresAt: toLucia(session.expiresAt),
        attributes: {},
      }));
    },
    async setSession({ id, userId, expiresAt }) {
      const now = clock();
      const session = { id: sha256(id), accountId: userId, expiresAt: fromLucia(expiresAt) };
      database.transaction((tx) => {
        accounts.deleteEndedSessions(tx, now);
        accounts.deleteOldAttempts(tx, now - 24 * HOUR);
        accounts.insertSession(tx, { ...session, endsAt: now + lifetimes.absolute }, now);
      });
    },
    async updateSessionExpiration(token, expiresAt) {
      database.transaction((tx) => accounts.extendSession(tx, sha256(token), fromLucia(expiresAt)));
    },
    async deleteSession(token) {
      database.transaction((tx) => accounts.deleteSession(tx, sha256(token)));
    },
    async deleteUserSessions(accountId) {
      database.transaction((tx) => accounts.deleteSessionsOf(tx, accountId));
    },
    async deleteExpiredSessions() {
      database.transaction((tx) => accounts.deleteEndedSessions(tx, clock()));
    },
  };
}
