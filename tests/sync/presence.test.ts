/** [Y19] Who is here and where: stamped by the server, gone with the connection. */
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import { viewDocument } from '#protocol/documents.ts';
import { MESSAGE } from '#protocol/sync.ts';
import type { MeetingId, ParticipantId } from '#domain/types.ts';
import { World, type Page } from './world.ts';

const usersSeenBy = (page: Page) =>
  [...page.awareness.getStates()]
    .filter(([client]) => client !== page.doc.clientID)
    .map(([, state]) => (state as { user?: unknown }).user);

test('a name is what the server knows, whatever the browser claims', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.awareness.setLocalState({ user: { name: '市長', role: 'chair', color: 'red' }, caret: 5 });
  world.pass(100);
  const state = ben.awareness.getStates().get(anna.doc.clientID);
  expect(state).toEqual({
    user: { id: 'account-anna', name: 'anna', role: 'member', color: expect.any(Number) as number },
    caret: 5,
  });
});

test('nobody speaks for somebody else', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  world.pass(100);
  anna.sendRaw(
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE.awareness);
      const states = encoding.encode((inner) => {
        encoding.writeVarUint(inner, 1);
        encoding.writeVarUint(inner, ben.doc.clientID);
        encoding.writeVarUint(inner, 1000);
        encoding.writeVarString(inner, 'null');
      });
      encoding.writeVarUint8Array(encoder, states);
    }),
  );
  world.pass(100);
  expect(anna.closed).toBeUndefined(); // stock providers echo what they hear
  expect(usersSeenBy(anna)).toHaveLength(1);
  expect(usersSeenBy(ben)).toHaveLength(1);
});

test('people have colours of their own, and keep them when they come back', () => {
  const world = new World();
  const names = Array.from({ length: 12 }, (_, n) => `p${n}`);
  const pages = names.map((name) => world.joined(name));
  world.pass(100);
  const colours = usersSeenBy(world.joined('guest')).map(
    (user) => (user as { color: number }).color,
  );
  expect(new Set(colours).size).toBe(12);
  expect(colours.every((colour) => colour >= 0 && colour < 12)).toBe(true);
  const colourOfFirst = () =>
    (
      pages[1]?.awareness.getStates().get(pages[0]?.doc.clientID ?? 0) as {
        user: { color: number };
      }
    )?.user.color;
  const before = colourOfFirst();
  pages[0]?.disconnect();
  world.pass(100);
  pages[0]?.connect();
  world.pass(100);
  expect(colourOfFirst()).toBe(before);
});

test('who leaves is gone, who comes back with the same clock is seen again', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  world.pass(100);
  expect(usersSeenBy(ben)).toHaveLength(1);
  anna.disconnect();
  world.pass(100);
  expect(usersSeenBy(ben)).toHaveLength(0);
  anna.connect();
  world.pass(100);
  expect(usersSeenBy(ben)).toHaveLength(1);
});

test('a line that is found dead after its browser came back takes nobody away', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  const again = world.page('anna', anna.doc);
  again.connect();
  world.settle();
  anna.disconnect();
  world.pass(100);
  expect(usersSeenBy(ben)).toHaveLength(1);
});

test('a state that is only renewed is passed on, or others would think its owner gone', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  world.pass(100);
  const clock = () => ben.awareness.meta.get(anna.doc.clientID)?.clock ?? 0;
  const before = clock();
  anna.awareness.setLocalState(anna.awareness.getLocalState());
  world.pass(100);
  expect(clock()).toBe(before + 1);
});

test('carets are told less often than they move, and the last place is told', () => {
  const world = new World({ limits: { presenceMs: 50 } });
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  world.pass(100);
  ben.raw.length = 0;
  for (let step = 0; step < 50; step++) {
    anna.awareness.setLocalStateField('caret', step);
    world.pass(2);
  }
  world.pass(100);
  expect(ben.raw.length).toBeLessThanOrEqual(4);
  expect(ben.awareness.getStates().get(anna.doc.clientID)?.['caret']).toBe(49);
});

test('a browser that hears nothing is told something before it gives up', () => {
  const world = new World();
  const anna = world.joined('anna');
  world.pass(100);
  anna.raw.length = 0;
  world.pass(29_000); // y-websocket hangs up after thirty seconds of silence
  expect(anna.raw.length).toBeGreaterThan(0);
});

test('who reads another view of the meeting is seen and sees; observers see observers', () => {
  const world = new World({ seed: () => true });
  const views = {
    anna: viewDocument('meeting-1' as MeetingId),
    ben: viewDocument('meeting-1' as MeetingId, 'participant-ben' as ParticipantId),
    olga: viewDocument('meeting-1' as MeetingId, 'observers'),
    carl: viewDocument('meeting-2' as MeetingId),
  };
  const pages = Object.entries(views).map(([name, document]) => {
    const page = world.page(name);
    page.connect(document);
    return page;
  });
  world.pass(100);
  const seen = () =>
    pages.map((page) => usersSeenBy(page).map((user) => (user as { name: string }).name));
  expect(seen()).toEqual([['ben'], ['anna'], [], []]);
  const colours = pages
    .slice(0, 2)
    .map((page) => (usersSeenBy(page)[0] as { color: number }).color);
  expect(new Set(colours).size).toBe(2);
  pages[1]?.disconnect();
  world.pass(100);
  expect(seen()).toEqual([[], ['anna'], [], []]);
});
