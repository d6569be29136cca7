import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/e2e/browser.ts';

/** Whole meetings take minutes: `npm run test:long` runs those tagged @long, `npm test` the others. */
const long = (process.env['KENSHO_LONG'] ?? '') !== '';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.e2e.ts',
  ...(long ? {} : { grepInvert: /@long/ }),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // Two cores: one worker per core, each with a server of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  use: {
    actionTimeout: 15_000,
    // Nobody here watches a thing move.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    // A trace doubles the work of every browser: `npx playwright test --trace on` has one when wanted.
    trace: 'off',
    launchOptions: await findBrowser(),
  },
});
