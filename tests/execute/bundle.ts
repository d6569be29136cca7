/**
 * A program of the tests as one file: a server that is started fifty times reads its two hundred
 * modules once. Native packages stay where they are installed, so the file lies beside them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { build } from 'vite';

const cache = join(import.meta.dirname, '../../node_modules/.cache');

export type Bundle = {
  readonly path: string;
  /** Where its compiled code is kept from one start to the next, and gone with it. */
  readonly env: NodeJS.ProcessEnv;
};

/** @param program a file of this folder; gone when the test is over */
export async function bundle(program: string): Promise<Bundle> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await build({
    root: join(import.meta.dirname, '../..'),
    configFile: false,
    mode: 'test',
    logLevel: 'error',
    build: { ssr: join(import.meta.dirname, program), outDir: folder, minify: false },
    ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2'] },
  });
  return {
    path: join(folder, `${basename(program, '.ts')}.js`),
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  };
}
