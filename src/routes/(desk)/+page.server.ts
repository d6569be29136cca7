/** 会議一覧: the meetings this person has a seat in; staff make new ones from here. */
import { error, fail, redirect } from '@sveltejs/kit';
import { mayEver, mayWipe } from '#domain/permission.ts';
import type { MeetingId } from '#domain/types.ts';
import { personAt } from '$lib/server/door.ts';
import { textOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { accountId } = personAt(event);
  const meetings = event.locals.app.meetings.listFor(accountId);
  return {
    meetings: meetings.map((meeting) => ({
      ...meeting,
      wipeable: mayWipe(meeting.role, meeting),
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
  rehearse: async (event) => {
    const person = personAt(event);
    if (!person.isStaff) error(403, { message: 'staff only' });
    const model = textOf(await event.request.formData(), 'model');
    const from = model === 'sample' ? null : (model as MeetingId);
    const meetingId = event.locals.app.rehearsals.make(person, from);
    if (!meetingId) return fail(404, { at: 'rehearse' as const });
    redirect(303, `/meetings/${meetingId}/setup?made=rehearsal`);
  },
  wipe: async (event) => {
    const person = personAt(event);
    const meetingId = textOf(await event.request.formData(), 'meeting') as MeetingId;
    const isGone = event.locals.app.rehearsals.wipe(person, meetingId);
    return isGone ? { wiped: true } : fail(403, { at: 'wipe' as const });
  },
};
