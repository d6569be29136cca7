/**
 * An invitation. Its token stays in the fragment of the address and arrives here by POST only, so
 * that a mail scanner that opens the link neither sees nor uses it up.
 */
import { fail, redirect } from '@sveltejs/kit';
import { textOf } from '$lib/server/fields.ts';
import { setSession } from '$lib/server/session.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  read: async ({ locals, request }) => {
    const read = locals.app.auth.readInvitation(textOf(await request.formData(), 'token'));
    return read.ok
      ? { invitation: read.invitation, code: null, lacks: false }
      : fail(400, { invitation: null, code: read.code, lacks: false });
  },
  accept: async ({ locals, cookies, request, getClientAddress }) => {
    const form = await request.formData();
    const { auth } = locals.app;
    const token = textOf(form, 'token');
    const password = textOf(form, 'password');
    const read = auth.readInvitation(token);
    if (!read.ok) return fail(400, { invitation: null, code: read.code, lacks: false });
    const { invitation } = read;
    if (password === '') return fail(400, { invitation, code: null, lacks: true });
    const joined = await auth.acceptInvitation(token, password, getClientAddress());
    if (!joined.ok) return fail(400, { invitation, code: joined.code, lacks: false });
    if (locals.signedIn) auth.signOut(locals.signedIn.sessionId);
    setSession(cookies, locals.app, joined.session);
    redirect(303, `/meetings/${joined.meetingId}`);
  },
};
