/** オープンデータ（CSV） of a published meeting. */
import { error } from '@sveltejs/kit';
import { download } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
  const { publications } = locals.app;
  const publication = publications.find(params.slug);
  const bytes = publication && publications.openData(params.slug);
  if (!bytes) error(404, { message: 'no such page' });
  return download(bytes, publication.title, 'オープンデータ', 'csv');
};
