/** Sends commands as the person of a browser, for steps whose pages another test owns. */
import type { Page } from '@playwright/test';
import { io } from 'socket.io-client';
import type { Command } from '../../src/domain/command.ts';
import type { Ack } from '../../src/protocol/ack.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';

let sent = 0;

/** The answer of the server, a refusal too. */
export async function ask(page: Page, meetingId: string, command: Command): Promise<Ack> {
  const { origin } = new URL(page.url());
  const cookies = await page.context().cookies(origin);
  const socket = io(origin, {
    extraHeaders: {
      Origin: origin,
      Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { version: PROTOCOL_VERSION },
  });
  try {
    await new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(undefined));
      socket.once('connect_error', reject);
    });
    const id = `sent-${(sent += 1)}-${Date.now()}`;
    return (await socket.emitWithAck('command', { meetingId, id, command })) as Ack;
  } finally {
    socket.close();
  }
}

/** A command that must be carried out. */
export async function send(page: Page, meetingId: string, command: Command): Promise<void> {
  const ack = await ask(page, meetingId, command);
  if (!ack.ok) throw new Error(`${command.type}: ${ack.refused}`);
}
