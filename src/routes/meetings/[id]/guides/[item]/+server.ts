/** KPIからみた目安 of one item, for those who may read it now ([P13]); to others there is no such page. */
import { error, json } from '@sveltejs/kit';
import { guideFor } from '#domain/guide.ts';
import { readsGuide } from '#domain/preview.ts';
import { seatAt } from '$lib/server/door.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  const { params, locals } = event;
  const { meeting, me } = seatAt(event, params.id);
  const { guide, evaluatedYear } = meeting;
  const item = meeting.items.find(({ id }) => id === params.item);
  if (!item || guide === 'off') error(404);
  const { meetings } = locals.app;
  const ballots = meetings.ownBallots({ meeting, me });
  const hasRated =
    meetings.ownRatings({ meeting, me })[item.id] !== undefined ||
    item.rounds.some(({ id }) => ballots[id] !== undefined);
  if (!readsGuide(meeting, me, item, hasRated)) error(404);
  const guidance = guideFor(item.sheet, evaluatedYear, guide);
  return json(guidance, { headers: { 'Cache-Control': 'no-store' } });
};
