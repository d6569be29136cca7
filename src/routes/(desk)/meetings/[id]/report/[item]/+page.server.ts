/** 実施報告書 of one project: for its sections and the secretariat ([W1]). */
import { error, fail } from '@sveltejs/kit';
import { formAccess, mayEver } from '#domain/permission.ts';
import { itemOf } from '#domain/room.ts';
import type { ItemId, QuestionId } from '#domain/types.ts';
import { fieldsOf } from '#formats/reportfields.ts';
import { audienceOf, viewOf } from '#protocol/view.ts';
import { ask } from '$lib/server/ask.ts';
import { seatAt } from '$lib/server/door.ts';
import { textOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad } from './$types';

type Visit = Parameters<typeof seatAt>[0] & { readonly params: { id: string; item: string } };

function reporterAt(visit: Visit) {
  const seat = seatAt(visit, visit.params.id);
  const { meeting, me } = seat;
  if (!mayEver(me.role, 'changeItem')) error(403, { message: 'sections and secretariat only' });
  const item = itemOf(meeting, visit.params.item as ItemId);
  if (!item) error(404, { message: 'no such item', code: 'unknown-item' });
  const { state, sheet } = item;
  const access = formAccess(me, meeting.phase, { state, sections: sheet.sections });
  if (access === 'none') error(403, { message: 'not a project of this section' });
  return { seat, item, access };
}

export const load: PageServerLoad = (event) => {
  const { seat, item, access } = reporterAt(event);
  const { meeting, me, person } = seat;
  return {
    view: viewOf(meeting, audienceOf(meeting, me)),
    audience: audienceOf(meeting, me),
    accountId: person.accountId,
    role: me.role,
    itemId: item.id,
    access,
    sheet: item.sheet,
    fields: event.locals.app.forms.fields(meeting, item),
    known: fieldsOf(item.sheet, meeting.evaluatedYear),
  };
};

export const actions: Actions = {
  reflect: (event) => {
    const { seat, item } = reporterAt(event);
    const ack = event.locals.app.forms.reflect(seat.meeting, item, seat.person);
    return ack.ok ? { reflected: true } : fail(409, { code: ack.refused });
  },
  answer: async (event) => {
    const { seat, item } = reporterAt(event);
    const form = await event.request.formData();
    const questionId = textOf(form, 'question') as QuestionId;
    const text = textOf(form, 'text').trim();
    if (text === '') return fail(400, { unanswered: questionId });
    const command = { type: 'answerQuestion', itemId: item.id, questionId, text } as const;
    const ack = ask(event.locals, seat, command);
    return ack.ok ? { answered: questionId } : fail(409, { answerCode: ack.refused, questionId });
  },
};
