import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The pages' own name for the folder, so that a test can call their load functions.
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  test: {
    include: ['tests/{domain,protocol,formats,execute,sync,fuzz}/**/*.test.ts', 'tests/*.test.ts'],
    setupFiles: ['tests/quiet.ts'],
    testTimeout: 20_000,
  },
});
