/**
 * Bytes of the y-websocket protocol to messages and back (docs/sync.md). Decides nothing about
 * what a message may do; throws `Malformed` for what cannot be read to its last byte.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import { ACCESS, MESSAGE, type Access, type NackCode } from '#protocol/sync.ts';

export class Malformed extends Error {}

export type Message =
  | { readonly kind: 'ask'; readonly vector: Uint8Array }
  | { readonly kind: 'write'; readonly update: Uint8Array }
  | { readonly kind: 'presence'; readonly states: Uint8Array }
  | { readonly kind: 'ask-presence' };

/** @throws Malformed */
export function readMessage(bytes: Uint8Array): Message {
  return orMalformed(() => {
    const decoder = decoding.createDecoder(bytes);
    const message = readBody(decoder);
    if (decoding.hasContent(decoder)) throw new Malformed('bytes behind the message');
    return message;
  });
}

function readBody(decoder: decoding.Decoder): Message {
  const type = decoding.readVarUint(decoder);
  if (type === MESSAGE.queryAwareness) return { kind: 'ask-presence' };
  if (type === MESSAGE.awareness) {
    return { kind: 'presence', states: decoding.readVarUint8Array(decoder) };
  }
  if (type !== MESSAGE.sync) throw new Malformed('unknown message');
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === messageYjsSyncStep1) return { kind: 'ask', vector: payload };
  // Both write: a right that blocks one blocks the other.
  if (step === messageYjsSyncStep2 || step === messageYjsUpdate) {
    return { kind: 'write', update: payload };
  }
  throw new Malformed('unknown step');
}

/** lib0 and Yjs throw plain errors at bytes that end too early or are no UTF-8. */
export function orMalformed<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed(error instanceof Error ? error.message : 'unreadable');
  }
}

const make = (write: (encoder: encoding.Encoder) => void): Uint8Array => encoding.encode(write);

const makeSync = (step: number, payload: Uint8Array): Uint8Array =>
  make((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });

/** "This is what I have; send me the rest." */
export const makeAsk = (vector: Uint8Array) => makeSync(messageYjsSyncStep1, vector);
/** "This is what you lack"; a provider counts as synced from here. */
export const makeAnswer = (update: Uint8Array) => makeSync(messageYjsSyncStep2, update);
export const makeUpdate = (update: Uint8Array) => makeSync(messageYjsUpdate, update);

export const makePresence = (states: Uint8Array): Uint8Array =>
  make((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, states);
  });

export const makeAck = (frame: number): Uint8Array =>
  make((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.ack);
    encoding.writeVarUint(encoder, frame);
  });

export const makeNack = (frame: number, code: NackCode): Uint8Array =>
  make((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.nack);
    encoding.writeVarUint(encoder, frame);
    encoding.writeVarString(encoder, code);
  });

export const makeWelcome = (access: Access, user: unknown): Uint8Array =>
  make((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.welcome);
    encoding.writeVarUint(encoder, ACCESS.indexOf(access));
    encoding.writeVarString(encoder, JSON.stringify(user));
  });
