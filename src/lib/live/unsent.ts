/**
 * What was typed here and is not stored by the server yet. Follows each update from the keyboard
 * to the frame that carries it and to the server's ack; keeps a copy in the drawer until then.
 */
import { freshId } from '../fresh.ts';
import type { Drawer, Kept } from './drawer.ts';

type Waiting = Kept & {
  /** The frame of the present connection that carries it; undefined: none does. */
  frame: number | undefined;
};

export class Unsent {
  readonly #changed: () => void;
  #waiting: Waiting[] = [];
  #drawer: Drawer | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Takes over what earlier pages left; what was typed meanwhile is put in as well. */
  useDrawer(drawer: Drawer): void {
    for (const kept of this.#waiting) drawer.put(kept);
    this.#drawer = drawer;
    this.#waiting = [
      ...drawer.kept.map((kept) => ({ ...kept, frame: undefined })),
      ...this.#waiting,
    ];
    this.#changed();
  }

  get count(): number {
    return this.#waiting.length;
  }

  /** Typed now; `sent` follows at once when the line is open. */
  add(update: Uint8Array): void {
    const kept = { id: freshId(), update, frame: undefined };
    this.#waiting.push(kept);
    this.#drawer?.put(kept);
    this.#changed();
  }

  /** The newest update left in this frame. */
  sent(frame: number): void {
    const newest = this.#waiting.at(-1);
    if (newest) newest.frame = frame;
    this.#changed();
  }

  /** This frame carries everything the server lacks. */
  sentAll(frame: number): void {
    for (const waiting of this.#waiting) waiting.frame = frame;
    this.#changed();
  }

  /** Everything up to this frame is stored, except what was refused before. */
  acknowledged(frame: number): void {
    const isStored = (waiting: Waiting) => waiting.frame !== undefined && waiting.frame <= frame;
    const stored = this.#waiting.filter(isStored);
    if (stored.length === 0) return;
    this.#waiting = this.#waiting.filter((waiting) => !isStored(waiting));
    this.#drawer?.remove(stored.map(({ id }) => id));
    this.#changed();
  }

  refused(frame: number): void {
    for (const waiting of this.#waiting) if (waiting.frame === frame) waiting.frame = undefined;
    this.#changed();
  }

  /** The line is gone, and the frame numbers with it. */
  lineLost(): void {
    for (const waiting of this.#waiting) waiting.frame = undefined;
    this.#changed();
  }

  discard(): void {
    this.#drawer?.remove(this.#waiting.map(({ id }) => id));
    this.#waiting = [];
    this.#changed();
  }

  close(): void {
    this.#drawer?.close();
  }
}
