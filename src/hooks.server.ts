/** Every request: the one app, who is signed in, the language, and the headers of a closed house. */
import { error, type Handle, type HandleServerError } from '@sveltejs/kit';
import { defaultLocale, isLocale } from '$lib/messages.ts';
import { clearSession, setSession } from '$lib/server/session.ts';

export const handle: Handle = async ({ event, resolve }) => {
  const app = event.platform?.req.app;
  if (!app) error(500, 'no app behind this request');
  event.locals.app = app;
  const language = event.cookies.get('kensho-language');
  event.locals.locale = isLocale(language) ? language : defaultLocale;
  event.locals.signedIn = null;

  const token = event.cookies.get(app.sessionCookie);
  if (token !== undefined) {
    const person = await app.auth.validate(token);
    if (person?.fresh) setSession(event.cookies, app, person.fresh);
    if (person) event.locals.signedIn = person;
    else clearSession(event.cookies, app);
  }

  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', event.locals.locale),
  });
  // Signed-in pages must not come back from a shared computer's history or a proxy.
  if (event.locals.signedIn && !event.url.pathname.startsWith('/_app/')) {
    response.headers.set('Cache-Control', 'no-store');
  }
  // Search engines find what was published, and nothing else of the house.
  const isPublic = event.url.pathname.startsWith('/public/') && response.status === 200;
  if (!isPublic) response.headers.set('X-Robots-Tag', 'noindex');
  return response;
};

/** A page nobody has is no event; anything else is a bug, logged without its content. */
export const handleError: HandleServerError = ({ error: cause, event, status, message }) => {
  if (status !== 404) event.locals.app?.report(cause);
  return { message };
};
