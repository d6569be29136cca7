/**
 * Sessions: begun, found by their token, moved on by use, ended. The only file that knows lucia, so
 * that it can be replaced in a day. Tokens leave it in cookies; only their hashes are stored.
 */
import { randomBytes } from 'node:crypto';
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { AccountId, Instant } from '#domain/types.ts';
import * as accounts from './db/account.ts';
import type { Database } from './db/database.ts';
import type { Auth, NewSession, SignedIn } from './seams.ts';
import { sha256 } from './sha256.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia;
    UserId: AccountId;
    DatabaseUserAttributes: object;
  }
}

const HOUR = 3_600_000;
/** Of a session (ms): without use, and whatever its use. */
export const lifetimes = { idle: 2 * HOUR, absolute: 12 * HOUR } as const;

export type Sessions = Pick<Auth, 'validate'> & {
  readonly start: (accountId: AccountId) => Promise<NewSession>;
  /** Who a session belongs to, without moving its end. */
  readonly find: (token: string) => SignedIn | null;
  readonly alive: (sessionId: string) => boolean;
  /** The sessions that live now. */
  readonly living: () => ReadonlySet<string>;
  /** An open line is use: keeps a session from idling out in a long meeting. */
  readonly touch: (sessionId: string) => void;
  readonly end: (sessionId: string) => void;
  /** Signs an account out everywhere: its rights have changed, or it is shut out. */
  readonly endAll: (accountId: AccountId) => void;
};

type Parts = {
  readonly database: Database;
  readonly clock: () => Instant;
  /** Ends the lines of a session. */
  readonly revoked: (sessionId: string) => void;
  /** Ends the lines of an account. */
  readonly dropped: (accountId: AccountId) => void;
};

export function createSessions({ database, clock, revoked, dropped }: Parts): Sessions {
  const lucia = new Lucia(adapterOn(database, clock), {
    sessionExpiresIn: new TimeSpan(lifetimes.idle, 'ms'),
  });
  const find = (token: string): SignedIn | null => {
    const session = accounts.findSession(database.read, sha256(token), clock());
    const account = session && accounts.findAccount(database.read, { id: session.accountId });
    if (!session || !account) return null;
    const { id: accountId, name, email, isStaff } = account;
    return { accountId, sessionId: session.id, name, email, isStaff };
  };

  return {
    async start(accountId) {
      const token = randomBytes(32).toString('base64url');
      const session = await lucia.createSession(accountId, {}, { sessionId: token });
      return { token, expiresAt: session.expiresAt.getTime() };
    },
    async validate(token) {
      const { session } = await lucia.validateSession(token);
      const person = session && find(token);
      if (!session || !person) return null;
      const fresh = session.fresh ? { token, expiresAt: session.expiresAt.getTime() } : null;
      return { ...person, fresh };
    },
    find,
    alive: (sessionId) => accounts.findSession(database.read, sessionId, clock()) !== undefined,
    living: () => new Set(accounts.listLiving(database.read, clock())),
    touch(sessionId) {
      const now = clock();
      const session = accounts.findSession(database.read, sessionId, now);
      if (!session || session.expiresAt - now > lifetimes.idle / 2) return;
      database.transaction((tx) => accounts.extendSession(tx, sessionId, now + lifetimes.idle));
    },
    end(sessionId) {
      database.transaction((tx) => accounts.deleteSession(tx, sessionId));
      revoked(sessionId);
    },
    endAll(accountId) {
      database.transaction((tx) => accounts.deleteSessionsOf(tx, accountId));
      dropped(accountId);
    },
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
