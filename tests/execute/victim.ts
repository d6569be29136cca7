/**
 * A server to be killed. It waits until it is told to open its file, so that the next one can get
 * ready while this one lives; then it says where it listens, and the first one who sits where.
 */
import { createServer } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Command } from '#domain/command.ts';
import type { CommandId, MeetingId } from '#domain/types.ts';
import { createApp } from '../../server/app.ts';
import { createLog } from '../../server/log.ts';
import { newId } from '../../server/serve.ts';

export type Seat = { readonly token: string; readonly role: string; readonly id: string };
export type Ready = { readonly port: number; readonly stage?: Stage };
export type Stage = {
  readonly meetingId: MeetingId;
  readonly itemId: string;
  readonly roundId: string;
  readonly headingId: string;
  readonly seats: readonly Seat[];
};

// Who is killed leaves nothing to the next one that it has not put down before.
flushCompileCache();
process.once('message', () => {
  void open();
});

async function open(): Promise<void> {
  const log = createLog(() => undefined, Date.now);
  const file = process.argv[2] ?? '';
  const app = createApp({ file, origin: null, clock: Date.now, newId, log });
  const stage = process.argv.includes('--first') ? await begin(app) : undefined;
  const server = createServer();
  app.attach(server, { others: 'refuse' });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ port, ...(stage && { stage }) } satisfies Ready);
  });
}

/** The sample meeting with a ballot open. */
async function begin(app: ReturnType<typeof createApp>): Promise<Stage> {
  const { meetingId, people } = app.demonstrate();
  const seats: (Seat & { readonly accountId: NonNullable<ReturnType<typeof app.auth.find>> })[] =
    [];
  for (const { role, token: link } of people) {
    const entered = await app.auth.enter(link);
    if (!entered.ok) throw new Error(entered.code);
    const { token } = entered.session;
    const who = app.auth.find(token);
    const seated = who && app.meetings.find(who.accountId, meetingId);
    if (!who || !seated) throw new Error(`${role} has no seat`);
    seats.push({ token, role, id: seated.me.id, accountId: who });
  }
  const chair = seats.find(({ role }) => role === 'chair')?.accountId;
  const secretariat = seats.find(({ role }) => role === 'secretariat')?.accountId;
  const meeting = () => {
    const found = chair && app.meetings.find(chair.accountId, meetingId)?.meeting;
    if (!found) throw new Error('no meeting');
    return found;
  };
  const run = (who: typeof chair, command: Command) => {
    const id = newId() as CommandId;
    const ack = who && app.execute({ meetingId, id, command }, who);
    if (!ack?.ok) throw new Error(`${command.type}: ${ack?.refused}`);
  };
  const [item] = meeting().items;
  const itemId = item?.id;
  if (!itemId) throw new Error('no item');
  const present = meeting().participants.map(({ id }) => id);
  run(secretariat, { type: 'openMeeting', present });
  run(chair, { type: 'startItem', itemId });
  const criterionIds = meeting().criteria.map(({ id }) => id);
  run(chair, { type: 'openBallot', itemId, secrecy: 'named', criterionIds });
  return {
    meetingId,
    itemId,
    roundId: meeting().items[0]?.rounds[0]?.id ?? '',
    headingId: meeting().headings[0]?.id ?? '',
    seats: seats.map(({ token, role, id }) => ({ token, role, id })),
  };
}
