/**
 * A disk that really is full, or really refuses: SQLite's own error in the middle of a commit, not
 * a mock of one. Nothing acked is lost, nobody else notices, and it mends itself.
 */
import { CompiledQuery } from 'kysely';
import { expect, test, vi } from 'vitest';
import { readWholeLog } from '../../server/db/document.ts';
import { readOpinions } from '../../server/sync/opinions.ts';
import { Disk } from './disk.ts';
import { mount } from './wasm.ts';
import { board, headings, World } from './world.ts';

vi.mock('better-sqlite3', async (original) => (await import('./wasm.ts')).simulated(original));

type Ill = { readonly world: World; readonly fall: () => void; readonly recover: () => void };

/** The real SQLite on a real file that may not grow. */
function noMorePages(): Ill {
  const world = new World();
  const pages = (most: number) => {
    const query = CompiledQuery.raw(`pragma max_page_count = ${most}`);
    world.database.read.all({ compile: () => query });
  };
  return { world, fall: () => pages(1), recover: () => pages(2 ** 30) };
}

function onDisk(fall: (disk: Disk) => void): Ill {
  const disk = new Disk();
  const world = new World({ file: `${mount(disk)}kensho.db` });
  const recover = () => {
    disk.capacity = Infinity;
    disk.isFailing = false;
  };
  return { world, fall: () => fall(disk), recover };
}

const illnesses: Readonly<Record<string, readonly [code: string, make: () => Ill]>> = {
  'a file that may not grow': ['SQLITE_FULL', noMorePages],
  'no space left': ['SQLITE_FULL', () => onDisk((disk) => (disk.capacity = disk.used))],
  'space for half a commit': [
    'SQLITE_FULL',
    () => onDisk((disk) => (disk.capacity = disk.used + 6000)),
  ],
  'a sync that fails': ['SQLITE_IOERR_FSYNC', () => onDisk((disk) => (disk.isFailing = true))],
};

const longText = (words: string) => words.repeat(4000);

test.each(Object.entries(illnesses))('%s', (_, [code, make]) => {
  const { world, fall, recover } = make();
  const [anna, ben, quiet] = ['anna', 'ben', 'cho'].map((name) => world.joined(name));
  if (!anna || !ben || !quiet) throw new Error('three pages');
  anna.write('前');
  world.settle();
  const before = quiet.content;
  const acked = anna.acks.at(-1);
  const { seq } = readWholeLog(world.database.read, board).head;

  fall();
  anna.write(longText('満'));
  const frame = anna.frames + 1;
  world.settle();
  expect(anna.nacks).toEqual([[frame, 'not-stored']]);
  expect(anna.acks.at(-1)).toBe(acked);
  expect(world.logged.filter(([event]) => event === 'commit-failed')).toEqual([
    ['commit-failed', { error: code }],
  ]);
  // Nobody has seen it; who only reads goes on reading, with the carets of the others.
  expect([ben.content, quiet.content]).toEqual([before, before]);
  ben.write(longText('杯'));
  world.settle();
  expect(ben.nacks.map(([, reason]) => reason)).toEqual(['not-stored']);
  ben.awareness.setLocalStateField('caret', 1);
  world.pass(100);
  expect(quiet.awareness.getStates().get(ben.doc.clientID)?.['caret']).toBe(1);
  expect(readWholeLog(world.database.read, board).head.seq).toBe(seq);
  expect(world.sync.check(board)).toBeUndefined();

  recover();
  // Typing on is enough for one, coming again is for the other.
  anna.write('後');
  ben.disconnect();
  ben.connect();
  world.pass(2000);
  expect([anna, ben, quiet].map(({ closed }) => closed)).toEqual([undefined, undefined, undefined]);
  expect(anna.acks.at(-1)).toBe(anna.frames);
  const bullets = readOpinions(world.stored, headings)[0]?.bullets.toSorted();
  expect(bullets).toEqual(['前', '後', longText('満'), longText('杯')].toSorted());
  expect(new Set([anna, ben, quiet].map(({ content }) => content)).size).toBe(1);
  world.restart();
  expect(world.joined('dan').content).toBe(anna.content);
  expect(world.sync.check(board)).toBeUndefined();
});

test('an end on a full disk is an end, and nothing is missing after the next start', () => {
  const disk = new Disk();
  const world = new World({ file: `${mount(disk)}kensho.db` });
  const anna = world.joined('anna');
  anna.write('最後の言葉');
  world.settle();
  disk.capacity = disk.used - 50_000; // somebody else has taken it
  world.sync.close();
  expect(() => world.database.close()).not.toThrow();
  disk.capacity = Infinity;
  world.crash();
  expect(world.joined('ben').content).toBe(anna.content);
});
