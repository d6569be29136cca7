/**
 * 会議記録: the events of a meeting in words, a page at a time, and whether they fit; for those who
 * conduct it. What somebody stands aside from is not told before it is decided ([P10]).
 */
import { error } from '@sveltejs/kit';
import type { EventBody, MeetingEvent } from '#domain/event.ts';
import type { Meeting } from '#domain/meeting.ts';
import { mayEver, standsAside } from '#domain/permission.ts';
import type { ParticipantId } from '#domain/types.ts';
import { chronicleOf, type ChronicleLine } from '#formats/chronicle.ts';
import type { RecordEntry } from '#formats/recordfile.ts';
import { seatAt } from '$lib/server/door.ts';
import type { PageServerLoad } from './$types';

const PAGE = 100;

export const load: PageServerLoad = async (event) => {
  const seated = seatAt(event, event.params.id);
  const { meeting, me } = seated;
  if (!mayEver(me.role, 'exportRecord')) error(403, { message: 'may not read the record' });
  const isClosed = meeting.phase === 'closed' || meeting.phase === 'published';
  // The number of entries alone would tell how many have voted.
  if (standsAside(me.id, meeting.items)) error(403, { message: 'stands aside', code: 'recused' });
  const { meetings, office } = event.locals.app;
  const entries = meetings.record(seated);
  const head = entries.at(-1)?.hash ?? null;
  const own = { meetingId: meeting.id, count: entries.length, head, entries };
  const checked = await office.run('checkRecord', own);
  const pages = Math.max(1, Math.ceil(entries.length / PAGE));
  const asked = Number(event.url.searchParams.get('page') ?? 1);
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  return {
    meeting: { id: meeting.id, title: meeting.title, phase: meeting.phase },
    // Null: the office had no time for it.
    findings: checked.ok ? checked.value : null,
    seal: head === null ? null : { count: entries.length, head },
    closing: meetings.seal(seated),
    isClosed,
    all: entries.length,
    page,
    pages,
    first: (page - 1) * PAGE + 1,
    lines: linesOf(meeting, entries).slice((page - 1) * PAGE, page * PAGE),
  };
};

/** None where an entry cannot be read: the check says so. */
function linesOf(meeting: Meeting, entries: readonly RecordEntry[]): readonly ChronicleLine[] {
  try {
    return chronicleOf(entries.map(eventOf(meeting)));
  } catch {
    return [];
  }
}

const eventOf =
  (meeting: Meeting) =>
  ({ seq, at, actor, kind, body }: RecordEntry): MeetingEvent => ({
    meetingId: meeting.id,
    seq,
    at,
    actor: actor as ParticipantId | null,
    body: { kind, ...(JSON.parse(body) as object) } as EventBody,
  });
