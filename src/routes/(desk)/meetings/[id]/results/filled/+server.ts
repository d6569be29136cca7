/** 自分の様式で出力: the office's own Word template, filled with this meeting. */
import { error } from '@sveltejs/kit';
import { answeredTable } from '#domain/replies.ts';
import { download, exporterAt } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { meeting } = exporterAt(event, event.params.id);
  const { office, templates } = event.locals.app;
  const template = templates.find();
  if (!template) error(404, { message: 'no template is kept' });
  const { title, heldOn, place } = meeting;
  const source = { table: answeredTable(meeting), meeting: { title, heldOn, place } };
  const filled = await office.run('fillTemplate', { template: template.bytes, source });
  if (!filled.ok) error(503, { message: 'the template could not be filled', code: filled.code });
  return download(filled.bytes, title, template.name.replace(/\.(?:docx|dotx)$/i, ''), 'docx');
};
