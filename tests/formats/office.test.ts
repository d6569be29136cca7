/** Files off the event loop: what breaks a worker is a refusal and never takes the process along. */
import { afterEach, expect, test, vi } from 'vitest';
import { createOffice, type Office, type OfficeOptions } from '../../server/office.ts';
import { pack, unpack } from '#formats/packed.ts';
import type { SourceRead, SourceShown } from '#formats/sourceread.ts';
import { makeDelimited, orderlyRows } from '../fixtures/resulttable.ts';

let office: Office | null = null;
afterEach(async () => {
  vi.useRealTimers();
  await office?.close();
});

function open(options: OfficeOptions = {}): Office {
  office = createOffice(options);
  return office;
}
const hostile = (options: OfficeOptions = {}): Office =>
  open({ worker: new URL('../fixtures/hostile.worker.ts', import.meta.url), ...options });
const plain = { remembered: [] };
const bytes = new TextEncoder().encode(makeDelimited(orderlyRows(), '\t'));

/** What the page would show. */
function projectsOf(read: SourceRead): readonly unknown[] | undefined {
  if (!read.ok) throw new Error(read.code);
  return (JSON.parse(unpack(read.shown)) as SourceShown).table?.projects;
}

test('a table is read by the real worker, a wrong file refused', async () => {
  const { run } = open();
  const [table, empty] = await Promise.all([
    run('readSource', { ...plain, name: 'a.tsv', bytes }),
    run('readSource', { ...plain, name: 'a.tsv', bytes: new Uint8Array() }),
  ]);
  expect(projectsOf(table)).toHaveLength(9);
  expect(empty).toEqual({ ok: false, code: 'file-empty' });
  const text = makeDelimited(orderlyRows(), '\t');
  expect(projectsOf(await run('readSource', { ...plain, text, html: null }))).toHaveLength(9);
});

test.each([
  ['endless', 'loop', { deadlineMs: 2000 }],
  ['greedy', 'hoard', { heapMb: 32 }],
  ['ending its thread', 'exit', {}],
  ['deeper than the stack', 'deep', {}],
])('a file that is %s is too complex, and the next one is read', async (_, name, options) => {
  const { run } = hostile({ workers: 1, ...options });
  const [broken, next] = await Promise.all([
    run('readSource', { ...plain, name, bytes }),
    run('readSource', { ...plain, name: 'good', bytes }),
  ]);
  expect(broken).toEqual({ ok: false, code: 'file-too-complex' });
  expect(next).toMatchObject({ ok: true });
});

test('a worker without work gives its memory back, and another takes the next file', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { run } = hostile({ workers: 1 });
  const thread = () => run('readSource', { ...plain, name: 'thread', bytes });
  const [first, same] = [await thread(), await thread()];
  vi.advanceTimersByTime(20_000);
  const other = await thread();
  expect(same).toEqual(first);
  expect(other).not.toEqual(first);
});

test('a bug is no refusal', async () => {
  await expect(hostile().run('readSource', { ...plain, name: 'bug', bytes })).rejects.toThrow(
    'a mistake of ours',
  );
});

test('a result without ok stands in value', async () => {
  expect(await hostile().run('readSource', { ...plain, name: 'plain', bytes })).toEqual({
    ok: true,
    value: bytes.length,
  });
});

test('a worker gets only the bytes of the file, and no environment', async () => {
  const pool = new Uint8Array(100_000);
  const answer = await hostile().run('readSource', {
    ...plain,
    name: 'good',
    bytes: pool.subarray(10, 20),
  });
  // With the message around it, but without the pool.
  expect(answer).toEqual({ ok: true, size: 10, around: false, env: [] });
});

test('more than may wait is told to come again', async () => {
  const { run } = hostile({ workers: 1, waiting: 1 });
  const answered: string[] = [];
  const ask = async (who: string, name: string) => {
    const answer = await run('readSource', { ...plain, name, bytes });
    answered.push(who);
    return answer;
  };
  void ask('first', 'loop');
  void ask('second', 'good');
  expect(await ask('third', 'good')).toEqual({ ok: false, code: 'busy' });
  expect(answered).toEqual(['third']);
});

test('closing ends workers at once and answers everybody', async () => {
  const { run, close } = hostile({ workers: 1 });
  const answers = [
    run('readSource', { ...plain, name: 'loop', bytes }),
    run('readSource', { ...plain, name: 'good', bytes }),
  ];
  await close();
  expect(await Promise.all(answers)).toEqual([
    { ok: false, code: 'busy' },
    { ok: false, code: 'busy' },
  ]);
  expect(await run('readSource', { ...plain, name: 'good', bytes })).toEqual({
    ok: false,
    code: 'busy',
  });
});

test('what is packed is much shorter, and the same again', () => {
  const text = '意見等の欄 "1" \n'.repeat(50_000);
  const packed = pack(text);
  expect(packed.length * 20).toBeLessThan(text.length);
  expect(unpack(packed)).toBe(text);
  expect(unpack(pack(''))).toBe('');
});
