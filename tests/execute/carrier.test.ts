/** The documents over the Socket.IO of the real house, where a proxy refuses every WebSocket. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { EDITOR_SCHEMA, opinionsDocument } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import type { Guest, SampleMeeting } from './house.ts';
import { ask, once, Street } from './street.ts';
import { until } from '../until.ts';

async function blocked(): Promise<{ street: Street; meeting: SampleMeeting }> {
  const { street, meeting } = await Street.withMeeting();
  meeting.open().start();
  street.server.prependListener('upgrade', (_, socket) => socket.destroy());
  return { street, meeting };
}

/** A document as a page has it, with the socket it travels on. */
async function page({ street, meeting }: Awaited<ReturnType<typeof blocked>>, guest: Guest) {
  const state = (value: unknown) => value;
  vi.stubGlobal('$state', Object.assign(state, { raw: state }));
  vi.stubGlobal('navigator', { onLine: true });
  const tab = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', tab);
  vi.stubGlobal('addEventListener', tab.addEventListener.bind(tab));
  vi.stubGlobal('removeEventListener', tab.removeEventListener.bind(tab));
  const { LiveDocument } = await import('../../src/lib/live/document.svelte.ts');
  const carrier = await street.connect(guest, { transports: ['polling'] });
  const live = new LiveDocument({
    name: opinionsDocument(meeting.item().id),
    accountId: guest.accountId,
    origin: `ws://127.0.0.1:${street.port}`,
    carrier,
  });
  onTestFinished(() => live.destroy());
  await until(() => live.synced && !live.hasUnsent);
  return { live, carrier };
}

function write(doc: Y.Doc, text: string): void {
  doc.transact(() => {
    const bullet = new Y.XmlElement('bullet');
    bullet.insert(0, [new Y.XmlText(text)]);
    doc.getXmlFragment('results').insert(0, [bullet]);
  });
}

function bullets(meeting: SampleMeeting): readonly string[] {
  const { app } = meeting.house;
  const seated = app.meetings.find(meeting.guest('secretariat').accountId, meeting.id);
  return (seated && app.meetings.opinions(seated, meeting.item().id)[0]?.bullets) ?? [];
}

describe('where no WebSocket gets through', () => {
  test('words of 200 KiB written without a line arrive once, and whole', async () => {
    const there = await blocked();
    const { live, carrier } = await page(there, there.meeting.guest('member'));
    expect(live.transport).toBe('polling');
    const long = '二百'.repeat((200 * 1024) / 6);
    expect(Buffer.byteLength(long)).toBeGreaterThan(199 * 1024);
    const lost = once(carrier, 'disconnect');
    carrier.disconnect();
    await lost;
    write(live.doc, long);
    expect(live.saved).toEqual({ kind: 'unsent', count: 1 });
    carrier.connect();
    await until(() => live.saved.kind === 'saved');
    expect(bullets(there.meeting)).toEqual([long]);
    // Once more over the same line: nothing of it comes twice.
    write(live.doc, '短い');
    await until(() => live.saved.kind === 'saved');
    expect(bullets(there.meeting)).toEqual(['短い', long]);
  });

  test('a frame as long as one may be gets through while commands do', async () => {
    const there = await blocked();
    const { meeting } = there;
    const { live, carrier } = await page(there, meeting.guest('member'));
    const rounds = 5;
    for (let round = 0; round < rounds; round++) {
      write(live.doc, 'x'.repeat(255 * 1024));
      expect(await ask(carrier, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
      await until(() => live.saved.kind === 'saved');
    }
    expect(bullets(meeting).map(({ length }) => length)).toEqual(Array(rounds).fill(255 * 1024));
  });

  test('a longer frame is refused in words, stays on the page, and leaves the line alone', async () => {
    const there = await blocked();
    const { meeting } = there;
    const { live, carrier } = await page(there, meeting.guest('member'));
    write(live.doc, 'x'.repeat(257 * 1024));
    await until(() => live.refusal !== undefined);
    expect(live.refusal).toBe('too-large');
    expect(live.saved).toEqual({ kind: 'unsent', count: 1 });
    expect(bullets(meeting)).toEqual([]);
    expect(await ask(carrier, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });

    const closed = new Promise((resolve) => {
      carrier.once('yjs-closed', (...values: unknown[]) => resolve(values));
    });
    const name = opinionsDocument(meeting.item().id);
    carrier.emit('yjs-open', 7, name, `schema=${EDITOR_SCHEMA}&client=77`);
    carrier.emit('yjs', 7, new Uint8Array(256 * 1024 + 1));
    expect(await closed).toEqual([7, CLOSE.tooLong, 'too long']);
  });
});

test('what the wrapper refuses is counted by its code, and written down', async () => {
  const { street, meeting } = await Street.withMeeting();
  const { house } = street;
  const guest = meeting.guest('member');
  const socket = await street.connect(guest);
  const about = { meetingId: meeting.id };
  const counts = () => {
    const text = house.app.metrics(meeting.guest('secretariat'), null) ?? '';
    const lines = text.matchAll(/event="command-refused",rule="",code="([a-z-]+)"\} (\d+)/g);
    return Object.fromEntries([...lines].map(([, code = '', count]) => [code, Number(count)]));
  };
  expect(counts()).toEqual({});
  await ask(socket, 'mine', { ...about, more: 'x'.repeat(70_000) });
  await Promise.all(Array.from({ length: 24 }, () => ask(socket, 'mine', about)));
  expect(counts()).toEqual({ 'too-large': 1, 'too-fast': 5 });
  house.tamper(`delete from session where id = '${guest.sessionId}'`);
  const gone = once(socket, 'disconnect');
  expect(await ask(socket, 'mine', about)).toEqual({ ok: false, refused: 'signed-out' });
  await gone;
  expect(counts()).toEqual({ 'too-large': 1, 'too-fast': 5, 'signed-out': 1 });
  expect(house.lines.filter((line) => line.includes('command-refused'))).toHaveLength(3);
});
