/**
 * Uploads every hostile file through the import page of the real server while somebody else asks for
 * pages, and prints for each file how it was answered, how long that took, how long the others waited
 * and what memory the server has. Run from the repository: `node tests/bench/hostile.ts [FILE…]`.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { findBrowser } from '../e2e/browser.ts';
import { startDemo, type Demo } from '../e2e/server.ts';
import { hostileFiles } from '../fixtures/hostilefiles.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The cookies of the secretariat, who may import. */
async function signIn(demo: Demo): Promise<string> {
  const browser = await chromium.launch(await findBrowser());
  const context = await browser.newContext({ baseURL: demo.url });
  const page = await context.newPage();
  await page.goto(demo.link('secretariat'));
  await page.waitForURL(/\/meetings\//);
  const cookies = await context.cookies();
  await browser.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

type Others = { count: number; p99: number; worst: number; failed: number };

/** Asks for pages and for a file again and again, and how long (ms) each answer took. */
function watch(demo: Demo, cookie: string): () => Promise<Others> {
  const waits: number[] = [];
  let failed = 0;
  let on = true;
  const ask = async (path: string) => {
    while (on) {
      const start = performance.now();
      await fetch(demo.url + path, { headers: { cookie, connection: 'close' } })
        .then((answer) => answer.arrayBuffer())
        .catch(() => (failed += 1));
      waits.push(performance.now() - start);
      // A person looks at a page before asking for the next.
      await pause(20);
    }
  };
  const asking = Promise.all([ask('/'), ask(`/meetings/${demo.meeting}`), ask('/robots.txt')]);
  return async () => {
    on = false;
    await asking;
    const sorted = waits.toSorted((one, other) => one - other);
    const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
    return { count: sorted.length, p99: at(0.99), worst: at(1), failed };
  };
}

/** In a process of its own: a client that sends 100 MB is no good clock. */
async function upload(url: string, cookie: string, name: string, bytes: Uint8Array) {
  const form = new FormData();
  form.set('file', new File([Uint8Array.from(bytes)], name));
  const answer = await fetch(url, {
    method: 'POST',
    body: form,
    headers: { cookie, origin: new URL(url).origin, accept: 'application/json' },
  });
  const { data = '', type } = (await answer.json()) as { type?: string; data?: string };
  const code = /"(file-[a-z-]+|pdf-[a-z-]+|no-[a-z-]+|busy)"/.exec(data)?.[1];
  return code ?? (data.includes('shown') ? 'read' : `${type ?? ''} ${answer.status}`);
}

/** The other process makes the file, says so, and sends it when told. */
async function uploader(name: string, url: string, cookie: string): Promise<void> {
  const bytes = files.find((file) => file.name === name)?.make() ?? new Uint8Array();
  const told = new Promise((resolve) => process.once('message', resolve));
  process.send?.('ready');
  await told;
  const start = performance.now();
  const answer = await upload(url, cookie, name, bytes).catch((error: unknown) => String(error));
  process.send?.({ answer, took: performance.now() - start });
  process.disconnect();
}

async function measure(demo: Demo, cookie: string, name: string): Promise<void> {
  const url = `${demo.url}/meetings/${demo.meeting}/import?/read`;
  const child = fork(import.meta.filename, ['--upload', name, url, cookie]);
  const heard = () => new Promise<unknown>((resolve) => child.once('message', resolve));
  await heard();
  const stop = watch(demo, cookie);
  const done = heard();
  child.send('go');
  const { answer, took } = (await done) as { answer: string; took: number };
  const { count, p99, worst, failed } = await stop();
  const figures = [took, p99, worst].map((each) => each.toFixed(0).padStart(7)).join('');
  say(
    `${name.padEnd(18)}${answer.padEnd(22)}${figures}  of ${count}, ${failed} failed, ${memoryOf(demo.pid)} MB`,
  );
}

/** Megabytes of memory of a process and its threads. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
}

const files = [
  ...hostileFiles,
  { name: '100mb.csv', make: () => new Uint8Array(100_000_000).fill(0x61) },
];
const [first, ...rest] = process.argv.slice(2);
if (first === '--upload') {
  const [name = '', url = '', cookie = ''] = rest;
  await uploader(name, url, cookie);
} else {
  const demo = await startDemo();
  const cookie = await signIn(demo);
  const chosen = process.argv.slice(2);
  const stop = watch(demo, cookie);
  await pause(2000);
  const { p99, worst } = await stop();
  say(`nothing: p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`);
  say(`${'file'.padEnd(18)}${'answer'.padEnd(22)}     ms    p99  worst`);
  for (const { name } of files)
    if (chosen.length === 0 || chosen.includes(name)) await measure(demo, cookie, name);
  // An idle worker is let go after twenty seconds.
  await pause(22_000);
  say(`afterwards: ${memoryOf(demo.pid)} MB`);
  await demo.stop();
}
