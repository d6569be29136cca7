/** Whose the words of an item's opinions are: names by clientID, for those who write them too ([P15]). */
import { error, json } from '@sveltejs/kit';
import type { ItemId } from '#domain/types.ts';
import { seatAt } from '$lib/server/door.ts';
import type { RequestHandler } from './$types';

/** As many as a page asks for at once. */
const MANY = 200;

export const GET: RequestHandler = (event) => {
  const seated = seatAt(event, event.params.id);
  const asked = event.url.searchParams.get('client');
  const clients = asked ? asked.split(',') : [];
  if (clients.length > MANY || !clients.every((client) => /^\d{1,10}$/.test(client))) error(400);
  const { app } = event.locals;
  const names = app.meetings.authors(seated, event.params.item as ItemId, clients.map(Number));
  // Neither that it exists nor that it is withheld.
  if (!names) error(404);
  return json(Object.fromEntries(names), { headers: { 'Cache-Control': 'no-store' } });
};
