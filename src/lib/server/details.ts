/** The fields of 会議の情報 as a form posts them, checked by the schema of the command itself. */
import * as v from 'valibot';
import type { MeetingDetails } from '#domain/meeting.ts';
import { detailsSchema } from '#protocol/command.ts';
import { textOf } from './fields.ts';

export type DetailsField = keyof MeetingDetails;
export type DetailsErrors = Partial<Record<DetailsField, 'missing' | 'tooLong' | 'malformed'>>;
/** What was typed, to be shown again. */
export type DetailsTyped = Readonly<Record<Exclude<DetailsField, 'municipality'>, string>>;

type Read =
  | { readonly ok: true; readonly details: MeetingDetails }
  | { readonly ok: false; readonly typed: DetailsTyped; readonly errors: DetailsErrors };

export function readDetails(form: FormData, municipality: string): Read {
  const typed: DetailsTyped = {
    title: textOf(form, 'title'),
    evaluatedYear: textOf(form, 'evaluatedYear'),
    heldOn: textOf(form, 'heldOn'),
    place: textOf(form, 'place'),
    quorumRule: textOf(form, 'quorumRule'),
    chairVotes: textOf(form, 'chairVotes'),
  };
  const parsed = v.safeParse(detailsSchema, {
    ...typed,
    municipality,
    evaluatedYear: Number(typed.evaluatedYear),
    chairVotes: typed.chairVotes === 'yes',
  });
  if (parsed.success) return { ok: true, details: parsed.output };
  const errors: DetailsErrors = {};
  for (const issue of parsed.issues) {
    const field = issue.path?.[0]?.key as DetailsField;
    const empty = field !== 'municipality' && typed[field].trim() === '';
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
});
