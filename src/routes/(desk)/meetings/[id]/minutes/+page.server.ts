/** 議事録: the text as it stands or as it is locked, and what this person has to do about it. */
import { error } from '@sveltejs/kit';
import { effectiveRole, mayEver, minutesAccess } from '#domain/permission.ts';
import { draftMinutes } from '#formats/minutesdraft.ts';
import { particularRows } from '#formats/particulars.ts';
import { minutesOf, particularsOf } from '#formats/record.ts';
import { seatAt } from '$lib/server/door.ts';
import { lockedEdition } from '$lib/server/minutes.ts';
import { audienceOf, viewOf } from '#protocol/view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const seated = seatAt(event, event.params.id);
  const { meeting, me, person } = seated;
  if (!mayEver(me.role, 'readMinutes')) error(403, { message: 'may not read the minutes' });
  const { meetings, clock } = event.locals.app;
  const { approved, requests, status } = meeting.minutes;
  const role = effectiveRole(me, meeting);
  const writes = minutesAccess(role, meeting.phase, status) === 'write';
  const entries = approved.length > 0 ? meetings.record(seated) : [];
  return {
    view: viewOf(meeting, audienceOf(meeting, me)),
    audience: audienceOf(meeting, me),
    me: { id: me.id, accountId: person.accountId },
    particulars: particularRows(minutesOf(meeting)),
    // To be filled in by the office, which alone prints them while they are being written.
    head: mayEver(me.role, 'fillParticulars') ? meeting.minutes.particulars : null,
    text: meetings.minutes(seated) ?? [],
    // What the record says now, for a section that is to be written anew.
    drafted: writes ? draftMinutes(meeting, (itemId) => meetings.opinions(seated, itemId)) : [],
    // Newest first.
    versions: approved
      .map((each) => ({
        ...lockedEdition(meeting, each, entries),
        particulars: particularRows({
          ...minutesOf(meeting),
          ...particularsOf(each.particulars),
        }),
      }))
      .toReversed(),
    // What somebody wants changed is for the office, and for whoever asked.
    requests: requests.filter(
      ({ participantId }) => me.role === 'secretariat' || participantId === me.id,
    ),
    now: clock(),
  };
};
