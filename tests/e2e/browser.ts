/** Finds a browser that is here: one named, the light one from npm, Playwright's own, the system's. */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import packaged from '@sparticuz/chromium';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function findBrowser(): Promise<{ executablePath: string; args: string[] }> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return { executablePath: named, args };
  // Built for Linux only; it has no window and takes half the work of a browser that has one.
  if (process.platform === 'linux' && process.arch === 'x64') {
    return { executablePath: await packaged.executablePath(), args };
  }
  const found = [chromium.executablePath(), '/usr/bin/chromium'].find((path) => existsSync(path));
  if (found === undefined) throw new Error('no browser is here: name one in CHROMIUM_PATH');
  return { executablePath: found, args };
}
