/** What everybody may see, for the projector: the shared view and nothing besides. */
import { seatAt } from '$lib/server/door.ts';
import { viewOf } from '#protocol/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, person } = seatAt(event, event.params.id);
  return { view: viewOf(meeting), accountId: person.accountId, now: event.locals.app.clock() };
};
