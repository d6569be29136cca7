/** Work that comes again and again, and never keeps a process from ending. */

/** Calls its work every so many milliseconds; the answer ends that. */
export type Every = (ms: number, work: () => void) => () => void;

export const unheld: Every = (ms, work) => {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
};
