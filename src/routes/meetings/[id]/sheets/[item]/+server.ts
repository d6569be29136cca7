/** The sheet of one item as JSON, for a browser that looks at another item than it came with. */
import { error, json } from '@sveltejs/kit';
import { readsSheets } from '#domain/permission.ts';
import { seatAt } from '$lib/server/door.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  const { params, locals } = event;
  const { meeting, me } = seatAt(event, params.id);
  const item = meeting.items.find(({ id }) => id === params.item);
  if (!item || !readsSheets(me.role, meeting.phase)) error(404);
  const { id: itemId, sheetRev, sheet } = item;
  const previous = locals.app.meetings.previous({ meeting, me }, itemId);
  return json({ itemId, sheetRev, sheet, previous }, { headers: { 'Cache-Control': 'no-store' } });
};
