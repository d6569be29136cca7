/** The first account of this installation, made with the one-time link the server printed. */
import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { missingOf, textOf } from '$lib/server/fields.ts';
import { setSession } from '$lib/server/session.ts';
import type { App, SignedIn } from '../../../../server/seams.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const { auth } = locals.app;
  const token = url.searchParams.get('token') ?? '';
  const pending = auth.setupPending();
  if (!pending && locals.signedIn) redirect(303, '/');
  return { token, state: !pending ? 'done' : auth.setupLinkValid(token) ? 'ready' : 'invalid' };
};

const fields = ['municipality', 'name', 'email', 'password'] as const;

/** Registers; a refusal comes back with everything typed but the password. */
async function register(app: App, cookies: Cookies, request: Request, sample: boolean) {
  const form = await request.formData();
  const [municipality, name, email] = fields.map((field) => textOf(form, field).trim()) as [
    string,
    string,
    string,
  ];
  const values = { municipality, name, email };
  const missing = missingOf(form, fields);
  if (missing.length > 0) return fail(400, { values, missing, sample, code: null });
  const done = await app.auth.setUp(textOf(form, 'token'), {
    ...values,
    password: textOf(form, 'password'),
  });
  if (!done.ok) return fail(400, { values, missing, sample, code: done.code });
  setSession(cookies, app, done.session);
  return {
    founder: {
      accountId: done.accountId,
      sessionId: '',
      name,
      email,
      isStaff: true,
    } satisfies SignedIn,
  };
}

export const actions: Actions = {
  start: async ({ locals, cookies, request }) => {
    const registered = await register(locals.app, cookies, request, false);
    if (!('founder' in registered)) return registered;
    redirect(303, '/');
  },
  sample: async ({ locals, cookies, request }) => {
    const registered = await register(locals.app, cookies, request, true);
    if (!('founder' in registered)) return registered;
    const meetingId = locals.app.meetings.foundSample(registered.founder);
    redirect(303, `/meetings/${meetingId}/setup?made=sample`);
  },
};
