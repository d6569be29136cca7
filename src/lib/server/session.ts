/** The session cookie, set and cleared in one place so that its attributes never differ. */
import type { Cookies } from '@sveltejs/kit';
import type { App, NewSession } from '../../../server/seams.ts';

type Jar = Pick<Cookies, 'set' | 'delete'>;
type Where = Pick<App, 'sessionCookie' | 'secureCookies'>;

export function setSession(cookies: Jar, app: Where, session: NewSession): void {
  cookies.set(app.sessionCookie, session.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: app.secureCookies,
    expires: new Date(session.expiresAt),
  });
}

export function clearSession(cookies: Jar, app: Where): void {
  cookies.delete(app.sessionCookie, { path: '/', secure: app.secureCookies });
}
