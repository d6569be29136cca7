/** 照合番号 of the closing, for every seat: what the room and the projector show once it is over. */
import { json } from '@sveltejs/kit';
import { seatAt } from '$lib/server/door.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  json(event.locals.app.meetings.seal(seatAt(event, event.params.id)));
