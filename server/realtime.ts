/**
 * The only file that knows Socket.IO. Every command goes through one wrapper: who are you, is this
 * well formed, how often; then `execute` answers. There is always exactly one answer.
 */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { AccountId, Instant, MeetingId } from '#domain/types.ts';
import type { Ack, DoorCode } from '#protocol/ack.ts';
import { OUTDATED, PROTOCOL_VERSION } from '#protocol/version.ts';
import type { SignedIn } from './seams.ts';
import type { Log } from './log.ts';
import type { Carrier } from './sync/carrier.ts';
import { defaultLimits } from './sync/limits.ts';
import type { Lines } from './vigil.ts';

type Parts = {
  readonly clock: () => Instant;
  readonly log: Log;
  /** Whether the page that asks is one of ours. */
  readonly originAllowed: (request: IncomingMessage) => boolean;
  readonly identify: (request: IncomingMessage) => SignedIn | null;
  readonly alive: (sessionId: string) => boolean;
  /** Counts what the wrapper refused before anything was asked of a meeting. */
  readonly refused: (code: DoorCode, who: SignedIn) => void;
  /** The Yjs messages of a browser whose network lets no WebSocket through. */
  readonly carry: (carrier: Carrier, who: SignedIn) => void;
  readonly execute: (envelope: unknown, who: { readonly accountId: AccountId }) => Ack;
  /** What a person alone may know of a meeting, or null without a seat in it. */
  readonly own: (accountId: AccountId, meetingId: MeetingId) => object | null;
};

/** The sockets of a session or an account end within the tick. */
export type Realtime = Lines & {
  attach(server: HttpServer): void;
  /** Sockets that are connected now. */
  count(): number;
  close(): Promise<void>;
};

const doorEvents: ReadonlySet<string> = new Set(['yjs-open', 'yjs', 'yjs-close']);

type Handler = (payload: unknown) => object | null;

/** Twenty at once, ten a second: far above what hands can do. */
const BURST = 20;
const PER_SECOND = 10;

/** The longest command (bytes of JSON); files do not travel this way. */
const COMMAND_BYTES = 64 * 1024;
/** A whole frame of the Yjs door: over long polling its bytes become base64, four for three. */
const MESSAGE_BYTES = Math.ceil((defaultLimits.frameBytes * 4) / 3) + 4 * 1024;

export function createRealtime(parts: Parts): Realtime {
  const { log } = parts;
  const io = new Server({
    path: '/socket.io/',
    serveClient: false,
    // The Yjs door shares the port; engine.io would cut its slow upgrades after a second.
    destroyUpgrade: false,
    maxHttpBufferSize: MESSAGE_BYTES,
    allowRequest: (request, decide) => {
      decide(null, parts.originAllowed(request) && parts.identify(request) !== null);
    },
  });

  io.use((socket, next) => {
    // A page of another version would misread what it gets; it is told to load again.
    const version = (socket.handshake.auth as { version?: unknown }).version;
    next(version === PROTOCOL_VERSION ? undefined : new Error(OUTDATED));
  });
  io.on('connection', (socket) => {
    const who = parts.identify(socket.request);
    if (!who) {
      socket.disconnect(true);
      return;
    }
    void socket.join([sessionRoom(who.sessionId), accountRoom(who.accountId)]);
    socket.data = { sessionId: who.sessionId };
    parts.carry(socket, who);
    listen(socket, who, {
      command: (payload) => parts.execute(payload, who),
      mine(payload) {
        const meetingId = (payload as { meetingId?: unknown } | null)?.meetingId;
        return typeof meetingId === 'string' && meetingId.length <= 64
          ? parts.own(who.accountId, meetingId as MeetingId)
          : null;
      },
    });
    socket.on('error', (error: unknown) => {
      // An event of this name from a browser ends here too, and would fill the log as it likes.
      if (error instanceof Error) log.error('socket-error', error);
    });
  });

  /** One wrapper for whatever arrives: schema and rights are checked behind it, crashes end here. */
  const listen = (socket: Socket, who: SignedIn, handlers: Readonly<Record<string, Handler>>) => {
    const known = new Map(Object.entries(handlers));
    const allow = tokenBucket(parts.clock);
    socket.onAny((event: string, ...parameters: unknown[]) => {
      // The door has limits and answers of its own.
      if (doorEvents.has(event)) return;
      const last = parameters.at(-1);
      const answer = typeof last === 'function' ? (last as (value: unknown) => void) : undefined;
      const refuse = (refused: DoorCode) => {
        parts.refused(refused, who);
        answer?.({ ok: false, refused } satisfies Ack);
      };
      try {
        const handle = known.get(event);
        if (!parts.alive(who.sessionId)) {
          refuse('signed-out');
          socket.emit('signed-out');
          socket.disconnect(true);
        } else if (!allow()) {
          refuse('too-fast');
        } else if (isHuge(answer ? parameters.slice(0, -1) : parameters)) {
          refuse('too-large');
        } else {
          // A page of another version must not wait for ever for what nobody listens to.
          answer?.(handle ? handle(parameters[0]) : MALFORMED);
        }
      } catch (error) {
        log.error('socket-handler-failed', error);
        answer?.({ ok: false, refused: 'internal' } satisfies Ack);
      }
    });
  };

  const end = (room: string) => {
    const sockets = io.in(room);
    sockets.emit('signed-out');
    sockets.disconnectSockets(true);
  };

  return {
    attach: (server) => void io.attach(server),
    *sessions() {
      for (const { data } of io.sockets.sockets.values()) {
        yield (data as { sessionId: string }).sessionId;
      }
    },
    revoke: (sessionId) => end(sessionRoom(sessionId)),
    dropAccount: (accountId) => end(accountRoom(accountId)),
    count: () => io.sockets.sockets.size,
    async close() {
      io.disconnectSockets(true);
      // Not io.close(): that would also wait for the http server, whose end is main's business.
      io.engine?.close();
      await Promise.resolve();
    },
  };
}

const MALFORMED: Ack = { ok: false, refused: 'malformed' };

const sessionRoom = (sessionId: string) => `session:${sessionId}`;
const accountRoom = (accountId: AccountId) => `account:${accountId}`;

/** What the wire let through for the documents may still be too much for a command. */
function isHuge(parameters: readonly unknown[]): boolean {
  try {
    return Buffer.byteLength(JSON.stringify(parameters)) > COMMAND_BYTES;
  } catch {
    return true; // nested more deeply than anything that fits
  }
}

function tokenBucket(clock: () => Instant): () => boolean {
  let tokens = BURST;
  let last = clock();
  return () => {
    const now = clock();
    // A clock that was put back must not take away what had been earned.
    const passed = Math.max(0, now - last);
    tokens = Math.min(BURST, tokens + (passed / 1000) * PER_SECOND);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
