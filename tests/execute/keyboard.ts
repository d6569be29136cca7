/** The command line as a person types it, and a house that runs as `npm start` does. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openControl } from '../../server/control.ts';
import { lockFolder } from '../../server/db/lock.ts';
import type { House } from './house.ts';

const root = join(import.meta.dirname, '..', '..');

export type Said = { readonly code: number | null; readonly out: string; readonly err: string };

/** `npm run -s kensho -- …` without npm: a process of its own. */
export function kensho(dataDir: string, ...parameters: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [join(root, 'server', 'cli.ts'), ...parameters], {
    env: { ...process.env, DATA_DIR: dataDir, INIT_CWD: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

export const folderOf = (house: House): string => dirname(house.file);

/** Holds the folder of a house and listens to the keyboard, until it is ended. */
export async function guard(house: House): Promise<() => void> {
  const lock = lockFolder(folderOf(house));
  const control = await openControl(folderOf(house), house.app.controls);
  let isOpen = true;
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    control.close();
    lock.release();
  };
  onTestFinished(end);
  return end;
}
