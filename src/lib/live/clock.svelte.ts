/** The server's time in one browser tab, told once a second; the device's own clock may be wrong. */
import type { Instant } from '#domain/types.ts';

export class Clock {
  now = $state(0);
  #server: Instant;

  /** @param server the server's time when it made the page */
  constructor(server: Instant) {
    this.#server = server;
    this.now = server;
  }

  /** Browser only. Answers how to end it. */
  start(): () => void {
    const offset = this.#server - madeAt();
    const tick = () => (this.now = Date.now() + offset);
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }
}

/** When the page arrived, by the clock of this device; scripts may have taken a while since. */
function madeAt(): Instant {
  const [loaded] = performance.getEntriesByType('navigation');
  const first = loaded instanceof PerformanceNavigationTiming && loaded.name === location.href;
  return first ? performance.timeOrigin + loaded.responseStart : Date.now();
}
