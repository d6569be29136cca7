/** 意見への対応 as a file: `kind` says which. */
import { error } from '@sveltejs/kit';
import { answeredOpinions } from '#domain/replies.ts';
import { download, exporterAt, made } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

const kinds = ['xlsx', 'docx', 'csv'] as const;

export const GET: RequestHandler = async (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const kind = kinds.find((each) => each === event.url.searchParams.get('kind'));
  if (!kind) error(404, { message: 'no such kind' });
  const order = { title: meeting.title, opinions: answeredOpinions(meeting), kind };
  const bytes = made(await event.locals.app.office.run('makeReplyFile', order));
  return download(bytes, meeting.title, '意見への対応', kind);
};
