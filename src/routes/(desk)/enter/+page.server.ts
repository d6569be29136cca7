/** The sign-in link of a demonstration; the token comes by POST from the fragment. */
import { fail, redirect } from '@sveltejs/kit';
import { textOf } from '$lib/server/fields.ts';
import { setSession } from '$lib/server/session.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ locals, cookies, request }) => {
    const entered = await locals.app.auth.enter(textOf(await request.formData(), 'token'));
    if (!entered.ok) return fail(400, { code: entered.code });
    setSession(cookies, locals.app, entered.session);
    redirect(303, `/meetings/${entered.meetingId}`);
  },
};
