/**
 * What is kept no longer than it has to be (docs/operations.md): once a day, by the clock of the
 * house, rows about sign-ins go, and the single edits of meetings that were finished long ago.
 */
import type { Instant } from '#domain/types.ts';
import type { DocumentName } from '#protocol/documents.ts';
import type { Database, Tx } from './db/database.ts';
import { countSpent, deleteSpent, listCompactable, type Counts } from './db/retention.ts';
import type { Log } from './log.ts';
import { codeOf } from './sync/house.ts';
import type { Sync } from './sync/seams.ts';
import { unheld, type Every } from './timer.ts';

/** Days, from 0. */
export type Keeping = {
  /** [R5] The single edits of a document, counted from the publishing of its meeting. */
  readonly historyDays: number;
  /** Links that were used or ran out. */
  readonly accessDays: number;
  /** Drafts of opinions that were never taken over, counted from their last change. */
  readonly draftDays: number;
  /** Private ratings (事前評価), counted from the closing of their meeting, or from its last sign of life. */
  readonly ratingDays: number;
};

/** security.md, The rest. */
export const usualKeeping: Keeping = {
  historyDays: 30,
  accessDays: 30,
  draftDays: 90,
  ratingDays: 90,
};

export const DAY_MS = 24 * 3_600_000;

/** What could go now. */
export type Due = Counts & { readonly documents: readonly DocumentName[] };

const momentsOf = (now: Instant, { historyDays, accessDays, draftDays, ratingDays }: Keeping) => ({
  history: now - historyDays * DAY_MS,
  // An ended session opens nothing; a counter of failures is of no use after a day.
  rows: {
    sessions: now,
    links: now - accessDays * DAY_MS,
    attempts: now - DAY_MS,
    drafts: now - draftDays * DAY_MS,
    ratings: now - ratingDays * DAY_MS,
  },
});

/** For whoever only looks. */
export function findDue(tx: Pick<Tx, 'all' | 'first'>, now: Instant, keeping: Keeping): Due {
  const { history, rows } = momentsOf(now, keeping);
  return { ...countSpent(tx, rows), documents: listCompactable(tx, history) };
}

type Parts = {
  readonly database: Pick<Database, 'read' | 'transaction' | 'checkpoint'>;
  readonly clock: () => Instant;
  readonly log: Log;
  readonly sync: Pick<Sync, 'compact'>;
  /** A document whose memory and log do not agree keeps everything; somebody has to hear of it. */
  readonly differs: (document: DocumentName, code: string) => void;
  readonly keeping: Keeping;
  readonly every?: Every;
};

export type Retention = {
  /** At once, and every day from now on. */
  start(): void;
  stop(): void;
  /** One round; what went. Never rejects. */
  run(): Promise<Due>;
};

const nothing: Due = { sessions: 0, links: 0, attempts: 0, drafts: 0, ratings: 0, documents: [] };

export function createRetention(parts: Parts): Retention {
  const { database, clock, log, sync, differs, keeping, every = unheld } = parts;
  let stopDays: (() => void) | undefined;
  let isStopped = false;

  async function compactAll(by: Instant): Promise<DocumentName[]> {
    const compacted: DocumentName[] = [];
    for (const name of listCompactable(database.read, by)) {
      // Another meeting may be sitting: let it go first. By then the house may be closed.
      await new Promise(setImmediate);
      if (isStopped) break;
      try {
        const difference = sync.compact(name);
        if (difference === undefined) compacted.push(name);
        else differs(name, difference);
      } catch (error) {
        differs(name, codeOf(error));
      }
    }
    return compacted;
  }

  async function round(): Promise<Due> {
    const { history, rows } = momentsOf(clock(), keeping);
    const counts = database.transaction((tx) => deleteSpent(tx, rows));
    const documents = await compactAll(history);
    // Deleted words and choices are still in the write-ahead log until it is emptied.
    if (documents.length + counts.drafts + counts.ratings > 0 && !isStopped) database.checkpoint();
    return { ...counts, documents };
  }

  async function run(): Promise<Due> {
    try {
      const done = await round();
      const { documents, ...counts } = done;
      const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const went = documents.length + rows;
      if (went > 0) log.info('retention', { ...counts, documents: documents.length });
      return done;
    } catch (error) {
      log.error('retention-failed', error);
      return nothing;
    }
  }

  return {
    run,
    start() {
      if (stopDays || isStopped) return;
      stopDays = every(DAY_MS, () => void run());
      void run();
    },
    stop() {
      isStopped = true;
      stopDays?.();
    },
  };
}
