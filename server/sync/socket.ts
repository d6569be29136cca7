/**
 * The WebSocket transport: from an upgrade request to a `Peer`. Frames a message once for all who
 * get it, and survives whatever a client sends before, during and after the handshake.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type Server } from 'ws';
import { CLOSE } from '#protocol/sync.ts';
import type { Limits } from './limits.ts';
import type { Scheduler } from './scheduler.ts';
import type { Line, Peer } from './seams.ts';

export class SocketDoor {
  readonly limits: Limits;
  readonly #server: Server<typeof PeerSocket>;
  readonly #scheduler: Scheduler;
  readonly #framed = new WeakMap<Uint8Array, Buffer>();
  readonly #peers = new Set<SocketPeer>();
  #stopLooking: (() => void) | undefined;

  constructor(scheduler: Scheduler, limits: Limits) {
    this.#scheduler = scheduler;
    this.limits = limits;
    this.#server = new WebSocketServer({
      WebSocket: PeerSocket,
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
      const peer = new SocketPeer(webSocket, socket, this);
      const line = connect(peer);
      if (line) peer.listen(line);
    });
    socket.uncork();
  }

  /** An unmasked binary frame, made once however many peers get the message. */
  frameOf(message: Uint8Array): Buffer {
    let frame = this.#framed.get(message);
    if (!frame) this.#framed.set(message, (frame = makeFrame(message)));
    return frame;
  }

  enter(peer: SocketPeer): void {
    this.#peers.add(peer);
    if (this.#peers.size === 1) this.#lookLater();
  }

  leave(peer: SocketPeer): void {
    this.#peers.delete(peer);
    if (this.#peers.size === 0) this.#stopLooking?.();
  }

  /** Ends peers whose network went away without a word; one timer for all of them. */
  #lookLater(): void {
    this.#stopLooking?.();
    this.#stopLooking = this.#scheduler.after(this.limits.pulseMs, () => {
      for (const peer of this.#peers) peer.look();
      if (this.#peers.size > 0) this.#lookLater();
    });
  }
}

/** Answers a request that is no document, before any WebSocket exists. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

class SocketPeer implements Peer {
  readonly #webSocket: PeerSocket;
  readonly #socket: Duplex;
  readonly #door: SocketDoor;
  #line: Line | undefined;
  /** Since the last look. */
  #isHeard = true;

  constructor(webSocket: PeerSocket, socket: Duplex, door: SocketDoor) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    this.#door = door;
  }

  listen(line: Line): void {
    this.#line = line;
    this.#webSocket.peer = this;
    this.#webSocket.on('message', onMessage).on('pong', onPong).on('close', onClose);
    this.#door.enter(this);
  }

  send(...messages: readonly Uint8Array[]): void {
    const socket = this.#socket;
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    // Past `ws`, which would frame again for each peer and hand over header and body apart.
    // Without compression it writes whole frames at once too, so none can get into another.
    if (messages.length > 1) socket.cork();
    for (const message of messages) socket.write(this.#door.frameOf(message));
    if (messages.length > 1) socket.uncork();
  }

  close(code: number, reason: string): void {
    const webSocket = this.#webSocket;
    // What piles up in front of the close frame would keep the socket open.
    if (webSocket.bufferedAmount > this.#door.limits.bufferedBytes) webSocket.terminate();
    else webSocket.close(code, reason);
  }

  get bufferedAmount(): number {
    return this.#socket.writableLength;
  }

  receive(data: Buffer, isBinary: boolean): void {
    // [Y3] Every message of the protocol is binary.
    if (isBinary) this.#line?.receive(data);
    else this.#webSocket.close(CLOSE.malformed, 'text');
  }

  hear(): void {
    this.#isHeard = true;
  }

  look(): void {
    if (this.#isHeard) this.#webSocket.ping();
    else this.#webSocket.terminate();
    this.#isHeard = false;
  }

  gone(): void {
    this.#door.leave(this);
    this.#line?.closed();
  }
}

/** Leads to the peer: closures for each socket would be a good part of what a reader costs. */
class PeerSocket extends WebSocket {
  peer: SocketPeer | undefined;
}

const peerOf = (webSocket: WebSocket) =>
  webSocket instanceof PeerSocket ? webSocket.peer : undefined;

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  peerOf(this)?.receive(data, isBinary);
}

function onPong(this: WebSocket): void {
  peerOf(this)?.hear();
}

function onClose(this: WebSocket): void {
  peerOf(this)?.gone();
}

function terminate(this: WebSocket): void {
  this.terminate();
}

/** An unmasked binary frame. */
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
