/** [Y2], [Y6], [Y7]: who may look, who may write, and that it ends when the right ends. */
import { expect, test } from 'vitest';
import { readWholeLog as readLog } from '../../server/db/document.ts';
import { CLOSE } from '#protocol/sync.ts';
import { board, person, World } from './world.ts';

const rows = (world: World) => readLog(world.database.read, board).entries.length;

test('[Y2] without a right there is nothing to see, not even whether there is something', () => {
  const world = new World();
  world.rights.set(person('anna'), 'none');
  const anna = world.page('anna');
  anna.connect();
  expect(anna.closed?.code).toBe(CLOSE.forbidden);
  anna.schema = '99';
  anna.connect();
  expect(anna.closed?.code).toBe(CLOSE.forbidden);
  expect(rows(world)).toBe(0);
});

test('[Y2] a document there is not cannot be made by asking for it', () => {
  const world = new World({ seed: () => false });
  const anna = world.page('anna');
  anna.connect();
  expect(anna.closed?.code).toBe(CLOSE.forbidden);
  expect(rows(world)).toBe(0);
});

test('[Y7] a reader reads, and neither an update nor an answer of a reader changes anything', () => {
  const world = new World();
  world.rights.set(person('guest'), 'read');
  const [anna, guest] = [world.joined('anna'), world.joined('guest')];
  expect(guest.access).toBe('read');
  anna.write('一');
  world.settle();
  expect(guest.content).toBe(anna.content);
  guest.write('落書き'); // an update
  world.settle();
  expect(guest.nacks.map(([, code]) => code)).toEqual(['read-only']);
  guest.disconnect();
  world.pass(1000);
  guest.connect(); // an answer to the question of the server
  world.settle();
  expect(guest.nacks.map(([, code]) => code)).toEqual(['read-only', 'read-only']);
  expect(world.stored.getXmlFragment('results').length).toBe(2);
  expect(rows(world)).toBe(2);
});

test('[Y7] a reader who lacks nothing is told so', () => {
  const world = new World();
  const anna = world.joined('anna');
  anna.write('一');
  world.settle();
  anna.text(1).delete(0, 1);
  world.settle();
  world.rights.set(person('anna'), 'read');
  world.sync.narrow(board);
  world.settle();
  anna.connect();
  world.settle();
  expect(anna.access).toBe('read');
  expect(anna.nacks).toEqual([]);
  expect(anna.acks.at(-1)).toBe(3);
});

test('[Y7] a decided item: editors are sent back in and come back as readers', () => {
  const world = new World();
  const [anna, guest] = [world.joined('anna'), world.page('guest')];
  world.rights.set(person('guest'), 'read');
  guest.connect();
  world.settle();
  world.rights.set(person('anna'), 'read');
  world.sync.narrow(board);
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.rightsChanged);
  expect(guest.closed).toBeUndefined();
  anna.connect();
  world.settle();
  expect(anna.access).toBe('read');
});

test('[Y7] a frame that was under way when the item was decided is refused and not lost', () => {
  const world = new World();
  const anna = world.joined('anna');
  anna.write('間に合わなかった');
  world.rights.set(person('anna'), 'read');
  anna.up(); // nobody has called narrow
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.rightsChanged);
  expect(rows(world)).toBe(1);
  expect(anna.text(1).toString()).toBe('間に合わなかった');
});

test('[Y7] a frame that waits for its tick when the right ends is refused', () => {
  const world = new World();
  const anna = world.joined('anna');
  anna.write('待っていた');
  anna.up();
  world.rights.set(person('anna'), 'read');
  world.time.run();
  anna.down();
  expect(anna.nacks.map(([, code]) => code)).toEqual(['read-only']);
  expect(rows(world)).toBe(1);
});

test('[Y7] a right that grows is told as well', () => {
  const world = new World();
  world.rights.set(person('anna'), 'read');
  const anna = world.joined('anna');
  world.rights.set(person('anna'), 'write');
  world.sync.narrow(board);
  world.settle();
  anna.connect();
  world.settle();
  anna.write('再審議');
  world.settle();
  expect(anna.nacks).toEqual([]);
  expect(rows(world)).toBe(2);
});

test('[Y7] who loses every right is out', () => {
  const world = new World();
  const anna = world.joined('anna');
  world.rights.set(person('anna'), 'none');
  world.sync.narrow(board);
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.forbidden);
});

test('[Y6] a revoked session is out at once, other sessions stay', () => {
  const world = new World();
  const [desk, phone] = [world.joined('anna'), world.page('anna')];
  phone.sessionId = 'the telephone';
  phone.connect();
  world.settle();
  world.sync.revoke(desk.sessionId);
  world.settle();
  expect(desk.closed?.code).toBe(CLOSE.signedOut);
  expect(phone.closed).toBeUndefined();
  world.sync.dropAccount(person('anna'));
  world.settle();
  expect(phone.closed?.code).toBe(CLOSE.signedOut);
});

test('[Y6] a session that ended is noticed at its next message', () => {
  const world = new World();
  const anna = world.joined('anna');
  world.deadSessions.add(anna.sessionId);
  anna.write('もういない');
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.signedOut);
  expect(rows(world)).toBe(1);
});
