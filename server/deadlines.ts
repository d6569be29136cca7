/**
 * 書面開催の期限 by the clock of the house: looks every few seconds, and at the start, whether a deadline
 * has passed. Whoever sends a command before that finds the ballots closed all the same ([B18]).
 */
import type { MeetingId } from '#domain/types.ts';
import type { Database } from './db/database.ts';
import { listCirculating } from './db/meeting.ts';
import type { Log } from './log.ts';
import { unheld, type Every } from './timer.ts';

export type Deadlines = {
  /** At once, and every few seconds from now on. */
  start(): void;
  stop(): void;
  /** One look. Never throws. */
  look(): void;
};

const LOOK_MS = 5_000;

type Parts = {
  readonly database: Pick<Database, 'read'>;
  readonly collect: (meetingId: MeetingId) => void;
  readonly log: Pick<Log, 'error'>;
  readonly every?: Every;
};

export function createDeadlines({ database, collect, log, every = unheld }: Parts): Deadlines {
  let stop: (() => void) | undefined;

  /** A full disk must not end the process from inside a timer, nor one meeting hold up the others. */
  function guarded(work: () => void, meeting?: MeetingId): void {
    try {
      work();
    } catch (error) {
      log.error('deadline-failed', error, meeting === undefined ? {} : { meeting });
    }
  }

  const look = (): void =>
    guarded(() => {
      for (const id of listCirculating(database.read)) guarded(() => collect(id), id);
    });

  return {
    look,
    start() {
      if (stop) return;
      stop = every(LOOK_MS, look);
      look();
    },
    stop() {
      stop?.();
      stop = undefined;
    },
  };
}
