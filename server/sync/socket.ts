/**
 * The WebSocket transport: from an upgrade request to a `Peer`. Frames a message once for all who
 * get it, and survives whatever a client sends before, during and after the handshake.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE } from '#protocol/sync.ts';
import type { Limits } from './limits.ts';
import type { Scheduler } from './scheduler.ts';
import type { Line, Peer } from './seams.ts';

export class SocketDoor {
  readonly #server: WebSocketServer;
  readonly #scheduler: Scheduler;
  readonly #limits: Limits;
  readonly #framed: Framed = new WeakMap();
  /** Each open socket, and whether it was heard of since the last look. */
  readonly #heard = new Map<WebSocket, boolean>();
  #stopLooking: (() => void) | undefined;

  constructor(scheduler: Scheduler, limits: Limits) {
    this.#scheduler = scheduler;
    this.#limits = limits;
    this.#server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: limits.frameBytes,
      clientTracking: false,
    });
  }

  accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    connect: (peer: Peer) => Line | undefined,
  ): void {
    // The answer to the upgrade and the first messages leave together.
    socket.cork();
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      // First of all: one bad frame without a listener ends the whole process.
      webSocket.on('error', terminate);
      const line = connect(makePeer(webSocket, socket, this.#framed, this.#limits));
      if (line) this.#listen(webSocket, line);
    });
    socket.uncork();
  }

  /** Apart from `accept`, whose request and query would live as long as these listeners. */
  #listen(webSocket: WebSocket, line: Line): void {
    webSocket.on('message', (data: Buffer, isBinary) => {
      // [Y3] Every message of the protocol is binary.
      if (isBinary) line.receive(data);
      else webSocket.close(CLOSE.malformed, 'text');
    });
    this.#heard.set(webSocket, true);
    webSocket.on('pong', () => this.#heard.set(webSocket, true));
    webSocket.on('close', () => {
      this.#heard.delete(webSocket);
      if (this.#heard.size === 0) this.#stopLooking?.();
      line.closed();
    });
    if (this.#heard.size === 1) this.#lookLater();
  }

  /** Ends peers whose network went away without a word; one timer for all of them. */
  #lookLater(): void {
    this.#stopLooking?.();
    this.#stopLooking = this.#scheduler.after(this.#limits.pulseMs, () => {
      for (const [webSocket, isAlive] of this.#heard) {
        this.#heard.set(webSocket, false);
        if (isAlive) webSocket.ping();
        else webSocket.terminate();
      }
      if (this.#heard.size > 0) this.#lookLater();
    });
  }
}

/** Answers a request that is no document, before any WebSocket exists. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function terminate(this: WebSocket): void {
  this.terminate();
}

type Framed = WeakMap<Uint8Array, Buffer>;

function makePeer(webSocket: WebSocket, socket: Duplex, framed: Framed, limits: Limits): Peer {
  return {
    send(...messages) {
      if (webSocket.readyState !== webSocket.OPEN) return;
      // Past `ws`, which would frame again for each peer and hand over header and body apart.
      // Without compression it writes whole frames at once too, so none can get into another.
      if (messages.length > 1) socket.cork();
      for (const message of messages) socket.write(frameOf(message, framed));
      if (messages.length > 1) socket.uncork();
    },
    close(code, reason) {
      // What piles up in front of the close frame would keep the socket open.
      if (webSocket.bufferedAmount > limits.bufferedBytes) webSocket.terminate();
      else webSocket.close(code, reason);
    },
    get bufferedAmount() {
      return socket.writableLength;
    },
  };
}

/** An unmasked binary frame, made once however many peers get the message. */
function frameOf(message: Uint8Array, framed: Framed): Buffer {
  let frame = framed.get(message);
  if (!frame) framed.set(message, (frame = makeFrame(message)));
  return frame;
}

function makeFrame(message: Uint8Array): Buffer {
  const { length } = message;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x82; // the last part of a binary message
  frame[1] = head === 2 ? length : head === 4 ? 126 : 127;
  if (head === 4) frame.writeUInt16BE(length, 2);
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(message, head);
  return frame;
}
