/**
 * What a running app tells about itself: which numbers there are, where they come from, who may read
 * them, and which events are worth a line of the log. Looks on; nothing waits for it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Ack } from '#protocol/ack.ts';
import type { SignedIn } from './seams.ts';
import type { Database } from './db/database.ts';
import { measureLog } from './db/survey.ts';
import { createDigest } from './digest.ts';
import type { Log } from './log.ts';
import { createRegistry, LATENCY } from './metrics.ts';
import type { Observer, SyncLog } from './sync/seams.ts';

/** A commit that takes longer than this (ms) keeps a whole room waiting: the disk needs a look. */
const SLOW_COMMIT_MS = 250;

/** How often the event loop is looked at (ms). */
const TICK_MS = 10;

/** Events that are counted as refusals, besides being written down. */
const refusalEvents: ReadonlySet<string> = new Set([
  'frame-refused',
  'too-many',
  'connection-refused',
  'command-refused',
  'document-differs',
]);

/** Counting the log reads all of it, so that may cost a thousandth of the time. */
const COUNT_RATIO = 1000;

export type Watch = {
  /** The same database, with its commits timed. */
  timed(database: Database, part: 'commands' | 'documents'): Database;
  /** Runs a command and counts its answer. */
  command(envelope: unknown, run: () => Ack): Ack;
  /** What the Yjs door reports. */
  readonly observe: Observer;
  readonly syncLog: SyncLog;
  /** Sources of numbers that exist only once the app is put together. */
  read(source: { readonly sockets: () => number; readonly database: Database }): void;
  /** The metrics, or null for somebody they are not for. */
  text(who: SignedIn | null, authorization: string | null): string | null;
  close(): void;
};

export function createWatch(parts: {
  readonly log: Log;
  /** Path of the database. */
  readonly file: string;
  /** What a collector without an account sends as `Authorization: Bearer …`; null lets none in. */
  readonly token: string | null;
}): Watch {
  const { log, file, token } = parts;
  const digest = createDigest(log);
  const registry = createRegistry();
  const commits = registry.histogram(
    'kensho_commit_seconds',
    'Time of a transaction that writes, its fsync included.',
    LATENCY,
  );
  const failures = registry.counter(
    'kensho_commit_failures_total',
    'Transactions that were rolled back by an error.',
  );
  const commands = registry.counter('kensho_commands_total', 'Commands by type and answer.');
  const answers = registry.histogram(
    'kensho_command_seconds',
    'Time from a well-formed command to its answer.',
    LATENCY,
  );
  const frames = registry.counter('kensho_frames_total', 'Messages that came in at the Yjs door.');
  const acks = registry.histogram(
    'kensho_ack_seconds',
    'Time from the arrival of an edit to its ack.',
    LATENCY,
  );
  const refusals = registry.counter(
    'kensho_refusals_total',
    'What the doors refused, by rule and code.',
  );
  let documents = 0;
  const delay = monitorEventLoopDelay({ resolution: TICK_MS });
  delay.enable();
  registry.gauge('kensho_connections', 'Open connections by kind.', () => [
    { labels: { kind: 'yjs' }, value: documents },
    { labels: { kind: 'socketio' }, value: sockets() },
  ]);
  let sockets = () => 0;
  registry.gauge(
    'kensho_event_loop_delay_seconds',
    'How late timers were since the last time somebody asked.',
    () => {
      const now = [0.5, 0.99, 1].map((quantile) => ({
        labels: { quantile },
        // Node counts the time the timer should have taken as well.
        value: Math.max(0, delay.percentile(quantile * 100) / 1e9 - TICK_MS / 1000),
      }));
      delay.reset();
      return now;
    },
  );
  registry.gauge('kensho_memory_bytes', 'Memory of the process.', () => {
    const { rss, heapUsed, external } = process.memoryUsage();
    return [
      { labels: { kind: 'rss' }, value: rss },
      { labels: { kind: 'heap' }, value: heapUsed },
      { labels: { kind: 'external' }, value: external },
    ];
  });
  registry.gauge('kensho_file_bytes', 'Size of the database and of its write-ahead log.', () => [
    { labels: { file: 'database' }, value: sizeOf(file) },
    { labels: { file: 'wal' }, value: sizeOf(`${file}-wal`) },
  ]);

  return {
    timed: (database, part) => ({
      ...database,
      transaction(work) {
        const start = performance.now();
        try {
          const result = database.transaction(work);
          const ms = performance.now() - start;
          commits.observe(ms / 1000, { part });
          if (ms > SLOW_COMMIT_MS) digest.note('slow-commit', { part, ms: Math.round(ms) });
          return result;
        } catch (error) {
          failures.add({ part });
          throw error;
        }
      },
    }),
    command(envelope, run) {
      const start = performance.now();
      const ack = run();
      const answer = ack.ok ? 'ok' : ack.refused;
      // Only what passed the schema has a type that is one of ours.
      const type = answer === 'malformed' ? 'unknown' : typeOf(envelope);
      commands.add({ type, answer });
      if (answer !== 'malformed') answers.observe((performance.now() - start) / 1000);
      return ack;
    },
    observe: {
      opened: () => (documents += 1),
      closed: () => (documents -= 1),
      received: () => frames.add(),
      acked: (ms) => acks.observe(ms / 1000),
    },
    syncLog(event, fields) {
      const { rule, code } = fields;
      if (refusalEvents.has(event)) {
        refusals.add({ event, rule: String(rule ?? ''), code: String(code ?? '') });
      }
      digest.note(event, fields);
    },
    read(source) {
      sockets = source.sockets;
      let counted = { rows: 0, bytes: 0 };
      let next = -Infinity;
      const count = () => {
        const start = performance.now();
        if (start < next) return counted;
        counted = measureLog(source.database.read);
        const end = performance.now();
        next = end + (end - start) * COUNT_RATIO;
        return counted;
      };
      registry.gauge('kensho_update_log_rows', 'Rows of the update log.', () => count().rows);
      registry.gauge('kensho_update_log_bytes', 'Bytes of its updates.', () => count().bytes);
    },
    text(who, authorization) {
      const isAllowed = who?.isStaff === true || (token !== null && same(authorization, token));
      return isAllowed ? registry.text() : null;
    },
    close() {
      digest.flush();
      delay.disable();
    },
  };
}

const typeOf = (envelope: unknown): string =>
  (envelope as { readonly command: { readonly type: string } }).command.type;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** In constant time: how much of a guess was right must not show. */
function same(authorization: string | null, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${token}`));
}
