/**
 * Rubbish at both doors, before, during and after the handshake: HTTP that is none, WebSocket frames
 * that break the rules, packets of Socket.IO cut and changed. Nobody else notices.
 */
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { opinionsDocument } from '#protocol/documents.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size, timeFor } from '../size.ts';
import { mutated } from '../sync/forgery.ts';
import type { SampleMeeting } from './house.ts';
import { ask, Street } from './street.ts';

/** Of one house. */
const LINES = 500;
const AT_ONCE = 20;

type Draw = { readonly chance: Chance; readonly street: Street; readonly meeting: SampleMeeting };

/** A client's frame. The mask is zeros: what is masked stays readable. */
function frame(first: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = length < 126 ? [length | 0x80] : [126 | 0x80, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([first, ...head, 0, 0, 0, 0]), payload]);
}

const packets = [
  '40{"version":1}',
  '42["command",{"meetingId":"m","id":"12345678","command":{"type":"closeMeeting"}}]',
  '420["mine",{"meetingId":"m"}]',
  '42["yjs-open",1,"opinions/item-0001","schema=2&client=7"]',
  '451-["yjs",1,{"_placeholder":true,"num":0}]',
  '41',
  '2probe',
  '5',
];
const messages = [
  [0, 0, 1, 0],
  [0, 1, 2, 0, 0],
  [0, 2, 2, 0, 0],
  [1, 6, 1, 1, 1, 2, 123, 125],
  [3],
].map((bytes) => new Uint8Array(bytes));

function targets({ chance, meeting }: Draw): string {
  return chance.one([
    `/yjs/${opinionsDocument(meeting.item().id)}?schema=2&client=${1 + chance.below(1000)}`,
    `/yjs/meeting/${meeting.id}?schema=2&client=${1 + chance.below(1000)}`,
    '/socket.io/?EIO=4&transport=websocket',
    '/socket.io/?EIO=4&transport=polling',
    '/yjs/%',
    '/',
  ]);
}

/** What one line says: a handshake, right or spoilt, and frames behind it, right or spoilt. */
function speech(draw: Draw): Buffer {
  const { chance, street, meeting } = draw;
  const { Origin, Cookie } = street.headers(chance.one(meeting.guests).token);
  const isPost = chance.happens(0.15);
  const body = chance.one(packets);
  const request = [
    `${isPost ? 'POST' : 'GET'} ${targets(draw)} HTTP/1.1`,
    `Host: 127.0.0.1:${street.port}`,
    `Origin: ${Origin}`,
    `Cookie: ${Cookie}`,
    ...(isPost
      ? [`Content-Length: ${body.length + chance.below(3) - 1}`]
      : ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']),
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  ].join('\r\n');
  let head: Uint8Array = Buffer.from(isPost ? request + body : request);
  if (chance.happens(0.2)) head = mutated(head, chance);
  const frames = Array.from({ length: chance.below(6) }, () => {
    const isText = chance.happens(0.5);
    const payload = isText ? Buffer.from(chance.one(packets)) : chance.one(messages);
    const spoilt = chance.happens(0.5) ? mutated(payload, chance) : payload;
    const whole = frame(isText ? 0x81 : 0x82, spoilt);
    return chance.happens(0.4) ? mutated(whole, chance) : whole;
  });
  return Buffer.concat([head, ...frames]);
}

/** Says it in two pieces and hangs up; done when the server has let go as well. */
function say(port: number, bytes: Buffer, chance: Chance): Promise<void> {
  const cut = chance.below(bytes.length);
  const isRude = chance.happens(0.2);
  return new Promise((resolve) => {
    const line = connect(port, '127.0.0.1', () => {
      line.write(bytes.subarray(0, cut), () => {
        if (isRude) line.resetAndDestroy();
        else line.end(bytes.subarray(cut));
      });
    });
    line.resume();
    line.on('error', () => undefined);
    line.on('close', () => resolve());
  });
}

test.each(seeds(size(4, 200)))(
  `seed %i: ${LINES} lines`,
  { timeout: timeFor(60_000) },
  async (seed) => {
    const { street, meeting } = await Street.withMeeting();
    const chance = new Chance(seed);
    meeting.open().start();
    const member = meeting.guest('member', 3);
    const socket = await street.connect(member);
    const page = await street.document(member, opinionsDocument(meeting.item().id));
    const heading = meeting.state.headings[0]?.id ?? '';
    const before = meeting.state;
    for (let said = 0; said < LINES; said += AT_ONCE) {
      // Each speech is drawn before any of them is said: what the server does draws nothing.
      const lines = Array.from({ length: AT_ONCE }, () => speech({ chance, street, meeting }));
      await Promise.all(lines.map((bytes) => say(street.port, bytes, chance)));
      await page.type(heading, '・');
    }
    street.house.now += 1000;
    expect(await ask(socket, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
    expect(socket.connected).toBe(true);
    expect(meeting.state).toEqual(before);
    const bugs = street.house.lines.filter((line) => line.includes('"level":"error"'));
    expect([seed, bugs]).toEqual([seed, []]);
    const seated = street.house.app.meetings.find(member.accountId, meeting.id);
    const opinions = seated && street.house.app.meetings.opinions(seated, meeting.item().id);
    expect(opinions?.[0]?.bullets).toEqual(['・'.repeat(LINES / AT_ONCE)]);
  },
);
