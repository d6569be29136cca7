/** What every room and connection of one door shares: the settings, and the ways to the tick. */
import type { DocumentRef } from '#protocol/documents.ts';
import type { Limits } from './limits.ts';
import type { Connection } from './connection.ts';
import type { Company } from './presence.ts';
import type { Room } from './room.ts';
import type { Rule } from './rules.ts';
import type { Scheduler } from './scheduler.ts';
import type { Observer, SyncLog, SyncOptions } from './seams.ts';

export type House = Pick<SyncOptions, 'database' | 'clock' | 'accessOf' | 'seed'> & {
  readonly scheduler: Scheduler;
  readonly limits: Limits;
  readonly rules: readonly (readonly [string, Rule])[];
  readonly sessionAlive: (sessionId: string) => boolean;
  readonly log: SyncLog;
  readonly observe: Observer | undefined;
  /** The room has something for the next tick. */
  want(room: Room): void;
  /** Who sees whom: a meeting is one company, whichever part of it somebody may read. */
  companyOf(ref: DocumentRef): Company;
  /** The connection is no more. */
  ended(connection: Connection): void;
  /** The room may leave memory. */
  release(room: Room): void;
};

/** SQLite's code or the name of the error: its text could quote content. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.constructor.name;
}

/** The disk is full, the file is locked: nothing is known about what is stored, and it may pass. */
export const isOutage = (error: unknown): boolean =>
  /^SQLITE_(?!CORRUPT|NOTADB)/u.test(codeOf(error));
