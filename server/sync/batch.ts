/**
 * The tick: everything that waits in any room becomes one transaction and one message per room.
 * At once when it is quiet. Under load it rests after a tick that served many readers with few
 * frames, so that the next one carries more of them.
 */
import type { Database } from '../db/database.ts';
import { codeOf } from './house.ts';
import type { Limits } from './limits.ts';
import type { Room } from './room.ts';
import type { Scheduler } from './scheduler.ts';
import type { SyncLog } from './seams.ts';
import { Turn } from './turn.ts';

/** Rest this many times as long as a thin tick took: thin ticks cost a third of the time at most. */
const REST = 2;

export class Batch {
  readonly #database: Database;
  readonly #scheduler: Scheduler;
  readonly #limits: Limits;
  readonly #log: SyncLog;
  readonly #rooms = new Set<Room>();
  #cancel: (() => void) | undefined;
  #scheduled = false;
  #isStopped = false;
  #restUntil = 0;

  constructor(database: Database, scheduler: Scheduler, limits: Limits, log: SyncLog) {
    this.#database = database;
    this.#scheduler = scheduler;
    this.#limits = limits;
    this.#log = log;
  }

  want(room: Room): void {
    if (this.#isStopped) return;
    this.#rooms.add(room);
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = this.#restUntil - this.#scheduler.now();
    if (wait <= 0) this.#scheduler.soon(() => this.#tick());
    else this.#cancel = this.#scheduler.after(wait, () => this.#tick());
  }

  /** Stores and tells now what waits. */
  flush(): void {
    const rooms = [...this.#rooms];
    this.#rooms.clear();
    const turns: Turn[] = [];
    for (const room of rooms) {
      const turn = this.#turnOf(room);
      if (turn) turns.push(turn);
    }
    try {
      this.commit(turns);
    } catch (error) {
      this.#log('commit-failed', { error: codeOf(error) });
    }
  }

  /** @throws what the database throws; everybody concerned has been told by then */
  commit(turns: readonly Turn[]): void {
    const writing = turns.filter((turn) => turn.needsStoring);
    try {
      if (writing.length > 0) {
        this.#database.transaction((tx) => {
          for (const turn of writing) turn.store(tx);
        });
      }
    } catch (error) {
      for (const turn of turns) turn.lose();
      throw error;
    }
    for (const turn of turns) turn.tell();
  }

  /** Nothing is stored or told any more. */
  stop(): void {
    this.#isStopped = true;
    this.#rooms.clear();
    this.#cancel?.();
  }

  /** A room that cannot be opened must not hold up the others. */
  #turnOf(room: Room): Turn | undefined {
    try {
      return Turn.ofFrames(room);
    } catch (error) {
      room.fail(error);
      return undefined;
    }
  }

  #tick(): void {
    this.#scheduled = false;
    this.#cancel = undefined;
    const before = this.#scheduler.now();
    let frames = 0;
    let readers = 0;
    for (const room of this.#rooms) {
      frames += room.waiting;
      readers += room.connections.size;
    }
    this.flush();
    const now = this.#scheduler.now();
    const { batchMs, restMs } = this.#limits;
    const rest = Math.min(batchMs, Math.max(restMs, (now - before) * REST));
    const isThin = frames < readers;
    this.#restUntil = isThin ? now + rest : now;
  }
}
