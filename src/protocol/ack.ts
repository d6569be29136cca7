/** The answer to a command. There is always exactly one, and a retry gets the same. */
import type { RefusalCode } from '#domain/refusal.ts';

/** Refusals the door gives before a meeting is asked at all. */
export const doorCodes = [
  'malformed', // not a command of this version
  'signed-out', // the session has ended
  'unknown-meeting',
  'too-fast',
  'too-large', // longer than any command is
  'opinions-differ', // [D8] memory and log do not agree, so nothing is frozen
  'id-reused', // the same id with another content
  'internal', // a bug: logged with the command id
] as const;
export type DoorCode = (typeof doorCodes)[number];

export type Ack =
  | { readonly ok: true; readonly rev: number }
  | { readonly ok: false; readonly refused: RefusalCode | DoorCode };
