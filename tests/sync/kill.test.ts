/**
 * The process is killed while people type, again and again on one file: nothing that was acked or
 * that somebody else had seen is ever lost, nothing is there twice, and everybody ends with one text.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';
import { MESSAGE } from '#protocol/sync.ts';
import * as decoding from 'lib0/decoding';
import { openDatabase } from '../../server/db/database.ts';
import { readWholeLog } from '../../server/db/document.ts';
import { compare } from '../../server/sync/check.ts';
import { board, person } from './names.ts';

const rounds = Number(process.env['KILL_ROUNDS'] ?? 50);

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setImmediate(resolve));
}

function start(file: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(new URL('victim.ts', import.meta.url).pathname, [file], { execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', (port) => resolve({ child, port: Number(port) }));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

/** Somebody who types numbered words, and remembers which of them were acked. */
class Typist {
  readonly doc = new Y.Doc();
  readonly promised: string[] = [];
  readonly name: string;
  #provider: WebsocketProvider | undefined;
  #frames = 0;
  #sent: [frame: number, word: string][] = [];
  #typed = 0;

  constructor(name: string) {
    this.name = name;
  }

  connect(port: number): void {
    const { name } = this;
    const count = () => ++this.#frames;
    this.#frames = 0;
    this.#sent = [];
    class Counting extends NodeSocket {
      constructor(url: string) {
        super(url, { headers: { 'x-account': person(name) } });
      }
      override send(data: Uint8Array): void {
        count();
        super.send(data);
      }
    }
    this.#provider = new WebsocketProvider(`ws://127.0.0.1:${port}/yjs`, board, this.doc, {
      disableBc: true,
      WebSocketPolyfill: Counting as unknown as typeof WebSocket,
      params: { schema: String(EDITOR_SCHEMA), client: String(this.doc.clientID) },
    });
    const { messageHandlers } = this.#provider;
    messageHandlers[MESSAGE.welcome] = () => undefined;
    messageHandlers[MESSAGE.nack] = () => undefined;
    messageHandlers[MESSAGE.ack] = (_, decoder) => {
      const upTo = decoding.readVarUint(decoder);
      const acked = this.#sent.filter(([frame]) => frame <= upTo);
      this.promised.push(...acked.map(([, word]) => word));
      this.#sent = this.#sent.filter(([frame]) => frame > upTo);
    };
  }

  get isSynced(): boolean {
    return this.#provider?.synced ?? false;
  }

  /** As fast as the server answers, with a few words under way. */
  type(): void {
    if (this.#sent.length >= 3 || !this.isSynced) return;
    const word = `${this.name}${this.#typed++};`;
    const before = this.#frames;
    this.doc.transact(() => {
      const bullet = new Y.XmlElement('bullet');
      bullet.insert(0, [new Y.XmlText(word)]);
      this.doc.getXmlFragment('results').push([bullet]);
    });
    if (this.#frames > before) this.#sent.push([this.#frames, word]);
  }

  /** Every word this page shows, its own unsent ones included. */
  get words(): string[] {
    const bullets = this.doc.getXmlFragment('results').toArray() as Y.XmlElement[];
    return bullets.flatMap((bullet) =>
      bullet.toArray().map((text) => String((text as Y.XmlText).toJSON())),
    );
  }

  disconnect(): void {
    this.#provider?.destroy();
    this.#provider = undefined;
  }
}

function wordsIn(file: string): string[] {
  const database = openDatabase(file);
  expect(compare(database, board)).toBeUndefined();
  const doc = new Y.Doc();
  for (const { data } of readWholeLog(database.read, board).entries) Y.applyUpdate(doc, data);
  database.close();
  const reader = new Typist('');
  Y.applyUpdate(reader.doc, Y.encodeStateAsUpdate(doc));
  return reader.words;
}

test(`${rounds} kills while six people type`, { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kensho-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'test.sqlite');
  const typists = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => new Typist(name));
  const seen = new Set<string>();
  let server = await start(file);
  for (let round = 0; round < rounds; round++) {
    server.child.removeAllListeners('exit');
    for (const typist of typists) typist.connect(server.port);
    await until(() => typists.every((typist) => typist.isSynced));
    const ended = new Promise((resolve) => server.child.once('exit', resolve));
    // Killed at another moment in each round: after so many acks of somebody.
    const witness = typists[round % typists.length] as Typist;
    const enough = witness.promised.length + 1 + (round % 5);
    await until(() => {
      for (const typist of typists) typist.type();
      return witness.promised.length >= enough;
    });
    server.child.kill('SIGKILL');
    await ended;
    for (const typist of typists) {
      for (const word of typist.words) {
        // What a page shows of somebody else, the server has told it.
        if (!word.startsWith(typist.name)) seen.add(word);
      }
      typist.disconnect();
    }
    const kept = new Set(wordsIn(file));
    for (const { promised } of typists) {
      expect(promised.filter((word) => !kept.has(word))).toEqual([]);
    }
    expect([...seen].filter((word) => !kept.has(word))).toEqual([]);
    server = await start(file);
  }
  for (const typist of typists) typist.connect(server.port);
  const texts = () => new Set(typists.map((typist) => typist.words.join('')));
  await until(() => typists.every((typist) => typist.isSynced) && texts().size === 1);
  const words = (typists[0] as Typist).words.filter((word) => word !== '');
  expect(new Set(words).size).toBe(words.length);
  for (const typist of typists) typist.disconnect();
  server.child.removeAllListeners('exit');
  server.child.kill('SIGKILL');
});
