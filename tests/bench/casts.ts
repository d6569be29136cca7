/**
 * A thousand members vote at once: one ballot, a socket for each, all casts in the same moment. Tells
 * how long the last ack took, and fails unless the tally in the table is exactly what was cast.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { Command } from '#domain/command.ts';
import type { CriterionId, ItemId, MeetingId, OptionId, RoundId } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import { openSnapshot, sql } from '../../server/db/database.ts';

const MEMBERS = 1000;

/** What the server says when the ballot is open. */
export type Setting = {
  readonly file: string;
  readonly meetingId: MeetingId;
  readonly itemId: ItemId;
  readonly roundId: RoundId;
  readonly criteria: readonly { readonly id: CriterionId; readonly options: readonly OptionId[] }[];
  /** Tokens of sessions. */
  readonly chair: string;
  readonly members: readonly string[];
};

type Message = Partial<Setting> & { readonly cpu?: number };

export async function castAtOnce(): Promise<Record<string, number>> {
  const data = mkdtempSync(join(tmpdir(), 'kensho-bench-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const child = fork(new URL('servers/house.ts', import.meta.url).pathname, {
    execPath: '/usr/bin/env',
    execArgv: ['taskset', '-c', '0', process.execPath, ...profiling()],
    env: { ...process.env, PORT: String(port), DATA: data, MEMBERS: String(MEMBERS) },
  });
  const next = () =>
    new Promise<Message>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Message));
      child.once('exit', (code) => reject(new Error(`the house ended with ${code}`)));
    });
  const cpu = async () => {
    child.send('cpu');
    return (await next()).cpu ?? Number.NaN;
  };
  try {
    const setting = (await next()) as Setting;
    const sockets = await Promise.all(setting.members.map((token) => open(port, token)));
    const before = await cpu();
    const start = performance.now();
    await Promise.all(sockets.map((socket, index) => ask(socket, setting, cast(setting, index))));
    const took = performance.now() - start;
    const used = (await cpu()) - before;
    const { itemId, roundId } = setting;
    const chair = await open(port, setting.chair);
    await ask(chair, setting, { type: 'closeBallot', itemId, roundId });
    await ask(chair, setting, { type: 'revealBallot', itemId, roundId });
    for (const socket of [...sockets, chair]) socket.disconnect();
    requireExact(setting);
    return { 'last acked ms': took, 'CPU ms': used };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(process.env['PROFILE'] ? 'SIGINT' : 'SIGKILL');
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}

function open(port: number, token: string): Promise<Socket> {
  const origin = `http://127.0.0.1:${port}`;
  const socket = io(origin, {
    extraHeaders: { Origin: origin, Cookie: `kensho-session=${token}` },
    transports: ['websocket'],
    forceNew: true,
    auth: { version: PROTOCOL_VERSION },
  });
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

async function ask(socket: Socket, { meetingId }: Setting, command: Command): Promise<void> {
  const envelope = { meetingId, id: crypto.randomUUID(), command };
  const ack = (await socket.emitWithAck('command', envelope)) as Ack;
  if (!ack.ok) throw new Error(`${command.type}: ${ack.refused}`);
}

/** The options in turn, so that the tally is known. */
function cast({ itemId, roundId, criteria }: Setting, index: number): Command {
  const choices = criteria.map(({ id, options }) => ({
    criterionId: id,
    optionId: options[index % options.length] ?? null,
  }));
  return { type: 'castBallot', itemId, roundId, choices };
}

function requireExact({ file, itemId, criteria, members }: Setting): void {
  const snapshot = openSnapshot(file);
  const rows = snapshot.read.all(
    sql.selectFrom('tally').selectAll().where('item_id', '=', itemId).orderBy('position'),
  );
  snapshot.close();
  for (const { id, options } of criteria) {
    const found = rows.filter((row) => row.criterion_id === id).map(({ votes }) => votes);
    const wanted = options.map(
      (_, option) => members.filter((_, index) => index % options.length === option).length,
    );
    if (JSON.stringify(found) !== JSON.stringify([...wanted, 0])) {
      throw new Error(`the tally is ${found.join()}, cast were ${wanted.join()}`);
    }
  }
}

const profiling = () => {
  const folder = process.env['PROFILE'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
};
