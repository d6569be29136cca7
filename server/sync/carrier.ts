/**
 * The Yjs door over a connection that is there already (Socket.IO, when WebSocket is blocked): any
 * number of documents share it, each under a number of the browser's choice. Knows no Socket.IO,
 * only events; whatever a browser sends, nothing here throws.
 */
import { CLOSE } from '#protocol/sync.ts';
import { defaultLimits } from './limits.ts';
import type { Line, Peer, Sync, Who } from './seams.ts';

/** What a Socket.IO socket offers, and all that is needed of it. */
export type Carrier = {
  on(event: string, handle: (...values: unknown[]) => void): unknown;
  emit(event: string, ...values: unknown[]): unknown;
  /** Its `drain` tells that everything handed over has been taken by the network. */
  readonly conn: { on(event: 'drain', handle: () => void): unknown };
};

export function carry(sync: Pick<Sync, 'connect'>, carrier: Carrier, who: Who): void {
  const lines = new Map<number, Line>();
  let buffered = 0;
  carrier.conn.on('drain', () => {
    buffered = 0;
  });

  const peerOf = (channel: number): Peer => ({
    send(...messages) {
      for (const message of messages) {
        buffered += message.byteLength;
        carrier.emit('yjs', channel, message);
      }
    },
    close(code, reason) {
      lines.delete(channel);
      carrier.emit('yjs-closed', channel, code, reason);
    },
    get bufferedAmount() {
      return buffered;
    },
  });

  carrier.on('yjs-open', (channel, name, query) => {
    if (typeof channel !== 'number' || typeof name !== 'string' || typeof query !== 'string')
      return;
    const peer = peerOf(channel);
    if (lines.has(channel)) return peer.close(CLOSE.malformed, 'in use');
    const line = sync.connect(peer, who, name, new URLSearchParams(query));
    if (line) lines.set(channel, line);
  });
  carrier.on('yjs', (channel, bytes) => {
    // A typed array comes out of Socket.IO as a Buffer; anything else is no message.
    const line = lines.get(channel as number);
    if (!line) return;
    const message = bytes instanceof Uint8Array ? bytes : new Uint8Array();
    if (message.byteLength <= defaultLimits.frameBytes) return line.receive(message);
    // [Y3] As `ws` does by itself; the carrier lets through a little more than a frame.
    line.closed();
    peerOf(channel as number).close(CLOSE.tooLong, 'too long');
  });
  carrier.on('yjs-close', (channel) => {
    const line = lines.get(channel as number);
    lines.delete(channel as number);
    line?.closed();
  });
  carrier.on('disconnect', () => {
    for (const line of lines.values()) line.closed();
    lines.clear();
  });
}
