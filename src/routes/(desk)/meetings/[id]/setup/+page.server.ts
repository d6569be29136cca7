/** 事業: the items of the meeting, in the order they will be taken up. */
import { fail } from '@sveltejs/kit';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import type { ItemId } from '#domain/types.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt } from '$lib/server/door.ts';
import { textOf } from '$lib/server/fields.ts';
import { countFindings } from '$lib/sheet/findings.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = preparerAt(event, event.params.id);
  const blocked = (type: 'importItems' | 'addItem' | 'moveItem' | 'removeItem') =>
    obstacle(roomOf(meeting), me.id, { type });
  return {
    items: meeting.items.map(({ id, sheet, state, questions }) => ({
      id,
      no: sheet.no,
      name: sheet.name,
      sections: sheet.sections,
      kpis: sheet.kpis.length,
      openDirections: sheet.kpis.filter(({ direction }) => direction === null).length,
      findings: countFindings(sheet, meeting.evaluatedYear),
      openQuestions: questions.filter(({ answer }) => answer === null).length,
      decided: state === 'decided',
    })),
    blocked: {
      import: blocked('importItems'),
      add: blocked('addItem'),
      move: blocked('moveItem'),
      remove: blocked('removeItem'),
    },
    made: event.url.searchParams.get('made'),
    imported: Number(event.url.searchParams.get('imported')) || 0,
    saved: meeting.items.find(({ id }) => id === event.url.searchParams.get('saved'))?.sheet.name,
  };
};

export const actions: Actions = {
  move: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const form = await event.request.formData();
    const up = textOf(form, 'up');
    const itemId = (up || textOf(form, 'down')) as ItemId;
    const from = seat.meeting.items.findIndex(({ id }) => id === itemId);
    const position = from + (up ? -1 : 1);
    const name = seat.meeting.items[from]?.sheet.name ?? '';
    // Already there: two people may be sorting at the same time.
    if (from < 0 || position < 0 || position >= seat.meeting.items.length) return {};
    const ack = ask(event.locals, seat, { type: 'moveItem', itemId, position });
    return ack.ok ? { moved: { name, position: position + 1 } } : fail(409, { code: ack.refused });
  },
  remove: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const itemId = textOf(await event.request.formData(), 'itemId') as ItemId;
    const name = seat.meeting.items.find(({ id }) => id === itemId)?.sheet.name ?? '';
    const ack = ask(event.locals, seat, { type: 'removeItem', itemId });
    return ack.ok ? { removed: name } : fail(409, { code: ack.refused });
  },
};
