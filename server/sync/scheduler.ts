/** Time and order as the running server has them; tests bring their own. */

export type Scheduler = {
  /** Milliseconds that only grow. */
  now(): number;
  /** Runs `work` when what is ready to be read has been read. */
  soon(work: () => void): void;
  /** Runs `work` after `ms`; the answer cancels it. */
  after(ms: number, work: () => void): () => void;
};

export const realScheduler: Scheduler = {
  now: () => performance.now(),
  soon: (work) => void setImmediate(work),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
