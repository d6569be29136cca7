/** 事業を編集する */
import { error, fail, redirect } from '@sveltejs/kit';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import type { ProjectSheet } from '#domain/sheet.ts';
import type { ItemId } from '#domain/types.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt } from '$lib/server/door.ts';
import { jsonOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = preparerAt(event, event.params.id);
  const item = meeting.items.find(({ id }) => id === event.params.item);
  if (!item) error(404, { message: 'no such item', code: 'unknown-item' });
  return {
    sheet: item.sheet,
    blocked: obstacle(roomOf(meeting), me.id, { type: 'changeItem', itemId: item.id }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const itemId = event.params.item as ItemId;
    const sheet = jsonOf(await event.request.formData(), 'sheet') as ProjectSheet;
    const ack = ask(event.locals, seat, { type: 'changeItem', itemId, sheet });
    if (!ack.ok) return fail(409, { code: ack.refused });
    redirect(303, `/meetings/${seat.meeting.id}/setup?saved=${itemId}`);
  },
};
