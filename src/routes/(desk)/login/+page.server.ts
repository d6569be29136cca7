/** Sign-in, and on to the page that was wanted. */
import { fail, redirect } from '@sveltejs/kit';
import { ownPath } from '$lib/server/door.ts';
import { missingOf, textOf } from '$lib/server/fields.ts';
import { setSession } from '$lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.app.auth.setupPending()) redirect(303, '/setup');
  const to = ownPath(url.searchParams.get('to'));
  if (locals.signedIn) redirect(303, to);
  return { to };
};

export const actions: Actions = {
  default: async ({ locals, cookies, request, getClientAddress }) => {
    const form = await request.formData();
    const email = textOf(form, 'email').trim();
    const missing = missingOf(form, ['email', 'password']);
    if (missing.length > 0) return fail(400, { email, missing, code: null });
    const { auth } = locals.app;
    const signed = await auth.signIn(email, textOf(form, 'password'), getClientAddress());
    if (!signed.ok) return fail(400, { email, missing, code: signed.code });
    // A new session at every sign-in: an old cookie of this browser is worth nothing afterwards.
    if (locals.signedIn) auth.signOut(locals.signedIn.sessionId);
    setSession(cookies, locals.app, signed.session);
    redirect(303, ownPath(form.get('to')));
  },
};
