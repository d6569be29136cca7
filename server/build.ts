/** Builds the pages when they are older than their sources. Says what it does on standard error. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const sources = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];

/** @throws when the build fails; its own output has said why */
export async function buildPages(): Promise<void> {
  const built = join(root, 'build', 'handler.js');
  const wanted = Math.max(...sources.map((name) => newest(join(root, name))));
  if (existsSync(built) && statSync(built).mtimeMs >= wanted) return;
  process.stderr.write('Building the pages …\n');
  await new Promise<void>((resolve, reject) => {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error('the pages could not be built'));
    });
  });
}

function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).map((name) => newest(join(path, name)));
  return Math.max(stat.mtimeMs, ...inside);
}
