/** Prometheus' text format for staff and for collectors that hold the token; nobody else finds it. */
import { error, text, type RequestHandler } from '@sveltejs/kit';

export const GET: RequestHandler = ({ locals, request }) => {
  const metrics = locals.app.metrics(locals.signedIn, request.headers.get('Authorization'));
  if (metrics === null) error(404, 'Not Found');
  return text(metrics, {
    headers: {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    },
  });
};
