import { existsSync, statfsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They put something else in the place of a module or of a global, and so have a copy of everything to themselves. */
const isolated = [
  'tests/execute/{full,power,flapping,carrier}.test.ts',
  'tests/sync/{full,power,polling,live}.test.ts',
  'tests/formats/office.test.ts',
];

/** On a fresh copy nobody knows yet which files take long; these would keep one worker to the end. */
const long = ['kill', 'pairs', 'hostile'].map((name) => `/${name}.test.ts`);

/**
 * Ten thousand commits wait for the disk, one after the other: their files may lie in memory where a
 * system has room there. What becomes of a commit in a power cut is asked of a disk that is made for
 * that (tests/sync/disk.ts), and a killed process leaves both kinds of file as they are.
 */
function scratch(): Record<string, string> {
  const memory = '/dev/shm';
  if (process.env['TMPDIR'] !== undefined || !existsSync(memory)) return {};
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 1024 ** 3 ? { TMPDIR: memory } : {};
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      long.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  // The pages' own name for the folder, so that a test can call their load functions.
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  test: {
    setupFiles: ['tests/quiet.ts'],
    env: scratch(),
    testTimeout: 20_000,
    // One worker per core of the smallest machine this is built for.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Most of what the tests make is gone at once: collected in fewer and cheaper turns.
    execArgv: ['--max-semi-space-size=64'],
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: [
            'tests/{domain,protocol,formats,execute,sync,fuzz}/**/*.test.ts',
            'tests/*.test.ts',
          ],
          exclude: isolated,
          // To load the readers and writers of office files anew for every file costs half the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'isolated', include: isolated } },
    ],
  },
});
