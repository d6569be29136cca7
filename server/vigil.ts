/**
 * The one place that knows every open line of a session, of whatever kind, and ends them together:
 * at once after a sign-out or a lost right, within a second when the time of a session is over.
 */
import type { AccountId } from '#domain/types.ts';
import type { Log } from './log.ts';
import { unheld, type Every } from './timer.ts';

/** One kind of line: the sockets of the commands, the connections of the documents. */
export type Lines = {
  /** The sessions that have one open now. */
  sessions(): Iterable<string>;
  revoke(sessionId: string): void;
  dropAccount(accountId: AccountId): void;
};

export type Vigil = {
  /** Ends whatever a session has open. */
  revoke(sessionId: string): void;
  /** Ends whatever an account has open, in all its sessions. */
  dropAccount(accountId: AccountId): void;
  start(): void;
  stop(): void;
};

type Parts = {
  readonly kinds: readonly Lines[];
  /** The sessions that live at this moment, read anew each time. */
  readonly living: () => ReadonlySet<string>;
  /** An open line is use: it keeps a session from idling out in a long meeting. */
  readonly touch: (sessionId: string) => void;
  readonly log: Pick<Log, 'error'>;
  readonly every?: Every;
};

/** Two looks a second: whoever has lost the session is out within one. */
const LOOK_MS = 500;
const TOUCH_MS = 60_000;

export function createVigil({ kinds, living, touch, log, every = unheld }: Parts): Vigil {
  let stops: readonly (() => void)[] = [];

  const revoke = (sessionId: string): void => {
    for (const lines of kinds) lines.revoke(sessionId);
  };

  /** The sessions with an open line; a line that says nothing does not outlive its session. */
  function look(): readonly string[] {
    const open = [...new Set(kinds.flatMap((lines) => [...lines.sessions()]))];
    if (open.length === 0) return open;
    const alive = living();
    for (const sessionId of open) if (!alive.has(sessionId)) revoke(sessionId);
    return open.filter((sessionId) => alive.has(sessionId));
  }

  /** A full disk or a locked file must not end the process from inside a timer. */
  const guarded = (work: () => unknown) => () => {
    try {
      work();
    } catch (error) {
      log.error('vigil-failed', error);
    }
  };

  return {
    revoke,
    dropAccount(accountId) {
      for (const lines of kinds) lines.dropAccount(accountId);
    },
    start() {
      if (stops.length > 0) return;
      stops = [
        every(LOOK_MS, guarded(look)),
        every(
          TOUCH_MS,
          guarded(() => look().forEach(touch)),
        ),
      ];
    },
    stop() {
      for (const stop of stops) stop();
      stops = [];
    },
  };
}
