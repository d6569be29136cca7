/** 事前評価 for the secretariat: its start and end, who has answered (never what), 除斥 proposed. */
import { fail, redirect } from '@sveltejs/kit';
import { namedIn } from '#domain/affiliation.ts';
import type { Command } from '#domain/command.ts';
import { obstacle } from '#domain/obstacle.ts';
import { isRecused, rights } from '#domain/permission.ts';
import { answersOf } from '#domain/preview.ts';
import { onCouncil } from '#domain/quorum.ts';
import { roomOf } from '#domain/room.ts';
import type { ItemId, ParticipantId } from '#domain/types.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt } from '$lib/server/door.ts';
import { textOf } from '$lib/server/fields.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = preparerAt(event, event.params.id);
  const { readTurnout } = rights;
  const tells = readTurnout.phases.includes(meeting.phase) && readTurnout.roles.includes(me.role);
  const rated = tells ? event.locals.app.meetings.rated(meeting.id) : [];
  const room = roomOf(meeting);
  const council = meeting.participants.filter(onCouncil);
  return {
    items: meeting.items.map(({ id, sheet }) => ({ id, no: sheet.no, name: sheet.name })),
    // Names alone: accounts and addresses are no part of it.
    rows: answersOf(meeting, rated).map(({ person: { id, name }, answers, left }) => ({
      person: { id, name },
      answers,
      left,
    })),
    proposals: meeting.items.flatMap((item) =>
      council.flatMap(({ id, name, affiliation }) => {
        const word = namedIn(affiliation, item.sheet);
        if (word === null) return [];
        return [{ itemId: item.id, id, name, word, recused: isRecused(item, id) }];
      }),
    ),
    blocked: {
      start: obstacle(room, me.id, { type: 'startPreview' }),
      end: obstacle(room, me.id, { type: 'endPreview' }),
      recuse: obstacle(room, me.id, { type: 'declareRecusal' }),
    },
    address: `${event.url.origin}/meetings/${meeting.id}`,
    done: event.url.searchParams.get('done'),
  };
};

/** The code of a refusal, or null. */
function refusalOf(event: RequestEvent, command: Command) {
  const ack = ask(event.locals, preparerAt(event, event.params.id), command);
  return ack.ok ? null : ack.refused;
}

export const actions: Actions = {
  start: (event) => {
    const code = refusalOf(event, { type: 'startPreview' });
    if (code) return fail(409, { code });
    redirect(303, `/meetings/${event.params.id}/setup/preview?done=start`);
  },
  end: async (event) => {
    const reason = textOf(await event.request.formData(), 'reason');
    const code = refusalOf(event, { type: 'endPreview', reason });
    return code ? fail(409, { code }) : { ended: true };
  },
  recuse: async (event) => {
    const form = await event.request.formData();
    const itemId = textOf(form, 'itemId') as ItemId;
    const participantId = textOf(form, 'participantId') as ParticipantId;
    const reason = textOf(form, 'reason');
    const code = refusalOf(event, { type: 'declareRecusal', itemId, participantId, reason });
    return code ? fail(409, { code }) : { recused: { itemId, participantId } };
  },
};
