/**
 * Who stands at a socket, before anything is said on it: the session of the cookie, and whether the
 * request comes from a page of this house.
 */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { AuthRoom } from './auth.ts';
import type { Log } from './log.ts';
import type { SignedIn } from './seams.ts';
import type { Sync } from './sync/seams.ts';

type Parts = {
  readonly auth: Pick<AuthRoom, 'find'>;
  /** Name of the session cookie. */
  readonly cookie: string;
  /** The public address when a proxy stands in front; null takes the Host header's word. */
  readonly origin: string | null;
  readonly log: Log;
};

export type Entrance = {
  readonly identify: (request: IncomingMessage) => SignedIn | null;
  /** A request that a page of this house has made. */
  readonly isOwn: (request: IncomingMessage) => boolean;
  /** Lets WebSockets for the Yjs door in; `others` says what becomes of upgrades to other places. */
  readonly guard: (
    server: HttpServer,
    sync: Pick<Sync, 'upgrade'>,
    others: 'refuse' | 'leave',
  ) => void;
};

export function createEntrance({ auth, cookie, origin, log }: Parts): Entrance {
  const hasOwnOrigin = ({ headers }: IncomingMessage): boolean =>
    headers.origin === (origin ?? `http://${headers.host ?? ''}`);

  const identify = (request: IncomingMessage): SignedIn | null => {
    const token = tokenIn(request.headers.cookie, cookie);
    try {
      return token === undefined ? null : auth.find(token);
    } catch (error) {
      // Nothing catches behind a socket: a disk that fails now would end the process.
      log.error('identify-failed', error);
      return null;
    }
  };

  return {
    identify,
    isOwn: (request) => hasOwnOrigin(request) || isOwnGet(request),
    guard(server, sync, others) {
      server.on('upgrade', (request, socket, head) => {
        // Without a listener one reset connection would end the process.
        socket.on('error', () => socket.destroy());
        const path = request.url ?? '';
        if (path.startsWith('/socket.io/')) return;
        if (!path.startsWith('/yjs/')) {
          if (others === 'refuse') refuse(socket, '404 Not Found');
          return;
        }
        const who = hasOwnOrigin(request) ? identify(request) : null;
        if (!who) refuse(socket, '401 Unauthorized');
        else sync.upgrade(request, socket, head, who);
      });
    },
  };
}

/** Browsers send no Origin with a GET to their own house; long polling begins with one. */
const isOwnGet = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.origin === undefined &&
  headers.upgrade === undefined &&
  (headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin';

function tokenIn(header: string | undefined, name: string): string | undefined {
  const prefix = `${name}=`;
  const found = header?.split('; ').find((pair) => pair.startsWith(prefix));
  return found?.slice(prefix.length);
}

function refuse(socket: { end(text: string): unknown }, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
