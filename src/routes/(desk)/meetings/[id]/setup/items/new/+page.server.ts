/** 事業を追加する */
import { fail, redirect } from '@sveltejs/kit';
import type { ProjectSheet } from '#domain/sheet.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt } from '$lib/server/door.ts';
import { jsonOf } from '$lib/server/fields.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const sheet = jsonOf(await event.request.formData(), 'sheet') as ProjectSheet;
    const ack = ask(event.locals, seat, { type: 'addItem', sheet });
    if (!ack.ok) return fail(409, { code: ack.refused });
    const added = preparerAt(event, event.params.id).meeting.items.at(-1);
    redirect(303, `/meetings/${seat.meeting.id}/setup?saved=${added?.id ?? ''}`);
  },
};
