/** The fields of 会議の情報 as a form posts them, checked by the schema of the command itself. */
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { MeetingDetails } from '#domain/meeting.ts';
import type { AccountId, MeetingId } from '#domain/types.ts';
import { detailsSchema } from '#protocol/command.ts';
import type { MeetingListing } from '../../../server/seams.ts';
import { textOf } from './fields.ts';

export type DetailsField = keyof MeetingDetails;
export type DetailsErrors = Partial<Record<DetailsField, 'missing' | 'tooLong' | 'malformed'>>;
/** What was typed, to be shown again. */
export type DetailsTyped = Readonly<Record<Exclude<DetailsField, keyof Kept>, string>>;

/** What no field of the form holds. */
export type Kept = Pick<MeetingDetails, 'municipality' | 'rehearsal'>;

/** A meeting that may be linked as last year's. */
export type Earlier = Pick<MeetingListing, 'id' | 'title' | 'evaluatedYear'>;

/** [P11] The meetings this person is 事務局 of, but the one itself. */
export const earlierOf = (
  { locals }: Pick<RequestEvent, 'locals'>,
  accountId: AccountId,
  itself: MeetingId | null,
): readonly Earlier[] =>
  locals.app.meetings
    .listFor(accountId)
    .filter(({ id, role }) => role === 'secretariat' && id !== itself)
    .map(({ id, title, evaluatedYear }) => ({ id, title, evaluatedYear }));

type Read =
  | { readonly ok: true; readonly details: MeetingDetails }
  | { readonly ok: false; readonly typed: DetailsTyped; readonly errors: DetailsErrors };

export function readDetails(form: FormData, kept: Kept): Read {
  const typed: DetailsTyped = {
    title: textOf(form, 'title'),
    evaluatedYear: textOf(form, 'evaluatedYear'),
    heldOn: textOf(form, 'heldOn'),
    place: textOf(form, 'place'),
    quorumRule: textOf(form, 'quorumRule'),
    chairVotes: textOf(form, 'chairVotes'),
    chairInQuorum: textOf(form, 'chairInQuorum'),
    mode: textOf(form, 'mode'),
    gathering: textOf(form, 'gathering'),
    deadline: textOf(form, 'deadline'),
    guide: textOf(form, 'guide'),
    previousMeetingId: textOf(form, 'previousMeetingId'),
  };
  const parsed = v.safeParse(detailsSchema, {
    ...typed,
    municipality: kept.municipality,
    previousMeetingId: typed.previousMeetingId === '' ? null : typed.previousMeetingId,
    rehearsal: kept.rehearsal,
    evaluatedYear: Number(typed.evaluatedYear),
    chairVotes: typed.chairVotes === 'yes',
    chairInQuorum: typed.chairInQuorum === 'yes',
    deadline: deadlineOf(typed),
  });
  if (parsed.success) return { ok: true, details: parsed.output };
  const errors: DetailsErrors = {};
  for (const issue of parsed.issues) {
    const field = issue.path?.[0]?.key as DetailsField;
    const empty = field in typed && typed[field as keyof DetailsTyped].trim() === '';
    errors[field] ??= empty ? 'missing' : issue.type === 'max_length' ? 'tooLong' : 'malformed';
  }
  return { ok: false, typed, errors };
}

export const typedOf = (details: MeetingDetails): DetailsTyped => ({
  title: details.title,
  evaluatedYear: String(details.evaluatedYear),
  heldOn: details.heldOn,
  place: details.place,
  quorumRule: details.quorumRule,
  chairVotes: details.chairVotes ? 'yes' : 'no',
  chairInQuorum: details.chairInQuorum ? 'yes' : 'no',
  mode: details.mode,
  gathering: details.gathering,
  deadline: details.deadline === null ? '' : japanTime(details.deadline),
  guide: details.guide,
  previousMeetingId: details.previousMeetingId ?? '',
});

const JAPAN_MS = 9 * 3_600_000;

/** As `datetime-local` wants it, on Japan's clock wherever the server stands. */
const japanTime = (instant: number): string =>
  new Date(instant + JAPAN_MS).toISOString().slice(0, 16);

/** Only 書面 has a deadline; a text that is no time is NaN, which the schema refuses. */
function deadlineOf({ gathering, deadline }: DetailsTyped): number | null {
  if (gathering !== 'circulated') return null;
  return Date.parse(`${deadline}:00Z`) - JAPAN_MS;
}
