/** 評価項目 and 意見等の見出し: what people vote on, and under which headings they write. */
import { fail } from '@sveltejs/kit';
import type { Command } from '#domain/command.ts';
import type { Criterion, Heading } from '#domain/meeting.ts';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt } from '$lib/server/door.ts';
import { jsonOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = preparerAt(event, event.params.id);
  return {
    criteria: meeting.criteria,
    headings: meeting.headings,
    blocked: obstacle(roomOf(meeting), me.id, { type: 'changeCriteria' }),
  };
};

async function change(event: RequestEvent, part: 'criteria' | 'headings') {
  const seat = preparerAt(event, event.params.id);
  const posted = jsonOf(await event.request.formData(), part);
  // The schema of the command judges what is in it; here it is only given its name.
  const command: Command =
    part === 'criteria'
      ? { type: 'changeCriteria', criteria: posted as readonly Criterion[] }
      : { type: 'changeHeadings', headings: posted as readonly Heading[] };
  const ack = ask(event.locals, seat, command);
  return ack.ok ? { part, code: null } : fail(409, { part, code: ack.refused });
}

export const actions: Actions = {
  criteria: (event) => change(event, 'criteria'),
  headings: (event) => change(event, 'headings'),
};
