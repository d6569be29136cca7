/** Who may come in: pages ask here for the signed-in person, their seat, the secretariat's desk. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Meeting } from '#domain/meeting.ts';
import { mayEver } from '#domain/permission.ts';
import type { MeetingId } from '#domain/types.ts';
import type { Seated, SignedIn } from '../../../server/seams.ts';

type Visit = Pick<RequestEvent, 'locals' | 'url'>;

/** An address within this site, or the home page: a link must not lead anybody elsewhere. */
export function ownPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(value) ? value : '/';
}

/** Signed out: to the sign-in page and back here afterwards. */
export function personAt({ locals, url }: Visit): SignedIn {
  if (locals.signedIn) return locals.signedIn;
  if (locals.app.auth.setupPending()) redirect(303, '/setup');
  // `?/confirm` is the address of a form action, no page to come back to.
  const back = url.pathname + (url.search.startsWith('?/') ? '' : url.search);
  redirect(303, back === '/' ? '/login' : `/login?to=${encodeURIComponent(back)}`);
}

/** Unknown meetings and those without a seat for this person look the same: there is no such page. */
export function seatAt(visit: Visit, meetingId: string): Seated & { readonly person: SignedIn } {
  const person = personAt(visit);
  const seated = visit.locals.app.meetings.find(person.accountId, meetingId as MeetingId);
  if (!seated) error(404, { message: 'no such meeting', code: 'unknown-meeting' });
  return { ...seated, person };
}

/** [P11] Last year's meeting, for somebody with a seat in it: only they are led there. */
export function previousAt(visit: Visit, { previousMeetingId }: Meeting): MeetingId | null {
  const { locals } = visit;
  const person = personAt(visit);
  if (!previousMeetingId) return null;
  return locals.app.meetings.find(person.accountId, previousMeetingId) ? previousMeetingId : null;
}

/** The preparation belongs to the secretariat. */
export function preparerAt(visit: Visit, meetingId: string): ReturnType<typeof seatAt> {
  const seat = seatAt(visit, meetingId);
  if (!mayEver(seat.me.role, 'readSetup')) error(403, { message: 'secretariat only' });
  return seat;
}
