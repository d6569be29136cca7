/** What the door does for honest pages: one text for everybody, stored before anyone sees it. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openDatabase } from '../../server/db/database.ts';
import { readWholeLog as readLog } from '../../server/db/document.ts';
import { readOpinions } from '../../server/sync/opinions.ts';
import { MESSAGE } from '#protocol/sync.ts';
import { board, headings, World } from './world.ts';

const rows = (world: World) => readLog(world.database.read, board).entries;

test('what one writes, the others read, and it is acknowledged by frame number', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.acks.length = 0;
  anna.write('観光客が増えた');
  const frame = anna.frames + 1;
  world.settle();
  expect(ben.content).toBe(anna.content);
  expect(anna.acks).toEqual([frame]);
  expect(ben.text(1).toString()).toBe('観光客が増えた');
  expect(readOpinions(world.stored, headings)).toEqual([
    { headingId: 'results', bullets: ['観光客が増えた'] },
    { headingId: 'policy', bullets: [] },
  ]);
});

test('a document is created once, with one empty bullet under each heading', () => {
  const world = new World();
  const pages = [world.page('anna'), world.page('ben')];
  for (const page of pages) page.connect();
  world.settle();
  for (const page of pages) expect(page.doc.getXmlFragment('results').length).toBe(1);
  world.restart();
  for (const page of pages) page.connect();
  world.settle();
  expect(rows(world)).toHaveLength(1);
});

test('nothing is told before it is in the file', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  const seen: number[] = [];
  const look = (bytes: Uint8Array) => {
    if (bytes[0] === MESSAGE.awareness) return;
    const other = openDatabase(world.file);
    seen.push(readLog(other.read, board).head.seq);
    other.close();
  };
  anna.onSend = look;
  ben.onSend = look;
  anna.write('一');
  world.settle();
  // The update to both, the ack to one.
  expect(seen).toEqual([2, 2, 2]);
});

test('one tick is one transaction and one message for all of it, the same bytes to everybody', () => {
  const world = new World();
  const pages = ['anna', 'ben', 'cho'].map((name) => world.joined(name));
  for (const page of pages) page.raw.length = 0;
  for (const page of pages) {
    page.write('一');
    page.write('二');
    page.up();
  }
  world.time.run();
  for (const page of pages) page.down();
  const updates = pages.map((page) => page.raw.filter(([type]) => type === MESSAGE.sync));
  expect(updates.map((list) => list.length)).toEqual([1, 1, 1]);
  expect(updates[1]?.[0]).toBe(updates[0]?.[0]);
  expect(pages.map((page) => page.acks.length)).toEqual([2, 2, 2]); // one of the join
  expect(rows(world)).toHaveLength(1 + 6);
});

test('at once when quiet; rests after a thin tick, never longer than the limit', () => {
  const world = new World({ limits: { batchMs: 16 } });
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  ben.onSend = () => world.time.take(10);
  anna.write('一');
  anna.up();
  expect(world.time.run()).toBe(true); // no waiting
  anna.write('二');
  anna.up();
  expect(world.time.run()).toBe(false); // 2 × 10 ms, but never more than 16
  world.time.pass(15);
  expect(world.time.run()).toBe(false);
  world.time.pass(1);
  world.settle();
  expect(ben.content).toBe(anna.content);
});

test('however quick a thin tick was, the next one waits a moment, so that rooms share a commit', () => {
  const world = new World({ limits: { restMs: 8 } });
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  world.time.pass(8);
  anna.write('一');
  anna.up();
  expect(world.time.run()).toBe(true); // no waiting
  anna.write('二');
  anna.up();
  world.time.pass(7);
  expect(world.time.run()).toBe(false);
  world.time.pass(1);
  world.settle();
  expect(ben.content).toBe(anna.content);
});

test('text written while offline arrives after rejoining, once, also under a new connection', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.disconnect();
  anna.write('電車の中で');
  ben.write('会議室で');
  world.settle();
  anna.connect();
  world.settle();
  expect(anna.content).toBe(ben.content);
  anna.disconnect();
  anna.connect();
  world.settle();
  expect(readOpinions(world.stored, headings)[0]?.bullets.toSorted()).toEqual([
    '会議室で',
    '電車の中で',
  ]);
});

test('words of an earlier page, restored under its clientID, arrive once', () => {
  const world = new World();
  const anna = world.joined('anna');
  const kept: Uint8Array[] = [];
  anna.doc.on('update', (update: Uint8Array) => kept.push(update));
  anna.lose();
  anna.write('閉じる前の言葉');
  const again = world.page('anna');
  again.clients = `${again.doc.clientID},${anna.doc.clientID}`;
  for (const update of kept) Y.applyUpdate(again.doc, update, again);
  again.connect();
  world.settle();
  expect(again.nacks).toEqual([]);
  expect(again.text(1).toString()).toBe('閉じる前の言葉');
  expect(rows(world)).toHaveLength(2);
});

test('a restart in the middle: acked words are there, the others come again', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.write('保存された');
  world.settle();
  anna.write('途中');
  anna.up();
  world.crash();
  expect(rows(world)).toHaveLength(2);
  anna.connect();
  ben.connect();
  world.settle();
  expect(ben.content).toBe(anna.content);
  expect(rows(world)).toHaveLength(3);
});

test('closing in order stores what waits and tells browsers to come back', () => {
  const world = new World();
  const anna = world.joined('anna');
  anna.write('最後');
  anna.up();
  world.sync.close();
  anna.down();
  expect(anna.closed?.code).toBe(1012);
  expect(anna.acks.at(-1)).toBe(anna.frames);
  world.database.close();
  expect(() => world.time.pass(100_000)).not.toThrow();
  world.crash();
  expect(rows(world)).toHaveLength(2);
});

test('a document leaves memory when nobody has it open, and is the same afterwards', () => {
  const world = new World({ limits: { idleMs: 1000 } });
  const anna = world.joined('anna');
  anna.write('一');
  world.settle();
  const first = world.sync.read(board, (doc) => doc);
  anna.disconnect();
  world.pass(900);
  expect(world.sync.read(board, (doc) => doc)).toBe(first);
  world.pass(200);
  expect(world.sync.read(board, (doc) => doc)).not.toBe(first);
  anna.connect();
  world.settle();
  expect(anna.content).toBe(world.joined('ben').content);
});

test('reading a document stores first what waits for it', () => {
  const world = new World();
  const anna = world.joined('anna');
  anna.write('決定の直前');
  anna.up();
  const bullets = world.sync.read(board, (doc) => readOpinions(doc, headings)[0]?.bullets);
  expect(bullets).toEqual(['決定の直前']);
  expect(rows(world)).toHaveLength(2);
});

test('the server changes a document: stored, told, and silent when nothing changes', () => {
  const world = new World();
  const anna = world.joined('anna');
  const add = (doc: Y.Doc) => {
    const fragment = doc.getXmlFragment('extra');
    if (fragment.length === 0) fragment.insert(0, [new Y.XmlElement('bullet')]);
  };
  world.sync.change(board, add);
  world.settle();
  expect(anna.doc.getXmlFragment('extra').length).toBe(1);
  const heard = anna.raw.length;
  world.sync.change(board, add);
  world.settle();
  expect(anna.raw).toHaveLength(heard);
  expect(rows(world).map(({ accountId }) => accountId)).toEqual([null, null]);
  // The new heading may be written under from now on.
  anna.write('追加', 'extra');
  world.settle();
  expect(anna.nacks).toEqual([]);
  expect(rows(world)).toHaveLength(3);
});

test('the server may bring a document up to date while the right to it is asked for', () => {
  let isBehind = false;
  const world = new World({
    onRight(the) {
      if (!isBehind) return;
      isBehind = false;
      the.sync.change(board, (doc) => {
        doc.getXmlFragment('extra').insert(0, [new Y.XmlElement('bullet')]);
      });
    },
  });
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.write('一');
  anna.up();
  isBehind = true;
  world.settle();
  expect(isBehind).toBe(false);
  expect(anna.doc.getXmlFragment('extra').length).toBe(1);
  ben.write('二');
  world.settle();
  expect(anna.content).toBe(ben.content);
  // What was told is in the log, with nothing missing in it.
  expect(world.sync.check(board)).toBeUndefined();
  expect(rows(world)).toHaveLength(1 + 3);
  world.restart();
  expect(world.joined('cho').content).toBe(ben.content);
});

test('a change in the middle of another is refused', () => {
  const world = new World();
  const anna = world.joined('anna');
  const nested = () =>
    world.sync.change(board, (doc) => doc.getXmlFragment('results').delete(0, 1));
  expect(() => world.sync.change(board, nested)).toThrow('in the middle');
  anna.write('続き');
  world.settle();
  expect(world.sync.check(board)).toBeUndefined();
});

test('a change of the server that throws leaves the document as it was', () => {
  const world = new World();
  const anna = world.joined('anna');
  const before = anna.content;
  expect(() =>
    world.sync.change(board, (doc) => {
      doc.getXmlFragment('results').delete(0, 1);
      throw new Error('half way');
    }),
  ).toThrow('half way');
  anna.write('一');
  world.settle();
  const ben = world.joined('ben');
  expect(ben.content).toBe(anna.content);
  expect(ben.content).not.toBe(before);
});

test('who has a document open', () => {
  const world = new World();
  const anna = world.joined('anna');
  world.joined('anna');
  world.joined('ben');
  expect(world.sync.present(board)).toEqual(['account-anna', 'account-ben']);
  anna.disconnect();
  expect(world.sync.present(board)).toEqual(['account-anna', 'account-ben']);
});
