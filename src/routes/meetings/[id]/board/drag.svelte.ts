/**
 * Dragging a row of a list by its grip, with mouse, pen or finger: which row is held, and in front of
 * which one it would land. Escape, or a second finger, lets it go where it was.
 */

/** So near to the edge of the window the page moves along (px). */
const EDGE = 56;
const STEP = 14;

export class Drag {
  /** The row that is held. */
  held = $state<number | null>(null);
  /** It would stand in front of this row; the number of rows for the end. */
  goal = $state<number | null>(null);
  #drop: (from: number, to: number) => void;

  /** @param drop told the row, and its position once it has left its old one */
  constructor(drop: (from: number, to: number) => void) {
    this.#drop = drop;
  }

  /** For the grip of a row; the list holds nothing but rows. */
  start(at: number, list: HTMLElement, event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary || this.held !== null) return;
    const grip = event.currentTarget as HTMLElement;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    this.held = at;
    this.goal = at;
    const stop = new AbortController();
    const { signal } = stop;
    let y = event.clientY;
    let frame = 0;
    const aim = () => {
      const rows = [...list.children].map((row) => row.getBoundingClientRect());
      const below = rows.findIndex(({ top, height }) => y < top + height / 2);
      this.goal = below < 0 ? rows.length : below;
    };
    const follow = () => {
      const by = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0;
      if (by !== 0) scrollBy(0, by);
      aim();
      frame = requestAnimationFrame(follow);
    };
    const end = (isDropped: boolean) => {
      stop.abort();
      cancelAnimationFrame(frame);
      const to = this.goal;
      this.held = null;
      this.goal = null;
      if (!isDropped || to === null || to === at || to === at + 1) return;
      this.#drop(at, to > at ? to - 1 : to);
    };
    frame = requestAnimationFrame(follow);
    grip.addEventListener(
      'pointermove',
      ({ clientY }) => {
        y = clientY;
        aim();
      },
      { signal },
    );
    grip.addEventListener('pointerup', () => end(true), { signal });
    grip.addEventListener('pointercancel', () => end(false), { signal });
    addEventListener('blur', () => end(false), { signal });
    addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape') return;
        key.preventDefault();
        key.stopPropagation();
        end(false);
      },
      { signal, capture: true },
    );
  }
}
