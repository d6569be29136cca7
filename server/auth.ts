/**
 * Who may come in: the first account, sign-in, invitations. Joins passwords, sessions and links, each
 * of which has a file of its own.
 */
import type { AccountId, Instant, MeetingId } from '#domain/types.ts';
import * as accounts from './db/account.ts';
import type { Database, Tx } from './db/database.ts';
import { putSetting } from './db/setting.ts';
import type { Execute } from './execute.ts';
import { createLinks, type Links } from './link.ts';
import { createPasswords } from './password.ts';
import type { Auth, AuthCode } from './seams.ts';
import { createSessions, type Sessions } from './session.ts';

const PASSWORD_MIN = 8;

type Parts = {
  readonly database: Database;
  readonly clock: () => Instant;
  readonly newId: () => string;
  readonly execute: Pick<Execute, 'join' | 'load'>;
  readonly revoked: (sessionId: string) => void;
  readonly dropped: (accountId: AccountId) => void;
};

/** For the process itself; pages see `Auth` alone. */
export type AuthRoom = Auth &
  Pick<Sessions, 'find' | 'alive' | 'living' | 'touch'> & {
    readonly newSetupToken: Links['newSetup'];
    readonly newToken: Links['newOf'];
    readonly endSessions: Sessions['endAll'];
  };

export function createAuth(parts: Parts): AuthRoom {
  const { database, clock, execute } = parts;
  const sessions = createSessions(parts);
  const passwords = createPasswords(database, clock);
  const links = createLinks(database, clock);

  const invitationOf = (token: string) => {
    const usable = links.usable(token, 'invitation');
    if (!usable.ok) return usable;
    const { link } = usable;
    const meeting = execute.load(link.meetingId as MeetingId);
    const seat = meeting?.participants.find(({ id }) => id === link.participantId);
    if (!meeting || !seat || link.email === null) return refuse('link-invalid');
    if (seat.accountId !== null) return refuse('link-used');
    const account = accounts.findAccount(database.read, { email: link.email });
    return { ok: true as const, link, meeting, seat, account, email: link.email };
  };

  return {
    setupPending: () => !accounts.anyAccount(database.read),
    setupLinkValid: (token) => links.usable(token, 'setup').ok,
    newSetupToken: links.newSetup,
    newToken: links.newOf,
    async setUp(token, { municipality, name, email, password }) {
      const wrong = personObstacle({ name, email, password });
      if (wrong) return refuse(wrong);
      if (municipality.trim() === '') return refuse('name-empty');
      const usable = links.usable(token, 'setup');
      if (!usable.ok) return usable;
      const passwordHash = await passwords.hash(password);
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
      return { ok: true, session: await sessions.start(accountId), accountId };
    },
    async signIn(email, password, address) {
      const checked = await passwords.check(email.trim(), password, address);
      return checked.ok ? { ok: true, session: await sessions.start(checked.accountId) } : checked;
    },
    signOut: sessions.end,
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
        const checked = await passwords.check(email, password, address);
        if (!checked.ok) return checked;
        ({ accountId } = checked);
      } else {
        const wrong = personObstacle({ name: seat.name, email, password });
        if (wrong) return refuse(wrong);
        const passwordHash = await passwords.hash(password);
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
        return execute.join(tx, meeting.id, seat.id, accountId);
      });
      if ('code' in joined) return joined;
      joined.after();
      // More rights, new sessions: a token from before may lie about on a shared computer.
      if (isStaff && found.account?.isStaff === false) sessions.endAll(accountId);
      return { ok: true, session: await sessions.start(accountId), meetingId: meeting.id };
    },
    async enter(token) {
      const usable = links.usable(token, 'sign-in');
      if (!usable.ok) return usable;
      const { accountId, meetingId } = usable.link;
      if (accountId === null || meetingId === null) return refuse('link-invalid');
      return {
        ok: true,
        session: await sessions.start(accountId),
        meetingId: meetingId as MeetingId,
      };
    },
    validate: (token) => sessions.validate(token),
    find: sessions.find,
    alive: sessions.alive,
    living: sessions.living,
    touch: sessions.touch,
    endSessions: sessions.endAll,
  };
}

const refuse = (code: AuthCode) => ({ ok: false as const, code });

function personObstacle(who: { name: string; email: string; password: string }): AuthCode | null {
  if (who.name.trim() === '') return 'name-empty';
  if (!/^[^\s@]+@[^\s@]+$/.test(who.email.trim())) return 'email-malformed';
  return Array.from(who.password).length < PASSWORD_MIN ? 'password-too-short' : null;
}
