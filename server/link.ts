/**
 * Links that let somebody in without a password: set-up, invitation, sign-in of a demonstration.
 * Only their hashes are stored; whoever makes one sees its token once.
 */
import { randomBytes } from 'node:crypto';
import type { AccountId, Instant, MeetingId, ParticipantId } from '#domain/types.ts';
import * as accounts from './db/account.ts';
import type { Database } from './db/database.ts';
import type { AuthResult } from './seams.ts';
import { sha256 } from './sha256.ts';

const HOUR = 3_600_000;
/** By purpose (ms); a demonstration lasts a working day. */
export const linkLifetimes = {
  setup: 24 * HOUR,
  invitation: 7 * 24 * HOUR,
  'sign-in': 12 * HOUR,
} as const satisfies Record<accounts.LinkRow['purpose'], number>;

export type Links = {
  /** A fresh one-time link for the first account; earlier ones end. */
  readonly newSetup: () => string;
  /** Of a seat; an invitation ends the one made before. */
  readonly newOf: (link: {
    readonly purpose: 'invitation' | 'sign-in';
    readonly meetingId: MeetingId;
    readonly participantId: ParticipantId;
    readonly accountId?: AccountId;
    readonly email?: string;
  }) => { readonly token: string; readonly expiresAt: Instant };
  /** A link that can be used now, or why not. */
  readonly usable: (
    token: string,
    purpose: accounts.LinkRow['purpose'],
  ) => AuthResult<{ readonly link: accounts.LinkRow }>;
};

export function createLinks(database: Database, clock: () => Instant): Links {
  const newLink = (purpose: accounts.LinkRow['purpose']) => {
    const [token, createdAt] = [randomBytes(32).toString('base64url'), clock()];
    const expiresAt = createdAt + linkLifetimes[purpose];
    return {
      token,
      row: { tokenHash: sha256(token), purpose, createdAt, expiresAt, usedAt: null },
    };
  };

  return {
    newSetup() {
      const { token, row } = newLink('setup');
      const nobody = { accountId: null, meetingId: null, participantId: null, email: null };
      database.transaction((tx) => {
        accounts.deleteSetupLinks(tx);
        accounts.insertLink(tx, { ...row, ...nobody });
      });
      return token;
    },
    newOf({ purpose, meetingId, participantId, accountId = null, email = null }) {
      const { token, row } = newLink(purpose);
      database.transaction((tx) => {
        if (purpose === 'invitation') accounts.deleteInvitations(tx, meetingId, participantId);
        accounts.insertLink(tx, { ...row, accountId, meetingId, participantId, email });
      });
      return { token, expiresAt: row.expiresAt };
    },
    usable(token, purpose) {
      const link = accounts.findLink(database.read, sha256(token), purpose);
      if (!link) return { ok: false, code: 'link-invalid' };
      if (link.usedAt !== null) return { ok: false, code: 'link-used' };
      if (link.expiresAt <= clock()) return { ok: false, code: 'link-expired' };
      return { ok: true, link };
    },
  };
}
