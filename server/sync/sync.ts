/**
 * The Yjs door: opens documents, lets connections in, and offers the few things the rest of the
 * server may do with a document. It knows no HTTP route, no session table and no rule of a meeting.
 */
import type { AccountId } from '#domain/types.ts';
import { parseDocumentName, type DocumentName, type DocumentRef } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import { Batch } from './batch.ts';
import { compact, compare } from './check.ts';
import { Connection } from './connection.ts';
import { NoSuchDocument } from './document.ts';
import { readHello, readTarget } from './hello.ts';
import { codeOf, type House } from './house.ts';
import { defaultLimits } from './limits.ts';
import { Company } from './presence.ts';
import { Room } from './room.ts';
import { rules } from './rules.ts';
import { realScheduler } from './scheduler.ts';
import type { Line, Peer, Sync, SyncOptions, Who } from './seams.ts';
import { refuseUpgrade, SocketDoor } from './socket.ts';
import { Turn } from './turn.ts';

/** The meeting whose people see each other in this document; observers see only observers. */
const meetingSeen = (ref: DocumentRef) =>
  ref.kind === 'meeting' && ref.audience !== 'observers' ? ref.meetingId : undefined;

export function createSync(options: SyncOptions): Sync {
  const { database, clock, accessOf, seed } = options;
  const scheduler = options.scheduler ?? realScheduler;
  const limits = { ...defaultLimits, ...options.limits };
  const log = options.log ?? (() => undefined);
  const batch = new Batch(database, scheduler, limits.batchMs, log);
  const sockets = new SocketDoor(scheduler, limits);
  const rooms = new Map<string, Room>();
  const connections = new Set<Connection>();

  const house: House = {
    database,
    clock,
    accessOf,
    seed,
    scheduler,
    limits,
    log,
    observe: options.observe,
    rules: Object.entries(rules),
    sessionAlive: options.sessionAlive ?? (() => true),
    want: (room) => batch.want(room),
    companyOf(ref) {
      const meeting = meetingSeen(ref);
      const other = [...rooms.values()].find((room) => meetingSeen(room.ref) === meeting);
      return meeting === undefined || !other ? new Company() : other.presence.company;
    },
    release(room) {
      if (room.connections.size > 0 || room.waiting > 0) return;
      room.release();
      rooms.delete(room.ref.name);
    },
  };

  let stopPulse = scheduler.after(limits.pulseMs, pulse);
  function pulse(): void {
    for (const connection of connections) connection.pulse();
    stopPulse = scheduler.after(limits.pulseMs, pulse);
  }

  function roomOf(ref: DocumentRef): Room {
    let room = rooms.get(ref.name);
    if (!room) rooms.set(ref.name, (room = new Room(ref, house)));
    return room;
  }

  function roomNamed(name: DocumentName): Room {
    const ref = parseDocumentName(name);
    if (!ref) throw new Error(`no document can be called ${name}`);
    return roomOf(ref);
  }

  /** The code to close with, or the new connection. */
  function admit(peer: Peer, who: Who, name: string, query: URLSearchParams): Connection | number {
    const hello = readHello(name, query, limits.clientsPerConnection);
    if (!hello) return CLOSE.forbidden;
    // [Y2] No right, no look: also not at whether the document exists.
    const { access } = accessOf(who.accountId, hello.ref);
    if (access === 'none') return CLOSE.forbidden;
    if (!hello.isCurrent) return CLOSE.outdated;
    const { clients } = hello;
    if (!clients) return CLOSE.malformed;
    // [Y4]
    const own = [...connections].filter(({ who: { accountId } }) => accountId === who.accountId);
    if (own.length >= limits.connectionsPerAccount) return CLOSE.tooMany;
    const room = roomOf(hello.ref);
    // Most likely this browser was signed in as another person when the page was loaded.
    if (!room.mayUse(who.accountId, clients)) return CLOSE.outdated;
    return new Connection(room, peer, who, { access, clients }, (ended) => {
      if (connections.delete(ended)) options.observe?.closed();
    });
  }

  function connect(peer: Peer, who: Who, name: string, query: URLSearchParams): Line | undefined {
    let result: Connection | number;
    try {
      result = admit(peer, who, name, query);
    } catch (error) {
      log('document-unavailable', { document: name, error: codeOf(error) });
      result = error instanceof NoSuchDocument ? CLOSE.forbidden : CLOSE.unavailable;
    }
    if (typeof result === 'number') {
      log('connection-refused', { account: who.accountId, code: result });
      peer.close(result, 'refused');
      return undefined;
    }
    connections.add(result);
    options.observe?.opened();
    return result;
  }

  function endAll(whose: (who: Who) => boolean): void {
    for (const connection of [...connections]) {
      if (whose(connection.who)) connection.end(CLOSE.signedOut, 'signed out');
    }
  }

  return {
    connect,
    upgrade(request, socket, head, who) {
      const target = readTarget(request.url ?? '');
      if (!target) return refuseUpgrade(socket, '404 Not Found');
      sockets.accept(request, socket, head, (peer) =>
        connect(peer, who, target.name, target.query),
      );
    },
    change(name, work) {
      batch.flush();
      const turn = Turn.ofServer(roomNamed(name), work);
      if (turn.changes) batch.commit([turn]);
    },
    read(name, work) {
      batch.flush();
      return work(roomNamed(name).stored.doc);
    },
    check(name) {
      batch.flush();
      return compare(database, name, roomNamed(name).stored.doc);
    },
    compact(name) {
      batch.flush();
      // Not opened for this: what is not in memory cannot differ from the log.
      return compact(database, name, rooms.get(name)?.stored.doc);
    },
    flush: () => batch.flush(),
    erase(isGone) {
      for (const [name, room] of rooms) {
        if (!isGone(room.ref.name)) continue;
        rooms.delete(name);
        room.erase();
      }
    },
    narrow(name) {
      for (const connection of [...(rooms.get(name)?.connections ?? [])]) {
        connection.isStillWelcome();
      }
    },
    revoke: (sessionId) => endAll((who) => who.sessionId === sessionId),
    dropAccount: (accountId) => endAll((who) => who.accountId === accountId),
    sessions: () => new Set([...connections].map(({ who }) => who.sessionId)),
    present(name) {
      const here = [...(rooms.get(name)?.connections ?? [])].map(({ who }) => who.accountId);
      return [...new Set<AccountId>(here)];
    },
    close() {
      for (const room of rooms.values()) room.bindNow();
      batch.flush();
      batch.stop();
      stopPulse();
      for (const connection of [...connections]) connection.end(CLOSE.restart, 'restart');
      for (const room of rooms.values()) room.release();
      rooms.clear();
    },
  };
}
