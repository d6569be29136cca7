/** 資料: what is printed about the meeting. */
import { fail } from '@sveltejs/kit';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import { ask } from '$lib/server/ask.ts';
import { earlierOf, readDetails, typedOf } from '$lib/server/details.ts';
import { preparerAt } from '$lib/server/door.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me, person } = preparerAt(event, event.params.id);
  return {
    typed: typedOf(meeting),
    printedBy: meeting.municipality,
    earlier: earlierOf(event, person.accountId, meeting.id),
    blocked: obstacle(roomOf(meeting), me.id, { type: 'changeDetails' }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const read = readDetails(await event.request.formData(), seat.meeting);
    if (!read.ok) return fail(400, { ...read, code: null });
    const ack = ask(event.locals, seat, { type: 'changeDetails', details: read.details });
    const typed = typedOf(read.details);
    return ack.ok
      ? { ok: true as const, typed, errors: {}, code: null }
      : fail(409, { ok: false as const, typed, errors: {}, code: ack.refused });
  },
};
