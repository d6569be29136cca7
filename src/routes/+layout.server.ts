/** What every page knows: the language, the municipality, who is signed in. */
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
  locale: locals.locale,
  municipality: locals.app.municipality(),
  person: locals.signedIn && { name: locals.signedIn.name, isStaff: locals.signedIn.isStaff },
});
