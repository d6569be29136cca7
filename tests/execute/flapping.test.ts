/**
 * Pages vote over a line that breaks all the time, with the page's own code for sending: each command
 * takes effect once, and in the end each sender knows the answer.
 */
import type * as client from 'socket.io-client';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { Ack } from '#protocol/ack.ts';
import { viewOf } from '#protocol/view.ts';
import type { LiveMeeting as Live } from '../../src/lib/live/meeting.svelte.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size, timeFor } from '../size.ts';
import type { Guest, SampleMeeting } from './house.ts';
import { FlappingLink } from './link.ts';
import { Street } from './street.ts';

/** Where the next page connects to, and as whom: a browser knows both from its address bar. */
const browser = { origin: '', headers: {} as Readonly<Record<string, string>> };

vi.mock('socket.io-client', async (original) => {
  const real = await original<typeof client>();
  return {
    ...real,
    io: (options: Partial<client.ManagerOptions & client.SocketOptions>) =>
      real.io(browser.origin, {
        ...options,
        // Node's stand-in for XMLHttpRequest never tells that an answer broke off.
        transports: ['websocket'],
        extraHeaders: { ...browser.headers },
        forceNew: true,
        reconnectionDelay: 1,
        reconnectionDelayMax: 5,
        // Of a line that broke between the upgrade and the first packet it learns in no other way.
        timeout: 100,
      }),
  };
});
// The documents have tests of their own; here only commands travel.
vi.mock('../../src/lib/live/document.svelte.ts', () => ({
  LiveDocument: class {
    readonly doc = new Y.Doc();
    readonly awareness = new Awareness(this.doc);
    readonly connection = 'connected';
    destroy(): void {
      this.awareness.destroy();
    }
  },
}));

let LiveMeeting: typeof Live;
const pages: (() => void)[] = [];

beforeEach(async () => {
  const state = (value: unknown) => value;
  vi.stubGlobal('$state', Object.assign(state, { raw: state }));
  vi.stubGlobal('$effect', { root: () => () => undefined });
  vi.stubGlobal('navigator', { onLine: false });
  ({ LiveMeeting } = await import('../../src/lib/live/meeting.svelte.ts'));
});

afterEach(() => {
  for (const close of pages.splice(0)) close();
});

function open(street: Street, link: FlappingLink, meeting: SampleMeeting, guest: Guest): Live {
  browser.origin = link.origin;
  browser.headers = street.headers(guest.token, link.origin);
  const page = new LiveMeeting({
    view: viewOf(meeting.state),
    audience: 'everybody',
    accountId: guest.accountId,
  });
  pages.push(page.start());
  return page;
}

const COMMANDS = 125;

const rounds = seeds(size(4, 800));

test.each(rounds)(`seed %i: ${COMMANDS} commands`, { timeout: timeFor(30_000) }, async (seed) => {
  const { street, meeting } = await Street.withMeeting();
  const { house } = street;
  const chance = new Chance(seed);
  meeting.open().start().ballot();
  const link = await FlappingLink.open(street.port, chance);
  const secretariat = meeting.guest('secretariat');
  const people = [...meeting.council, secretariat];
  const lines = people.map((guest) => ({ guest, page: open(street, link, meeting, guest) }));
  const seats = meeting.guests.map(({ seat }) => seat);
  const before = house.rows('select id from command').length;
  const draw = (guest: Guest): Command =>
    guest === secretariat
      ? { type: 'recordAttendance', present: chance.some(seats, 0.8) }
      : meeting.castOf(chance.one([1, 2, 3, 4, null]));

  const acks: Ack[] = [];
  const last = new Map<Guest, Command>();
  const type = async ({ guest, page }: (typeof lines)[number], count: number) => {
    for (let n = 0; n < count; n++) {
      const command = draw(guest);
      house.now += 100;
      acks.push(await page.send(command));
      last.set(guest, command);
    }
  };
  await Promise.all(lines.map((line, at) => type(line, Math.ceil((COMMANDS - at) / lines.length))));
  expect(link.cuts).toBeGreaterThan(COMMANDS / 20);

  const stored = house.rows<{ response: string }>('select response from command').slice(before);
  const sorted = (list: readonly string[]) => list.toSorted();
  const said = sorted(acks.map((ack) => JSON.stringify(ack)));
  expect([seed, said]).toEqual([seed, sorted(stored.map(({ response }) => response))]);
  expect(acks.filter(({ ok }) => !ok)).toEqual([]);
  // Every one made its event, none made two.
  const kinds = `kind in ('ballotCast', 'attendanceRecorded')`;
  const events = house.rows<{ seq: number }>(`select seq from meeting_event where ${kinds}`);
  expect(sorted(events.map(({ seq }) => String(seq)))).toEqual(
    sorted(acks.map((ack) => (ack.ok ? String(ack.rev) : ''))),
  );
  // The last word of each is what counts.
  meeting.close().reveal();
  for (const { participantId, choices } of meeting.round().result?.ballots ?? []) {
    const guest = people.find(({ seat }) => seat === participantId);
    expect(guest && last.get(guest)).toMatchObject({ choices });
  }
  expect(meeting.round().voted).toHaveLength(meeting.council.length);
});
