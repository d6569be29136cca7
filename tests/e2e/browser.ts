/** Finds a browser that is here: one named, Playwright's own, the system's, or the one from npm. */
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
  const candidates = [named, chromium.executablePath(), '/usr/bin/chromium'];
  const found = candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
  return { executablePath: found ?? (await packaged.executablePath()), args };
}
