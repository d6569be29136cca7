/** 意見への対応: every decided opinion with its reply; a section replies for its own projects ([P9]). */
import { error, fail } from '@sveltejs/kit';
import { obstacle } from '#domain/obstacle.ts';
import { mayEver } from '#domain/permission.ts';
import { answeredOpinions, replyProgress } from '#domain/replies.ts';
import { roomOf } from '#domain/room.ts';
import type { HeadingId, ItemId } from '#domain/types.ts';
import { ask } from '$lib/server/ask.ts';
import { seatAt } from '$lib/server/door.ts';
import { textOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = seatAt(event, event.params.id);
  if (!mayEver(me.role, 'export')) error(403, { message: 'may not read replies' });
  const room = roomOf(meeting);
  const opinions = answeredOpinions(meeting);
  return {
    meeting: { id: meeting.id, title: meeting.title, phase: meeting.phase },
    replies: mayEver(me.role, 'replyToOpinion'),
    opinions: opinions.map((opinion) => ({
      ...opinion,
      blocked: obstacle(room, me.id, { type: 'replyToOpinion', itemId: opinion.itemId }),
    })),
    progress: replyProgress(opinions),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const seat = seatAt(event, event.params.id);
    const form = await event.request.formData();
    const [itemId, headingId] = [
      textOf(form, 'item') as ItemId,
      textOf(form, 'heading') as HeadingId,
    ];
    const bullet = Number(textOf(form, 'bullet'));
    const [text, due] = [textOf(form, 'text'), textOf(form, 'due')];
    const about = { itemId, headingId, bullet, text, due };
    const ack = ask(event.locals, seat, {
      type: 'replyToOpinion',
      ...about,
      due: due === '' ? null : due,
    });
    return ack.ok ? { ...about, code: null } : fail(409, { ...about, code: ack.refused });
  },
};
