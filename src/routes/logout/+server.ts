/** Ends the session on the server, then forgets the cookie. */
import { redirect, type RequestHandler } from '@sveltejs/kit';
import { clearSession } from '$lib/server/session.ts';

export const POST: RequestHandler = ({ locals, cookies }) => {
  if (locals.signedIn) locals.app.auth.signOut(locals.signedIn.sessionId);
  clearSession(cookies, locals.app);
  redirect(303, '/login');
};
