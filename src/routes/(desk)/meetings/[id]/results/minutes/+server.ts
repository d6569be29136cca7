/** 議事録（Word） */
import { minutesOf } from '#formats/record.ts';
import { download, exporterAt, made } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const seated = exporterAt(event, event.params.id);
  const { meetings, office } = event.locals.app;
  const minutes = minutesOf(seated.meeting, (itemId) => meetings.opinions(seated, itemId));
  const bytes = made(await office.run('makeMinutes', minutes));
  return download(bytes, seated.meeting.title, '議事録', 'docx');
};
