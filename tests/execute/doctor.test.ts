/** Every kind of damage is found, and the check that finds it says where. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { opinionsDocument } from '#protocol/documents.ts';
import { demanded } from '../../server/db/database.ts';
import { examine } from '../../server/doctor.ts';
import type { SampleMeeting } from './house.ts';
import { folderOf, guard, kensho } from './keyboard.ts';
import { Street } from './street.ts';

/** A meeting with two rounds, a decision, typed opinions; nobody is in the house any more. */
async function finished(): Promise<SampleMeeting> {
  const { street, meeting } = await Street.withMeeting();
  meeting.open().start();
  const page = await street.document(meeting.guest('member'), opinionsDocument(meeting.item().id));
  const heading = meeting.state.headings[0]?.id ?? '';
  for (const word of ['一', '二', '三']) await page.type(heading, word);
  meeting.vote([4, 1, null, 4]).vote([3, 3, 3, 4, 4]).decide(3, 'majority', '多数のため');
  meeting.start(1).ballot(1).cast(meeting.guest('chair'), 2, 1);
  await meeting.house.app.close();
  return meeting;
}

const look = (meeting: SampleMeeting) => examine(meeting.house.file, undefined);

const complaints = (meeting: SampleMeeting): string =>
  look(meeting)
    .filter(({ found }) => found.length > 0)
    .map(({ en, found }) => `${en}: ${found.join('; ')}`)
    .join('\n');

/** Around a statement that the append-only triggers would refuse. */
const unlocked = (statements: string): string => {
  const refuse = (table: string, verb: string) =>
    `create trigger ${table}_no_${verb} before ${verb} on ${table}
begin select raise(abort, 'history is appended, never changed'); end;`;
  const locks = [
    ['meeting_event', 'update'],
    ['meeting_event', 'delete'],
    ['document_update', 'update'],
  ] as const;
  return [
    ...locks.map(([table, verb]) => `drop trigger ${table}_no_${verb};`),
    `${statements};`,
    ...locks.map(([table, verb]) => refuse(table, verb)),
  ].join('\n');
};

test('a healthy house has nothing to complain of, from the keyboard too', async () => {
  const meeting = await finished();
  expect(complaints(meeting)).toBe('');
  const said = await kensho(folderOf(meeting.house), 'doctor');
  expect(said).toMatchObject({ code: 0, err: '' });
  const lines = said.out.trim().split('\n');
  expect(lines).toHaveLength(look(meeting).length + 1);
  expect(lines.slice(0, -1).every((line) => line.startsWith('正常 ok'))).toBe(true);
});

const damages: readonly (readonly [name: string, statements: string, complaint: RegExp])[] = [
  [
    'an event changed by hand',
    unlocked(
      `update meeting_event set body = replace(body, '多数', '少数') where kind = 'itemDecided'`,
    ),
    /chain of every record: the record of meeting \S+ does not fit at event \d+/,
  ],
  [
    'an event taken out of the middle',
    unlocked('delete from meeting_event where seq = 5'),
    /chain of every record: .*at event 6/,
  ],
  [
    'a record cut at its end',
    unlocked('delete from meeting_event where seq = (select max(seq) from meeting_event)'),
    /every command that was acknowledged: command_id=\S+ meeting_id=/,
  ],
  [
    'a bit flipped in an update',
    unlocked(
      `update document_update set data = cast(substr(data, 1, 8) || x'ff' || substr(data, 10) as blob)
       where document like 'opinions/%' and seq = 2`,
    ),
    /chain of every update log: the log of opinions\/\S+ does not fit at row 2/,
  ],
  [
    'an update that is gone',
    `delete from document_update where document like 'meeting/%' and seq = 3`,
    /no number is missing in an update log: document=meeting\//,
  ],
  [
    'the first update gone',
    `delete from document_update where document like 'opinions/%' and seq = 1`,
    /chain of every update log: the log of opinions\/\S+ does not fit at row 2/,
  ],
  [
    'a snapshot beyond the log',
    `insert into document_snapshot select document, max(seq) + 5, hash, data, hash
     from document_update where document like 'opinions/%'`,
    /no update log ends before its snapshot: document=opinions\//,
  ],
  [
    'an author without a clientID',
    `delete from document_client where account_id is not null`,
    /whoever wrote in a document has a clientID in it: document=opinions\/\S+ account_id=/,
  ],
  [
    'a row of a tally deleted',
    'delete from tally where position = 0 and round = 2',
    /tables equal the replayed records: tally: missing meeting_id=\S+ item_id=\S+ round=2 criterion_id=\S+ position=0/,
  ],
  [
    'a number of a tally changed',
    'update tally set votes = votes + 1 where position = 1 and round = 1',
    /tally: votes of meeting_id=\S+ item_id=\S+ round=1/,
  ],
  [
    'a decision of another level',
    `update decision set rating = '別の評価'`,
    /tables equal the replayed records: decision: rating of meeting_id=/,
  ],
  ['a decision deleted', 'delete from decision', /a decided item has its decision.*item_id=/],
  [
    'an elector added',
    `insert into elector select meeting_id, item_id, round, 'ghost', name, 'voted' from elector limit 1`,
    /elector: extra .*participant_id=ghost/,
  ],
  [
    'a ballot counted twice',
    `create table twice as select * from ballot; drop table ballot; alter table twice rename to ballot;
     insert into ballot select * from ballot limit 1`,
    /one ballot per person, round and criterion: round_id=\S+ participant_id=\S+ criterion_id=/,
  ],
  [
    'a table without its key',
    `create table twice as select * from ballot; drop table ballot; alter table twice rename to ballot`,
    /tables and triggers: table ballot/,
  ],
  [
    'a ballot changed after the reveal',
    `update ballot set option_id = null where round_id = (select min(round_id) from ballot)`,
    /ballots and tallies: ballots are not the revealed ones: meeting_id=\S+ item_id=\S+ round=1/,
  ],
  [
    'a ballot of somebody who has not voted',
    `insert into ballot select meeting_id, round_id, 'ghost', criterion_id, option_id from ballot
     where round_id = (select max(round_id) from ballot) limit 1`,
    /ballots are not those of the voters: .*round=1/,
  ],
  [
    'a ballot lost before the reveal',
    `delete from ballot where round_id = (select max(round_id) from ballot)`,
    /ballots are not those of the voters/,
  ],
  [
    'a trigger dropped',
    'drop trigger meeting_event_no_delete',
    /tables and triggers: trigger meeting_event_no_delete/,
  ],
  [
    'an account that is gone',
    `pragma foreign_keys = off; delete from account where id in
     (select account_id from participant where role = 'chair')`,
    /integrity of the file: .*participant: account is gone/,
  ],
  [
    'a newer program has been here',
    'pragma user_version = 99',
    /the database opens: this database \(version 99\) is newer/,
  ],
  ['no database of ours', 'pragma user_version = 0', /the database opens: .*no database of Kensho/],
];

test.each(damages)('%s', async (_, statements, complaint) => {
  const meeting = await finished();
  meeting.house.tamper(statements);
  const found = complaints(meeting);
  expect(found).toMatch(complaint);
  // Ids only: neither a reason nor a label nor a name.
  expect(found).not.toMatch(/多数|少数|別の評価|地方創生/);
});

test('pages overwritten on the disk', async () => {
  const meeting = await finished();
  const { file } = meeting.house;
  const bytes = readFileSync(file);
  for (let page = 6; page * 4096 < bytes.length; page += 9)
    bytes.fill(0x5a, page * 4096, page * 4096 + 64);
  writeFileSync(file, bytes);
  expect(complaints(meeting)).toMatch(/integrity of the file/);
  const said = await kensho(folderOf(meeting.house), 'doctor');
  expect(said.code).toBe(1);
});

test('settings of the running server, not of the one who looks', async () => {
  const { street, meeting } = await Street.withMeeting();
  const { house } = street;
  await guard(house);
  expect(await house.app.controls.inspect()).toMatchObject({ pragmas: demanded });
  const said = await kensho(folderOf(house), 'doctor');
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out).toContain('a server is running');

  const pragmas = { ...demanded, version: '3.52.0', synchronous: 1, secure_delete: 0 };
  const careless = { pragmas, documents: 0, differing: [] };
  const found = examine(meeting.house.file, careless).filter((check) => check.found.length > 0);
  expect(found.flatMap((check) => check.found)).toEqual([
    'synchronous = 1, wanted 2',
    'secure_delete = 0, wanted 1',
    '3.52.0, wanted 3.53',
  ]);
});

test('a document in memory that is not what the log says', async () => {
  const { street, meeting } = await Street.withMeeting();
  meeting.open().start();
  await guard(street.house);
  const name = opinionsDocument(meeting.item().id);
  const page = await street.document(meeting.guest('member'), name);
  const heading = meeting.state.headings[0]?.id ?? '';
  for (const word of ['一', '二']) await page.type(heading, word);
  street.house.tamper(`delete from document_update where document = '${name}' and seq = 3`);
  const said = await kensho(folderOf(street.house), 'doctor');
  expect(said.code).toBe(1);
  expect(said.out).toContain(`${name}: memory-differs`);
});
