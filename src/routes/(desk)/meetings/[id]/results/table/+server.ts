/** 評価結果（JSON）: the table in the shape of docs/inspect.schema.json. */
import { answeredTable } from '#domain/replies.ts';
import { download, exporterAt, made } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const bytes = made(await event.locals.app.office.run('makeTableFile', answeredTable(meeting)));
  return download(bytes, meeting.title, '評価結果', 'json');
};
