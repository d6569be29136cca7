/** Accounts, sessions, links and failed attempts. Tokens come in as hashes; none is ever stored. */
import type { AccountId, Instant } from '#domain/types.ts';
import { sql, type Tx } from './database.ts';
import type { Schema } from './schema.ts';

export type AccountRow = {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly isStaff: boolean;
};
export type SessionRow = {
  readonly id: string;
  readonly accountId: AccountId;
  readonly endsAt: Instant;
  readonly expiresAt: Instant;
};
export type LinkRow = {
  readonly tokenHash: string;
  readonly purpose: Schema['link']['purpose'];
  readonly accountId: AccountId | null;
  readonly meetingId: string | null;
  readonly participantId: string | null;
  readonly email: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
};

type Reads = Pick<Tx, 'all' | 'first'>;

const accountOf = (row: Schema['account']): AccountRow => ({
  id: row.id as AccountId,
  email: row.email,
  name: row.name,
  passwordHash: row.password_hash,
  isStaff: row.is_staff === 1,
});

export function findAccount(tx: Reads, by: { id: AccountId } | { email: string }) {
  const query = sql.selectFrom('account').selectAll();
  const row = tx.first(
    'id' in by ? query.where('id', '=', by.id) : query.where('email', '=', by.email),
  );
  return row && accountOf(row);
}

export const anyAccount = (tx: Reads): boolean =>
  tx.first(sql.selectFrom('account').select('id').limit(1)) !== undefined;

export function insertAccount(tx: Tx, account: AccountRow, createdAt: Instant): void {
  tx.run(
    sql.insertInto('account').values({
      id: account.id,
      email: account.email,
      name: account.name,
      password_hash: account.passwordHash,
      is_staff: account.isStaff ? 1 : 0,
      created_at: createdAt,
    }),
  );
}

export function makeStaff(tx: Tx, id: AccountId): void {
  tx.run(sql.updateTable('account').set({ is_staff: 1 }).where('id', '=', id));
}

const sessionOf = (row: Schema['session']): SessionRow => ({
  id: row.id,
  accountId: row.account_id as AccountId,
  endsAt: row.ends_at,
  expiresAt: row.expires_at,
});

/** The session, unless it has ended by `now`. */
export function findSession(tx: Reads, id: string, now: Instant): SessionRow | undefined {
  const row = tx.first(
    sql
      .selectFrom('session')
      .selectAll()
      .where('id', '=', id)
      .where('expires_at', '>', now)
      .where('ends_at', '>', now),
  );
  return row && sessionOf(row);
}

/** The sessions that have not ended by `now`. */
export const listLiving = (tx: Reads, now: Instant): readonly string[] =>
  tx
    .all(
      sql
        .selectFrom('session')
        .select('id')
        .where('expires_at', '>', now)
        .where('ends_at', '>', now),
    )
    .map(({ id }) => id);

export const listSessions = (tx: Reads, accountId: AccountId): readonly SessionRow[] =>
  tx.all(sql.selectFrom('session').selectAll().where('account_id', '=', accountId)).map(sessionOf);

export function insertSession(tx: Tx, session: SessionRow, createdAt: Instant): void {
  tx.run(
    sql.insertInto('session').values({
      id: session.id,
      account_id: session.accountId,
      created_at: createdAt,
      ends_at: session.endsAt,
      expires_at: session.expiresAt,
    }),
  );
}

export function extendSession(tx: Tx, id: string, expiresAt: Instant): void {
  tx.run(sql.updateTable('session').set({ expires_at: expiresAt }).where('id', '=', id));
}

export function deleteSession(tx: Tx, id: string): void {
  tx.run(sql.deleteFrom('session').where('id', '=', id));
}

export function deleteSessionsOf(tx: Tx, accountId: AccountId): void {
  tx.run(sql.deleteFrom('session').where('account_id', '=', accountId));
}

export function deleteEndedSessions(tx: Tx, now: Instant): void {
  tx.run(
    sql
      .deleteFrom('session')
      .where((where) => where.or([where('expires_at', '<=', now), where('ends_at', '<=', now)])),
  );
}

const linkOf = (row: Schema['link']): LinkRow => ({
  tokenHash: row.token_hash,
  purpose: row.purpose,
  accountId: row.account_id as AccountId | null,
  meetingId: row.meeting_id,
  participantId: row.participant_id,
  email: row.email,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at,
});

export function insertLink(tx: Tx, link: LinkRow): void {
  tx.run(
    sql.insertInto('link').values({
      token_hash: link.tokenHash,
      purpose: link.purpose,
      account_id: link.accountId,
      meeting_id: link.meetingId,
      participant_id: link.participantId,
      email: link.email,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
      used_at: link.usedAt,
    }),
  );
}

export function findLink(tx: Reads, tokenHash: string, purpose: LinkRow['purpose']) {
  const row = tx.first(
    sql
      .selectFrom('link')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .where('purpose', '=', purpose),
  );
  return row && linkOf(row);
}

/** Invitations of a meeting that can still be accepted. */
export const listInvitations = (tx: Reads, meetingId: string, now: Instant): readonly LinkRow[] =>
  tx
    .all(
      sql
        .selectFrom('link')
        .selectAll()
        .where('purpose', '=', 'invitation')
        .where('meeting_id', '=', meetingId)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now),
    )
    .map(linkOf);

export function useLink(tx: Tx, tokenHash: string, now: Instant): void {
  tx.run(sql.updateTable('link').set({ used_at: now }).where('token_hash', '=', tokenHash));
}

/** A new invitation of a seat replaces the old one: two valid links would be one too many. */
export function deleteInvitations(tx: Tx, meetingId: string, participantId: string): void {
  tx.run(
    sql
      .deleteFrom('link')
      .where('purpose', '=', 'invitation')
      .where('meeting_id', '=', meetingId)
      .where('participant_id', '=', participantId)
      .where('used_at', 'is', null),
  );
}

export function deleteSetupLinks(tx: Tx): void {
  tx.run(sql.deleteFrom('link').where('purpose', '=', 'setup'));
}

export const findAttempt = (tx: Reads, subject: string) =>
  tx.first(sql.selectFrom('attempt').selectAll().where('subject', '=', subject));

export function recordFailure(
  tx: Tx,
  subject: string,
  failures: number,
  blockedUntil: Instant,
): void {
  const values = { failures, blocked_until: blockedUntil };
  tx.run(
    sql
      .insertInto('attempt')
      .values({ subject, ...values })
      .onConflict((conflict) => conflict.column('subject').doUpdateSet(values)),
  );
}

export function clearFailures(tx: Tx, subject: string): void {
  tx.run(sql.deleteFrom('attempt').where('subject', '=', subject));
}

/** Counters nobody has touched since `before` are forgotten, or strangers could fill the file. */
export function deleteOldAttempts(tx: Tx, before: Instant): void {
  tx.run(sql.deleteFrom('attempt').where('blocked_until', '<', before));
}
