/** オープンデータ（CSV） in UTF-8, or in CP932 where `encoding` asks for it. */
import { answeredTable } from '#domain/replies.ts';
import { download, exporterAt, made } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const encoding = event.url.searchParams.get('encoding') === 'cp932' ? 'cp932' : 'utf-8';
  const order = { table: answeredTable(meeting), encoding } as const;
  const { bytes } = made(await event.locals.app.office.run('makeOpenData', order));
  return download(bytes, meeting.title, 'オープンデータ', encoding === 'cp932' ? 'cp932' : 'csv');
};
