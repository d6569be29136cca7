/** A server that is a process of its own: how it is asked whether it lives, and how it ends. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request, type Agent, type IncomingMessage } from 'node:http';
import { connect, type Socket as NetSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { EDITOR_SCHEMA, viewDocument } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import type { MeetingId } from '#domain/types.ts';
import { House } from './house.ts';
import { kensho } from './keyboard.ts';

type Line = Readonly<Record<string, unknown>>;
type Ended = { readonly code: number | null; readonly ms: number };

class Program {
  readonly folder = mkdtempSync(join(tmpdir(), 'kensho-test-'));
  readonly #child;
  readonly #ended: Promise<number | null>;
  #out = '';
  #err = '';
  url = '';
  meetingId = '' as MeetingId;
  tokens: readonly string[] = [];

  private constructor(parameters: readonly string[]) {
    const file = join(import.meta.dirname, 'program.ts');
    this.#child = spawn(process.execPath, [file, ...parameters], {
      env: { ...process.env, DATA_DIR: this.folder, PORT: '0', HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  static async start(...parameters: readonly string[]): Promise<Program> {
    const program = new Program(parameters);
    onTestFinished(async () => {
      program.#child.kill('SIGKILL');
      await program.#ended;
      rmSync(program.folder, { recursive: true, force: true });
    });
    program.#child.stderr.on('data', (chunk: Buffer) => (program.#err += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      void program.#ended.then(() => reject(new Error(program.#err)));
      program.#child.stdout.on('data', (chunk: Buffer) => {
        program.#out += chunk.toString();
        if (program.#out.includes('\n')) resolve();
      });
    });
    Object.assign(program, JSON.parse(program.#out));
    return program;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get log(): readonly Line[] {
    return this.#err.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
  }

  /** As a person or a supervisor ends it; how it went. */
  async end(signal: NodeJS.Signals): Promise<Ended> {
    const start = performance.now();
    this.#child.kill(signal);
    const code = await this.#ended;
    return { code, ms: performance.now() - start };
  }

  get(path: string, headers: Record<string, string> = {}, agent: Agent | false = false) {
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sent = request(`http://127.0.0.1:${this.port}${path}`, { headers, agent }, (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  async answersWith(status: number): Promise<void> {
    while ((await this.get('/healthz')).status !== status);
  }

  /** A page with the view open; the code with which the server closes it. */
  async document(): Promise<{ closed: Promise<number> }> {
    const headers = { Origin: this.url, Cookie: `kensho-session=${this.tokens[0]}` };
    const name = viewDocument(this.meetingId);
    const query = `schema=${EDITOR_SCHEMA}&client=1234`;
    const socket = new WebSocket(`${this.url}/yjs/${name}?${query}`, { headers });
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('message', resolve));
    return { closed: new Promise((resolve) => socket.once('close', resolve)) };
  }

  /** A page whose machine has gone to sleep: it takes nothing and answers nothing. */
  async sleeper(): Promise<NetSocket> {
    const socket = connect(this.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    socket.write(
      [
        `GET /yjs/${viewDocument(this.meetingId)}?schema=${EDITOR_SCHEMA}&client=99 HTTP/1.1`,
        `Host: localhost:${this.port}`,
        `Origin: ${this.url}`,
        `Cookie: kensho-session=${this.tokens[1]}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        '\r\n',
      ].join('\r\n'),
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    return socket;
  }
}

describe('health', () => {
  test('is ok while the database answers, for anybody', async () => {
    const program = await Program.start();
    expect(await program.get('/healthz')).toEqual({ status: 200, body: 'ok' });
  });

  test('is told by the app: ok, failing without its tables, stopping', async () => {
    const house = new House();
    expect(house.app.health()).toBe('ok');
    const closing = house.app.close();
    expect(house.app.health()).toBe('stopping');
    await closing;
    expect(house.app.health()).toBe('stopping');
  });
});

describe('the end', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: browsers are told, everything is in the file, in under a second, also with one asleep',
    async (signal) => {
      const program = await Program.start();
      const page = await program.document();
      await program.sleeper();
      const socket = io(program.url, {
        transports: ['websocket'],
        reconnection: false,
        auth: { version: PROTOCOL_VERSION },
        extraHeaders: { Origin: program.url, Cookie: `kensho-session=${program.tokens[0]}` },
      });
      await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
      const gone = new Promise((resolve) => socket.once('disconnect', resolve));
      const { code, ms } = await program.end(signal);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(1000);
      expect(await page.closed).toBe(CLOSE.restart);
      await gone;
      expect(existsSync(join(program.folder, 'kensho.control'))).toBe(false);
      expect(existsSync(join(program.folder, 'kensho.db-wal'))).toBe(false);
      expect((await kensho(program.folder, 'doctor')).code).toBe(0);

      const [first, last] = [program.log[0], program.log.at(-1)];
      expect(first).toMatchObject({ level: 'info', event: 'started', version: '0.1.0' });
      expect(first).toMatchObject({ node: process.version, address: program.url });
      expect(String(first?.['sqlite'])).toMatch(/^3\.\d+/);
      expect(last).toMatchObject({ event: 'stopped' });
    },
  );

  test('a page that is being made is finished; whoever comes meanwhile hears 503', async () => {
    const program = await Program.start();
    const upload = request(`${program.url}/slow`, { method: 'POST', agent: false });
    const answer = new Promise<IncomingMessage>((resolve) => upload.once('response', resolve));
    upload.write('half');
    // The request is in: the server answers one that came after it.
    await program.get('/healthz');
    const ended = program.end('SIGTERM');
    await program.answersWith(503);
    upload.end('the rest');
    expect((await answer).statusCode).toBe(200);
    expect((await ended).code).toBe(0);
  });

  test('a second Ctrl-C does not wait for an end that is stuck', async () => {
    const program = await Program.start('--stuck');
    const start = performance.now();
    const ended = program.end('SIGINT');
    // Later than an echo of the first one could be.
    while (performance.now() - start < 500) await program.get('/healthz');
    process.kill(program.pid, 'SIGINT');
    expect((await ended).code).toBe(1);
  });

  test('the echo of npm is no second Ctrl-C', async () => {
    const program = await Program.start();
    await program.sleeper();
    // Sent at once and as another signal: two of a kind could arrive as one.
    const ended = program.end('SIGINT');
    process.kill(program.pid, 'SIGTERM');
    expect((await ended).code).toBe(0);
  });
});
