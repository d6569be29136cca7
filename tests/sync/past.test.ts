/** The past of a heading out of its log: steps, authors, and every deleted letter in its place. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { AccountId } from '#domain/types.ts';
import { readPast, type Past, type Rows } from '../../server/sync/past.ts';

type Row = { readonly by: string | null; readonly at: number; readonly data: Uint8Array };

/** A log as the server writes it, from pages that each have a document of their own. */
class Log {
  readonly rows: Row[] = [];
  readonly #pages = new Map<string, Y.Doc>();
  #now = 0;

  constructor() {
    this.write(null, (fragment) => fragment.insert(0, [new Y.XmlElement('bullet')]));
  }

  pass(seconds: number): this {
    this.#now += seconds * 1000;
    return this;
  }

  write(by: string | null, work: (fragment: Y.XmlFragment) => void, heading = 'results'): this {
    const page = this.#page(by ?? 'server');
    page.transact(() => work(page.getXmlFragment(heading)), 'typed');
    return this;
  }

  /** Into the first bullet. */
  type(by: string, text: string, at?: number): this {
    return this.write(by, (fragment) => {
      const line = lineOf(fragment);
      line.insert(at ?? line.length, text);
    });
  }

  erase(by: string, from: number, length: number): this {
    return this.write(by, (fragment) => lineOf(fragment).delete(from, length));
  }

  /** As after a compaction behind the first rows. */
  read(step: number | null = null, given = 0, heading = 'results'): Past {
    const base = new Y.Doc();
    for (const { data } of this.rows.slice(0, given)) Y.applyUpdate(base, data);
    const kept = this.rows.slice(given);
    const rows: Rows = {
      state: given > 0 ? Y.encodeStateAsUpdate(base) : null,
      updates: Buffer.concat(kept.map(({ data }) => data)),
      lengths: kept.map(({ data }) => data.byteLength),
      authors: kept.map(({ by }) => by as AccountId | null),
      times: kept.map(({ at }) => at),
    };
    return readPast({ ...rows, headingId: heading, step });
  }

  #page(by: string): Y.Doc {
    const known = this.#pages.get(by);
    if (known) return known;
    const page = new Y.Doc();
    for (const { data } of this.rows) Y.applyUpdate(page, data);
    page.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin !== 'typed') return;
      this.rows.push({ by: by === 'server' ? null : by, at: this.#now, data });
      for (const other of this.#pages.values()) if (other !== page) Y.applyUpdate(other, data);
    });
    this.#pages.set(by, page);
    return page;
  }
}

function lineOf(fragment: Y.XmlFragment): Y.XmlText {
  const bullet = fragment.get(0) as Y.XmlElement;
  if (bullet.length === 0) bullet.insert(0, [new Y.XmlText()]);
  return bullet.get(0) as Y.XmlText;
}

/** `字` stands, `+字+` was written now, `-字-` is deleted now, `~字~` later. */
const shown = ({ lines }: Past): string[] =>
  lines.map((line) =>
    line
      .map(({ text, written, gone }) => {
        const mark = gone === 'now' ? '-' : gone === 'later' ? '~' : '';
        const add = written ? '+' : '';
        return `${add}${mark}${text}${mark}${add}`;
      })
      .join('|'),
  );

const who = ({ steps }: Past) => steps.map(({ authors }) => authors.join('・'));

describe('steps', () => {
  test('nothing written is no step', () => {
    const past = new Log().read();
    expect(past).toEqual({ steps: [], at: -1, lines: [] });
    expect(new Log().type('anna', 'あ').read(null, 0, 'future')).toEqual(past);
  });

  test('one person without a pause is one step, however long', () => {
    const log = new Log();
    for (let n = 0; n < 10; n++) log.pass(29).type('anna', '字');
    const { steps } = log.read();
    expect(steps).toEqual([
      { from: 29_000, until: 290_000, authors: ['anna'], written: 10, removed: 0 },
    ]);
  });

  test('a silence of more than 30 seconds begins another', () => {
    const log = new Log()
      .type('anna', '一')
      .pass(30)
      .type('anna', '二')
      .pass(31)
      .type('anna', '三');
    expect(log.read().steps.map(({ written }) => written)).toEqual([2, 1]);
  });

  test('another person begins another', () => {
    const log = new Log().type('anna', '一').pass(5).type('ben', '二').pass(5).type('cho', '三');
    expect(who(log.read())).toEqual(['anna', 'ben', 'cho']);
  });

  test('who write at the same time share one, for a minute at most', () => {
    const log = new Log();
    for (let n = 0; n < 40; n++) log.pass(2).type(n % 2 === 0 ? 'anna' : 'ben', '字');
    const { steps } = log.read();
    expect(steps.map(({ authors }) => authors.toSorted().join())).toEqual(['anna,ben', 'anna,ben']);
    for (const { from, until } of steps) expect(until - from).toBeLessThanOrEqual(60_000);
    expect(steps.reduce((sum, { written }) => sum + written, 0)).toBe(40);
  });

  test('what happens under another heading does not show', () => {
    const log = new Log().type('anna', '一').pass(2);
    log.write('ben', (fragment) => fragment.insert(0, [new Y.XmlElement('bullet')]), 'future');
    log.pass(2).type('anna', '二');
    expect(who(log.read())).toEqual(['anna']);
  });
});

describe('deleted words', () => {
  const log = () =>
    new Log()
      .type('anna', '予算が足りない。')
      .pass(60)
      .type('ben', 'とても', 3)
      .pass(60)
      .erase('cho', 0, 6)
      .pass(60)
      .type('cho', '人が', 0);

  test('stand where they stood, in the step that deleted them and before', () => {
    expect(shown(log().read(0))).toEqual(['+~予算が~+|+足りない。+']);
    expect(shown(log().read(1))).toEqual(['~予算が~|+~とても~+|足りない。']);
    expect(shown(log().read(2))).toEqual(['-予算がとても-|足りない。']);
    expect(shown(log().read(3))).toEqual(['+人が+|足りない。']);
    expect(
      log()
        .read()
        .steps.map(({ written, removed }) => [written, removed]),
    ).toEqual([
      [8, 0],
      [3, 0],
      [0, 6],
      [2, 0],
    ]);
  });

  test('typed and taken back without a pause are not lost either', () => {
    const past = new Log().type('anna', '本音。建前。').erase('anna', 0, 3).read();
    expect(shown(past)).toEqual(['+-本音。-+|+建前。+']);
    expect(past.steps).toMatchObject([{ written: 6, removed: 3 }]);
  });

  test('of a whole bullet that is gone too, in its place', () => {
    const past = new Log()
      .type('anna', '一つ目')
      .pass(60)
      .write('ben', (fragment) => {
        const bullet = new Y.XmlElement('bullet');
        bullet.insert(0, [new Y.XmlText('二つ目')]);
        fragment.insert(1, [bullet]);
      })
      .pass(60)
      .write('cho', (fragment) => fragment.delete(0, 1));
    expect(shown(past.read(1))).toEqual(['~一つ目~', '+二つ目+']);
    expect(shown(past.read())).toEqual(['-一つ目-', '二つ目']);
  });

  test('a character outside the basic plane stays whole and counts as one', () => {
    const past = new Log().type('anna', '𠮷野家').pass(60).erase('ben', 0, 2).read();
    expect(shown(past)).toEqual(['-𠮷-|野家']);
    expect(past.steps).toMatchObject([{ written: 3 }, { removed: 1 }]);
  });
});

describe('behind a compaction', () => {
  test('what was there before has no author, what was deleted before is gone', () => {
    const log = new Log()
      .type('anna', '消えた。残った。')
      .pass(60)
      .erase('anna', 0, 4)
      .pass(60)
      .type('ben', '足した。')
      .pass(60)
      .erase('cho', 0, 2);
    const past = log.read(null, 3);
    expect(who(past)).toEqual(['ben', 'cho']);
    expect(shown(log.read(0, 3))).toEqual(['~残っ~|た。|+足した。+']);
    expect(shown(past)).toEqual(['-残っ-|た。足した。']);
    expect(JSON.stringify(past)).not.toContain('消えた');
  });

  test('all of it given up: the text stands in no step', () => {
    const log = new Log().type('anna', '残った');
    expect(log.read(null, log.rows.length)).toEqual({
      steps: [],
      at: -1,
      lines: [[{ text: '残った', written: false, gone: 'no' }]],
    });
  });
});

test('twenty thousand rows are read', () => {
  const log = new Log();
  for (let n = 0; n < 10_000; n++) {
    log.pass(1).type(`writer-${n % 3}`, '字');
    log.erase(`writer-${n % 3}`, 0, 1);
  }
  const past = log.read();
  expect(past.steps.reduce((sum, { removed }) => sum + removed, 0)).toBe(10_000);
  expect(past.steps.length).toBeLessThan(400);
});

test('a step that is not there is the last one, and a log with a gap is an error', () => {
  const log = new Log().type('anna', '一').pass(60).type('anna', '二');
  expect(log.read(7).at).toBe(1);
  expect(log.read(-1).at).toBe(1);
  log.rows.splice(1, 1);
  expect(() => log.read()).toThrow('gap');
});
