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
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      // First of all: one bad frame without a listener ends the whole process.
      webSocket.on('error', () => webSocket.terminate());
      const line = connect(makePeer(webSocket, this.#limits));
      if (!line) return;
      webSocket.on('message', (data: Buffer, isBinary) => {
        // [Y3] Every message of the protocol is binary.
        if (isBinary) line.receive(data);
        else webSocket.close(CLOSE.malformed, 'text');
      });
      const stop = this.#watch(webSocket);
      webSocket.on('close', () => {
        stop();
        line.closed();
      });
    });
  }

  /** Ends a peer whose network went away without a word. */
  #watch(webSocket: WebSocket): () => void {
    let isAlive = true;
    webSocket.on('pong', () => {
      isAlive = true;
    });
    const look = () => {
      if (!isAlive) return webSocket.terminate();
      isAlive = false;
      webSocket.ping();
      cancel = this.#scheduler.after(this.#limits.pulseMs, look);
    };
    let cancel = this.#scheduler.after(this.#limits.pulseMs, look);
    return () => cancel();
  }
}

/** Answers a request that is no document, before any WebSocket exists. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function makePeer(webSocket: WebSocket, limits: Limits): Peer {
  return {
    send(bytes) {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(bytes);
    },
    close(code, reason) {
      // What piles up in front of the close frame would keep the socket open.
      if (webSocket.bufferedAmount > limits.bufferedBytes) webSocket.terminate();
      else webSocket.close(code, reason);
    },
    get bufferedAmount() {
      return webSocket.bufferedAmount;
    },
  };
}
