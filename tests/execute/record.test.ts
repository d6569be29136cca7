/** The record and the tables beside it: chained, not to be changed, and told by plain SQL. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CompiledQuery } from 'kysely';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../server/db/database.ts';
import { House, SampleMeeting } from './house.ts';

const decided = async () => {
  const meeting = (await SampleMeeting.open()).open().start();
  return meeting.vote([4, 4, 3, null]).decide(4, 'majority');
};

describe('[R1] the chain', () => {
  test('[R1] numbers the events from 1, each with the hash of the one before', async () => {
    const meeting = await decided();
    const rows = meeting.house.rows<{ seq: number; hash: string; previous_hash: string }>(
      'select seq, hash, previous_hash from meeting_event where meeting_id = ? order by seq',
      meeting.id,
    );
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.map(({ previous_hash }) => previous_hash)).toEqual([
      '0'.repeat(64),
      ...rows.slice(0, -1).map(({ hash }) => hash),
    ]);
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(rows.length);
  });

  test('[R1] cannot be changed or cut by SQL', async () => {
    const { house } = await decided();
    const history = 'history is appended, never changed';
    expect(() => house.tamper(`update meeting_event set at = 0 where seq = 3`)).toThrow(history);
    expect(() => house.tamper(`delete from meeting_event where seq = 3`)).toThrow(history);
    // "insert or replace" deletes without a delete trigger unless the triggers are recursive.
    const replace = `insert or replace into meeting_event
      select meeting_id, seq, 0, actor, kind, body, previous_hash, hash from meeting_event where seq = 3`;
    expect(() => house.tamper(`pragma recursive_triggers = on; ${replace}`)).toThrow(history);
  });

  test.each([
    [
      'a body',
      `update meeting_event set body = replace(body, 'effect-4', 'effect-3') where kind = 'itemDecided'`,
    ],
    ['a time', `update meeting_event set at = at + 1 where seq = 5`],
    ['an actor', `update meeting_event set actor = 'nobody' where kind = 'itemDecided'`],
    ['a hash', `update meeting_event set hash = previous_hash where seq = 5`],
    ['a row that is gone', `delete from meeting_event where seq = 5`],
    ['a renumbered row', `update meeting_event set seq = 99 where seq = 5`],
  ])('[R1] %s that was changed behind the triggers is noticed on load', async (_, change) => {
    const { house, id, guests } = await decided();
    house.tamper(`
      drop trigger meeting_event_no_update;
      drop trigger meeting_event_no_delete;
      ${change}
    `);
    await house.restart();
    const [who] = guests;
    if (!who) throw new Error('no guest');
    expect(() => house.app.meetings.find(who.accountId, id)).toThrow('does not fit at event');
    const envelope = { meetingId: id, id: house.newId(), command: { type: 'closeMeeting' } };
    expect(house.app.execute(envelope as Parameters<typeof house.app.execute>[0], who)).toEqual({
      ok: false,
      refused: 'internal',
    });
  });
});

describe('[R3] what plain SQL tells', () => {
  test('[R3] rating, method, reason and who decided', async () => {
    const meeting = await decided();
    const { house } = meeting;
    expect(house.rows('select * from decision')).toEqual([
      {
        meeting_id: meeting.id,
        item_id: meeting.item().id,
        criterion_id: 'effect',
        criterion: '事業効果に対する評価',
        rating: '地方創生に非常に効果があった',
        rating_short: '非常に効果があった',
        rating_reason: '',
        method: 'majority',
        reason: '',
        decided_at: house.now,
        decided_by: '高橋 恵子',
      },
    ]);
    const itemId = meeting.item().id;
    meeting.do(meeting.guest('chair'), { type: 'reopenItem', itemId, reason: '数値の誤り' });
    expect(house.rows('select * from decision')).toEqual([]);
    meeting.decide(2, 'noObjection', '議論を踏まえ');
    expect(house.rows('select rating_short, method, reason from decision')).toEqual([
      { rating_short: '効果があった', method: 'noObjection', reason: '議論を踏まえ' },
    ]);
  });

  test('[R3] the tally of each round, and who was an elector, voted or was absent', async () => {
    const meeting = (await SampleMeeting.open()).open().start();
    const { house } = meeting;
    const away = meeting.guest('member', 3);
    const present = meeting.guests.filter((guest) => guest !== away).map(({ seat }) => seat);
    meeting.do(meeting.guest('secretariat'), { type: 'recordAttendance', present });
    meeting.vote([4, 3, null]).vote([3, 3]);
    const tallies = house.rows('select round, option, votes from tally order by round, position');
    const labels = meeting.state.criteria[0]?.options.map(({ label }) => label) ?? [];
    const told = (round: number, votes: number[]) =>
      [...labels, '棄権'].map((option, at) => ({ round, option, votes: votes[at] }));
    expect(tallies).toEqual([...told(1, [1, 1, 0, 0, 1]), ...told(2, [0, 2, 0, 0, 0])]);
    const electors = house.rows(
      'select name, status from elector where round = 1 order by status, name',
    );
    expect(electors).toEqual([
      { name: '中村 彩', status: 'absent' },
      { name: '山本 健', status: 'not-voted' },
      { name: '田中 誠', status: 'voted' },
      { name: '鈴木 陽子', status: 'voted' },
      { name: '高橋 恵子', status: 'voted' },
    ]);
  });

  test('[R3] who was there, each time it was recorded', async () => {
    const meeting = (await SampleMeeting.open()).open();
    const [first] = meeting.guests;
    const present = first ? [first.seat] : [];
    meeting.do(meeting.guest('secretariat'), { type: 'recordAttendance', present });
    const sums = meeting.house.rows(
      'select count(*) as people, sum(present) as present from attendance group by seq order by seq',
    );
    expect(sums).toEqual([
      { people: meeting.guests.length, present: meeting.guests.length },
      { people: meeting.guests.length, present: 1 },
    ]);
  });

  test('[R3] seats and items as they stand, removed people marked and removed items gone', async () => {
    const meeting = await SampleMeeting.open();
    const { house } = meeting;
    const sec = meeting.guest('secretariat');
    meeting.do(sec, { type: 'removeParticipant', participantId: meeting.guest('observer').seat });
    meeting.do(sec, { type: 'removeItem', itemId: meeting.item(4).id });
    meeting.do(sec, { type: 'moveItem', itemId: meeting.item(7).id, position: 0 });
    const items = house.rows<{ id: string }>('select id from item order by position');
    expect(items.map(({ id }) => id)).toEqual(meeting.state.items.map(({ id }) => id));
    const seats = house.rows<{ id: string }>('select id from participant where removed = 0');
    expect(seats.map(({ id }) => id).sort()).toEqual(
      meeting.state.participants.map(({ id }) => id).sort(),
    );
    expect(house.rows('select role from participant where removed = 1')).toEqual([
      { role: 'observer' },
    ]);
    expect(house.app.meetings.listFor(meeting.guest('observer').accountId)).toEqual([]);
  });
});

describe('the file', () => {
  test('is reopened as durably as it was made', () => {
    const { file } = new House();
    const reopened = openDatabase(file);
    // The pragmas belong to a connection, not to the file: so the program's own one is asked.
    const pragmas = {
      synchronous: 2,
      journal_mode: 'wal',
      foreign_keys: 1,
      secure_delete: 1,
      trusted_schema: 0,
      cell_size_check: 1,
    };
    const found = Object.keys(pragmas).map((name) => {
      const query = { compile: () => CompiledQuery.raw(`pragma ${name}`) };
      return [name, Object.values(reopened.read.first<object>(query) ?? {})[0]] as const;
    });
    reopened.close();
    expect(Object.fromEntries(found)).toEqual(pragmas);
  });

  test('of a newer program is refused, and so is a file that is no database', () => {
    const { house, file } = fresh();
    house.tamper('pragma user_version = 999');
    expect(() => openDatabase(file)).toThrow('newer than this program');
    expect(() => openDatabase(join(import.meta.dirname, 'record.test.ts'))).toThrow();
  });

  test('has the columns that schema.ts says', () => {
    const { file } = fresh();
    const connection = new Sqlite(file, { readonly: true });
    const tables = connection
      .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`)
      .pluck()
      .all() as string[];
    const found = tables.map((table) => {
      const columns = connection.pragma(`table_info(${table})`) as Column[];
      return [table, Object.fromEntries(columns.map((column) => [column.name, typeOf(column)]))];
    });
    connection.close();
    expect(Object.fromEntries(found)).toEqual(typedSchema());
  });
});

function fresh() {
  const house = new House();
  return { house, file: house.file };
}

type Column = { name: string; type: string; notnull: number; pk: number };
const words: Readonly<Record<string, string>> = {
  TEXT: 'string',
  INTEGER: 'number',
  BLOB: 'Uint8Array',
};
const typeOf = ({ type, notnull, pk }: Column) =>
  (words[type] ?? type) + (notnull === 1 || pk > 0 ? '' : ' | null');

/** The members of `Schema`, read from the source; a union of words is a string. */
function typedSchema(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const path = join(import.meta.dirname, '../../server/db/schema.ts');
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const members = (node: ts.TypeNode): [string, ts.TypeNode][] =>
    ts.isTypeLiteralNode(node)
      ? node.members
          .filter(ts.isPropertySignature)
          .flatMap(({ name, type }) =>
            type ? [[name.getText(source), type] as [string, ts.TypeNode]] : [],
          )
      : [];
  const [schema] = source.statements.filter(ts.isTypeAliasDeclaration);
  if (!schema) throw new Error('schema.ts has no type');
  const plain = (type: ts.TypeNode) =>
    type.getText(source).replaceAll(/'[^']*'( \| '[^']*')*/g, 'string');
  return Object.fromEntries(
    members(schema.type).map(([table, columns]) => [
      table,
      Object.fromEntries(members(columns).map(([name, type]) => [name, plain(type)])),
    ]),
  );
}
