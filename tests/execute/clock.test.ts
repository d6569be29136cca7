/**
 * The machine's clock is set, backwards and forwards by hours, while a meeting sits: what happened
 * is told in the order it happened, and nobody is kept out for as long as the clock was wrong.
 */
import { expect, test } from 'vitest';
import { opinionsDocument } from '#protocol/documents.ts';
import { openDatabase } from '../../server/db/database.ts';
import { loadEvents } from '../../server/db/record.ts';
import { examine } from '../../server/doctor.ts';
import { Chance } from '../fuzz/chance.ts';
import { House, SampleMeeting } from './house.ts';
import { ask, once, Street } from './street.ts';

const HOUR = 3_600_000;

test('the order of a meeting is that of its numbers, not that of its times', async () => {
  const { street, meeting } = await Street.withMeeting();
  const { house } = street;
  const chance = new Chance(1);
  const jump = () => (house.now += Math.round((chance.next() - 0.5) * 1.5 * HOUR));
  const seen: number[] = [];
  meeting.open();
  jump();
  meeting.start();
  const page = await street.document(meeting.guest('member'), opinionsDocument(meeting.item().id));
  const view = await street.view(meeting.guest('observer'), meeting);
  const heading = meeting.state.headings[0]?.id ?? '';
  meeting.ballot();
  for (const [n, who] of meeting.council.entries()) {
    jump();
    meeting.cast(who, 3);
    await page.type(heading, String(n));
    seen.push(house.now);
  }
  expect(seen.toSorted((one, other) => one - other)).not.toEqual(seen);
  jump();
  meeting.close().reveal().decide(3, 'majority');
  await view.until(() => JSON.stringify(view.entries).includes('"decided"'));
  expect(meeting.round().voted).toHaveLength(meeting.council.length);
  const before = meeting.state;
  await house.restart();
  expect(meeting.state).toEqual(before);
  await house.app.close();
  const database = openDatabase(house.file);
  const events = loadEvents(database.read, meeting.id); // verifies the chain
  database.close();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.slice(-3).map(({ body }) => body.kind)).toEqual([
    'ballotClosed',
    'ballotRevealed',
    'itemDecided',
  ]);
  expect(examine(house.file, undefined).filter(({ found }) => found.length > 0)).toEqual([]);
});

test('a clock that is put back holds up nobody who is connected', async () => {
  const { street, meeting } = await Street.withMeeting();
  const socket = await street.connect(meeting.guest('member'));
  const about = { meetingId: meeting.id };
  expect(await ask(socket, 'mine', about)).toMatchObject({ ballots: {} });
  street.house.now -= 5 * HOUR;
  // What hands can do in one go is still free.
  for (let n = 0; n < 10; n++)
    expect(await ask(socket, 'mine', about)).toMatchObject({ ballots: {} });
});

test('a clock that runs ahead by an hour ends no session, by thirteen hours all of them', async () => {
  const { street, meeting } = await Street.withMeeting();
  const { house } = street;
  const guest = meeting.guest('member');
  const socket = await street.connect(guest);
  house.now += HOUR;
  expect(await ask(socket, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
  house.now -= HOUR;
  expect(house.app.auth.find(guest.token)).not.toBeNull();
  house.now += 13 * HOUR;
  const ended = once(socket, 'disconnect');
  expect(await ask(socket, 'mine', { meetingId: meeting.id })).toMatchObject({
    refused: 'signed-out',
  });
  await ended;
});

test('a pause after wrong passwords does not last as long as the clock was wrong', async () => {
  const house = new House();
  const { auth } = house.app;
  const first = { name: '佐藤', email: 'sato@example.jp', password: 'a good password' };
  await auth.setUp(auth.newSetupToken(), { municipality: 'みほん市', ...first });
  const signIn = async (password: string) => {
    const result = await auth.signIn(first.email, password, '192.0.2.1');
    return result.ok ? 'ok' : result.code;
  };
  house.now += 6 * HOUR;
  for (let n = 0; n < 5; n++) expect(await signIn('wrong')).toBe('wrong-password');
  expect(await signIn(first.password)).toBe('too-many-attempts');
  house.now -= 6 * HOUR;
  expect(await signIn(first.password)).toBe('ok');
});

test('a sample meeting founded in the future is there in the present', async () => {
  const house = new House();
  house.now += 24 * HOUR;
  const meeting = await SampleMeeting.open(house);
  house.now -= 24 * HOUR;
  meeting.open().start().ballot().cast(meeting.guest('chair'), 4);
  expect(house.app.meetings.listFor(meeting.guest('chair').accountId)).toHaveLength(1);
});
