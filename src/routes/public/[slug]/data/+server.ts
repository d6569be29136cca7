/** オープンデータ（JSON）: what the page shows, opinions and replies included. */
import { error } from '@sveltejs/kit';
import { download } from '$lib/server/download.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => {
  const publication = locals.app.publications.find(params.slug);
  if (!publication) error(404, { message: 'no such page' });
  const text = JSON.stringify({ format: 'kensho-publication/1', ...publication }, null, 2);
  return download(new TextEncoder().encode(`${text}\n`), publication.title, '評価結果', 'json');
};
