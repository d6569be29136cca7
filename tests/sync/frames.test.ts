/** What a peer may not send, and that it harms nobody: [Y3] to [Y9], [Y18] to [Y21]. */
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';
import { CLOSE, MESSAGE } from '#protocol/sync.ts';
import * as forge from './forge.ts';
import { board, headings, World } from './world.ts';

const step1 = (vector: Uint8Array) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint8Array(encoder, vector);
  });
const presence = (bytes: Uint8Array) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, bytes);
  });
const stateOf = (client: number, clock: number, json: string) =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
  });

const hostile: Record<string, Uint8Array> = {
  '[1,5,1]': new Uint8Array([1, 5, 1]),
  '[255]': new Uint8Array([255]),
  '[]': new Uint8Array([]),
  'a message type nobody knows': new Uint8Array([77, 0]),
  'a step nobody knows': new Uint8Array([0, 3, 0]),
  'an ack from a browser': new Uint8Array([100, 1]),
  'bytes behind the message': new Uint8Array([0, 2, 2, 0, 0, 9]),
  'a frame that claims four gigabytes': new Uint8Array([0, 2, 255, 255, 255, 255, 15]),
  'a header of ten bytes that claims 33 million structs': new Uint8Array([
    0, 2, 10, 1, 0x80, 0x80, 0x80, 0x10, 1, 0, 4, 1, 1,
  ]),
  'an update with bytes behind it': new Uint8Array([0, 2, 3, 0, 0, 0]),
  'a state vector that ends too early': step1(new Uint8Array([5, 1])),
  'a number beyond all numbers': new Uint8Array([0, ...Array<number>(12).fill(255), 1]),
};

test.each(Object.entries(hostile))('%s ends its own connection and no other', (_, bytes) => {
  const world = new World({ limits: { answerMs: 0 } });
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.sendRaw(bytes);
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.malformed);
  ben.write('続ける');
  world.settle();
  expect(ben.nacks).toEqual([]);
  expect(world.sync.present(board)).toEqual([ben.accountId]);
});

const badStates: Record<string, Uint8Array> = {
  'no JSON': stateOf(1, 1, '{'),
  'no object': stateOf(1, 1, '7'),
  'a list': stateOf(1, 1, '[]'),
  'too much': stateOf(1, 1, JSON.stringify({ x: 'x'.repeat(2100) })),
  'bytes behind it': new Uint8Array([...stateOf(1, 1, '{}'), 0]),
};

test.each(Object.entries(badStates))('presence that is %s ends the connection', (_, bytes) => {
  const world = new World();
  const page = world.page('anna');
  page.clients = '1';
  page.connect();
  world.settle();
  page.sendRaw(presence(bytes));
  world.settle();
  expect(page.closed?.code).toBe(CLOSE.malformed);
});

test('[Y5] more messages than anybody types end the connection, and nothing is lost', () => {
  const world = new World({ limits: { messagesPerSecond: 10 } });
  const anna = world.joined('anna');
  for (let letter = 0; letter < 30; letter++) anna.write(String(letter));
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.tooMany);
  world.pass(2000);
  anna.connect();
  world.settle();
  expect(world.joined('ben').content).toBe(anna.content);
});

test('[Y5] more bytes than anybody types end the connection', () => {
  const world = new World({ limits: { bytesPerSecond: 1000 } });
  const anna = world.joined('anna');
  anna.write('長'.repeat(1000));
  world.settle();
  expect(anna.closed?.code).toBe(CLOSE.tooMany);
});

test('[Y5] the limits flow back with time', () => {
  const world = new World({ limits: { messagesPerSecond: 10 } });
  const anna = world.joined('anna');
  for (let letter = 0; letter < 60; letter++) {
    anna.write(String(letter));
    world.pass(100);
  }
  expect(anna.closed).toBeUndefined();
});

test('[Y5] presence beyond the limit is dropped without a word', () => {
  const world = new World({ limits: { messagesPerSecond: 10 } });
  const anna = world.joined('anna');
  for (let step = 0; step < 100; step++) anna.awareness.setLocalStateField('caret', step);
  world.settle();
  expect(anna.closed).toBeUndefined();
});

test('[Y10] a gap is no attack: the frame is refused, and what is missing is asked for', () => {
  const world = new World({ limits: { answerMs: 1000 } });
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  const updates: Uint8Array[] = [];
  anna.doc.on('update', (update: Uint8Array) => updates.push(update));
  anna.write('一');
  const lost = anna.waitingUp.length;
  expect(lost).toBe(1);
  anna.lose();
  anna.connect();
  world.time.pass(1000);
  anna.write('二');
  anna.sendUpdate(updates[1] as Uint8Array); // before the server could ask
  world.time.run();
  anna.down();
  expect(anna.nacks).toEqual([[1, 'gap']]);
  world.pass(1000);
  expect(ben.content).toBe(anna.content);
  expect(anna.text(1).toString()).toBe('一');
});

test('[Y21] one state a second, however often it is asked for', () => {
  const world = new World({ limits: { answerMs: 1000 } });
  const anna = world.joined('anna');
  world.pass(1000);
  anna.raw.length = 0;
  for (let time = 0; time < 20; time++) anna.sendRaw(step1(new Uint8Array([0])));
  world.pass(999);
  expect(anna.raw.filter(([type, step]) => type === 0 && step === 1)).toHaveLength(1);
  world.pass(1);
  expect(anna.raw.filter(([type, step]) => type === 0 && step === 1)).toHaveLength(2);
});

test('[Y20] a reader who does not fetch is closed, the others go on', () => {
  const world = new World({ limits: { bufferedBytes: 10_000 } });
  const [anna, slow] = [world.joined('anna'), world.joined('slow')];
  slow.bufferedAmount = 20_000;
  anna.write('一');
  world.settle();
  expect(slow.closed?.code).toBe(CLOSE.slow);
  expect(anna.acks.at(-1)).toBe(anna.frames);
});

test('[Y4] one person has so many connections and not more', () => {
  const world = new World({ limits: { connectionsPerAccount: 2 } });
  const pages = ['anna', 'anna', 'anna', 'ben'].map((name) => world.joined(name));
  expect(pages.map(({ closed }) => closed?.code)).toEqual([
    undefined,
    undefined,
    CLOSE.tooMany,
    undefined,
  ]);
  pages[0]?.disconnect();
  pages[2]?.connect();
  expect(pages[2]?.closed).toBeUndefined();
});

test.each([undefined, '0', String(EDITOR_SCHEMA + 1), 'x'])(
  'a page with the editor of schema %s is told to reload',
  (schema) => {
    const world = new World();
    const page = world.page('anna');
    page.schema = schema;
    page.connect();
    expect(page.closed?.code).toBe(CLOSE.outdated);
  },
);

test.each(['x', '-1', '4294967296', '1,,x', Array.from({ length: 65 }, (_, n) => n + 1).join()])(
  'clientIDs that are none (%s) are not let in',
  (clients) => {
    const world = new World();
    const page = world.page('anna');
    page.clients = clients;
    page.connect();
    expect(page.closed?.code).toBe(CLOSE.malformed);
  },
);

test.each([
  '',
  'board',
  'opinions/',
  'opinions/short',
  'opinions/a/b',
  '../etc',
  'letters/item-0001',
])('[Y1] a name that is none of ours (%s) is not let in', (name) => {
  const world = new World();
  const page = world.page('anna');
  page.connect(name);
  expect(page.closed?.code).toBe(CLOSE.forbidden);
});

test('[Y11] a stolen clientID is not let in, while its owner is there and afterwards', () => {
  const world = new World();
  const anna = world.joined('anna');
  const thief = world.page('ben');
  thief.clients = `${thief.doc.clientID},${anna.doc.clientID}`;
  thief.connect();
  expect(thief.closed?.code).toBe(CLOSE.outdated);
  anna.disconnect();
  world.restart();
  thief.connect();
  expect(thief.closed?.code).toBe(CLOSE.outdated);
  anna.connect();
  world.settle();
  anna.write('まだ私');
  world.settle();
  expect(anna.nacks).toEqual([]);
});

test('[Y11] a clientID of a reader is bound as long as the reader is there', () => {
  const world = new World();
  const anna = world.page('anna');
  world.rights.set(anna.accountId, 'read');
  anna.connect();
  world.settle();
  const thief = world.page('ben');
  thief.clients = anna.clients;
  thief.connect();
  expect(thief.closed?.code).toBe(CLOSE.outdated);
});

test('[Y11] words under the clientID of somebody else are refused, and change nothing', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.write('本物');
  world.settle();
  const before = world.stored;
  const clock = Y.getState(anna.doc.store, anna.doc.clientID);
  const left = { client: anna.doc.clientID, clock: clock - 1 };
  const frame = ben.sendUpdate(
    forge.forge([{ client: left.client, clock, structs: [forge.text({ left }, '偽物')] }]),
  );
  world.settle();
  expect(ben.nacks).toEqual([[frame, 'foreign-client']]);
  expect(Y.encodeStateAsUpdate(world.stored)).toEqual(Y.encodeStateAsUpdate(before));
  expect(world.logged.at(-1)?.[1]).toMatchObject({ rule: 'Y11' });
});

test('a page from before a backup was restored is told to reload', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.write('二度と');
  world.settle();
  // The server forgets what both have seen.
  for (const page of [anna, ben]) page.disconnect();
  const restored = new World({ file: ':memory:' });
  const page = restored.page('ben', ben.doc);
  page.connect();
  page.up();
  expect(page.closed?.code).toBe(CLOSE.outdated);
});

test('the log names rules and codes and no content', () => {
  const world = new World();
  const anna = world.joined('anna');
  anna.doc.getText(headings[0]).insert(0, '機密のカナリア');
  world.settle();
  expect(anna.nacks.map(([, code]) => code)).toContain('content');
  expect(JSON.stringify(world.logged)).not.toContain('カナリア');
});

test.each([
  ['on the wrong sides', 5, 2],
  ['with words of its own between them', 2, 6],
  ['at the end, where its author knew of more', 3, undefined],
])('[Y23] neighbours %s make no text that is the same for everybody', (_, left, right) => {
  const world = new World();
  const [anna, villain] = [world.joined('anna'), world.joined('ben')];
  villain.write('一二三四五');
  world.settle();
  const client = villain.doc.clientID;
  const clock = Y.getState(villain.doc.store, client);
  const id = (at: number) => ({ client, clock: at });
  const before = anna.content;
  const where = { left: id(left), ...(right !== undefined && { right: id(right) }) };
  const frame = villain.sendUpdate(
    forge.forge([{ client, clock, structs: [forge.text(where, '嘘')] }]),
  );
  world.settle();
  expect(villain.nacks).toEqual([[frame, 'structure']]);
  expect(villain.closed?.code).toBe(CLOSE.malformed);
  expect(anna.content).toBe(before);
  anna.write('続ける');
  world.settle();
  expect(anna.nacks).toEqual([]);
  expect(world.sync.check(board)).toBeUndefined();
});
