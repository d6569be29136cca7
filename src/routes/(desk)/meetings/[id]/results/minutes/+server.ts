/** 議事録（Word） */
import { download, made } from '$lib/server/download.ts';
import { minutesAt } from '$lib/server/minutes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { seated, minutes } = minutesAt(event, event.params.id);
  const bytes = made(await event.locals.app.office.run('makeMinutes', minutes));
  const word = minutes.kind === 'summary' ? '議事要旨' : '議事録';
  return download(bytes, seated.meeting.title, word, 'docx');
};
