/**
 * Builds the pages when their sources are newer than what was built. Each build has a folder of its
 * own: a server that is running goes on serving the files it was started with.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const builds = join(root, 'build');
const sources = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];
/** Builds that are kept for servers which are still running on them. */
const KEPT = 3;

/** @returns the folder of the built pages. @throws when the build fails; its output has said why */
export async function buildPages(): Promise<string> {
  const wanted = Math.max(...sources.map((name) => newest(join(root, name))));
  const folder = join(builds, Math.floor(wanted).toString(36));
  if (existsSync(join(folder, 'handler.js'))) return folder;
  process.stderr.write('Building the pages …\n');
  const unfinished = `${folder}.${process.pid}`;
  await runVite(unfinished);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  for (const old of finished().slice(KEPT)) rmSync(old, { recursive: true, force: true });
  return folder;
}

/** The newest build there is. @throws when there is none */
export function builtPages(): string {
  const [folder] = finished();
  if (folder === undefined) throw new Error('the pages are not built yet: run `npm start`');
  return folder;
}

/** Complete builds, newest first. */
function finished(): readonly string[] {
  if (!existsSync(builds)) return [];
  return readdirSync(builds)
    .filter((name) => /^[a-z0-9]+$/.test(name))
    .map((name) => join(builds, name))
    .filter((folder) => existsSync(join(folder, 'handler.js')))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

function runVite(out: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      env: { ...process.env, KENSHO_BUILD: out },
      // Standard output belongs to the caller: `demo --json` prints one object there.
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
