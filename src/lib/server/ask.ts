/**
 * How a form action asks for a change: one command, under a fresh id, checked by the same schema as
 * on the socket, answered with an ack.
 */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Command } from '#domain/command.ts';
import type { Ack } from '#protocol/ack.ts';
import { envelopeSchema } from '#protocol/command.ts';
import type { Seated, SignedIn } from '../../../server/seams.ts';

export function ask(
  locals: App.Locals,
  { meeting, person }: Pick<Seated, 'meeting'> & { readonly person: SignedIn },
  command: Command,
): Ack {
  const asked = { meetingId: meeting.id, id: randomUUID(), command };
  const envelope = v.safeParse(envelopeSchema, asked);
  return envelope.success
    ? locals.app.execute(envelope.output, person)
    : { ok: false, refused: 'malformed' };
}
