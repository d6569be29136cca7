/** Where what a cut has left is opened again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Disk, type Image } from './disk.ts';
import { mount } from './wasm.ts';

export class Desk {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kensho-power-'));
  #images = 0;

  constructor() {
    onTestFinished(() => rmSync(this.#folder, { recursive: true }));
  }

  /**
   * The path of the database. Of every fourth image files are made for the real SQLite, which costs
   * real syncs; the others are opened where they are.
   */
  lay(image: Image): string {
    if (this.#images++ % 4 > 0) return `${mount(new Disk(image))}kensho.db`;
    for (const name of ['', '-wal', '-shm', '-journal']) {
      rmSync(join(this.#folder, `kensho.db${name}`), { force: true });
    }
    for (const [name, bytes] of image) writeFileSync(join(this.#folder, name), bytes);
    return join(this.#folder, 'kensho.db');
  }
}
