/** 事業を編集する */
import { error, fail, redirect } from '@sveltejs/kit';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import type { ProjectSheet } from '#domain/sheet.ts';
import type { ItemId, QuestionId } from '#domain/types.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt, previousAt, seatAt } from '$lib/server/door.ts';
import { jsonOf, textOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = preparerAt(event, event.params.id);
  const item = meeting.items.find(({ id }) => id === event.params.item);
  if (!item) error(404, { message: 'no such item', code: 'unknown-item' });
  const may = (type: 'changeItem' | 'askQuestion' | 'answerQuestion') =>
    obstacle(roomOf(meeting), me.id, { type, itemId: item.id });
  return {
    sheet: item.sheet,
    seen: item.sheetRev,
    blocked: may('changeItem'),
    questions: item.questions,
    names: Object.fromEntries(meeting.participants.map(({ id, name }) => [id, name])),
    canAsk: may('askQuestion') === null,
    canAnswer: may('answerQuestion') === null,
    previous: event.locals.app.meetings.previous({ meeting, me }, item.id),
    previousMeeting: previousAt(event, meeting),
  };
};

export const actions: Actions = {
  save: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const itemId = event.params.item as ItemId;
    const form = await event.request.formData();
    const [sheet, seen] = [jsonOf(form, 'sheet') as ProjectSheet, Number(textOf(form, 'seen'))];
    const ack = ask(event.locals, seat, { type: 'changeItem', itemId, sheet, seen });
    if (!ack.ok) {
      // [W9] With what somebody else has made of it, so that the page can bring both together.
      const { meeting } = seatAt(event, event.params.id);
      const item = meeting.items.find(({ id }) => id === itemId);
      const changed = ack.refused === 'sheet-changed' && item;
      const current = changed ? { sheet: item.sheet, seen: item.sheetRev } : null;
      return fail(409, { code: ack.refused, current });
    }
    redirect(303, `/meetings/${seat.meeting.id}/setup?saved=${itemId}`);
  },
  ask: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const text = textOf(await event.request.formData(), 'text');
    const itemId = event.params.item as ItemId;
    const ack = ask(event.locals, seat, { type: 'askQuestion', itemId, text });
    return ack.ok ? { code: null } : fail(409, { code: ack.refused });
  },
  answer: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const form = await event.request.formData();
    const ack = ask(event.locals, seat, {
      type: 'answerQuestion',
      itemId: event.params.item as ItemId,
      questionId: textOf(form, 'questionId') as QuestionId,
      text: textOf(form, 'text'),
    });
    return ack.ok ? { code: null } : fail(409, { code: ack.refused });
  },
};
