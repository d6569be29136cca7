/** The log: what is acked is in it, what is in it can be trusted, and a full disk loses nothing. */
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  appendLog,
  DamagedLog,
  emptyHead,
  listOwners,
  readLog,
  readWholeLog,
} from '../../server/db/document.ts';
import { compact, compare } from '../../server/sync/check.ts';
import { openDatabase, sql } from '../../server/db/database.ts';
import { CLOSE } from '#protocol/sync.ts';
import { StoredDocument } from '../../server/sync/document.ts';
import { parseDocumentName, type DocumentRef } from '#protocol/documents.ts';
import { forge, text } from './forge.ts';
import { board, World } from './world.ts';

test('a commit that fails is told, shown to nobody, and made good when there is space again', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  anna.write('前');
  world.settle();
  const before = ben.content;
  world.diskIsFull = true;
  anna.write('満杯');
  const frame = anna.frames + 1;
  world.settle();
  expect(anna.nacks).toEqual([[frame, 'not-stored']]);
  expect(ben.content).toBe(before);
  anna.write('まだ満杯'); // builds on what was not stored
  world.settle();
  expect(anna.nacks.at(-1)?.[1]).toBe('gap');
  world.diskIsFull = false;
  world.pass(1000); // the server has asked for what it lacks
  expect(ben.content).toBe(anna.content);
  expect(anna.acks.at(-1)).toBe(anna.frames);
  world.restart();
  expect(world.joined('cho').content).toBe(anna.content);
});

test('a failed commit of one tick does not touch what other pages wrote before', () => {
  const world = new World();
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  ben.write('ベン');
  world.settle();
  world.diskIsFull = true;
  anna.write('アンナ');
  world.settle();
  world.diskIsFull = false;
  ben.write('続き');
  world.settle();
  expect(ben.nacks).toEqual([]);
  anna.disconnect();
  anna.connect();
  world.pass(1000);
  expect(ben.content).toBe(anna.content);
});

test('a change of the server that cannot be stored throws and shows nothing', () => {
  const world = new World();
  const anna = world.joined('anna');
  const before = anna.content;
  world.diskIsFull = true;
  expect(() =>
    world.sync.change(board, (doc) => doc.getXmlFragment('results').delete(0, 1)),
  ).toThrow('disk');
  world.settle();
  world.diskIsFull = false;
  expect(anna.content).toBe(before);
  expect(world.joined('ben').content).toBe(before);
});

test('a document that cannot be created is asked for later', () => {
  const world = new World();
  world.diskIsFull = true;
  const anna = world.page('anna');
  anna.connect();
  expect(anna.closed?.code).toBe(CLOSE.unavailable);
  world.diskIsFull = false;
  anna.connect();
  world.settle();
  expect(anna.isSynced).toBe(true);
});

function damaged(damage: string): World {
  const world = new World();
  const anna = world.joined('anna');
  for (const words of ['一', '二', '三']) {
    anna.write(words);
    world.settle();
  }
  world.sync.close();
  const file = new Sqlite(world.file);
  file.exec(damage);
  file.close();
  world.crash();
  return world;
}

const damages = {
  'a changed letter': `update document_update set data = cast(substr(data, 1, 20) || x'00' || substr(data, 22) as blob) where seq = 3`,
  'another author': `update document_update set account_id = 'account-ben' where seq = 2`,
  'another time': `update document_update set at = at + 1 where seq = 2`,
  'a missing row': `delete from document_update where seq = 2`,
  'two rows changed places': `update document_update set seq = 9 where seq = 2; update document_update set seq = 2 where seq = 3; update document_update set seq = 3 where seq = 9`,
  'a row from another document': `update document_update set document = 'opinions/item-0002'`,
};

test.each(Object.entries(damages))('%s is found when the document is loaded', (_, damage) => {
  const world = damaged(`drop trigger if exists document_update_no_update; ${damage}`);
  const name = damage.includes('item-0002') ? 'opinions/item-0002' : board;
  expect(() => readLog(world.database.read, name)).toThrow(DamagedLog);
  const anna = world.page('anna');
  anna.connect(name);
  expect(anna.closed?.code).toBe(CLOSE.unavailable);
  expect(world.logged.at(-2)).toEqual([
    'document-unavailable',
    { document: name, error: 'DamagedLog' },
  ]);
});

test('a row cannot be changed by accident', () => {
  expect(() => damaged('update document_update set at = 0')).toThrow('appended');
});

test('a log with a hole in its words is not served', () => {
  const world = new World();
  world.joined('anna').disconnect();
  world.sync.close();
  const orphan = new Y.Doc();
  const updates: Uint8Array[] = [];
  orphan.on('update', (update: Uint8Array) => updates.push(update));
  orphan.getXmlFragment('results').insert(0, [new Y.XmlText('一')]);
  orphan.getXmlFragment('results').insert(1, [new Y.XmlText('二')]);
  const { head } = readLog(world.database.read, board);
  world.database.transaction((tx) =>
    appendLog(tx, board, head, [{ accountId: null, at: 0, data: updates[1] as Uint8Array }]),
  );
  world.crash();
  const anna = world.page('anna');
  anna.connect();
  expect(anna.closed?.code).toBe(CLOSE.unavailable);
});

test('the chain is the same on every machine', () => {
  const database = openDatabase(':memory:');
  const entry = { accountId: null, at: 1, data: new Uint8Array([0, 0]) };
  const head = database.transaction((tx) => appendLog(tx, board, emptyHead, [entry, entry]));
  expect(Buffer.from(head.hash).toString('hex')).toMatchInlineSnapshot(
    `"30b8a1ccc17f1a1f3bf4375b94f4862c6f6ee3a960b7466b8dfe6fe358ec6bb4"`,
  );
  expect(head.seq).toBe(2);
  database.close();
});

/** A world whose document has been written to often enough to have a snapshot. */
function long(): World {
  const world = new World({ limits: { messagesPerSecond: 1e6, idleMs: 100 } });
  const anna = world.joined('anna');
  anna.write('長い');
  for (let letter = 0; letter < 600; letter++) anna.text(1).insert(0, String(letter % 10));
  anna.text(1).delete(3, 5);
  world.settle();
  return world;
}

test('a long log is loaded from a snapshot and the rows behind it', () => {
  const world = long();
  const { state, entries } = readLog(world.database.read, board);
  expect(state).toBeDefined();
  expect(entries.length).toBeLessThan(600);
  expect(readWholeLog(world.database.read, board).entries).toHaveLength(603);
  const before = world.joined('ben').content;
  world.crash();
  expect(world.joined('cho').content).toBe(before);
  expect(world.sync.check(board)).toBeUndefined();
});

test('a damaged snapshot is passed over', () => {
  const world = long();
  const before = world.joined('ben').content;
  const file = new Sqlite(world.file);
  file.exec(
    `update document_snapshot set data = cast(substr(data, 1, 9) || x'00' || substr(data, 11) as blob)`,
  );
  file.close();
  world.crash();
  expect(readLog(world.database.read, board).state).toBeUndefined();
  expect(world.joined('cho').content).toBe(before);
});

test('memory that differs from the log is found', () => {
  const world = long();
  const other = world.sync.read(board, (doc) => {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.getXmlFragment('results').delete(0, 1);
    return copy;
  });
  expect(compare(world.database, board, other)).toBe('memory-differs');
  expect(compare(world.database, board)).toBeUndefined();
});

test('a compaction keeps the state and gives up the single edits', () => {
  const world = long();
  const before = world.joined('ben').content;
  world.sync.close();
  expect(compact(world.database, board)).toBeUndefined();
  world.crash();
  expect(readWholeLog(world.database.read, board).entries).toHaveLength(0);
  const page = world.joined('cho');
  expect(page.content).toBe(before);
  page.write('その後');
  world.settle();
  expect(page.nacks).toEqual([]);
  world.crash();
  expect(world.joined('dan').content).toBe(page.content);
  expect(world.sync.check(board)).toBeUndefined();
});

test('nothing is given up where anything differs', () => {
  const world = long();
  world.sync.close();
  const file = new Sqlite(world.file);
  file.exec(
    `drop trigger document_update_no_update; update document_update set at = at + 1 where seq = 2`,
  );
  file.close();
  world.crash();
  expect(compact(world.database, board)).toBe('log-damaged');
  expect(world.database.read.all(rowCount)).toEqual([{ count: 603 }]);
});

const rowCount = sql.selectFrom('document_update').select(({ fn }) => fn.countAll().as('count'));

test('[Y22] an update that Yjs would keep waiting for something is an error', () => {
  const database = openDatabase(':memory:');
  const seed = (_: unknown, doc: Y.Doc) => Boolean(doc.getXmlFragment('results'));
  const ref = parseDocumentName(board) as DocumentRef;
  const stored = StoredDocument.open(database, ref, seed, 0);
  const late = forge([{ client: 7, clock: 3, structs: [text({ parent: 'results' }, 'x')] }]);
  expect(() => stored.collect(() => stored.apply(late))).toThrow('pending');
  database.close();
});

test('a document that leaves memory leaves a snapshot, so that the next one reads no rows', () => {
  const world = new World({ limits: { idleMs: 100 } });
  const anna = world.joined('anna');
  anna.write('一');
  for (let letter = 0; letter < 30; letter++) {
    anna.text(1).insert(0, String(letter % 10));
    world.pass(1000);
  }
  const before = anna.content;
  expect(readLog(world.database.read, board).state).toBeUndefined();
  anna.disconnect();
  world.pass(200);
  expect(readLog(world.database.read, board).entries).toEqual([]);
  world.crash();
  const ben = world.joined('ben');
  expect(ben.content).toEqual(before);
  ben.write('二');
  world.settle();
  expect(world.joined('carla').content).toEqual(ben.content);
});

test('[Y11] who only joins is bound a second later, whoever writes with the first words', () => {
  const world = new World();
  const bound = () => listOwners(world.database.read, board);
  const anna = world.joined('anna');
  expect(bound().has(anna.doc.clientID)).toBe(false);
  world.pass(1000);
  expect(bound().get(anna.doc.clientID)).toBe(anna.accountId);
  const ben = world.joined('ben');
  ben.write('私');
  world.settle();
  expect(bound().get(ben.doc.clientID)).toBe(ben.accountId);
});
