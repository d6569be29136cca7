/** Starts a server of the bench on its own core, and asks it what it has used. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dialects, type Dialect } from './client.ts';

export type Kind = 'kensho' | 'y-websocket' | 'y-leveldb' | 'hocuspocus';
export const kinds: Kind[] = ['kensho', 'hocuspocus', 'y-leveldb', 'y-websocket'];

const parts: Record<Kind, { file: string; dialect: Dialect; stores: boolean }> = {
  kensho: { file: 'kensho.ts', dialect: dialects.kensho, stores: true },
  'y-websocket': { file: 'websocket.js', dialect: dialects.websocket, stores: false },
  'y-leveldb': { file: 'websocket.js', dialect: dialects.websocket, stores: true },
  hocuspocus: { file: 'hocuspocus.js', dialect: dialects.hocuspocus, stores: true },
};

export const roomName = (kind: Kind, number: number | string): string =>
  kind === 'kensho' ? `opinions/bench-${String(number).padStart(4, '0')}` : `bench-${number}`;

export class Server {
  readonly kind: Kind;
  readonly dialect: Dialect;
  readonly stores: boolean;
  readonly data = mkdtempSync(join(tmpdir(), 'kensho-bench-'));
  port = 0;
  #process: ChildProcess | undefined;

  constructor(kind: Kind) {
    this.kind = kind;
    this.dialect = parts[kind].dialect;
    this.stores = parts[kind].stores;
  }

  /** A port of the machine may be taken: then another one. */
  async start(tries = 5): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      if (tries === 0) throw error;
      await this.start(tries - 1);
    }
  }

  async #start(): Promise<void> {
    this.port = 20_000 + Math.floor(Math.random() * 20_000);
    const file = new URL(`servers/${parts[this.kind].file}`, import.meta.url).pathname;
    const child = fork(file, {
      execPath: '/usr/bin/env',
      execArgv: ['taskset', '-c', '0', process.execPath, '--expose-gc', ...profiling()],
      env: {
        ...process.env,
        PORT: String(this.port),
        DATA: this.data,
        ...(this.kind === 'y-leveldb' && { YPERSISTENCE: join(this.data, 'leveldb') }),
      },
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`${this.kind} ended with ${code}`)));
    });
    child.removeAllListeners('exit');
  }

  /** CPU of the whole process so far (ms). */
  cpu(): Promise<number> {
    return this.#ask('cpu');
  }

  /** Bytes of the heap after collecting. */
  heap(): Promise<number> {
    return this.#ask('heap');
  }

  async #ask(what: 'cpu' | 'heap'): Promise<number> {
    const answer = new Promise<Record<string, number>>((resolve) =>
      this.#process?.once('message', (message) => resolve(message as Record<string, number>)),
    );
    this.#process?.send(what === 'heap' ? 'memory' : what);
    return (await answer)[what] ?? NaN;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill(process.env['PROFILE'] ? 'SIGINT' : 'SIGKILL');
    rmSync(this.data, { recursive: true, force: true });
  }
}

const profiling = () => {
  const folder = process.env['PROFILE'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
};
