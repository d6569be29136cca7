/**
 * Many thousand frames that no editor would send, mutated ones and ones made by the grammar of Yjs:
 * none is an error nobody caught, and the honest stay connected, acked and equal.
 */
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { MESSAGE } from '#protocol/sync.ts';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';
import { Chance } from '../fuzz/chance.ts';
import { readWholeLog } from '../../server/db/document.ts';
import type { Line, Peer } from '../../server/sync/seams.ts';
import { seeds, size, timeFor } from '../size.ts';
import { forgery, mutated } from './forgery.ts';
import { board, contentOf, headings, person, World, type Page } from './world.ts';

/** Frames of one world; a document that has seen more becomes slow to look at. */
const FRAMES = 1000;
/** Seeds that once did harm. */
const kept: readonly number[] = [];

const messageOf = (update: Uint8Array, step = 2) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, update);
  });

/** Somebody with a right to write and no good intentions; comes back whenever thrown out. */
class Villain {
  readonly client: number;
  readonly #world: World;
  #line: Line | undefined;
  #isOpen = false;

  constructor(world: World, client: number) {
    this.#world = world;
    this.client = client;
  }

  send(frame: Uint8Array): void {
    if (!this.#isOpen) this.#connect();
    this.#line?.receive(frame);
  }

  #connect(): void {
    this.#isOpen = true;
    const peer: Peer = {
      send: () => undefined,
      close: () => (this.#isOpen = false),
      bufferedAmount: 0,
    };
    const who = { accountId: person('villain'), sessionId: 's' };
    const query = new URLSearchParams({
      client: String(this.client),
      schema: String(EDITOR_SCHEMA),
    });
    this.#line = this.#world.sync.connect(peer, who, board, query);
    expect(this.#line).toBeDefined();
  }
}

type Draw = (the: {
  readonly world: World;
  readonly villain: Villain;
  readonly chance: Chance;
  /** Frames the honest have sent. */
  readonly seen: readonly Uint8Array[];
}) => Uint8Array;

const draws: Readonly<Record<string, Draw>> = {
  mutated: ({ seen, chance }) => mutated(chance.one(seen), chance),
  'made by the grammar': ({ world, villain, chance }) => {
    const store = world.sync.read(board, (doc) => doc.store);
    return messageOf(forgery(store, villain.client, chance), chance.happens(0.9) ? 2 : 1);
  },
};

/** An honest page types, and what it typed is acked and read by the other. */
function goOn(world: World, writer: Page, reader: Page, seen: Uint8Array[]): void {
  writer.write('続ける', headings[seen.length % 2]);
  seen.push(...writer.waitingUp);
  world.pass(1100);
  expect(writer.acks.at(-1)).toBe(writer.frames);
  expect([writer.nacks, writer.closed, reader.closed]).toEqual([[], undefined, undefined]);
  expect(reader.content).toBe(writer.content);
}

function attack(seed: number, draw: Draw): void {
  const chance = new Chance(seed);
  const world = new World({
    limits: { messagesPerSecond: 1e9, bytesPerSecond: 1e12, answerMs: 0 },
    nextClient: () => chance.below(2 ** 32),
  });
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  const villain = new Villain(world, chance.below(2 ** 32));
  const vector = Y.encodeStateVector(anna.doc);
  // Of each kind of message one that is right, to be made wrong.
  const seen = [
    messageOf(vector, 0),
    messageOf(Y.encodeStateAsUpdate(anna.doc), 1),
    new Uint8Array([MESSAGE.queryAwareness]),
    new Uint8Array([MESSAGE.awareness, 6, 1, 1, 1, 2, 123, 125]),
  ];
  for (let sent = 0; sent < FRAMES; sent++) {
    if (sent % 100 === 0) goOn(world, anna, ben, seen);
    if (sent % 100 === 50) goOn(world, ben, anna, seen);
    villain.send(draw({ world, villain, chance, seen }));
    world.time.run();
  }
  goOn(world, anna, ben, seen);
  expect(world.sync.check(board)).toBeUndefined();
  const bugs = world.logged.filter(([event]) => /failed|unavailable/.test(event));
  expect(bugs).toEqual([]);
  // Whoever gets it all in another order reads the same.
  const updates = readWholeLog(world.database.read, board).entries.map(({ data }) => data);
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.mergeUpdates(updates.toReversed()));
  expect(contentOf(other)).toBe(anna.content);
  world.crash();
  expect(world.joined('dan').content).toBe(anna.content);
  world.end();
}

test.each([
  ['mutated', size(20, 5000)],
  ['made by the grammar', size(5, 500)],
] as const)('frames %s', { timeout: timeFor(60_000) }, (name, worlds) => {
  const draw = draws[name];
  if (!draw) throw new Error(name);
  for (const seed of [...kept, ...seeds(worlds)]) {
    try {
      attack(seed, draw);
    } catch (error) {
      throw new Error(`${name}, seed ${seed}`, { cause: error });
    }
  }
});
