/**
 * The disk is full, or a strange program has locked the file, in the middle of a vote: a refusal is
 * told, nobody loses the line, nothing counts that was not stored, and the same command is carried
 * out once when it is sent again.
 */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { opinionsDocument } from '#protocol/documents.ts';
import { openDatabase } from '../../server/db/database.ts';
import { listBallots } from '../../server/db/secret.ts';
import { Disk } from '../sync/disk.ts';
import { mount } from '../sync/wasm.ts';
import { House, SampleMeeting } from './house.ts';
import { folderOf } from './keyboard.ts';
import { ask, Street } from './street.ts';

vi.mock('better-sqlite3', async (original) =>
  (await import('../sync/wasm.ts')).simulated(original),
);

type Ill = {
  readonly house: House;
  readonly fall: () => Promise<void>;
  readonly recover: () => Promise<void>;
};

function fullDisk(): Ill {
  const disk = new Disk();
  const house = new House('id', { folder: mount(disk) });
  return {
    house,
    async fall() {
      disk.capacity = disk.used;
    },
    async recover() {
      disk.capacity = Infinity;
    },
  };
}

/** Somebody has opened the file with another tool, begun to write, and gone to lunch. */
function lockedFile(): Ill {
  const house = new House();
  const script = join(folderOf(house), 'tool.mjs');
  const sqlite = import.meta.resolve('better-sqlite3');
  writeFileSync(
    script,
    `import Sqlite from ${JSON.stringify(sqlite)};
     const file = new Sqlite(process.argv[2]);
     file.exec('begin immediate');
     process.send('locked');
     process.on('message', () => { file.exec('rollback'); process.exit(); });`,
  );
  let end: () => Promise<void>;
  return {
    house,
    async fall() {
      const tool = fork(script, [house.file]);
      const ended = new Promise<void>((resolve) => tool.once('exit', () => resolve()));
      onTestFinished(() => void tool.kill('SIGKILL'));
      await new Promise((resolve) => tool.once('message', resolve));
      end = () => {
        tool.send('done');
        return ended;
      };
    },
    recover: () => end(),
  };
}

const ills = [
  ['a full disk', fullDisk],
  ['a locked file', lockedFile],
] as const;

test.each(ills)(
  '[D8] %s is no difference between opinions: nothing is decided',
  async (_, make) => {
    const { house, fall, recover } = make();
    const meeting = (await SampleMeeting.open(house)).open().start();
    const [chair, before] = [meeting.guest('chair'), meeting.state];
    const [id, command] = [house.newId(), meeting.decisionOf(4, 'noObjection')];

    // Nobody has opened the opinions of this item: to compare them is to make them first.
    await fall();
    expect(meeting.send(chair, command, id)).toEqual({ ok: false, refused: 'internal' });
    expect(meeting.state).toEqual(before);
    expect(house.lines.join('\n')).not.toContain('document-differs');

    await recover();
    expect(meeting.send(chair, command, id)).toEqual({ ok: true, rev: before.rev + 1 });
    expect(meeting.item().state).toBe('decided');
  },
);

test.each(ills)('%s in the middle of a vote', async (_, make) => {
  const { house, fall, recover } = make();
  const street = await Street.open(house);
  const meeting = (await SampleMeeting.open(house)).open().start().ballot();
  const [voter, other, typist] = [0, 1, 2].map((n) => meeting.guest('member', n));
  if (!voter || !other || !typist) throw new Error('three members');
  meeting.cast(other, 3);
  const sockets = await Promise.all([voter, other].map((guest) => street.connect(guest)));
  const [line, watching] = sockets;
  if (!line || !watching) throw new Error('two lines');
  const view = await street.view(other, meeting);
  const opinions = await street.document(typist, opinionsDocument(meeting.item().id));
  const heading = meeting.state.headings[0]?.id ?? '';
  await opinions.type(heading, '前');
  const before = { state: meeting.state, shown: view.entries };

  await fall();
  const id = house.newId();
  const envelope = { meetingId: meeting.id, id, command: meeting.castOf(4) };
  const begun = performance.now();
  expect(await ask(line, 'command', envelope)).toEqual({ ok: false, refused: 'internal' });
  // Nobody else can be served meanwhile; SQLite's usual five seconds would be an outage.
  expect(performance.now() - begun).toBeLessThan(2500);
  const mine = { meetingId: meeting.id };
  expect(await ask(line, 'mine', mine)).toMatchObject({ ballots: {} });
  expect(await ask(watching, 'mine', mine)).toMatchObject({ ballots: {} });
  expect({ state: meeting.state, shown: view.entries }).toEqual(before);
  // What is typed now is on its way until there is space again.
  const stored = opinions.type(heading, '後');
  expect(house.app.health()).toBe('ok');
  const logged = house.lines.filter((text) => text.includes('command-failed'));
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain(id);

  await recover();
  const ack = await ask(line, 'command', envelope);
  expect(ack).toEqual({ ok: true, rev: before.state.rev + 1 });
  expect(await ask(watching, 'command', envelope)).toMatchObject({ ok: false });
  expect(await ask(line, 'command', envelope)).toEqual(ack);
  meeting.close().reveal();
  await view.until(() => JSON.stringify(view.entries).includes('"revealed"'));
  expect(
    meeting
      .round()
      .result?.ballots.map(({ participantId }) => participantId)
      .sort(),
  ).toEqual([voter.seat, other.seat].sort());
  opinions.reconnect();
  await stored;
  expect([...sockets.map(({ connected }) => connected)]).toEqual([true, true]);
  await house.restart();
  const round = meeting.round();
  expect(round.voted).toHaveLength(2);
  const seated = house.app.meetings.find(typist.accountId, meeting.id);
  const text = seated && house.app.meetings.opinions(seated, meeting.item().id)[0]?.bullets;
  expect(text).toEqual(['前後']);
  await house.app.close();
  const database = openDatabase(house.file);
  expect(listBallots(database.read, round.id)).toHaveLength(2);
  database.close();
});
