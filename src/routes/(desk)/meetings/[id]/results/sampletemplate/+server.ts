/** 様式の見本: a Word template to start from. */
import { download, exporterAt, made } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  exporterAt(event, event.params.id);
  const bytes = made(await event.locals.app.office.run('makeSampleTemplate', null));
  return download(bytes, '様式の見本', '差し込み項目', 'docx');
};
