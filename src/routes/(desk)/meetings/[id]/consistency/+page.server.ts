/** 整合の確認, for those who conduct the meeting: decided ratings that do not seem to go together. */
import { error } from '@sveltejs/kit';
import { mayEver } from '#domain/permission.ts';
import { seatAt } from '$lib/server/door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const seated = seatAt(event, event.params.id);
  const { meeting, me } = seated;
  if (!mayEver(me.role, 'closeMeeting')) error(403, { message: 'conductors only' });
  const { id, title, phase, mode } = meeting;
  return {
    meeting: { id, title, phase, mode },
    decided: meeting.items.filter(({ decision }) => decision !== null).length,
    all: meeting.items.length,
    hasEarlier: meeting.previousMeetingId !== null,
    doubts: event.locals.app.meetings.consistency(seated),
  };
};
