/**
 * A disk that can lose its power. It keeps every write and every sync in order; an image of any
 * moment holds what was synced, and of the rest what chance leaves of it, sector by sector.
 */
import type { Chance } from '../fuzz/chance.ts';

/** Below this a disk promises nothing; larger than what may really tear, which is only harsher. */
const SECTOR = 512;

export type Op =
  | {
      readonly kind: 'write';
      readonly name: string;
      readonly at: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'truncate'; readonly name: string; readonly size: number }
  | { readonly kind: 'sync'; readonly name: string }
  | { readonly kind: 'remove'; readonly name: string }
  /** From here on what was removed stays so. */
  | { readonly kind: 'sync-folder' };

/** What a disk holds, by name. */
export type Image = ReadonlyMap<string, Uint8Array>;

/** A file that grows. */
class Contents {
  #bytes = new Uint8Array(0);
  #size = 0;

  static of(bytes: Uint8Array): Contents {
    const contents = new Contents();
    contents.write(0, bytes);
    return contents;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  write(at: number, bytes: Uint8Array): void {
    this.resize(Math.max(this.#size, at + bytes.length));
    this.#bytes.set(bytes, at);
  }

  resize(size: number): void {
    if (size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(size, this.#bytes.length * 2, 4096));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    // What is cut off and grown again reads as zeros.
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
  }
}

export class Disk {
  readonly trace: Op[] = [];
  /** Bytes it can hold. */
  capacity = Infinity;
  /** While true no sync succeeds. */
  isFailing = false;
  readonly #files = new Map<string, Contents>();

  /** @param image what is on it already, safely */
  constructor(image: Image = new Map()) {
    for (const [name, bytes] of image) {
      this.open(name);
      this.write(name, 0, bytes);
      this.sync(name);
    }
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  open(name: string): void {
    if (!this.has(name)) this.#files.set(name, new Contents());
  }

  size(name: string): number {
    return this.#files.get(name)?.size ?? 0;
  }

  get used(): number {
    return [...this.#files.values()].reduce((sum, { size }) => sum + size, 0);
  }

  read(name: string, at: number, length: number): Uint8Array {
    return this.#files.get(name)?.bytes.subarray(at, at + length) ?? new Uint8Array(0);
  }

  /** False when it is full; then nothing was written. */
  write(name: string, at: number, bytes: Uint8Array): boolean {
    this.open(name);
    const more = Math.max(0, at + bytes.length - this.size(name));
    if (more > 0 && this.used + more > this.capacity) return false;
    this.#files.get(name)?.write(at, bytes);
    this.trace.push({ kind: 'write', name, at, bytes });
    return true;
  }

  truncate(name: string, size: number): void {
    this.#files.get(name)?.resize(size);
    this.trace.push({ kind: 'truncate', name, size });
  }

  /** False when nobody knows what of it has arrived. */
  sync(name: string): boolean {
    if (this.isFailing) return false;
    this.trace.push({ kind: 'sync', name });
    return true;
  }

  remove(name: string): void {
    this.#files.delete(name);
    this.trace.push({ kind: 'remove', name });
  }

  syncFolder(): void {
    this.trace.push({ kind: 'sync-folder' });
  }
}

/** One file on the way to the platter. */
class Platter {
  #safe: Contents | undefined;
  #waiting: Op[] = [];

  take(op: Op): void {
    if (op.kind === 'sync') {
      this.#safe = this.#afterAll();
      this.#waiting = [];
    } else if (op.kind === 'sync-folder') {
      const removed = this.#waiting.findLastIndex(({ kind }) => kind === 'remove');
      if (removed < 0) return;
      this.#safe = undefined;
      this.#waiting = this.#waiting.slice(removed + 1);
    } else {
      this.#waiting.push(op);
    }
  }

  #afterAll(): Contents {
    let contents = this.#safe ?? new Contents();
    for (const op of this.#waiting) {
      if (op.kind === 'write') contents.write(op.at, op.bytes);
      if (op.kind === 'truncate') contents.resize(op.size);
      if (op.kind === 'remove') contents = new Contents();
    }
    return contents;
  }

  /** What is found when the power is back; undefined: no such file. */
  afterCut(chance: Chance): Uint8Array | undefined {
    let contents = this.#safe && Contents.of(this.#safe.bytes);
    // A disk may have written all of it, the beginning of it, nothing, or anything.
    const manner = chance.below(6);
    const until = manner === 0 ? chance.below(this.#waiting.length + 1) : 0;
    for (const [index, op] of this.#waiting.entries()) {
      const fate = (): 'kept' | 'lost' | 'torn' => {
        if (manner === 0) return index < until ? 'kept' : 'lost';
        if (manner === 1) return 'lost';
        if (manner === 2) return 'kept';
        return chance.one(['kept', 'lost', 'torn'] as const);
      };
      if (op.kind === 'write') contents = tear(contents, op.at, op.bytes, fate, chance);
      else if (fate() !== 'kept') continue;
      else if (op.kind === 'truncate') (contents ??= new Contents()).resize(op.size);
      else if (op.kind === 'remove') contents = undefined;
    }
    return contents?.bytes;
  }
}

function tear(
  contents: Contents | undefined,
  at: number,
  bytes: Uint8Array,
  fateOf: () => 'kept' | 'lost' | 'torn',
  chance: Chance,
): Contents | undefined {
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR));
    const fate = fateOf();
    const part = bytes.slice(from, to);
    if (fate === 'torn') {
      const good = chance.below(part.length + 1);
      // The rest is old, or rubbish.
      if (chance.happens(0.5)) part.forEach((_, n) => n >= good && (part[n] = chance.below(256)));
      (contents ??= new Contents()).write(at + from, part.subarray(0, Math.max(1, good)));
    }
    if (fate === 'kept') (contents ??= new Contents()).write(at + from, part);
    from = to;
  }
  return contents;
}

/** Images of the disk as if the power had gone just before the operations with these numbers. */
export function* cuts(
  trace: readonly Op[],
  positions: readonly number[],
  chance: Chance,
): Generator<{ readonly position: number; readonly image: Image }> {
  const platters = new Map<string, Platter>();
  let done = 0;
  for (const position of positions.toSorted((one, other) => one - other)) {
    for (const op of trace.slice(done, position)) {
      if (op.kind !== 'sync-folder') {
        if (!platters.has(op.name)) platters.set(op.name, new Platter());
        platters.get(op.name)?.take(op);
      } else for (const platter of platters.values()) platter.take(op);
    }
    done = position;
    const image = new Map<string, Uint8Array>();
    for (const [name, platter] of platters) {
      const bytes = platter.afterCut(chance);
      if (bytes) image.set(name, bytes);
    }
    yield { position, image };
  }
}
