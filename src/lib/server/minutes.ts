/**
 * 議事録 as it is handed out: which text, which version, signed by whom, and the record behind it. What
 * is locked is printed as locked, whatever has been written since.
 */
import { error } from '@sveltejs/kit';
import type { Meeting } from '#domain/meeting.ts';
import type { ApprovedMinutes } from '#domain/confirmation.ts';
import type { Minutes, MinutesSigner } from '#domain/minutes.ts';
import type { ParticipantId } from '#domain/types.ts';
import { parseMinutesText } from '#formats/minutesdraft.ts';
import { minutesOf, particularsOf } from '#formats/record.ts';
import type { RecordEntry } from '#formats/recordfile.ts';
import { exporterAt } from './download.ts';
import type { seatAt } from './door.ts';

type Edition = Pick<Minutes, 'state' | 'body' | 'version' | 'approvedAt' | 'signers' | 'record'> &
  Partial<ReturnType<typeof particularsOf>>;

const nameIn =
  ({ participants }: Meeting) =>
  (id: ParticipantId): string =>
    participants.find((person) => person.id === id)?.name ?? '';

/** A locked version. `entries` is the whole record: the hash of the locking event is in it. */
export function lockedEdition(
  meeting: Meeting,
  { version, reason, text, approvedAt, signed, particulars, seq }: ApprovedMinutes,
  entries: readonly RecordEntry[],
): Edition {
  const name = nameIn(meeting);
  const head = entries.find((entry) => entry.seq === seq)?.hash;
  return {
    ...particularsOf(particulars),
    state: 'approved',
    body: parseMinutesText(text),
    version: { number: version, reason },
    approvedAt,
    signers: signed.map(({ participantId, at }) => ({ name: name(participantId), signedAt: at })),
    record: head === undefined ? null : { count: seq, head },
  };
}

function signersOf(meeting: Meeting): readonly MinutesSigner[] {
  const { signers, signed } = meeting.minutes;
  return signers.map((id) => ({
    name: nameIn(meeting)(id),
    signedAt: signed.find(({ participantId }) => participantId === id)?.at ?? null,
  }));
}

/** What `?version=` and `?kind=` of an address ask for; the newest, and the whole, where they ask nothing. */
export function minutesAt(visit: Parameters<typeof seatAt>[0], meetingId: string) {
  const seated = exporterAt(visit, meetingId);
  const { meeting } = seated;
  const { meetings } = visit.locals.app;
  const { status, approved } = meeting.minutes;
  const asked = visit.url.searchParams.get('version');
  const locked =
    asked === null
      ? status === 'approved'
        ? approved.at(-1)
        : undefined
      : approved.find(({ version }) => String(version) === asked);
  if (asked !== null && !locked) error(404, { message: 'no such version' });
  const kind = visit.url.searchParams.get('kind') === 'summary' ? 'summary' : 'minutes';
  const standing = (itemId: Meeting['items'][number]['id']) => meetings.opinions(seated, itemId);
  const edition: Partial<Edition> = locked
    ? lockedEdition(meeting, locked, meetings.record(seated))
    : { body: meetings.minutes(seated), signers: signersOf(meeting) };
  const minutes = minutesOf(meeting, standing, { ...edition, kind });
  // 議事要旨 is made from the record alone, and preliminary until the minutes are agreed on.
  const summary = { body: null, state: locked ? 'approved' : 'preliminary' } as const;
  return { seated, minutes: kind === 'summary' ? { ...minutes, ...summary } : minutes };
}
