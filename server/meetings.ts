/** What pages ask about meetings on behalf of one account. Reads; every change is a command. */
import { consistencyOf } from '#domain/consistency.ts';
import type { FrozenOpinions, Meeting } from '#domain/meeting.ts';
import type { MinutesSection } from '#domain/minutes.ts';
import {
  effectiveRole,
  isRecused,
  minutesAccess,
  opinionsAccess,
  readsSheets,
  seesAuthors,
} from '#domain/permission.ts';
import { previousOf } from '#domain/previous.ts';
import type { Instant, ItemId, MeetingId, ParticipantId, Phase, Role } from '#domain/types.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import type { AuthRoom } from './auth.ts';
import type { Meetings, Seated } from './seams.ts';
import * as accounts from './db/account.ts';
import type { Database } from './db/database.ts';
import { listOwners } from './db/document.ts';
import { listMeetings, listNames } from './db/meeting.ts';
import { listBallots, listDrafts, listOwnRatings, listRated, putDraft } from './db/secret.ts';
import { findSeal, listEntryRows } from './db/record.ts';
import type { Execute } from './execute.ts';
import { foundNext } from './nextyear.ts';
import { fillSample } from './sample.ts';

type Parts = {
  readonly database: Database;
  readonly clock: () => Instant;
  readonly newId: () => string;
  readonly execute: Execute;
  readonly auth: Pick<AuthRoom, 'newToken'>;
  readonly opinions: (meeting: Meeting, itemId: ItemId) => readonly FrozenOpinions[];
  readonly minutes: (meeting: Meeting) => readonly MinutesSection[];
};

/** From 閉会 on. */
const afterwards: readonly Phase[] = ['closed', 'published'];

const hides = (meeting: Meeting, me: Seated['me'], item: Meeting['items'][number]): boolean =>
  opinionsAccess(me.role, meeting.phase, item.state, isRecused(item, me.id)) === 'none';

export function createMeetings(parts: Parts): Meetings {
  const { database, execute, clock } = parts;
  return {
    listFor: (accountId) =>
      listMeetings(database.read, accountId).map((row) => ({
        ...row,
        id: row.id as MeetingId,
        phase: row.phase as Phase,
        role: row.role as Role,
        rehearsal: row.rehearsal === 1,
      })),
    find(accountId, meetingId) {
      const meeting = execute.load(meetingId);
      const me = meeting?.participants.find((person) => person.accountId === accountId);
      return meeting && me && { meeting, me };
    },
    found(founder, details) {
      if (!founder.isStaff) throw new Error('only staff make meetings');
      return execute.found(founder, details);
    },
    foundNext: (founder, seated) => foundNext({ execute, newId: parts.newId }, founder, seated),
    nextOf: ({ meeting }, accountId) =>
      listMeetings(database.read, accountId)
        .map(({ id }) => execute.load(id as MeetingId))
        .find((next) => next?.previousMeetingId === meeting.id && !next.rehearsal)?.id ?? null,
    foundSample: (founder) => fillSample({ execute, clock, newId: parts.newId }, founder),
    invite(by, meetingId, participantId, email) {
      const address = email.trim();
      if (!/^[^\s@]+@[^\s@]+$/.test(address) || address.length > 254) {
        return { ok: false, code: 'email-malformed' };
      }
      const seats = execute.load(meetingId)?.participants ?? [];
      const allowed = seats.some(
        ({ accountId, role }) => accountId === by.accountId && role === 'secretariat',
      );
      const seat = seats.find(({ id }) => id === participantId);
      if (!allowed || !seat || seat.accountId !== null) return { ok: false, code: 'link-invalid' };
      // One account, one seat: the same person must not be counted twice in one meeting.
      const account = accounts.findAccount(database.read, { email: address });
      const seated = account && seats.some(({ accountId }) => accountId === account.id);
      if (seated) return { ok: false, code: 'email-taken' };
      const link = { purpose: 'invitation', meetingId, participantId, email: address } as const;
      return { ok: true, ...parts.auth.newToken(link) };
    },
    invitations: (meetingId) =>
      accounts.listInvitations(database.read, meetingId, clock()).map((link) => ({
        participantId: link.participantId as ParticipantId,
        email: link.email ?? '',
        expiresAt: link.expiresAt,
      })),
    ownBallots({ meeting, me }) {
      const open = meeting.items.flatMap(({ rounds }) =>
        rounds.filter(({ status }) => status !== 'revealed'),
      );
      return Object.fromEntries(
        open.flatMap(({ id }) => {
          const own = listBallots(database.read, id, me.id)[0];
          return own ? [[id, own.choices]] : [];
        }),
      );
    },
    ownRatings: ({ meeting, me }) =>
      Object.fromEntries(listOwnRatings(database.read, meeting.id, me.id)),
    rated: (meetingId) => listRated(database.read, meetingId),
    drafts: ({ meeting, me }) => listDrafts(database.read, meeting.id, me.id),
    saveDraft({ meeting, me }, draft) {
      const known =
        meeting.items.some(({ id }) => id === draft.itemId) &&
        meeting.headings.some(({ id }) => id === draft.headingId);
      if (!known) throw new Error('a draft belongs to an item and a heading of its meeting');
      database.transaction((tx) => putDraft(tx, meeting.id, me.id, { ...draft, savedAt: clock() }));
    },
    record: ({ meeting }) => listEntryRows(database.read, meeting.id),
    seal: ({ meeting }) =>
      afterwards.includes(meeting.phase) ? findSeal(database.read, meeting.id) : null,
    opinions({ meeting, me }, itemId) {
      const item = meeting.items.find(({ id }) => id === itemId);
      if (!item || hides(meeting, me, item)) return [];
      return item.decision?.opinions ?? parts.opinions(meeting, itemId);
    },
    authors({ meeting, me }, itemId, clients) {
      const item = meeting.items.find(({ id }) => id === itemId);
      if (!item) return undefined;
      const role = effectiveRole(me, meeting, item);
      const isAside = isRecused(item, me.id);
      if (!seesAuthors(role, meeting.phase, item.state, isAside)) return undefined;
      const owners = listOwners(database.read, opinionsDocument(itemId));
      const seats = listNames(database.read, meeting.id);
      return new Map(
        clients.flatMap((client) => {
          const owner = owners.get(client);
          if (owner === undefined) return [];
          return [[client, owner && (seats.get(owner) ?? null)] as const];
        }),
      );
    },
    minutes: ({ meeting, me }) =>
      minutesAccess(me.role, meeting.phase, meeting.minutes.status) === 'none'
        ? null
        : parts.minutes(meeting),
    consistency: ({ meeting }) =>
      consistencyOf(
        meeting,
        meeting.previousMeetingId ? execute.load(meeting.previousMeetingId) : undefined,
      ),
    previous({ meeting, me }, itemId) {
      const item = meeting.items.find(({ id }) => id === itemId);
      // [P11] An observer does not even learn that there was an earlier meeting.
      if (!item || !meeting.previousMeetingId || me.role === 'observer') return null;
      if (!readsSheets(me.role, meeting.phase)) return null;
      const earlier = execute.load(meeting.previousMeetingId);
      return earlier ? previousOf(earlier, item.sheet) : null;
    },
  };
}
