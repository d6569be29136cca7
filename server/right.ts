/**
 * What an account may do with a Yjs document, as `domain/permission.ts` says it. The door asks at
 * every message, so it is cheap and keeps nothing.
 */
import type { Meeting } from '#domain/meeting.ts';
import {
  effectiveRole,
  formAccess,
  isLate,
  isRecused,
  minutesAccess,
  opinionsAccess,
} from '#domain/permission.ts';
import type { AccountId, Instant } from '#domain/types.ts';
import type { DocumentRef } from '#protocol/documents.ts';
import type { Access } from '#protocol/sync.ts';
import { audienceOf } from '#protocol/view.ts';
import type { Right } from './sync/seams.ts';

const nobody: Right = { access: 'none', user: { id: '', name: '', role: 'observer' } };

/** @param meeting to which the document belongs; undefined where there is none */
export function rightTo(
  meeting: Meeting | undefined,
  accountId: AccountId,
  ref: DocumentRef,
  now: Instant,
): Right {
  const me = meeting?.participants.find((person) => person.accountId === accountId);
  if (!meeting || !me) return nobody;
  const { id, name, role } = me;
  return { access: accessOf(meeting, me, ref, now), user: { id, name, role } };
}

function accessOf(
  meeting: Meeting,
  me: Meeting['participants'][number],
  ref: DocumentRef,
  now: Instant,
): Access {
  const { phase } = meeting;
  if (ref.kind === 'meeting') return audienceOf(meeting, me) === ref.audience ? 'read' : 'none';
  if (ref.kind === 'minutes') {
    return minutesAccess(effectiveRole(me, meeting), phase, meeting.minutes.status);
  }
  const item = meeting.items.find(({ id }) => id === ref.itemId);
  if (!item) return 'none';
  const { state, sheet } = item;
  return ref.kind === 'sheet'
    ? formAccess(me, phase, { state, sections: sheet.sections })
    : opinionsAccess(me.role, phase, state, isRecused(item, me.id), isLate(meeting, now));
}
