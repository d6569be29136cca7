/** For load balancers and watchdogs: may this process get requests? Needs no session, tells no secret. */
import { text, type RequestHandler } from '@sveltejs/kit';

export const GET: RequestHandler = ({ locals }) => {
  const health = locals.app.health();
  return text(`${health}\n`, {
    status: health === 'ok' ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' },
  });
};
