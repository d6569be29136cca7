/**
 * One browser with one document open: counts its frames, holds it to its limits and its right, and
 * hands what is left to the room. Whatever the peer does, nothing here throws.
 */
import * as Y from 'yjs';
import { CLOSE, MESSAGE, type Access } from '#protocol/sync.ts';
import { readEdit } from './edit.ts';
import { codeOf } from './house.ts';
import { Bucket } from './limits.ts';
import { readClaim } from './presence.ts';
import type { Room } from './room.ts';
import type { Line, Peer, Who } from './seams.ts';
import {
  Malformed,
  makeAnswer,
  makePresence,
  makeWelcome,
  orMalformed,
  readMessage,
  type Message,
} from './wire.ts';

export class Connection implements Line {
  readonly who: Who;
  readonly access: Access;
  /** The clientIDs of the hello: the page's own, then those of earlier pages it still sends for. */
  readonly clients: readonly number[];
  /** True once it has the state; updates make sense from here. */
  isAnswered = false;
  readonly #room: Room;
  readonly #peer: Peer;
  readonly #messages: Bucket;
  readonly #presences: Bucket;
  readonly #bytes: Bucket;
  #frames = 0;
  #isOpen = true;
  #wasQuiet = false;
  #asked: Uint8Array | undefined;
  #owesAsk = false;
  #answeredAt = -Infinity;
  #stopAnswer: (() => void) | undefined;

  constructor(
    room: Room,
    peer: Peer,
    who: Who,
    hello: { access: Access; clients: readonly number[] },
  ) {
    this.#room = room;
    this.#peer = peer;
    this.who = who;
    this.access = hello.access;
    this.clients = hello.clients;
    const { limits, scheduler } = room.house;
    const now = scheduler.now();
    this.#messages = new Bucket(limits.messagesPerSecond, now);
    this.#presences = new Bucket(limits.messagesPerSecond, now);
    this.#bytes = new Bucket(limits.bytesPerSecond, now);
    room.enter(this);
    const { user } = room.rightOf(who.accountId);
    const welcome = makeWelcome(this.access, room.presence.stamp(who.accountId, user));
    const states = room.presence.all();
    this.send(welcome, ...(states ? [makePresence(states)] : []));
  }

  /** The one clientID this connection speaks for in the presence. */
  get client(): number | undefined {
    return this.clients[0];
  }

  receive(bytes: Uint8Array): void {
    if (!this.#isOpen) return;
    this.#frames++;
    this.#room.house.observe?.received();
    this.#guard(() => {
      if (this.#isWithinLimits(bytes) && this.isStillWelcome()) this.#take(readMessage(bytes));
    });
  }

  closed(): void {
    this.#leave();
  }

  /** [Y6] the session lives, [Y7] the right is what it was; whose right changed is sent back in. */
  isStillWelcome(): boolean {
    const { house } = this.#room;
    if (!house.sessionAlive(this.who.sessionId)) {
      this.end(CLOSE.signedOut, 'signed out');
      return false;
    }
    const { access } = this.#room.rightOf(this.who.accountId);
    if (access === this.access) return true;
    if (access === 'none') this.end(CLOSE.forbidden, 'forbidden');
    else this.end(CLOSE.rightsChanged, 'rights changed');
    return false;
  }

  send(...messages: readonly Uint8Array[]): void {
    if (!this.#isOpen) return;
    this.#wasQuiet = false;
    this.#peer.send(...messages);
    // [Y20] What this browser does not fetch would fill the memory of the server.
    if (this.#peer.bufferedAmount > this.#room.house.limits.bufferedBytes) {
      this.end(CLOSE.slow, 'too slow');
    }
  }

  /** The server lacks something only this browser has. */
  askAgain(): void {
    this.#answerSoon({ ask: true });
  }

  /** A provider that hears nothing for half a minute reconnects: give it something harmless. */
  pulse(): void {
    if (this.#wasQuiet) this.send(makePresence(new Uint8Array([0])));
    this.#wasQuiet = true;
  }

  end(code: number, reason: string): void {
    if (!this.#isOpen) return;
    this.#leave();
    this.#peer.close(code, reason);
  }

  #leave(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#stopAnswer?.();
    this.#room.leave(this);
    this.#room.house.ended(this);
  }

  /** [Y5] A person does not type faster. What is not stored then comes again as one frame. */
  #isWithinLimits(bytes: Uint8Array): boolean {
    const now = this.#room.house.scheduler.now();
    const isPresence = bytes[0] === MESSAGE.awareness;
    if (this.#bytes.take(bytes.byteLength, now)) {
      // Stock providers echo the presence of everybody else: too much of that is dropped unread.
      if (isPresence) return this.#presences.take(1, now);
      if (this.#messages.take(1, now)) return true;
    }
    this.#room.house.log('too-many', {
      document: this.#room.ref.name,
      account: this.who.accountId,
    });
    this.end(CLOSE.tooMany, 'too many messages');
    return false;
  }

  /** What a peer sent, or a bug it found, ends this connection and no other. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof Malformed) return this.end(CLOSE.malformed, 'malformed');
      const { house, ref } = this.#room;
      house.log('connection-failed', { document: ref.name, error: codeOf(error) });
      this.end(CLOSE.unavailable, 'unavailable');
    }
  }

  #take(message: Message): void {
    switch (message.kind) {
      case 'write':
        return this.#takeWrite(message.update);
      case 'ask':
        this.#asked = message.vector;
        return this.#answerSoon({ ask: true });
      case 'presence':
        return this.#takePresence(message.states);
      case 'ask-presence':
        return this.#sendPresence();
    }
  }

  #takeWrite(update: Uint8Array): void {
    // [Y9] Read to its last byte before anything else looks at it.
    const edit = readEdit(update);
    const at = this.#room.house.scheduler.now();
    this.#room.put({ from: this, number: this.#frames, at, update, edit });
  }

  #takePresence(states: Uint8Array): void {
    if (this.client === undefined) return;
    const claim = readClaim(states, this.client, this.#room.house.limits.presenceBytes);
    if (!claim) return;
    const { user } = this.#room.rightOf(this.who.accountId);
    this.#room.presence.claim(this.client, claim, this.who.accountId, user);
    this.#room.house.want(this.#room);
  }

  #sendPresence(): void {
    const states = this.#room.presence.all();
    if (states) this.send(makePresence(states));
  }

  /** [Y21] An answer may be the whole document, so there is one a second, with the latest vector. */
  #answerSoon({ ask }: { ask: boolean }): void {
    this.#owesAsk ||= ask;
    if (this.#stopAnswer) return;
    const { scheduler, limits } = this.#room.house;
    const wait = this.#answeredAt + limits.answerMs - scheduler.now();
    if (wait <= 0) return this.#answer();
    this.#stopAnswer = scheduler.after(wait, () => {
      this.#stopAnswer = undefined;
      this.#guard(() => this.#answer());
    });
  }

  #answer(): void {
    this.#answeredAt = this.#room.house.scheduler.now();
    const vector = this.#asked;
    const messages: Uint8Array[] = [];
    this.#asked = undefined;
    if (vector) {
      const known = orMalformed(() => Y.decodeStateVector(vector));
      if (this.#isFromAnotherHistory(known)) return this.end(CLOSE.outdated, 'outdated');
      this.isAnswered = true;
      messages.push(known.size === 0 ? this.#room.whole : this.#missing(vector));
    }
    if (this.#owesAsk) messages.push(this.#room.ask);
    this.#owesAsk = false;
    if (messages.length > 0) this.send(...messages);
  }

  #missing(vector: Uint8Array): Uint8Array {
    return makeAnswer(Y.encodeStateAsUpdate(this.#room.stored.doc, vector));
  }

  /** Words of others that are not stored here: the page is from before a backup was restored. */
  #isFromAnotherHistory(known: ReadonlyMap<number, number>): boolean {
    const { stored } = this.#room;
    for (const [client, clock] of known) {
      const isOwn = this.clients.includes(client) || stored.owner(client) === this.who.accountId;
      if (!isOwn && clock > Y.getState(stored.doc.store, client)) return true;
    }
    return false;
  }
}
