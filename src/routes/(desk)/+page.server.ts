/** 会議一覧: the meetings this person has a seat in; staff make new ones from here. */
import { error, redirect } from '@sveltejs/kit';
import { mayEver } from '#domain/permission.ts';
import { personAt } from '$lib/server/door.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { accountId } = personAt(event);
  const meetings = event.locals.app.meetings.listFor(accountId);
  return {
    meetings: meetings.map((meeting) => ({
      ...meeting,
      prepares: meeting.phase === 'draft' && mayEver(meeting.role, 'readSetup'),
    })),
  };
};

export const actions: Actions = {
  sample: (event) => {
    const person = personAt(event);
    if (!person.isStaff) error(403, { message: 'staff only' });
    const meetingId = event.locals.app.meetings.foundSample(person);
    redirect(303, `/meetings/${meetingId}/setup?made=sample`);
  },
};
