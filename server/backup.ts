/**
 * Copies of the whole database: made while the server runs, verified before they are called a
 * backup, put back only when no server uses the folder. Overwrites nothing and throws nothing away.
 */
import {
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { callControl } from './control.ts';
import { openDatabase, openSnapshot, sealCopy, settle } from './db/database.ts';
import { tryLock } from './db/lock.ts';
import { endSessions } from './db/survey.ts';
import { verify } from './doctor.ts';
import type { Settings } from './settings.ts';

/** Something the person can mend; the text says how. */
export class Refusal extends Error {}

type Folder = Pick<Settings, 'dataDir' | 'databaseFile'>;

/** @throws Refusal, with FILE untouched */
export async function backUp({ dataDir, databaseFile }: Folder, file: string): Promise<void> {
  const part = `${file}.part`;
  for (const path of [file, part]) {
    if (existsSync(path)) {
      throw new Refusal(`上書きしません: ${path} があります / will not overwrite ${path}`);
    }
  }
  if (!existsSync(dirname(file))) {
    throw new Refusal(`フォルダーがありません: ${dirname(file)} / there is no such folder`);
  }
  const lock = tryLock(dataDir);
  try {
    if (!lock) await callControl(dataDir).backup(part);
    else await copyIdle(databaseFile, part);
    sealCopy(part);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    lock?.release();
  }
  const found = verify(part);
  if (found.length > 0) {
    // Better than none: the damage was there before, and this is the last state there is.
    throw new Refusal(
      `検証で不一致がありました。コピーは ${part} に残しました / the copy does not verify, it is kept as .part\n${found.join('\n')}`,
    );
  }
  syncToDisk(part);
  renameSync(part, file);
  syncToDisk(dirname(file));
}

async function copyIdle(databaseFile: string, part: string): Promise<void> {
  if (!existsSync(databaseFile)) {
    throw new Refusal(`データベースがありません / there is no database: ${databaseFile}`);
  }
  closeSync(openSync(part, 'wx', 0o600));
  const snapshot = openSnapshot(databaseFile);
  try {
    await snapshot.backup(part);
  } finally {
    snapshot.close();
  }
}

/**
 * Puts a backup in the place of the database; everybody has to sign in again.
 * @returns where the database of before is now, or null when there was none
 * @throws Refusal, with the folder as it was
 */
export function restore({ dataDir, databaseFile }: Folder, file: string, now: Date): string | null {
  if (!existsSync(file)) throw new Refusal(`ファイルがありません / there is no file: ${file}`);
  const lock = tryLock(dataDir);
  if (!lock) {
    throw new Refusal(
      `サーバーが動作中です。先に終了してください / a server uses ${dataDir}: end it first`,
    );
  }
  const incoming = `${databaseFile}.restoring`;
  try {
    removeAll(incoming);
    copyFileSync(file, incoming);
    // A database that was kept after a crash has its last commits there.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${incoming}-wal`);
    const found = verify(incoming);
    if (found.length > 0) {
      throw new Refusal(`検証で不一致がありました / FILE does not verify\n${found.join('\n')}`);
    }
    const database = openDatabase(incoming);
    // A session that was ended after the backup must not come back to life with it.
    database.transaction(endSessions);
    database.close();
    syncToDisk(incoming);
    giveToOwner(dataDir, incoming);
    const kept = keep(databaseFile, now);
    renameSync(incoming, databaseFile);
    syncToDisk(dataDir);
    return kept;
  } finally {
    removeAll(incoming);
    lock.release();
  }
}

/** Gives the present database a dated name, together with what a crash left beside it. */
function keep(databaseFile: string, now: Date): string | null {
  if (!existsSync(databaseFile)) {
    removeAll(databaseFile);
    return null;
  }
  try {
    settle(databaseFile);
  } catch {
    // Too damaged to be opened: then it is kept as it lies.
  }
  const date = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  let kept = join(dirname(databaseFile), `kensho-before-${date}.db`);
  for (let n = 2; existsSync(kept); n++) kept = kept.replace(/(-\d+)?\.db$/, `-${n}.db`);
  // A log beside a file it does not belong to would damage that file: it moves first.
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(databaseFile + suffix)) renameSync(databaseFile + suffix, kept + suffix);
  }
  linkOrMove(databaseFile, kept);
  return kept;
}

/** Typed as root, the server's own user could not open what was restored for it. */
function giveToOwner(dataDir: string, file: string): void {
  const { uid, gid } = statSync(dataDir);
  if (process.getuid?.() === 0) chownSync(file, uid, gid);
}

/** By a second name, so that at no moment there is no database; not every file system can. */
function linkOrMove(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    renameSync(from, to);
  }
}

function removeAll(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

/** What is renamed next must be on the disk whole. Windows cannot do this with a folder. */
function syncToDisk(path: string): void {
  const isFolder = statSync(path).isDirectory();
  if (isFolder && process.platform === 'win32') return;
  const handle = openSync(path, isFolder ? 'r' : 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
