/** Eight people write on without a line, for as long as they like, and come back in any order. */
import { expect, test } from 'vitest';
import { readWholeLog } from '../../server/db/document.ts';
import { readOpinions } from '../../server/sync/opinions.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size, timeFor } from '../size.ts';
import { board, headings, World, type Page } from './world.ts';

/** Seeds after which something was missing once. */
const kept: readonly number[] = [];

const names = ['anna', 'ben', 'cho', 'dan', 'emi', 'fumi', 'goro', 'hana'];

class Trip {
  readonly chance: Chance;
  readonly world: World;
  readonly pages: readonly Page[];
  /** Words somebody wrote and nobody took away. */
  readonly words = new Set<string>();
  #count = 0;

  constructor(seed: number) {
    const chance = new Chance(seed);
    this.chance = chance;
    this.world = new World({
      limits: { idleMs: 500 },
      nextClient: () => chance.below(2 ** 32),
    });
    this.pages = names.map((name) => this.world.joined(name));
  }

  step(): void {
    const { chance, world } = this;
    const page = chance.one(this.pages);
    const drawn = chance.next();
    if (drawn < 0.5) this.#write(page);
    else if (drawn < 0.6) this.#append(page);
    else if (drawn < 0.75) page.disconnect();
    else if (drawn < 0.8) page.lose();
    else if (drawn < 0.92) page.connect();
    else if (drawn < 0.98) world.pass(chance.below(2000));
    else if (drawn < 0.99) world.restart();
    else world.crash();
    if (chance.happens(0.2)) world.settle();
  }

  /** Everybody comes back, in any order, and what the server asks for is sent. */
  home(): void {
    const waiting = [...this.pages];
    while (waiting.length > 0) {
      const [page] = waiting.splice(this.chance.below(waiting.length), 1);
      page?.disconnect();
      page?.connect();
      if (this.chance.happens(0.5)) this.world.settle();
    }
    this.world.pass(2500);
  }

  #write(page: Page): void {
    const word = `<${(this.#count += 1)}>`;
    this.words.add(word);
    page.write(word, this.chance.one(headings));
  }

  /** In the middle of what somebody else wrote. */
  #append(page: Page): void {
    const heading = this.chance.one(headings);
    const bullets = page.doc.getXmlFragment(heading).length;
    if (bullets < 2) return;
    const text = page.text(1 + this.chance.below(bullets - 1), heading);
    const word = `<${(this.#count += 1)}>`;
    this.words.add(word);
    // Never inside of a word: each must be found again as it was written.
    const places = [0, text.length];
    text.insert(this.chance.one(places), word);
  }
}

const runs = [...kept, ...seeds(size(50, 5000))];

test(`${runs.length} trips of eight`, { timeout: timeFor(60_000) }, () => {
  for (const seed of runs) {
    const trip = new Trip(seed);
    for (let step = 0; step < 80; step++) trip.step();
    trip.home();
    const { world, pages, words } = trip;
    for (const { nacks, acks, frames, closed } of pages) {
      const refused = nacks.filter(([, code]) => code !== 'gap');
      expect([seed, refused, closed, acks.at(-1)]).toEqual([seed, [], undefined, frames]);
    }
    const contents = new Set(pages.map(({ content }) => content));
    expect([seed, contents.size]).toEqual([seed, 1]);
    const bullets = readOpinions(world.stored, headings).flatMap((opinion) => opinion.bullets);
    const found = bullets.join('').match(/<\d+>/g)?.toSorted();
    expect([seed, found]).toEqual([seed, [...words].toSorted()]);
    expect(world.sync.check(board)).toBeUndefined();
    expect(world.joined('new').content).toBe(pages[0]?.content);
    expect(readWholeLog(world.database.read, board).head.seq).toBeGreaterThan(1);
    world.end();
  }
});
