/** 来年度の会議を作る: founds next year's meeting from one that is over, all of it in one transaction ([M17]). */
import { moveYears, nextDetails, nextEvents } from '#domain/nextyear.ts';
import type { MeetingId } from '#domain/types.ts';
import type { Execute } from './execute.ts';
import type { Seated, SignedIn } from './seams.ts';

export function foundNext(
  parts: { readonly execute: Pick<Execute, 'found'>; readonly newId: () => string },
  founder: SignedIn,
  { meeting, me }: Seated,
): MeetingId {
  const isOver = meeting.phase === 'closed' || meeting.phase === 'published';
  if (!founder.isStaff || me.role !== 'secretariat' || !isOver) {
    throw new Error('only staff in the secretariat of a meeting that is over make the next one');
  }
  return parts.execute.found(founder, nextDetails(meeting), {
    criteria: meeting.criteria,
    headings: meeting.headings.map(({ id, text }) => ({ id, text: moveYears(text) })),
    events: nextEvents(meeting, founder.accountId, parts.newId),
  });
}
