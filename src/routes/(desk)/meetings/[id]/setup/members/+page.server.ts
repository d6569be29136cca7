/** 委員: the seats of the meeting, their invitations, and every change to them. */
import { fail } from '@sveltejs/kit';
import { obstacle } from '#domain/obstacle.ts';
import { roomOf } from '#domain/room.ts';
import { roles, type ParticipantId, type Role } from '#domain/types.ts';
import { ask } from '$lib/server/ask.ts';
import { preparerAt } from '$lib/server/door.ts';
import { missingOf, textOf } from '$lib/server/fields.ts';
import type { Seat } from '#domain/command.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) => {
  const { meeting, me } = preparerAt(event, event.params.id);
  const invitations = new Map(
    event.locals.app.meetings.invitations(meeting.id).map((each) => [each.participantId, each]),
  );
  return {
    people: meeting.participants.map(({ id, name, role, affiliation, accountId }) => ({
      id,
      name,
      role,
      affiliation,
      isMe: id === me.id,
      joined: accountId !== null,
      invitation: invitations.get(id) ?? null,
    })),
    blocked: obstacle(roomOf(meeting), me.id, { type: 'addParticipant' }),
    asked: event.url.searchParams.has('invite'),
  };
};

const isRole = (value: string): value is Role => roles.some((role) => role === value);

function seatOf(form: FormData): Seat {
  const role = textOf(form, 'role');
  return {
    name: textOf(form, 'name').trim(),
    role: isRole(role) ? role : 'member',
    affiliation: textOf(form, 'affiliation').trim(),
  };
}

/** The link of a seat: it leaves the server in this one answer. */
function linkOf({ url }: RequestEvent, name: string, made: { token: string; expiresAt: number }) {
  return { name, url: `${url.origin}/invite#${made.token}`, expiresAt: made.expiresAt };
}

export const actions: Actions = {
  invite: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const form = await event.request.formData();
    const typed = { ...seatOf(form), email: textOf(form, 'email').trim() };
    const { email, ...wanted } = typed;
    const missing = missingOf(form, ['name', 'email']);
    const again = { form: 'invite', typed, missing } as const;
    if (missing.length > 0) return fail(400, { ...again, code: null });
    const ack = ask(event.locals, seat, { type: 'addParticipant', seat: wanted });
    if (!ack.ok) return fail(409, { ...again, code: ack.refused });
    const added = preparerAt(event, event.params.id).meeting.participants.findLast(
      ({ name, accountId }) => name === wanted.name && accountId === null,
    );
    if (!added) return fail(409, { ...again, code: 'unknown-participant' as const });
    const { meetings } = event.locals.app;
    const made = meetings.invite(seat.person, seat.meeting.id, added.id, email);
    if (made.ok) return { link: linkOf(event, added.name, made) };
    // The address was wrong: a seat nobody was invited to must not stay behind.
    ask(event.locals, seat, { type: 'removeParticipant', participantId: added.id });
    return fail(400, { ...again, code: made.code });
  },
  link: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const form = await event.request.formData();
    const participantId = textOf(form, 'participantId') as ParticipantId;
    const email = textOf(form, 'email').trim();
    const person = seat.meeting.participants.find(({ id }) => id === participantId);
    const again = { form: 'link', participantId, email } as const;
    if (!person) return fail(404, { ...again, code: 'unknown-participant' as const });
    const made = event.locals.app.meetings.invite(
      seat.person,
      seat.meeting.id,
      participantId,
      email,
    );
    return made.ok
      ? { link: linkOf(event, person.name, made) }
      : fail(400, { ...again, code: made.code });
  },
  change: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const form = await event.request.formData();
    const participantId = textOf(form, 'participantId') as ParticipantId;
    const wanted = seatOf(form);
    const again = { form: 'change', participantId, typed: wanted } as const;
    if (wanted.name === '') return fail(400, { ...again, missing: ['name'], code: null });
    const ack = ask(event.locals, seat, { type: 'changeParticipant', participantId, seat: wanted });
    return ack.ok
      ? { saved: wanted.name }
      : fail(409, { ...again, missing: [], code: ack.refused });
  },
  remove: async (event) => {
    const seat = preparerAt(event, event.params.id);
    const participantId = textOf(await event.request.formData(), 'participantId') as ParticipantId;
    const name = seat.meeting.participants.find(({ id }) => id === participantId)?.name ?? '';
    const ack = ask(event.locals, seat, { type: 'removeParticipant', participantId });
    return ack.ok
      ? { removed: name }
      : fail(409, { form: 'remove' as const, participantId, code: ack.refused });
  },
};
