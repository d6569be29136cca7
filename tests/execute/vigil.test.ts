/** Whoever has lost the session is out within a second, on every kind of line, and nobody else. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AccountId, ParticipantId } from '#domain/types.ts';
import { EDITOR_SCHEMA, opinionsDocument, viewDocument } from '#protocol/documents.ts';
import { CLOSE } from '#protocol/sync.ts';
import { createVigil, type Lines } from '../../server/vigil.ts';
import type { Guest, SampleMeeting } from './house.ts';
import { ask, once, Street } from './street.ts';

const HOUR = 3_600_000;

/** A page whose network lets the documents through and nothing else; resolves with the close code. */
async function documentOnly(street: Street, guest: Pick<Guest, 'token'>, name: string) {
  const url = `ws://127.0.0.1:${street.port}/yjs/${name}?schema=${EDITOR_SCHEMA}&client=${String(client++)}`;
  const line = new WebSocket(url, { headers: street.headers(guest.token) });
  onTestFinished(() => line.terminate());
  const closed = new Promise<number>((resolve) => line.on('close', resolve));
  // The welcome: from here on the line is let in.
  await new Promise((resolve) => line.once('message', resolve));
  return { closed, isOpen: () => line.readyState === line.OPEN };
}
let client = 1_000;

/** The code with which a line is closed that is not let in. */
function knock(street: Street, guest: Pick<Guest, 'token'>, name: string): Promise<number> {
  const url = `ws://127.0.0.1:${street.port}/yjs/${name}?schema=${EDITOR_SCHEMA}&client=${String(client++)}`;
  const line = new WebSocket(url, { headers: street.headers(guest.token) });
  return new Promise((resolve) => line.on('close', resolve));
}

describe('a connection of the documents alone', () => {
  const ends: readonly (readonly [string, (meeting: SampleMeeting, guest: Guest) => void])[] = [
    ['the absolute end', ({ house }) => (house.now += 12 * HOUR + 1)],
    ['idle for too long', ({ house }) => (house.now += 2 * HOUR + 1)],
    ['a sign-out', ({ house }, { sessionId }) => house.app.auth.signOut(sessionId)],
    ['an account shut out', ({ house }, { accountId }) => house.app.auth.endSessions(accountId)],
    [
      'a session that somebody took out of the table',
      ({ house }, { sessionId }) => house.tamper(`delete from session where id = '${sessionId}'`),
    ],
  ];

  test.each(ends)('ends after %s, though nobody says a word', async (_, end) => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open().start();
    const guest = meeting.guest('member');
    const view = await documentOnly(street, guest, viewDocument(meeting.id));
    const text = await documentOnly(street, guest, opinionsDocument(meeting.item().id));
    end(meeting, guest);
    expect(await view.closed).toBe(CLOSE.signedOut);
    expect(await text.closed).toBe(CLOSE.signedOut);
  });

  test('and the socket of the same session go together, those of others stay', async () => {
    const { street, meeting } = await Street.withMeeting();
    const [guest, other] = [meeting.guest('member', 0), meeting.guest('member', 1)];
    const own = await documentOnly(street, guest, viewDocument(meeting.id));
    const ownSocket = await street.connect(guest);
    const stays = await documentOnly(street, other, viewDocument(meeting.id));
    const staying = await street.connect(other);
    const told = [once(ownSocket, 'signed-out'), once(ownSocket, 'disconnect')];
    street.house.tamper(`delete from session where id = '${guest.sessionId}'`);
    expect(await own.closed).toBe(CLOSE.signedOut);
    await Promise.all(told);
    expect(stays.isOpen()).toBe(true);
    expect(await ask(staying, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
  });

  test('ends with its seat, and comes back with less when the role is less', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open().start();
    const guest = meeting.guest('member');
    const name = opinionsDocument(meeting.item().id);
    const writes = await documentOnly(street, guest, name);
    const role = (changed: 'section' | 'observer') =>
      meeting.do(meeting.guest('secretariat'), {
        type: 'changeParticipant',
        participantId: guest.seat,
        seat: { name: guest.name, role: changed, affiliation: '' },
      });
    role('section');
    expect(await writes.closed).toBe(CLOSE.rightsChanged);
    const reads = await documentOnly(street, guest, name);
    role('observer');
    expect(await reads.closed).toBe(CLOSE.forbidden);
  });

  test('[P10] ends when the person stands aside, who gets a view of their own and no text', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open().start();
    const guest = meeting.guest('member');
    const itemId = meeting.item().id;
    const open = (audience?: typeof guest.seat) =>
      documentOnly(street, guest, viewDocument(meeting.id, audience));
    const socket = await street.connect(guest);
    const audience = () => ask(socket, 'mine', { meetingId: meeting.id });
    const view = await open();
    const text = await documentOnly(street, guest, opinionsDocument(itemId));
    const elsewhere = await documentOnly(street, guest, opinionsDocument(meeting.item(1).id));
    const other = await documentOnly(street, meeting.guest('member', 1), opinionsDocument(itemId));
    const about = { itemId, participantId: guest.seat } as const;
    meeting.do(guest, { type: 'declareRecusal', ...about, reason: '取引先のため' });
    expect(await view.closed).toBe(CLOSE.forbidden);
    expect(await text.closed).toBe(CLOSE.forbidden);
    expect(await audience()).toMatchObject({ audience: guest.seat });
    const own = await open(guest.seat);
    const again = await knock(street, guest, opinionsDocument(itemId));
    expect(again).toBe(CLOSE.forbidden);
    // Nobody else's line, no other item, and not the socket.
    expect([other.isOpen(), elsewhere.isOpen(), socket.connected]).toEqual([true, true, true]);

    meeting.do(guest, { type: 'withdrawRecusal', ...about });
    expect(await own.closed).toBe(CLOSE.forbidden);
    expect(await audience()).toMatchObject({ audience: 'everybody' });
    expect((await open()).isOpen()).toBe(true);
  });
});

test('an account that gets more rights signs in anew everywhere', async () => {
  const { street, meeting } = await Street.withMeeting();
  const { app } = street.house;
  const sec = meeting.guest('secretariat');
  const invited = (role: 'member' | 'secretariat') => {
    meeting.do(sec, { type: 'addParticipant', seat: { name: '石井 花', role, affiliation: '' } });
    const seat = meeting.state.participants.at(-1)?.id ?? ('' as ParticipantId);
    const link = app.meetings.invite(sec, meeting.id, seat, 'ishii@example.jp');
    if (!link.ok) throw new Error(link.code);
    return { seat, token: link.token };
  };
  const first = await app.auth.acceptInvitation(invited('member').token, 'パスワード八文字', 'x');
  if (!first.ok) throw new Error(first.code);
  const line = await documentOnly(street, first.session, viewDocument(meeting.id));
  // The seat was a mistake: the same person is invited again, into the secretariat.
  const seat = meeting.state.participants.at(-1)?.id ?? ('' as ParticipantId);
  meeting.do(sec, { type: 'removeParticipant', participantId: seat });
  expect(await line.closed).toBe(CLOSE.forbidden);
  const socket = await street.connect(first.session);
  const gone = once(socket, 'signed-out');
  const second = await app.auth.acceptInvitation(
    invited('secretariat').token,
    'パスワード八文字',
    'x',
  );
  if (!second.ok) throw new Error(second.code);
  await gone;
  expect(app.auth.find(first.session.token)).toBeNull();
  expect(app.auth.find(second.session.token)).toMatchObject({ isStaff: true });
});

describe('the vigil', () => {
  function world() {
    const revoked: string[] = [];
    const kind = (name: string, ...open: string[]): Lines => ({
      sessions: () => open,
      revoke: (sessionId) => revoked.push(`${name}:${sessionId}`),
      dropAccount: (accountId: AccountId) => revoked.push(`${name}:${accountId}`),
    });
    const timers: { ms: number; work: () => void }[] = [];
    const lines: string[] = [];
    const touched: string[] = [];
    const alive = new Set(['a', 'b']);
    let isBroken = false;
    const vigil = createVigil({
      kinds: [kind('commands', 'a', 'b'), kind('documents', 'b', 'c')],
      living() {
        if (isBroken) throw new Error('disk');
        return alive;
      },
      touch: (sessionId) => touched.push(sessionId),
      log: { error: (event) => lines.push(event) },
      every(ms, work) {
        const timer = { ms, work };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    });
    vigil.start();
    return {
      vigil,
      revoked,
      timers,
      lines,
      touched,
      alive,
      fail: () => (isBroken = true),
    };
  }

  test('looks more often than once a second, and ends every kind of line of a session', () => {
    const { timers, revoked, alive } = world();
    const [look] = timers;
    expect(look?.ms).toBeLessThan(1_000);
    look?.work();
    expect(revoked.splice(0)).toEqual(['commands:c', 'documents:c']);
    alive.delete('a');
    look?.work();
    expect(revoked).toEqual(['commands:a', 'documents:a', 'commands:c', 'documents:c']);
  });

  test('an open line of either kind keeps its session, an ended one is not brought back', () => {
    const { timers, touched, revoked } = world();
    timers[1]?.work();
    expect(revoked).toEqual(['commands:c', 'documents:c']);
    expect(touched).toEqual(['a', 'b']);
  });

  test('a database that fails in a timer ends nothing', () => {
    const { timers, lines, revoked, fail } = world();
    fail();
    for (const { work } of timers) work();
    expect(lines).toEqual(['vigil-failed', 'vigil-failed']);
    expect(revoked).toEqual([]);
  });

  test('stops', () => {
    const { vigil, timers } = world();
    vigil.stop();
    expect(timers).toEqual([]);
    vigil.stop();
  });
});
