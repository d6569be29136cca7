/** 評価結果（Excel） */
import { resultTable } from '#domain/result.ts';
import { download, exporterAt, made } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const { office } = event.locals.app;
  const bytes = made(await office.run('makeResultWorkbook', resultTable(meeting)));
  return download(bytes, meeting.title, '評価結果', 'xlsx');
};
