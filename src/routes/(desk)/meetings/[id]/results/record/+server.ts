/** 会議記録（JSON）: the events of a closed meeting as they were hashed, for those who conduct it. */
import { error } from '@sveltejs/kit';
import { mayEver, standsAside } from '#domain/permission.ts';
import { download, made } from '$lib/server/download.ts';
import { seatAt } from '$lib/server/door.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const seated = seatAt(event, event.params.id);
  const { meeting, me } = seated;
  if (!mayEver(me.role, 'exportRecord')) error(403, { message: 'may not export the record' });
  if (meeting.phase !== 'closed' && meeting.phase !== 'published')
    error(409, { message: 'the meeting is not closed' });
  // [P10] A file of the record tells of every item, also of one that was put off.
  if (standsAside(me.id, meeting.items)) error(403, { message: 'stands aside', code: 'recused' });
  const { meetings, office, clock } = event.locals.app;
  const { id: meetingId, title, municipality, heldOn } = meeting;
  const order = { meetingId, title, municipality, heldOn, exportedAt: clock() };
  const entries = meetings.record(seated);
  const bytes = made(await office.run('makeRecordFile', { ...order, entries }));
  return download(bytes, title, '会議記録', 'json');
};
