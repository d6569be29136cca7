import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{domain,protocol,formats,execute,sync,fuzz}/**/*.test.ts', 'tests/*.test.ts'],
    setupFiles: ['tests/quiet.ts'],
    testTimeout: 20_000,
  },
});
