/**
 * The power goes, at any moment: what was told is on the disk, and what is on the disk fits. The
 * program's own code runs on a disk that loses what was not synced, and that is full or broken for a
 * while; what is left is opened again. With `synchronous = NORMAL` the same test must find a loss.
 */
import { CompiledQuery } from 'kysely';
import { expect, test, vi } from 'vitest';
import { MESSAGE } from '#protocol/sync.ts';
import { openDatabase, openSnapshot, type Database } from '../../server/db/database.ts';
import { readWholeLog } from '../../server/db/document.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size, timeFor } from '../size.ts';
import { Desk } from './desk.ts';
import { cuts, Disk } from './disk.ts';
import { mount } from './wasm.ts';
import { board, World } from './world.ts';

vi.mock('better-sqlite3', async (original) => (await import('./wasm.ts')).simulated(original));

/** Of one run of the program. */
const CUTS = 50;
/** Seeds that once lost something. */
const kept: readonly number[] = [];

type Run = {
  readonly disk: Disk;
  /** How many rows of the log anybody had been told of, by the length of the trace. */
  readonly told: readonly { readonly position: number; readonly rows: number }[];
  readonly hashes: readonly string[];
};

const hashesOf = (read: Database['read']): string[] => {
  const query = 'select hex(hash) as hash from document_update where document = ? order by seq';
  const compiled = CompiledQuery.raw(query, [board]);
  return read.all<{ hash: string }>({ compile: () => compiled }).map(({ hash }) => hash);
};

/** Three people type on a disk with moods; now and then the server starts again. */
function typeOn(seed: number, synchronous: 'FULL' | 'NORMAL'): Run {
  const chance = new Chance(seed);
  const disk = new Disk();
  const told: { position: number; rows: number }[] = [];
  const world = new World({
    file: `${mount(disk)}kensho.db`,
    limits: { messagesPerSecond: 1e6 },
    nextClient: () => chance.below(2 ** 32),
  });
  const begin = () => {
    const setting = CompiledQuery.raw(`pragma synchronous = ${synchronous}`);
    if (synchronous === 'NORMAL') world.database.read.all({ compile: () => setting });
    for (const page of pages) {
      page.disconnect();
      page.connect();
    }
    world.pass(1500);
  };
  const pages = ['anna', 'ben', 'cho'].map((name) => world.page(name));
  for (const page of pages) {
    page.onSend = ([type]) => {
      if (type === MESSAGE.awareness || type === MESSAGE.welcome || type === MESSAGE.nack) return;
      told.push({ position: disk.trace.length, rows: hashesOf(world.database.read).length });
    };
  }
  begin();
  for (let step = 0; step < 60; step++) {
    const page = chance.one(pages);
    for (let words = 1 + chance.below(3); words > 0; words--) page.write(`${step}・`.repeat(9));
    page.up();
    if (chance.happens(0.7)) world.settle();
    if (chance.happens(0.05)) disk.capacity = disk.used + chance.below(20_000);
    if (chance.happens(0.03)) disk.isFailing = true;
    if (chance.happens(0.8)) continue;
    disk.capacity = Infinity;
    disk.isFailing = false;
    if (chance.happens(0.5)) world.database.checkpoint();
    if (chance.happens(0.2)) world.restart();
    begin();
  }
  disk.capacity = Infinity;
  disk.isFailing = false;
  begin();
  const texts = new Set([...pages.map(({ content }) => content), world.joined('dan').content]);
  expect([seed, texts.size]).toEqual([seed, 1]);
  const hashes = hashesOf(world.database.read);
  world.end();
  return { disk, told, hashes };
}

/** For each cut the number of rows somebody had been told of and that are not there any more. */
function lossesOf(seed: number, { disk, told, hashes }: Run, desk: Desk): number[] {
  const chance = new Chance(seed + 1_000_000);
  const positions = Array.from({ length: CUTS }, () => 1 + chance.below(disk.trace.length));
  return [...cuts(disk.trace, positions, chance)].map(({ position, image }) => {
    const file = desk.lay(image);
    openDatabase(file).close();
    const snapshot = openSnapshot(file);
    try {
      expect([seed, position, snapshot.integrity()]).toEqual([seed, position, []]);
      const { seq } = readWholeLog(snapshot.read, board).head; // verified row by row
      const promised = told.findLast((one) => one.position <= position)?.rows ?? 0;
      // Behind that may stand what was never told: a sync that fails may still arrive.
      const found = hashesOf(snapshot.read).slice(0, promised);
      expect([seed, position, found]).toEqual([seed, position, hashes.slice(0, found.length)]);
      return Math.max(0, promised - seq);
    } finally {
      snapshot.close();
    }
  });
}

const runs = [...kept, ...seeds(size(4, 400))];

test(
  `${runs.length * CUTS} power cuts lose nothing that was told`,
  { timeout: timeFor(60_000) },
  () => {
    const desk = new Desk();
    for (const seed of runs) {
      const losses = lossesOf(seed, typeOn(seed, 'FULL'), desk).filter((rows) => rows > 0);
      expect([`seed ${seed}`, losses]).toEqual([`seed ${seed}`, []]);
    }
  },
);

test('with synchronous = NORMAL the same cuts lose something', () => {
  const losses = lossesOf(1, typeOn(1, 'NORMAL'), new Desk()).filter((rows) => rows > 0);
  expect(losses.length).toBeGreaterThan(0);
});
