/**
 * The process is killed while people type and vote, again and again on one file: nothing that was
 * acked or that somebody else had seen is ever lost, nothing is there twice, each ballot is the last
 * one its owner was told is cast, and everybody ends with one text.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { ItemId, ParticipantId, RoundId } from '#domain/types.ts';
import { opinionsDocument } from '#protocol/documents.ts';
import { openDatabase } from '../../server/db/database.ts';
import { readWholeLog } from '../../server/db/document.ts';
import { findCommand } from '../../server/db/record.ts';
import { listBallots } from '../../server/db/secret.ts';
import { examine } from '../../server/doctor.ts';
import { size, timeFor } from '../size.ts';
import { until } from '../until.ts';
import { bundle, type Bundle } from './bundle.ts';
import { Visitor, wordsOf } from './visitor.ts';
import type { Ready, Stage } from './victim.ts';

const rounds = size(50, 1000);

type Server = { readonly child: ChildProcess; readonly open: () => Promise<Ready> };

function prepare({ path, env }: Bundle, file: string, ...parameters: readonly string[]): Server {
  const child = fork(path, [file, ...parameters], { execArgv: [], env });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    open: () =>
      new Promise((resolve, reject) => {
        child.once('message', (ready) => resolve(ready as Ready));
        child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
        child.send('open');
      }),
  };
}

function killed({ child }: Server): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** What a killed server has left: everything that anybody was told. */
function inspect(
  file: string,
  stage: Stage,
  visitors: readonly Visitor[],
  seen: Set<string>,
): void {
  const name = opinionsDocument(stage.itemId as ItemId);
  const database = openDatabase(file);
  try {
    const doc = new Y.Doc();
    for (const { data } of readWholeLog(database.read, name).entries) Y.applyUpdate(doc, data);
    const kept = new Set(wordsOf(doc, stage.headingId));
    for (const visitor of visitors) {
      expect(visitor.promised.filter((word) => !kept.has(word))).toEqual([]);
      for (const { id, ack } of visitor.answered) {
        expect(findCommand(database.read, id)?.response).toEqual(ack);
      }
      const [ballot] = listBallots(
        database.read,
        stage.roundId as RoundId,
        visitor.seat.id as ParticipantId,
      );
      expect(visitor.possible).toContain(JSON.stringify(ballot?.choices));
    }
    expect([...seen].filter((word) => !kept.has(word))).toEqual([]);
  } finally {
    database.close();
  }
}

test(`${rounds} kills while six people type and vote`, { timeout: timeFor(240_000) }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kensho-kill-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'kensho.db');
  const victim = await bundle('victim.ts');
  let server = prepare(victim, file, '--first');
  const first = await server.open();
  const { stage } = first;
  if (!stage) throw new Error('the first one tells who sits where');
  let { port } = first;
  const { seats } = stage;
  const chosen = seats.filter(({ role }) => ['chair', 'member', 'secretariat'].includes(role));
  const visitors = chosen.slice(0, 6).map((seat, n) => new Visitor('abcdef'[n] ?? '', seat, stage));
  expect(visitors).toHaveLength(6);
  const seen = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const next = prepare(victim, file);
    for (const visitor of visitors) visitor.connect(port);
    await until(() => visitors.every(({ isReady }) => isReady));
    // Killed at another moment in each round: after so many answers to somebody.
    const witness = visitors[round % visitors.length] as Visitor;
    const enough = witness.answers + 1 + (round % 5);
    await until(() => {
      for (const visitor of visitors) visitor.act();
      return witness.answers >= enough;
    });
    await killed(server);
    for (const visitor of visitors) {
      // What a page shows of somebody else, the server has told it.
      for (const word of visitor.words) if (!word.startsWith(visitor.name)) seen.add(word);
      visitor.disconnect();
    }
    inspect(file, stage, visitors, seen);
    server = next;
    ({ port } = await server.open());
  }
  for (const visitor of visitors) visitor.connect(port);
  const texts = () => new Set(visitors.map(({ words }) => words.join('')));
  await until(() => visitors.every(({ isReady, isIdle }) => isReady && isIdle));
  await until(() => texts().size === 1);
  const words = (visitors[0] as Visitor).words.filter((word) => word !== '');
  expect(new Set(words).size).toBe(words.length);
  expect(words.length).toBeGreaterThan(rounds);
  for (const visitor of visitors) visitor.disconnect();
  await killed(server);
  inspect(file, stage, visitors, seen);
  const found = examine(file, undefined).filter((check) => check.found.length > 0);
  expect(found).toEqual([]);
});
