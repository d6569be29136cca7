/** Copies made while people write, put back, and served from; and everything that is refused. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { opinionsDocument } from '#protocol/documents.ts';
import { House, SampleMeeting } from './house.ts';
import { folderOf, guard, kensho } from './keyboard.ts';
import { Street } from './street.ts';

/** A meeting in which something has been decided, in a house that is closed. */
async function finished(): Promise<{ house: House; meeting: SampleMeeting; folder: string }> {
  const meeting = await SampleMeeting.open();
  meeting.open().start().vote([4, 4, 3, 4, 4]).decide(4, 'majority', '多数のため');
  await meeting.house.app.close();
  return { house: meeting.house, meeting, folder: folderOf(meeting.house) };
}

describe('backup', () => {
  test('of a running server under load holds everything acknowledged before it, and verifies', async () => {
    const { street, meeting } = await Street.withMeeting();
    const { house } = street;
    meeting.open().start();
    await guard(house);
    const member = meeting.guest('member');
    const page = await street.document(member, opinionsDocument(meeting.item().id));
    const heading = meeting.state.headings[0]?.id ?? '';
    // Large enough that the copy takes many turns of the event loop.
    for (let n = 0; n < 12; n++) await page.type(heading, 'あ'.repeat(30_000));
    await page.type(heading, '<前>');
    const acked = meeting.state.rev;

    let isDone = false;
    let during = 0;
    const typing = (async () => {
      while (!isDone) {
        house.now += 1_000;
        await page.type(heading, `<${during}>`);
        during += 1;
        meeting.do(meeting.guest('secretariat'), {
          type: 'recordAttendance',
          present: meeting.guests.slice(0, 1 + (during % 7)).map(({ seat }) => seat),
        });
      }
    })();
    const said = await kensho(folderOf(house), 'backup', 'copy.db');
    isDone = true;
    await typing;
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(during).toBeGreaterThan(5);
    const copy = join(folderOf(house), 'copy.db');
    expect(readdirSync(folderOf(house)).filter((name) => name.startsWith('copy'))).toEqual([
      'copy.db',
    ]);
    expect(statSync(copy).mode & 0o077).toBe(0);

    const other = new House('other');
    await other.app.close();
    expect(await kensho(folderOf(other), 'restore', copy)).toMatchObject({ code: 0, err: '' });
    expect(await kensho(folderOf(other), 'doctor')).toMatchObject({ code: 0 });
    await other.restart();
    const seated = other.app.meetings.find(member.accountId, meeting.id);
    expect(seated?.meeting.rev).toBeGreaterThanOrEqual(acked);
    const bullets = seated && other.app.meetings.opinions(seated, meeting.item().id)[0]?.bullets;
    const text = bullets?.join('') ?? '';
    expect(text).toContain('<前>');
    const now = house.app.meetings.find(member.accountId, meeting.id);
    const whole = now && house.app.meetings.opinions(now, meeting.item().id)[0]?.bullets.join('');
    // A moment of the running server, not a mixture of several.
    expect(whole?.startsWith(text)).toBe(true);
  });

  test('without a server opens the file itself', async () => {
    const { folder } = await finished();
    expect(await kensho(folder, 'backup', 'copy.db')).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(folder)).toContain('copy.db');
    expect(existsSync(join(folder, 'copy.db.part'))).toBe(false);
  });

  test('overwrites nothing, and needs a folder that is there', async () => {
    const { folder } = await finished();
    writeFileSync(join(folder, 'kept.db'), 'kept');
    const refused = await kensho(folder, 'backup', 'kept.db');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('will not overwrite');
    expect(readFileSync(join(folder, 'kept.db'), 'utf8')).toBe('kept');
    writeFileSync(join(folder, 'half.db.part'), 'half');
    expect((await kensho(folder, 'backup', 'half.db')).code).toBe(1);
    expect(await kensho(folder, 'backup', 'nowhere/copy.db')).toMatchObject({ code: 1 });
  });

  test('of a damaged database is kept apart and not called a backup', async () => {
    const { house, folder } = await finished();
    house.tamper('drop trigger document_update_no_update; update document_update set at = at + 1');
    const said = await kensho(folder, 'backup', 'copy.db');
    expect(said.code).toBe(1);
    expect(said.err).toContain('does not fit at row 1');
    expect(existsSync(join(folder, 'copy.db'))).toBe(false);
    expect(existsSync(join(folder, 'copy.db.part'))).toBe(true);
  });

  test('asks nobody without the secret of the folder', async () => {
    const house = new House();
    await guard(house);
    const file = join(folderOf(house), 'kensho.control');
    expect(statSync(file).mode & 0o077).toBe(0);
    const { port } = JSON.parse(readFileSync(file, 'utf8')) as { port: number };
    for (const secret of ['', '0'.repeat(64)]) {
      const headers = { Authorization: `Bearer ${secret}` };
      const body = JSON.stringify({ file: join(folderOf(house), 'stolen.db') });
      const answer = await fetch(`http://127.0.0.1:${port}/backup`, {
        method: 'POST',
        headers,
        body,
      });
      expect(answer.status).toBe(404);
    }
    expect(existsSync(join(folderOf(house), 'stolen.db'))).toBe(false);
  });
});

describe('restore', () => {
  test('is refused while a server uses the folder', async () => {
    const { folder } = await finished();
    await kensho(folder, 'backup', 'copy.db');
    const running = new House('running');
    await guard(running);
    const before = running.rows('select * from meeting_event');
    const said = await kensho(folderOf(running), 'restore', join(folder, 'copy.db'));
    expect(said.code).toBe(1);
    expect(said.err).toContain('end it first');
    expect(running.rows('select * from meeting_event')).toEqual(before);
  });

  test('says what is wrong with a lock that cannot be taken, instead of blaming a server', async () => {
    const { folder } = await finished();
    await kensho(folder, 'backup', 'copy.db');
    writeFileSync(join(folder, 'kensho.lock'), 'no database'.repeat(1000));
    const said = await kensho(folder, 'restore', join(folder, 'copy.db'));
    expect(said.code).toBe(1);
    expect(said.err).toMatch(/cannot lock .*kensho\.lock.*not a database/);
    expect(said.err).not.toContain('end it first');
  });

  test('takes nothing that does not verify, and leaves the folder as it was', async () => {
    const { house, folder } = await finished();
    const good = join(folder, 'good.db');
    await kensho(folder, 'backup', good);
    const bytes = readFileSync(good);
    const broken = Buffer.from(bytes);
    const reason = '多数のため';
    for (let at = -1; (at = broken.indexOf(reason, at + 1)) >= 0;) broken.write('少', at);
    writeFileSync(join(folder, 'broken.db'), broken);
    writeFileSync(join(folder, 'short.db'), bytes.subarray(0, bytes.length / 2));
    writeFileSync(join(folder, 'other.db'), 'no database at all');
    const before = house.rows('select * from meeting_event');
    for (const name of ['broken.db', 'short.db', 'other.db', 'absent.db']) {
      const said = await kensho(folder, 'restore', name);
      expect([name, said.code, said.err.length > 0]).toEqual([name, 1, true]);
    }
    expect(house.rows('select * from meeting_event')).toEqual(before);
    expect(readdirSync(folder).filter((name) => /before|restoring/.test(name))).toEqual([]);
  });

  test('drill: back up, damage, restore; the damaged one is kept, everybody signs in again', async () => {
    const { house, meeting, folder } = await finished();
    await kensho(folder, 'backup', 'copy.db');
    const events = house.rows('select * from meeting_event');
    house.tamper(`drop trigger meeting_event_no_update; update meeting_event set at = 0 where seq = 3;
      delete from tally; update ballot set option_id = null`);
    const sick = await kensho(folder, 'doctor');
    expect(sick.code).toBe(1);
    expect(sick.out).toContain('does not fit at event 3');

    const said = await kensho(folder, 'restore', 'copy.db');
    expect(said).toMatchObject({ code: 0, err: '' });
    expect((await kensho(folder, 'doctor')).code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('kensho-before-'))).toHaveLength(1);
    expect(said.out).toContain('kensho-before-');
    expect(house.rows('select * from meeting_event')).toEqual(events);
    expect(house.rows('select * from session')).toEqual([]);
    await house.restart();
    expect(meeting.item().state).toBe('decided');
    expect(house.app.auth.find(meeting.guest('chair').token)).toBeNull();
  });

  test('into an empty folder, as on a new machine', async () => {
    const { folder } = await finished();
    await kensho(folder, 'backup', 'copy.db');
    const fresh = new House('fresh');
    await fresh.app.close();
    const said = await kensho(folderOf(fresh), 'restore', join(folder, 'copy.db'));
    expect(said.code).toBe(0);
    expect(await kensho(folderOf(fresh), 'doctor')).toMatchObject({ code: 0 });
  });
});

test.each([
  [['sing'], 2, 'unknown command'],
  [['toString'], 2, 'unknown command'],
  [['backup'], 2, 'wrong arguments'],
  [['backup', 'one', 'two'], 2, 'wrong arguments'],
  [['doctor', '--force'], 2, 'wrong arguments'],
  [['doctor'], 1, 'there is no database'],
  [['backup', 'x.db'], 1, 'there is no database'],
  [['help'], 0, ''],
])('kensho %j ends with %i', async (parameters, code, sentence) => {
  const house = new House();
  const empty = join(folderOf(house), 'empty');
  const said = await kensho(empty, ...parameters);
  expect(said.code).toBe(code);
  expect(said.err).toContain(sentence);
  expect(said.err.includes('    at ')).toBe(false);
});
