/**
 * One document and everybody who has it open. Between two ticks it collects frames; what it tells
 * anybody is always the stored state.
 */
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import type { DocumentRef } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import type { Connection } from './connection.ts';
import { StoredDocument } from './document.ts';
import { codeOf, type House } from './house.ts';
import { Presence } from './presence.ts';
import type { Right } from './seams.ts';
import type { Frame } from './turn.ts';
import { makeAnswer, makeAsk, makePresence, makeUpdate } from './wire.ts';

/** A clientID is in the table this long after its hello, or with its first words if they are sooner (ms). */
const BIND_MS = 1_000;

export class Room {
  readonly ref: DocumentRef;
  readonly house: House;
  readonly connections = new Set<Connection>();
  readonly presence: Presence;
  #stored: StoredDocument | undefined;
  #frames: Frame[] = [];
  #whole: Uint8Array | undefined;
  #ask: Uint8Array | undefined;
  #bindingIsDue = false;
  #presenceAt = -Infinity;
  #stopPresence: (() => void) | undefined;
  #stopResting: (() => void) | undefined;
  #stopBinding: (() => void) | undefined;

  constructor(ref: DocumentRef, house: House) {
    this.ref = ref;
    this.house = house;
    this.presence = new Presence(house.companyOf(ref), this);
    this.#rest();
  }

  /** The document, loaded when it is not. @throws when it cannot be opened */
  get stored(): StoredDocument {
    if (this.#stored) return this.#stored;
    const { database, clock, seed } = this.house;
    this.#stored = StoredDocument.open(database, this.ref, seed, clock());
    for (const connection of this.connections) this.#bind(connection);
    return this.#stored;
  }

  /** Somebody came in whose clientID is not in the table, long enough ago to store nothing else. */
  get owesBinding(): boolean {
    return this.#bindingIsDue && (this.#stored?.hasUnbound ?? false);
  }

  get waiting(): number {
    return this.#frames.length;
  }

  rightOf(accountId: AccountId): Right {
    return this.house.accessOf(accountId, this.ref);
  }

  enter(connection: Connection): void {
    this.#stopResting?.();
    this.#stopResting = undefined;
    this.connections.add(connection);
    this.#bind(connection);
    if (this.#stored?.hasUnbound) this.#bindSoon();
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    const { client } = connection;
    // A browser that lost its line may be back before the old line is known to be dead.
    if (client !== undefined && ![...this.connections].some((other) => other.client === client)) {
      this.presence.remove(client);
      this.house.want(this);
    }
    if (this.connections.size === 0) this.#rest();
  }

  /** [Y11] No clientID of these belongs to somebody else, by the table or by who is here. */
  mayUse(accountId: AccountId, clients: readonly number[]): boolean {
    const isFree = (client: number) => {
      const owner = this.stored.owner(client);
      return owner === undefined || owner === accountId;
    };
    return (
      clients.every(isFree) &&
      ![...this.connections].some(
        (other) =>
          other.who.accountId !== accountId && other.clients.some((id) => clients.includes(id)),
      )
    );
  }

  /** What is bound in memory goes to the table with the next tick, whatever else it holds. */
  bindNow(): void {
    this.#stopBinding?.();
    this.#stopBinding = undefined;
    this.#bindingIsDue = true;
    this.house.want(this);
  }

  /** Somebody who is seen here moved, perhaps in another document. */
  heard(): void {
    if (this.connections.size > 0) this.house.want(this);
  }

  put(frame: Frame): void {
    this.#frames.push(frame);
    this.house.want(this);
  }

  takeFrames(): readonly Frame[] {
    const frames = this.#frames;
    this.#frames = [];
    return frames;
  }

  /** The whole state, encoded once for all who join between two changes. */
  get whole(): Uint8Array {
    this.#whole ??= makeAnswer(this.stored.takeState());
    return this.#whole;
  }

  /** What the browser answers with everything that is missing here. */
  get ask(): Uint8Array {
    this.#ask ??= makeAsk(Y.encodeStateVector(this.stored.doc));
    return this.#ask;
  }

  /**
   * A tick is stored: one write to everybody whom it concerns, the same bytes for all of them
   * except for what answers their own frames.
   */
  tell(update: Uint8Array | undefined, answers: ReadonlyMap<Connection, readonly Uint8Array[]>) {
    this.#bindingIsDue = false;
    if (update) {
      this.#whole = undefined;
      this.#ask = undefined;
    }
    if (update && this.#stored?.wantsSnapshot) this.#keepSnapshot(this.#stored);
    const presence = this.#takePresence();
    const common = [...(update ? [makeUpdate(update)] : []), ...(presence ? [presence] : [])];
    // Most ticks of a joining herd concern few of them.
    for (const connection of common.length > 0 ? this.connections : answers.keys()) {
      const own = answers.get(connection);
      // Before its first answer a browser could not place an update.
      const shared = connection.isAnswered ? common : [];
      if (own) connection.send(...shared, ...own);
      else if (shared.length > 0) connection.send(...shared);
    }
  }

  /** Carets move with every letter; they are told more rarely than the letters. */
  #takePresence(): Uint8Array | undefined {
    if (!this.presence.hasChanges) return undefined;
    const { scheduler, limits } = this.house;
    const now = scheduler.now();
    const wait = this.#presenceAt + limits.presenceMs - now;
    if (wait > 0) {
      this.#stopPresence ??= scheduler.after(wait, () => {
        this.#stopPresence = undefined;
        this.house.want(this);
      });
      return undefined;
    }
    this.#presenceAt = now;
    const states = this.presence.takeChanges();
    return states && makePresence(states);
  }

  /** Memory is not what is stored any more: the next look loads it again. */
  forget(): void {
    this.#stored?.destroy();
    this.#stored = undefined;
    this.#whole = undefined;
    this.#ask = undefined;
  }

  /** The document cannot be served now, or a bug showed: everybody comes back later. */
  fail(error: unknown): void {
    this.house.log('document-unavailable', { document: this.ref.name, error: codeOf(error) });
    this.#frames = [];
    this.close(CLOSE.unavailable, 'unavailable');
  }

  close(code: number, reason: string): void {
    for (const connection of [...this.connections]) connection.end(code, reason);
    this.forget();
  }

  /** There is no such document any more: nothing of it may be stored again. */
  erase(): void {
    this.#frames = [];
    this.close(CLOSE.forbidden, 'erased');
    this.presence.leave();
    this.#stopResting?.();
    this.#stopPresence?.();
    this.#stopBinding?.();
  }

  /** Leaves memory; what was written since the last snapshot is kept in a new one. */
  release(): void {
    this.presence.leave();
    this.#stopResting?.();
    this.#stopPresence?.();
    this.#stopBinding?.();
    if (this.#stored?.isBehindSnapshot) this.#keepSnapshot(this.#stored);
    this.forget();
  }

  #keepSnapshot(stored: StoredDocument): void {
    try {
      this.house.database.transaction((tx) => stored.keepSnapshot(tx));
    } catch (error) {
      // Loading will take longer, that is all.
      this.house.log('snapshot-failed', { document: this.ref.name, error: codeOf(error) });
    }
  }

  /** A herd that joins shares one commit, and does not wait for it. */
  #bindSoon(): void {
    this.#stopBinding ??= this.house.scheduler.after(BIND_MS, () => this.bindNow());
  }

  #bind(connection: Connection): void {
    if (connection.access !== 'write') return;
    for (const client of connection.clients) this.#stored?.bind(client, connection.who.accountId);
  }

  /** Leaves memory after a while in which nobody has it open. */
  #rest(): void {
    this.#stopResting?.();
    const { scheduler, limits } = this.house;
    this.#stopResting = scheduler.after(limits.idleMs, () => this.house.release(this));
  }
}
