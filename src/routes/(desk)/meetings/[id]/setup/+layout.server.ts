/** The frame of the preparation: which meeting, how far it is, what its tabs count. */
import { onCouncil } from '#domain/quorum.ts';
import { preparerAt } from '$lib/server/door.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = (event) => {
  const { meeting } = preparerAt(event, event.params.id);
  const { id, title, heldOn, place, phase, evaluatedYear, participants } = meeting;
  const council = participants.filter(onCouncil);
  return {
    meeting: { id, title, heldOn, place, phase, evaluatedYear },
    counts: {
      items: meeting.items.length,
      people: participants.length,
      council: council.length,
      joined: council.filter(({ accountId }) => accountId !== null).length,
      criteria: meeting.criteria.length,
    },
  };
};
