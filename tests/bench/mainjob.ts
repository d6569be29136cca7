/**
 * The figures of the main job, measured on the real programs with a real browser: how much script a
 * page carries, how soon a keystroke is seen by others, how long large tables take and how long
 * they hold the server up. Run from the repository: `node tests/bench/mainjob.ts`.
 */
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from '@playwright/test';
import { parsePasted } from '../../src/formats/table.ts';
import { makeResultWorkbook } from '../../src/formats/resultworkbook.ts';
import { shapes } from '../../src/formats/shape.ts';
import { sampleTable } from '../../server/sample.ts';
import { findBrowser } from '../e2e/browser.ts';
import { startDemo, type Demo } from '../e2e/server.ts';

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const say = (what: string, value: string) => process.stdout.write(`${what.padEnd(52)}${value}\n`);

async function seat(browser: Browser, demo: Demo, role: string, index = 0): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await page.goto(demo.link(role, index));
  await page.waitForURL(/\/meetings\/[^/]+$/);
  await page.getByRole('status').filter({ hasText: '接続中' }).first().waitFor();
  return page;
}

/** Kilobytes of JavaScript, gzip, that a fresh browser loads for a page. */
async function scriptOf(page: Page, path: string): Promise<number> {
  let bytes = 0;
  const reads: Promise<void>[] = [];
  page.on('response', (response) => {
    if (!/\.js($|\?)/.test(response.url())) return;
    reads.push(response.body().then((body) => void (bytes += gzipSync(body).length)));
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await Promise.all(reads);
  return bytes / 1000;
}

async function scripts(browser: Browser, demo: Demo): Promise<void> {
  for (const path of ['/', `/meetings/${demo.meeting}`]) {
    const member = await seat(browser, demo, 'member');
    const state = await member.context().storageState();
    const fresh = await browser.newContext({ baseURL: demo.url, storageState: state });
    const size = await scriptOf(await fresh.newPage(), path);
    say(`JavaScript of ${path.replace(demo.meeting, 'ID')}`, `${size.toFixed(1)} kB gzip`);
    await fresh.close();
    await member.context().close();
  }
}

async function keystrokes(browser: Browser, demo: Demo): Promise<void> {
  const chair = await seat(browser, demo, 'chair');
  const members = await Promise.all([0, 1, 2, 3].map((i) => seat(browser, demo, 'member', i)));
  for (const step of ['会議を開く', 'この議題を始める']) {
    await chair.getByRole('button', { name: step, exact: true }).click();
  }
  const name = '【R6実績について】';
  for (const page of [chair, ...members]) {
    const box = page.getByRole('textbox', { name });
    await box.waitFor();
    await box.evaluate((element) => {
      const seen: number[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const length = element.textContent.replace(/[^a-z]/g, '').length;
        while (seen.length < length) seen.push(performance.timeOrigin + performance.now());
      }).observe(element, { subtree: true, childList: true, characterData: true });
    });
  }
  const writer = members[0];
  await writer?.getByRole('textbox', { name }).click();
  const typed: number[] = [];
  for (let letter = 0; letter < 60; letter += 1) {
    typed.push(Date.now());
    await writer?.keyboard.type('a', { delay: 120 });
  }
  const delays: number[] = [];
  for (const page of [chair, ...members.slice(1)]) {
    await page.waitForFunction(() => (window as unknown as { seen: number[] }).seen.length >= 60);
    const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
    delays.push(...typed.map((at, index) => (seen[index] ?? Number.NaN) - at));
  }
  say('keystroke to visible in four other browsers, median', `${median(delays).toFixed(0)} ms`);
  say('the same, worst', `${Math.max(...delays).toFixed(0)} ms`);
  for (const page of [chair, ...members]) await page.context().close();
}

/** The longest a small request had to wait while `work` ran. */
async function holdUp(demo: Demo, work: () => Promise<void>): Promise<number> {
  let worst = 0;
  const watch = { on: true };
  const probe = (async () => {
    while (watch.on) {
      const start = performance.now();
      await fetch(`${demo.url}/robots.txt`);
      worst = Math.max(worst, performance.now() - start);
    }
  })();
  await work();
  watch.on = false;
  await probe;
  return worst;
}

async function largeTable(browser: Browser): Promise<void> {
  const demo = await startDemo();
  const read = parsePasted({ text: sampleTable() });
  if (!read.ok) throw new Error(read.code);
  const some = read.table.projects;
  const projects = Array.from({ length: 500 }, (_, index) => ({
    ...(some[index % some.length] ?? (some[0] as (typeof some)[number])),
    no: `${Math.floor(index / 20) + 1}-${(index % 20) + 1}`,
  }));
  const buffer = Buffer.from(makeResultWorkbook({ ...read.table, projects }));
  const office = await seat(browser, demo, 'secretariat');
  await office.goto(`/meetings/${demo.meeting}/import`);
  await office
    .getByLabel('ファイルを選ぶ')
    .setInputFiles({ name: '500.xlsx', mimeType: 'application/octet-stream', buffer });
  let start = performance.now();
  const held = await holdUp(demo, async () => {
    await office.getByRole('button', { name: '内容を確認する', exact: true }).click();
    await office.getByText('事業500件').first().waitFor();
  });
  say('500 projects: file to preview', `${((performance.now() - start) / 1000).toFixed(2)} s`);
  say('  longest wait of another request', `${held.toFixed(0)} ms`);
  await office
    .getByLabel(/置き換える/)
    .first()
    .check();
  start = performance.now();
  const heldToo = await holdUp(demo, async () => {
    await office.getByRole('button', { name: '取り込みを確定する', exact: true }).click();
    await office.waitForURL(/\/setup/);
  });
  say('500 projects: confirmation', `${((performance.now() - start) / 1000).toFixed(2)} s`);
  say('  longest wait of another request', `${heldToo.toFixed(0)} ms`);
  start = performance.now();
  const heldThree = await holdUp(demo, async () => {
    await office.request.get(`/meetings/${demo.meeting}/results/workbook`);
  });
  say('500 projects: workbook out', `${((performance.now() - start) / 1000).toFixed(2)} s`);
  say('  longest wait of another request', `${heldThree.toFixed(0)} ms`);
  for (const kind of ['workbook', 'document']) {
    for (const shape of shapes) {
      start = performance.now();
      await office.request.get(`/meetings/${demo.meeting}/results/${kind}?shape=${shape}`);
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      say(`500 projects: ${kind} as ${shape}`, `${seconds} s`);
    }
  }
  await office.context().close();
  await demo.stop();
}

const browser = await chromium.launch(await findBrowser());
const demo = await startDemo();
await keystrokes(browser, demo);
// By now an item is under discussion, so the room loads its editor as well.
await scripts(browser, demo);
await demo.stop();
await largeTable(browser);
await browser.close();
