/** Who asks for a page of this meeting; without a seat in it there is no such page. */
import { error, redirect } from '@sveltejs/kit';
import type { MeetingId } from '#domain/types.ts';

export function seatedIn(locals: App.Locals, id: string) {
  if (!locals.signedIn) redirect(303, '/login');
  const { accountId } = locals.signedIn;
  const seated = locals.app.meetings.find(accountId, id as MeetingId);
  if (!seated) error(404, { message: 'no such meeting', code: 'unknown-meeting' });
  return { ...seated, accountId };
}
