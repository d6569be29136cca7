/** The own drafts of opinions: stored as they are typed, for nobody else's eyes ([P12]). */
import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import { keepsDrafts } from '#domain/preview.ts';
import type { HeadingId, ItemId } from '#domain/types.ts';
import { DRAFT_LENGTH } from '#protocol/draft.ts';
import { seatAt } from '$lib/server/door.ts';
import type { RequestHandler } from './$types';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const schema = v.strictObject({
  itemId: id,
  headingId: id,
  text: v.pipe(v.string(), v.maxLength(DRAFT_LENGTH)),
});

export const PUT: RequestHandler = async (event) => {
  const { request, url, params, locals } = event;
  // Kit looks at the origin of forms only.
  if (request.headers.get('origin') !== url.origin) error(403);
  const { meeting, me } = seatAt(event, params.id);
  const body = v.safeParse(schema, await request.json().catch(() => null));
  if (!body.success) error(400);
  const { text } = body.output;
  const item = meeting.items.find((each) => each.id === (body.output.itemId as ItemId));
  const heading = meeting.headings.find((each) => each.id === (body.output.headingId as HeadingId));
  if (!item || !heading) error(404);
  // An empty one may always go: it is taken back.
  if (text !== '' && !keepsDrafts(meeting, me, item)) error(409);
  locals.app.meetings.saveDraft({ meeting, me }, { itemId: item.id, headingId: heading.id, text });
  return json({ ok: true }, { headers: { 'Cache-Control': 'no-store' } });
};
