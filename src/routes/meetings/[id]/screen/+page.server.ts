/** What everybody may see, for the projector: the shared view and the sheet of the item. */
import { seatAt } from '$lib/server/door.ts';
import { itemOf } from '#domain/room.ts';
import { readsSheets } from '#domain/permission.ts';
import { audienceOf, viewOf } from '#protocol/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me, person } = seatAt(event, event.params.id);
  const item = itemOf(meeting, meeting.currentItemId);
  return {
    view: viewOf(meeting, audienceOf(meeting, me)),
    audience: audienceOf(meeting, me),
    sheet:
      item && readsSheets(me.role, meeting.phase)
        ? { itemId: item.id, sheetRev: item.sheetRev, sheet: item.sheet }
        : null,
    accountId: person.accountId,
    now: event.locals.app.clock(),
  };
};
