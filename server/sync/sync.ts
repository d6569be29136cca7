/**
 * The Yjs door: opens documents, lets connections in, and offers the few things the rest of the
 * server may do with a document. It knows no HTTP route, no session table and no rule of a meeting.
 */
import type { AccountId, MeetingId } from '#domain/types.ts';
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

export function createSync(options: SyncOptions): Sync {
  const { database, clock, accessOf, seed } = options;
  const scheduler = options.scheduler ?? realScheduler;
  const limits = { ...defaultLimits, ...options.limits };
  const log = options.log ?? (() => undefined);
  const batch = new Batch(database, scheduler, limits, log);
  const sockets = new SocketDoor(scheduler, limits);
  const rooms = new Map<string, Room>();
  const connections = new Set<Connection>();
  /** Whoever may see the meeting sees everybody in it, in whichever of its documents they are. */
  const companies = new Map<MeetingId, Company>();

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
      const company = new Company();
      // Observers see only observers.
      if (ref.kind !== 'meeting' || ref.audience === 'observers') return company;
      const present = companies.get(ref.meetingId) ?? company;
      companies.set(ref.meetingId, present);
      return present;
    },
    ended(connection) {
      if (connections.delete(connection)) options.observe?.closed();
    },
    release(room) {
      if (room.connections.size > 0 || room.waiting > 0) return;
      room.release();
      remove(room);
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

  function remove({ ref }: Room): void {
    rooms.delete(ref.name);
    if (ref.kind !== 'meeting') return;
    if (companies.get(ref.meetingId)?.parts.length === 0) companies.delete(ref.meetingId);
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
    return new Connection(room, peer, who, { access, clients });
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
      for (const room of [...rooms.values()]) {
        if (!isGone(room.ref.name)) continue;
        room.erase();
        remove(room);
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
      companies.clear();
    },
  };
}
