/**
 * The WebSocket under y-websocket, made to count: the server acknowledges by the number of the
 * frame on its connection. It also keeps back what the provider should not send: the presence of
 * other people, and carets more often than anybody can look.
 */
import * as decoding from 'lib0/decoding';
import { MESSAGE } from '#protocol/sync.ts';

export type Traffic = {
  /** The whole of what the server lacks went out in this frame. */
  sentAll(frame: number): void;
  /** One update went out in this frame. */
  sentOne(frame: number): void;
  /** The clientID of this page. */
  readonly client: number;
};

const ALL = 1;
const ONE = 2;
const PRESENCE_MS = 60;

export function countingSocket(Plain: typeof WebSocket, traffic: Traffic): typeof WebSocket {
  return class extends Plain {
    #frames = 0;
    #presence: Uint8Array<ArrayBuffer> | undefined;
    #timer: ReturnType<typeof setTimeout> | undefined;

    override send(data: Uint8Array<ArrayBuffer>): void {
      if (data[0] === MESSAGE.awareness) return this.#sendPresence(data);
      this.#count(data);
      if (data[0] !== MESSAGE.sync) return;
      if (data[1] === ALL) traffic.sentAll(this.#frames);
      if (data[1] === ONE) traffic.sentOne(this.#frames);
    }

    override close(code?: number, reason?: string): void {
      clearTimeout(this.#timer);
      super.close(code, reason);
    }

    #count(data: Uint8Array<ArrayBuffer>): void {
      this.#frames++;
      super.send(data);
    }

    #sendPresence(data: Uint8Array<ArrayBuffer>): void {
      if (subjectOf(data) !== traffic.client) return;
      // At once, then the latest of what came while it was too early for the next.
      this.#presence = data;
      if (this.#timer) return;
      this.#flushPresence();
    }

    #flushPresence(): void {
      this.#timer = undefined;
      const presence = this.#presence;
      this.#presence = undefined;
      if (!presence || this.readyState !== this.OPEN) return;
      this.#count(presence);
      this.#timer = setTimeout(() => this.#flushPresence(), PRESENCE_MS);
    }
  };
}

/** The clientID an awareness message is about; the provider speaks of others in messages of their own. */
function subjectOf(message: Uint8Array): number | undefined {
  const decoder = decoding.createDecoder(message);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return decoding.readVarUint(decoder) === 1 ? decoding.readVarUint(decoder) : undefined;
}
