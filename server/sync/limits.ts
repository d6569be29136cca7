/** What one connection, one frame and one document may cost; the numbers of docs/sync.md. */

export type Limits = {
  readonly frameBytes: number;
  readonly connectionsPerAccount: number;
  readonly clientsPerConnection: number;
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Structs and delete ranges of one frame that the document does not know yet. */
  readonly structsPerFrame: number;
  readonly nesting: number;
  readonly documentBytes: number;
  readonly presenceBytes: number;
  /** A reader with more than this waiting is closed. */
  readonly bufferedBytes: number;
  /** Under load a batch waits at most this long (ms). */
  readonly batchMs: number;
  /** At least this long after a thin one (ms): rooms with an edit now and then share their commits. */
  readonly restMs: number;
  /** Between two messages about who is where (ms). */
  readonly presenceMs: number;
  /** Between two answers to a state vector of one connection (ms). */
  readonly answerMs: number;
  /** A document nobody has open leaves memory after this (ms). */
  readonly idleMs: number;
  /** A peer that does not answer a ping for this long is gone, one that heard nothing is told something (ms). */
  readonly pulseMs: number;
};

export const defaultLimits: Limits = {
  frameBytes: 256 * 1024,
  connectionsPerAccount: 40,
  clientsPerConnection: 64,
  messagesPerSecond: 60,
  bytesPerSecond: 1024 * 1024,
  structsPerFrame: 5_000,
  nesting: 32,
  documentBytes: 4 * 1024 * 1024,
  presenceBytes: 2 * 1024,
  bufferedBytes: 1024 * 1024,
  batchMs: 16,
  restMs: 8,
  presenceMs: 50,
  answerMs: 1_000,
  idleMs: 60_000,
  pulseMs: 10_000,
};

/** A token bucket that starts full and holds twice what flows in per second. */
export class Bucket {
  readonly #perSecond: number;
  #tokens: number;
  #at: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond * 2;
    this.#at = now;
  }

  /** False when there is not enough; then nothing is taken. */
  take(amount: number, now: number): boolean {
    const flown = ((now - this.#at) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond * 2, this.#tokens + flown);
    this.#at = now;
    if (this.#tokens < amount) return false;
    this.#tokens -= amount;
    return true;
  }
}
