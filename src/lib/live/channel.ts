/**
 * Looks like a WebSocket to y-websocket, and travels over a Socket.IO connection the page has
 * anyway: for networks that let no WebSocket through. Slower, never wrong: the same messages.
 */

/** What a Socket.IO client offers, and all that is needed of it. */
export type Carrier = {
  readonly connected: boolean;
  on(event: string, handle: (...values: unknown[]) => void): unknown;
  off(event: string, handle: (...values: unknown[]) => void): unknown;
  emit(event: string, ...values: unknown[]): unknown;
};

const ABNORMAL = 1006;

export function channelSocket(carrier: Carrier, nextChannel: () => number): typeof WebSocket {
  class Channel {
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    readyState = 0;
    binaryType = 'arraybuffer';
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    readonly #channel = nextChannel();

    constructor(url: string) {
      carrier.on('yjs', this.#take);
      carrier.on('yjs-closed', this.#closed);
      carrier.on('disconnect', this.#lost);
      // The provider sets its handlers after this.
      queueMicrotask(() => this.#open(url));
    }

    send(data: Uint8Array): void {
      if (this.readyState === this.OPEN) carrier.emit('yjs', this.#channel, data);
    }

    close(): void {
      if (this.readyState === this.CLOSED) return;
      carrier.emit('yjs-close', this.#channel);
      this.#end(ABNORMAL, '');
    }

    #open(url: string): void {
      if (this.readyState === this.CLOSED) return;
      if (!carrier.connected) return this.#end(ABNORMAL, '');
      const { pathname, search } = new URL(url);
      carrier.emit('yjs-open', this.#channel, pathname.slice('/yjs/'.length), search.slice(1));
      this.readyState = this.OPEN;
      this.onopen?.();
    }

    #end(code: number, reason: string): void {
      if (this.readyState === this.CLOSED) return;
      this.readyState = this.CLOSED;
      carrier.off('yjs', this.#take);
      carrier.off('yjs-closed', this.#closed);
      carrier.off('disconnect', this.#lost);
      this.onclose?.({ code, reason });
    }

    #take = (channel: unknown, data: unknown): void => {
      if (channel === this.#channel) this.onmessage?.({ data: data as ArrayBuffer });
    };

    #closed = (channel: unknown, code: unknown, reason: unknown): void => {
      if (channel === this.#channel) this.#end(Number(code), String(reason));
    };

    #lost = (): void => this.#end(ABNORMAL, '');
  }
  return Channel as unknown as typeof WebSocket;
}
