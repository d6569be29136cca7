/**
 * Runs heavy work on files in processes of their own: with a heap limit and a deadline, a few at a
 * time, a short queue. A file that breaks its worker is refused; it never breaks the server. Not
 * threads: what a thread took of memory stays with the server, and it takes the server's processor.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FileRefusal } from '#formats/notice.ts';
import type { JobName, Jobs, Order, Reply } from './office.worker.ts';

/** `busy`: the queue is full or the server is stopping. `file-too-complex`: out of memory or time, or the worker died. */
export type OfficeRefusal = {
  readonly ok: false;
  readonly code: Extract<FileRefusal, 'busy' | 'file-too-complex'>;
};

type Input<Name extends JobName> = Parameters<Jobs[Name]>[0];
type Result<Name extends JobName> = Awaited<ReturnType<Jobs[Name]>>;
/** A job that already answers with `ok` keeps its answer; any other result stands in `value`. */
export type Answer<Name extends JobName> =
  | OfficeRefusal
  | (Result<Name> extends { readonly ok: boolean }
      ? Result<Name>
      : { readonly ok: true; readonly value: Result<Name> });

export type Office = {
  /** Rejects only for a bug inside the job; everything a file can cause is a refusal. */
  readonly run: <Name extends JobName>(name: Name, input: Input<Name>) => Promise<Answer<Name>>;
  /** Ends every worker at once; jobs under way and waiting are answered `busy`. */
  readonly close: () => Promise<void>;
};

export type OfficeOptions = {
  readonly workers?: number;
  readonly waiting?: number;
  /** For reading a file (9 s, so that a person has an answer within ten) and for making one (20 s). */
  readonly deadlineMs?: number;
  /** How long a worker without work keeps its memory. */
  readonly idleMs?: number;
  readonly heapMb?: number;
  /** Another worker file, for tests. */
  readonly worker?: URL;
};

type Job = {
  readonly name: JobName;
  readonly input: unknown;
  readonly settle: (reply: { readonly result: unknown } | { readonly error: string }) => void;
};
type Desk = { readonly worker: ChildProcess; job: Job | null; timer: NodeJS.Timeout | null };

export function createOffice(options: OfficeOptions = {}): Office {
  const { workers = 2, waiting = 20, idleMs = 20_000, heapMb = 384 } = options;
  const deadline = (name: JobName): number =>
    options.deadlineMs ?? (/^(?:read|inspect)/.test(name) ? 9_000 : 20_000);
  const file = options.worker ?? new URL('./office.worker.ts', import.meta.url);
  const desks = new Set<Desk>();
  const queue: Job[] = [];
  let closed = false;
  let lastId = 0;

  /** The only way a job ends: its desk is free before anybody hears of it. */
  function finish(desk: Desk, reply: Parameters<Job['settle']>[0]): void {
    const { job } = desk;
    if (desk.timer) clearTimeout(desk.timer);
    desk.job = null;
    desk.timer = null;
    job?.settle(reply);
  }

  /** A worker that ran out of memory or time is never given another file. */
  function dismiss(desk: Desk, code: OfficeRefusal['code']): void {
    desks.delete(desk);
    desk.worker.kill('SIGKILL');
    finish(desk, { result: { ok: false, code } satisfies OfficeRefusal });
    next();
  }

  /** What a large file took stays with its worker; an idle one gives it back. */
  function retire(desk: Desk): void {
    desks.delete(desk);
    desk.worker.kill('SIGKILL');
  }

  function hire(): Desk {
    const worker = fork(fileURLToPath(file), {
      env: {}, // what reads strangers' files must not know the server's secrets
      execArgv: [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=16', '--no-warnings'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    yieldToPages(worker);
    const desk: Desk = { worker, job: null, timer: null };
    worker.on('message', (reply: Reply) => {
      finish(desk, reply);
      rest(worker);
      next();
      if (desk.job === null) desk.timer = setTimeout(() => retire(desk), idleMs).unref();
    });
    worker.on('error', () => desks.has(desk) && dismiss(desk, 'file-too-complex'));
    worker.on('exit', () => desks.has(desk) && dismiss(desk, 'file-too-complex'));
    rest(worker);
    desks.add(desk);
    return desk;
  }

  function next(): void {
    if (closed || queue.length === 0) return;
    const free =
      [...desks].find((desk) => desk.job === null) ?? (desks.size < workers ? hire() : null);
    const job = free ? queue.shift() : undefined;
    if (!free || !job) return;
    if (free.timer) clearTimeout(free.timer);
    free.job = job;
    free.timer = setTimeout(() => dismiss(free, 'file-too-complex'), deadline(job.name));
    free.worker.ref();
    free.worker.channel?.ref();
    const order: Order = { id: ++lastId, name: job.name, input: job.input as never };
    free.worker.send(order, (error) => {
      if (error && desks.has(free)) dismiss(free, 'file-too-complex');
    });
  }

  return {
    run: (name, input) =>
      new Promise((resolve, reject) => {
        const refuse = (code: OfficeRefusal['code']): void => resolve({ ok: false, code });
        if (closed) return refuse('busy');
        if (queue.length >= waiting) return refuse('busy');
        type Settled = Answer<typeof name>;
        queue.push({
          name,
          input,
          settle: (reply) => {
            if ('error' in reply) reject(new Error(`${name}: ${reply.error}`));
            else
              resolve(
                (hasOk(reply.result) ? reply.result : { ok: true, value: reply.result }) as Settled,
              );
          },
        });
        next();
      }),
    async close() {
      closed = true;
      const refusal = { result: { ok: false, code: 'busy' } satisfies OfficeRefusal };
      for (const job of queue.splice(0)) job.settle(refusal);
      const ending = [...desks].map((desk) => {
        desks.delete(desk);
        finish(desk, refusal);
        return ended(desk.worker);
      });
      await Promise.all(ending);
    },
  };
}

/** An idle worker does not keep the server from ending. */
function rest(worker: ChildProcess): void {
  worker.unref();
  worker.channel?.unref();
}

/** People who wait for a page come first; where the system does not let us say so, all are equal. */
function yieldToPages({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // The worker has ended already, or the system knows no priorities.
  }
}

function ended(worker: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return resolve();
    worker.ref();
    worker.once('exit', () => resolve());
    worker.kill('SIGKILL');
  });
}

function hasOk(result: unknown): boolean {
  return (
    typeof result === 'object' &&
    result !== null &&
    'ok' in result &&
    typeof result.ok === 'boolean'
  );
}
