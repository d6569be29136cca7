/** Seats invented people in a fresh sample meeting and makes a sign-in link for each. */
import type { MeetingDetails } from '#domain/meeting.ts';
import type { AccountId, Instant, MeetingId, Role } from '#domain/types.ts';
import type { AuthRoom } from './auth.ts';
import { findAccount, insertAccount } from './db/account.ts';
import type { Database } from './db/database.ts';
import { findSetting, putSetting } from './db/setting.ts';
import type { Execute } from './execute.ts';
import { fillSample } from './sample.ts';

export type Demonstration = {
  readonly meetingId: MeetingId;
  readonly people: readonly {
    readonly role: Role;
    readonly name: string;
    /** For `/enter#token`; may be used again until it expires. */
    readonly token: string;
  }[];
};

const secretariatName = '伊藤 真理';

export function demonstrate(
  parts: {
    readonly database: Database;
    readonly clock: () => Instant;
    readonly newId: () => string;
    readonly execute: Execute;
    readonly auth: Pick<AuthRoom, 'newToken'>;
  },
  changes: Partial<MeetingDetails> = {},
): Demonstration {
  const { database, clock, newId, execute, auth } = parts;
  /** Without a password nobody signs in to it but by the link. */
  const accountNamed = (name: string, isStaff: boolean): AccountId => {
    const email = `${Buffer.from(name).toString('hex').slice(0, 24)}@demo.invalid`;
    const known = findAccount(database.read, { email });
    if (known) return known.id;
    const id = newId() as AccountId;
    database.transaction((tx) => {
      insertAccount(tx, { id, email, name, isStaff, passwordHash: null }, clock());
      if (findSetting(tx, 'municipality') === undefined) {
        putSetting(tx, 'municipality', 'サンプル市');
      }
    });
    return id;
  };

  const founder = { accountId: accountNamed(secretariatName, true), name: secretariatName };
  const meetingId = fillSample({ execute, clock, newId }, founder, changes);
  const people = (execute.load(meetingId)?.participants ?? []).map(({ id, name, role }) => {
    const accountId = role === 'secretariat' ? founder.accountId : accountNamed(name, false);
    database.transaction((tx) => execute.join(tx, meetingId, id, accountId)).after();
    const link = { purpose: 'sign-in', meetingId, participantId: id, accountId } as const;
    return { role, name, token: auth.newToken(link).token };
  });
  const order: readonly Role[] = ['chair', 'viceChair', 'member', 'secretariat', 'section'];
  const rank = (role: Role) => (order.indexOf(role) + order.length + 1) % (order.length + 1);
  return { meetingId, people: people.sort((a, b) => rank(a.role) - rank(b.role)) };
}
