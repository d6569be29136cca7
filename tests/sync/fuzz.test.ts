/**
 * Whole documents in disorder: people type, lose their line, come back; the server crashes and its
 * disk fills up; somebody among them sends forged and mutated frames. In the end everybody has the
 * same text, and so have the log, a fresh page and the state encoded again.
 */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readWholeLog as readLog } from '../../server/db/document.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size } from '../size.ts';
import { forgery, mutated } from './forgery.ts';
import { board, copyOf, contentOf, headings, World, type Page } from './world.ts';

const rounds = size(40, 20_000);
const steps = 120;
/** Seeds that once failed. */
const bad: readonly number[] = [];

class Chaos {
  readonly world: World;
  readonly honest: Page[];
  readonly #chance: Chance;
  #villain: Page;
  #frames: Uint8Array[] = [];

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.world = new World({
      limits: { idleMs: 500, messagesPerSecond: 1e6, presenceMs: 10 },
      nextClient: () => this.#chance.below(2 ** 32),
    });
    this.honest = ['anna', 'ben', 'cho'].map((name) => this.world.joined(name));
    this.#villain = this.#newVillain();
  }

  #pick = <Value>(list: readonly Value[]): Value => this.#chance.one(list);
  #upTo = (most: number) => this.#chance.below(most + 1);

  step(): void {
    const page = this.#pick(this.honest);
    const { world } = this;
    this.#pick([
      () => this.#type(page),
      () => this.#type(page),
      () => this.#type(page),
      () => this.#erase(page),
      () => this.#restructure(page),
      () => page.up(1 + this.#upTo(3)),
      () => page.down(1 + this.#upTo(3)),
      () => world.settle(),
      () => world.pass(this.#upTo(300)),
      () => (page.isConnected ? page.disconnect() : page.connect()),
      () => (this.#chance.next() < 0.2 ? world.crash() : undefined),
      () => (this.#chance.next() < 0.2 ? world.restart() : undefined),
      () => (world.diskIsFull = this.#chance.next() < 0.2),
      () => this.#attack(this.#forgery()),
      () => this.#attack(this.#forgery()),
      () => this.#attack(this.#mutation()),
      () => world.sync.change(board, (doc) => void doc.getXmlFragment(headings[0])),
    ])();
  }

  /** Everybody comes back, on a disk that works. */
  calm(): void {
    this.world.diskIsFull = false;
    for (let round = 0; round < 3; round++) {
      for (const page of this.honest) {
        page.disconnect();
        page.connect();
      }
      this.world.pass(1500);
    }
  }

  #type(page: Page): void {
    const text = this.#anyText(page);
    if (!text || this.#chance.next() < 0.15) page.write(`${page.frames}・`, this.#pick(headings));
    else
      text.insert(
        whole(text, this.#upTo(text.length)),
        this.#pick(['あ', '観光', '👍', '100人', ' ']),
      );
  }

  #erase(page: Page): void {
    const text = this.#anyText(page);
    if (!text || text.length === 0) return;
    const from = whole(text, this.#upTo(text.length - 1));
    const to = whole(text, Math.min(text.length, from + 2 + this.#upTo(3)));
    text.delete(from, to - from);
  }

  /** Removes a bullet, tags one, or moves one. */
  #restructure(page: Page): void {
    const fragment = page.doc.getXmlFragment(this.#pick(headings));
    if (fragment.length === 0) return;
    const index = this.#upTo(fragment.length - 1);
    const bullet = fragment.get(index) as Y.XmlElement;
    const choice = this.#upTo(2);
    if (choice === 0) bullet.setAttribute('tag', this.#pick(['課題', '要望']));
    if (choice === 1) fragment.delete(index, 1);
    if (choice === 2) {
      page.doc.transact(() => {
        const moved = bullet.clone();
        fragment.delete(index, 1);
        fragment.insert(this.#upTo(fragment.length), [moved]);
      });
    }
  }

  #anyText(page: Page): Y.XmlText | undefined {
    const fragment = page.doc.getXmlFragment(this.#pick(headings));
    if (fragment.length === 0) return undefined;
    const bullet = fragment.get(this.#upTo(fragment.length - 1)) as Y.XmlElement;
    return bullet.length > 0 ? (bullet.get(0) as Y.XmlText) : undefined;
  }

  #newVillain(): Page {
    const villain = this.world.page('villain');
    villain.isDeaf = true;
    villain.connect();
    this.world.settle();
    this.#frames = [];
    villain.doc.on('update', (update: Uint8Array) => this.#frames.push(update));
    return villain;
  }

  /** The villain sends it as its own; who was thrown out comes back with a new page. */
  #attack(update: Uint8Array): void {
    if (!this.#villain.isConnected || this.#chance.next() < 0.1) {
      this.#villain.disconnect();
      this.#villain = this.#newVillain();
    }
    if (!this.#villain.isConnected) return;
    if (this.#chance.next() < 0.3) this.#type(this.#villain);
    this.#villain.sendUpdate(update);
    this.world.settle();
  }

  #forgery(): Uint8Array {
    try {
      const store = this.world.sync.read(board, (doc) => doc.store);
      return forgery(store, this.#villain.doc.clientID, this.#chance);
    } catch {
      return new Uint8Array([0, 0]);
    }
  }

  #mutation(): Uint8Array {
    return mutated(this.#frames.at(-1) ?? Y.encodeStateAsUpdate(this.#villain.doc), this.#chance);
  }
}

/** Editors do not cut a character in two. */
const whole = (text: Y.XmlText, at: number) =>
  /[\udc00-\udfff]/.test(text.toJSON().charAt(at)) ? at - 1 : at;

const passing = new Set(['gap', 'not-stored']);

test.each([...bad, ...seeds(rounds)])('seed %i: one text for everybody', (seed) => {
  const chaos = new Chaos(seed);
  const { world, honest } = chaos;
  for (let step = 0; step < steps; step++) {
    try {
      chaos.step();
    } catch (error) {
      // What the test itself asked of a full disk.
      if (!(error instanceof Error && error.message === 'disk')) throw error;
    }
  }
  chaos.calm();
  for (const page of honest) {
    expect(page.closed).toBeUndefined();
    expect(page.nacks.filter(([, code]) => !passing.has(code))).toEqual([]);
    expect(page.acks.at(-1)).toBeDefined();
  }
  const live = world.sync.read(board, contentOf);
  for (const page of honest) expect(page.content).toBe(live);
  expect(world.joined('fresh').content).toBe(live);
  expect(contentOf(world.sync.read(board, copyOf))).toBe(live);
  expect(world.sync.check(board)).toBeUndefined();
  const replay = new Y.Doc();
  for (const { data } of readLog(world.database.read, board).entries) {
    Y.applyUpdate(replay, data);
  }
  expect(contentOf(replay)).toBe(live);
  expect(replay.store.pendingStructs).toBeNull();
  // The other order of what can come in another order.
  const merged = new Y.Doc();
  const updates = readLog(world.database.read, board).entries.map(({ data }) => data);
  Y.applyUpdate(merged, Y.mergeUpdates(updates.toReversed()));
  expect(contentOf(merged)).toBe(live);
  expect(world.logged.filter(([event]) => event === 'document-unavailable')).toEqual([]);
});
