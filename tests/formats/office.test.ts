/** Files off the event loop: what breaks a worker is a refusal and never takes the process along. */
import { afterEach, expect, test } from 'vitest';
import { createOffice, type Office, type OfficeOptions } from '../../server/office.ts';
import { makeDelimited, orderlyRows } from '../fixtures/resulttable.ts';

let office: Office | null = null;
afterEach(() => office?.close());

function open(options: OfficeOptions = {}): Office {
  office = createOffice(options);
  return office;
}
const hostile = (options: OfficeOptions = {}): Office =>
  open({ worker: new URL('../fixtures/hostile.worker.ts', import.meta.url), ...options });
const bytes = new TextEncoder().encode(makeDelimited(orderlyRows(), '\t'));

test('a table is read by the real worker, a wrong file refused', async () => {
  const { run } = open();
  const [table, empty] = await Promise.all([
    run('readTable', { name: 'a.tsv', bytes }),
    run('readTable', { name: 'a.tsv', bytes: new Uint8Array() }),
  ]);
  expect(table.ok && table.table.projects).toHaveLength(9);
  expect(empty).toEqual({ ok: false, code: 'file-empty' });
  const pasted = await run('readPasted', { text: makeDelimited(orderlyRows(), '\t') });
  expect(pasted.ok && pasted.table.projects).toHaveLength(9);
});

test.each([
  ['endless', 'loop', { deadlineMs: 300 }],
  ['greedy', 'hoard', { heapMb: 32 }],
  ['ending its thread', 'exit', {}],
  ['deeper than the stack', 'deep', {}],
])('a file that is %s is too complex, and the next one is read', async (_, name, options) => {
  const { run } = hostile({ workers: 1, ...options });
  const [broken, next] = await Promise.all([
    run('readTable', { name, bytes }),
    run('readTable', { name: 'good', bytes }),
  ]);
  expect(broken).toEqual({ ok: false, code: 'file-too-complex' });
  expect(next).toMatchObject({ ok: true });
});

test('a bug is no refusal', async () => {
  await expect(hostile().run('readTable', { name: 'bug', bytes })).rejects.toThrow(
    'a mistake of ours',
  );
});

test('a result without ok stands in value', async () => {
  expect(await hostile().run('readTable', { name: 'plain', bytes })).toEqual({
    ok: true,
    value: bytes.length,
  });
});

test('a worker gets only the bytes of the file, and no environment', async () => {
  const pool = new Uint8Array(100_000);
  const answer = await hostile().run('readTable', { name: 'good', bytes: pool.subarray(10, 20) });
  expect(answer).toEqual({ ok: true, buffer: 10, env: [] });
  expect(pool.byteLength).toBe(100_000);
});

test('more than may wait is told to come again', async () => {
  const { run } = hostile({ workers: 1, waiting: 1, deadlineMs: 300 });
  const answers = await Promise.all(
    ['loop', 'good', 'good'].map((name) => run('readTable', { name, bytes })),
  );
  expect(answers).toMatchObject([{ code: 'file-too-complex' }, { ok: true }, { code: 'busy' }]);
});

test('closing ends workers at once and answers everybody', async () => {
  const { run, close } = hostile({ workers: 1 });
  const answers = [
    run('readTable', { name: 'loop', bytes }),
    run('readTable', { name: 'good', bytes }),
  ];
  await close();
  expect(await Promise.all(answers)).toEqual([
    { ok: false, code: 'busy' },
    { ok: false, code: 'busy' },
  ]);
  expect(await run('readTable', { name: 'good', bytes })).toEqual({ ok: false, code: 'busy' });
});
