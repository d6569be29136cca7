/** Remembers the chosen language and leads back to the page; a plain form post, no script needed. */
import { redirect, type RequestHandler } from '@sveltejs/kit';
import { isLocale } from '$lib/messages.ts';
import { ownPath } from '$lib/server/door.ts';

const YEAR = 365 * 24 * 60 * 60;

export const POST: RequestHandler = async ({ request, cookies, locals }) => {
  const form = await request.formData();
  const chosen = form.get('language');
  if (isLocale(chosen)) {
    cookies.set('kensho-language', chosen, {
      path: '/',
      maxAge: YEAR,
      sameSite: 'lax',
      httpOnly: true,
      secure: locals.app.secureCookies,
    });
  }
  redirect(303, ownPath(form.get('back')));
};
