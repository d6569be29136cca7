/** 評価結果 for everybody: nobody has to sign in, and it may be kept for a minute on the way. */
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** As long as a page that was taken back may still be shown by somebody's cache. */
const SECONDS = 60;

export const load: PageServerLoad = ({ locals, params, setHeaders }) => {
  const publication = locals.app.publications.find(params.slug);
  if (!publication) error(404, { message: 'no such page' });
  setHeaders({ 'cache-control': `public, max-age=${SECONDS}`, vary: 'Cookie' });
  return { publication };
};
