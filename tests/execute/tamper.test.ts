/**
 * Bits flip and hands change rows: what the chains protect is found changed, or is as it was. And the
 * drill: back up, damage, restore, go on.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { backUp, restore } from '../../server/backup.ts';
import { examine, verify } from '../../server/doctor.ts';
import { Chance } from '../fuzz/chance.ts';
import { seeds, size, timeFor } from '../size.ts';
import { House, SampleMeeting } from './house.ts';

const chained = ['meeting_event', 'document_update'] as const;

async function finished(name: string): Promise<SampleMeeting> {
  const meeting = await SampleMeeting.open(new House(name));
  meeting.open().start().vote([4, 4, 3, 4, 4]).decide(4, 'majority', '多数のため');
  meeting.start(1).vote([1, 2], 1);
  await meeting.house.app.close();
  return meeting;
}

function desk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kensho-tamper-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** All that the chains protect; undefined when it cannot even be read. */
function contentOf(file: string): string | undefined {
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { readonly: true });
    const opened = connection;
    const rows = chained.map((table) => opened.prepare(`select * from ${table}`).all());
    return JSON.stringify(rows);
  } catch {
    return undefined;
  } finally {
    connection?.close();
  }
}

const flips = size(100, 1000);

test(`${flips} flipped bits`, { timeout: timeFor(60_000) }, async () => {
  const { house } = await finished('flips');
  const [seed] = seeds(1);
  const chance = new Chance(seed ?? 1);
  const bytes = readFileSync(house.file);
  const whole = contentOf(house.file);
  expect(verify(house.file)).toEqual([]);
  const file = join(desk(), 'flipped.db');
  let found = 0;
  for (let n = 0; n < flips; n++) {
    const at = chance.below(bytes.length);
    const bit = 1 << chance.below(8);
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ bit;
    writeFileSync(file, flipped);
    const complaints = verify(file).length;
    if (complaints > 0) found += 1;
    else expect([seed, n, at, contentOf(file) === whole]).toEqual([seed, n, at, true]);
  }
  expect(found).toBeGreaterThan(flips / 20);
});

const changes = size(60, 1000);

test(`${changes} rows changed by hand`, { timeout: timeFor(60_000) }, async () => {
  const { house } = await finished('hands');
  const [seed] = seeds(1);
  const chance = new Chance(seed ?? 1);
  const file = join(desk(), 'changed.db');
  for (let n = 0; n < changes; n++) {
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    copyFileSync(house.file, file);
    const connection = new Sqlite(file);
    const what = tamper(connection, chance);
    connection.close();
    expect([seed, n, what, verify(file).length]).not.toEqual([seed, n, what, 0]);
  }
});

/** One value of one row of a chain, or a row that goes, or two that change places; what was done. */
function tamper(connection: Sqlite.Database, chance: Chance): string {
  for (const table of chained) {
    for (const verb of ['update', 'delete']) {
      connection.exec(`drop trigger if exists ${table}_no_${verb}`);
    }
  }
  const table = chance.one(chained);
  const owner = table === 'meeting_event' ? 'meeting_id' : 'document';
  const rows = connection.prepare(`select ${owner} as owner, seq from ${table}`).all() as {
    owner: string;
    seq: number;
  }[];
  const { owner: name, seq } = chance.one(rows);
  const last = Math.max(...rows.filter((row) => row.owner === name).map((row) => row.seq));
  const where = `where ${owner} = '${name}' and seq = ${seq}`;
  const text = table === 'meeting_event' ? 'body' : 'data';
  const columns =
    table === 'meeting_event'
      ? [
          'at = at + 1',
          `actor = 'nobody'`,
          `kind = kind || 'x'`,
          `body = body || ' '`,
          'hash = previous_hash',
        ]
      : ['at = at + 1', `account_id = 'nobody'`, `hash = zeroblob(32)`, `data = data || x'00'`];
  // The end may be cut off without a gap: that is what the printed head hash is for.
  const gone = seq < last ? [`delete from ${table} ${where}`] : [];
  const statement = chance.one([
    ...columns.map((column) => `update ${table} set ${column} ${where}`),
    ...gone,
    `update ${table} set seq = seq + 1000 ${where}`,
  ]);
  connection.exec(statement.replace(`${text} || x'00'`, `cast(${text} || x'00' as blob)`));
  return statement;
}

const drills = seeds(size(3, 100));

test(`${drills.length} drills`, { timeout: timeFor(60_000) }, async () => {
  for (const seed of drills) {
    const chance = new Chance(seed);
    const meeting = await finished(`drill${seed}`);
    const { house } = meeting;
    const folder = { dataDir: dirname(house.file), databaseFile: house.file };
    const copy = join(folder.dataDir, 'copy.db');
    const before = contentOf(house.file);
    await backUp(folder, copy);
    const bytes = readFileSync(house.file);
    for (let n = 0; n < 2000; n++) bytes[chance.below(bytes.length)] = chance.below(256);
    writeFileSync(house.file, bytes);
    expect([seed, verify(house.file).length]).not.toEqual([seed, 0]);
    restore(folder, copy, new Date(house.now));
    expect([seed, examine(house.file, undefined).filter(({ found }) => found.length > 0)]).toEqual([
      seed,
      [],
    ]);
    expect(contentOf(house.file)).toBe(before);
    await house.restart();
    meeting.start(2);
    await house.app.close();
    rmSync(copy);
  }
});
