/** What every page knows: the language, the municipality, who is signed in. */
import type { MeetingId } from '#domain/types.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, params }) => ({
  locale: locals.locale,
  municipality: locals.app.municipality(),
  person: locals.signedIn && { name: locals.signedIn.name, isStaff: locals.signedIn.isStaff },
  /** Of the meeting the address names, for those who have a seat in it. */
  rehearsal:
    (params.id !== undefined &&
      locals.signedIn !== null &&
      locals.app.meetings.find(locals.signedIn.accountId, params.id as MeetingId)?.meeting
        .rehearsal) === true,
});
