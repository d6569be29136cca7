/** 会議を作る: only staff, and the maker sits in it as secretariat. */
import { error, fail, redirect } from '@sveltejs/kit';
import { usualRules } from '#domain/meeting.ts';
import { earlierOf, readDetails, type DetailsTyped } from '$lib/server/details.ts';
import { personAt } from '$lib/server/door.ts';
import type { Actions, PageServerLoad } from './$types';

/** The fiscal year in Japan at an instant: it begins in April. */
function fiscalYearAt(now: number): number {
  const japan = new Date(now + 9 * 60 * 60 * 1000);
  return japan.getUTCFullYear() - (japan.getUTCMonth() < 3 ? 1 : 0);
}

export const load: PageServerLoad = (event) => {
  const person = personAt(event);
  if (!person.isStaff) error(403, { message: 'staff only' });
  const year = fiscalYearAt(event.locals.app.clock());
  const typed: DetailsTyped = {
    title: '',
    // What is evaluated is the year that ended last.
    evaluatedYear: String(year - 1),
    heldOn: '',
    place: '',
    quorumRule: usualRules.quorumRule,
    chairVotes: 'yes',
    chairInQuorum: 'yes',
    mode: usualRules.mode,
    gathering: usualRules.gathering,
    deadline: '',
    guide: usualRules.guide,
    previousMeetingId: '',
  };
  return { typed, lastYear: year, earlier: earlierOf(event, person.accountId, null) };
};

export const actions: Actions = {
  default: async (event) => {
    const person = personAt(event);
    if (!person.isStaff) error(403, { message: 'staff only' });
    const { meetings, municipality } = event.locals.app;
    const read = readDetails(await event.request.formData(), {
      municipality: municipality(),
      rehearsal: false,
    });
    if (!read.ok) return fail(400, read);
    const { previousMeetingId: previous } = read.details;
    // Only what was offered: a meeting without a seat is as unknown as one that never was [P11].
    if (previous && !earlierOf(event, person.accountId, null).some(({ id }) => id === previous))
      error(404, { message: 'no such meeting', code: 'unknown-meeting' });
    const meetingId = meetings.found(person, read.details);
    redirect(303, `/meetings/${meetingId}/setup?made=meeting`);
  },
};
