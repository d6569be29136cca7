/** The door of the commands over real sockets: who is let in, and that whatever comes is answered. */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Command } from '#domain/command.ts';
import type { CommandId } from '#domain/types.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { examples } from '../protocol/commands.ts';
import { spoil } from '../protocol/mutation.ts';
import type { SampleMeeting } from './house.ts';
import { ask, once, Street } from './street.ts';
import { EDITOR_SCHEMA } from '#protocol/documents.ts';

const malformed = { ok: false, refused: 'malformed' };
const envelope = (meeting: SampleMeeting, command: Command) => ({
  meetingId: meeting.id,
  id: meeting.house.newId() as CommandId,
  command,
});

describe('who is let in', () => {
  test.each(['websocket', 'polling'] as const)(
    '%s: a session and the own Origin, nothing else',
    async (transport) => {
      const { street, meeting } = await Street.withMeeting();
      const { token } = meeting.guest('member');
      const attempt = async (headers: Record<string, string>) => {
        const socket = street.socket(headers, { transports: [transport] });
        const result = Promise.race([
          once(socket, 'connect').then(() => 'in'),
          once(socket, 'connect_error').then(() => 'out'),
        ]);
        socket.connect();
        return result;
      };
      expect(await attempt(street.headers(token))).toBe('in');
      expect(await attempt(street.headers(undefined))).toBe('out');
      expect(await attempt(street.headers('made-up'))).toBe('out');
      for (const origin of [
        'null',
        'http://evil.example',
        `${street.origin}.evil.example`,
        `https://127.0.0.1:${street.port}`,
      ]) {
        expect([origin, await attempt(street.headers(token, origin))]).toEqual([origin, 'out']);
      }
    },
  );

  test('a page of another version is told to load again', async () => {
    const { street, meeting } = await Street.withMeeting();
    const { token } = meeting.guest('member');
    for (const auth of [{}, { version: 0 }, { version: '1' }]) {
      const socket = street.socket(street.headers(token), { auth });
      const refused = once(socket, 'connect_error');
      socket.connect();
      expect(await refused).toMatchObject({ message: 'outdated' });
    }
  });

  test('without Origin a page may begin to poll, as browsers do, and can neither write nor upgrade', async () => {
    const { street, meeting } = await Street.withMeeting();
    const { token } = meeting.guest('member');
    const Cookie = `kensho-session=${token}`;
    const poll = '/socket.io/?EIO=4&transport=polling';
    const begun = await street.http(poll, { headers: { Cookie } });
    expect(begun.status).toBe(200);
    expect(
      (await street.http(poll, { headers: { Cookie, 'Sec-Fetch-Site': 'cross-site' } })).status,
    ).toBe(403);
    expect((await street.http(poll)).status).toBe(403);
    const upgrade = {
      Cookie,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    const bare = await street.http('/socket.io/?EIO=4&transport=websocket', { headers: upgrade });
    expect(bare.status).toBe(400);
    const yjs = await street.http(`/yjs/meeting/${meeting.id}?schema=${EDITOR_SCHEMA}`, {
      headers: upgrade,
    });
    expect(yjs.status).toBe(401);
  });

  test('an upgrade to anywhere else is answered 404', async () => {
    const { street, meeting } = await Street.withMeeting();
    const headers = {
      ...street.headers(meeting.guest('member').token),
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    for (const path of [
      '/',
      '/ws',
      '/meetings/x',
      '/yjs',
      '/socket.io',
      '//socket.io/',
      '/yjs/../etc',
    ]) {
      const { status } = await street.http(path, { headers });
      expect([path, status]).toEqual([path, 404]);
    }
  });

  test('a browser that resets the line in the middle of an upgrade ends nothing', async () => {
    const { street, meeting } = await Street.withMeeting();
    for (const path of ['/', '/yjs/meeting/x', '/socket.io/?EIO=4&transport=websocket']) {
      await new Promise<void>((resolve) => {
        const line = connect(street.port, '127.0.0.1', () => {
          line.write(
            `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
          );
          line.resetAndDestroy();
        });
        line.on('close', () => resolve());
        line.on('error', () => undefined);
      });
    }
    const socket = await street.connect(meeting.guest('member'));
    expect(await ask(socket, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
  });
});

describe('commands', () => {
  test('are answered once, and a retry over another line gets the same answer', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open();
    const sent = envelope(meeting, { type: 'startItem', itemId: meeting.item().id });
    const first = await street.connect(meeting.guest('chair'));
    const ack = await ask(first, 'command', sent);
    expect(ack).toEqual({ ok: true, rev: meeting.state.rev });
    first.disconnect();
    const second = await street.connect(meeting.guest('chair'), { transports: ['polling'] });
    expect(await ask(second, 'command', sent)).toEqual(ack);
  });

  test('go in the name of the session, whatever the browser claims', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open();
    const socket = await street.connect(meeting.guest('observer'));
    const sent = envelope(meeting, { type: 'startItem', itemId: meeting.item().id });
    const claimed = { ...sent, accountId: meeting.guest('chair').accountId };
    expect(await ask(socket, 'command', claimed)).toEqual(malformed);
    expect(await ask(socket, 'command', sent)).toEqual({ ok: false, refused: 'not-allowed' });
  });

  test('own ballots come to their owner only', async () => {
    const { street, meeting } = await Street.withMeeting();
    meeting.open().start().ballot();
    const [mine, other] = [meeting.guest('member', 0), meeting.guest('member', 1)];
    meeting.cast(mine, 2);
    const choices = [{ criterionId: 'effect', optionId: 'effect-2' }];
    const about = { meetingId: meeting.id };
    const me = await street.connect(mine);
    expect(await ask(me, 'mine', about)).toMatchObject({
      ballots: { [meeting.round().id]: choices },
    });
    for (const guest of [other, meeting.guest('chair'), meeting.guest('secretariat')]) {
      expect(await ask(await street.connect(guest), 'mine', about)).toMatchObject({ ballots: {} });
    }
    // Neither a claim nor another meeting helps.
    const thief = await street.connect(other);
    expect(await ask(thief, 'mine', { ...about, accountId: mine.accountId })).toMatchObject({
      ballots: {},
    });
    expect(await ask(thief, 'mine', { meetingId: 'another-meeting' })).toBeNull();
  });
});

describe('whatever a browser sends', () => {
  const wait = (meeting: SampleMeeting) => (meeting.house.now += 10_000);

  test('is answered, and the house still stands', async () => {
    const { street, meeting } = await Street.withMeeting();
    const socket = await street.connect(meeting.guest('member'));
    const payloads: unknown[][] = [
      [],
      [undefined],
      [null],
      [0],
      ['text'],
      [[]],
      [{}],
      [{ meetingId: meeting.id }],
      [Buffer.from('bytes')],
      [{ meetingId: meeting.id, id: 'x'.repeat(8), command: Buffer.from('bytes') }],
      [{}, {}, {}],
      [JSON.parse('{"__proto__": {"ok": true}, "command": {"type": "__proto__"}}')],
    ];
    for (const payload of payloads) {
      wait(meeting);
      expect([payload, await ask(socket, 'command', ...payload)]).toEqual([payload, malformed]);
      const known = (payload[0] as { meetingId?: string } | null)?.meetingId;
      const mine = await ask(socket, 'mine', ...payload.slice(0, 1));
      expect([payload, mine]).toEqual([
        payload,
        known ? { ballots: {}, ratings: {}, audience: 'everybody' } : null,
      ]);
    }
    expect(meeting.house.lines.filter((line) => line.includes('error'))).toEqual([]);
  });

  test('without an ack, before or after it, ends nothing', async () => {
    const { street, meeting } = await Street.withMeeting();
    const socket = await street.connect(meeting.guest('member'));
    socket.emit('command');
    socket.emit('command', null);
    socket.emit('command', envelope(meeting, { type: 'closeMeeting' }));
    socket.emit('command', 'not a function', 'nor this');
    socket.emit('mine');
    expect(await ask(socket, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
  });

  test('under a name nobody listens to is answered too', async () => {
    const { street, meeting } = await Street.withMeeting();
    const socket = await street.connect(meeting.guest('member'));
    for (const event of [
      'nonsense',
      'castBallot',
      'signed-out',
      'error',
      '__proto__',
      'constructor',
      'toString',
      '',
    ]) {
      expect([event, await ask(socket, event, { meetingId: meeting.id })]).toEqual([
        event,
        malformed,
      ]);
    }
  });

  test('every command spoilt in one place is malformed, and none takes effect', async () => {
    const { street, meeting } = await Street.withMeeting();
    const sec = await street.connect(meeting.guest('secretariat'));
    const before = meeting.state;
    // What JSON can carry; one of each kind of harm for every type keeps the run short.
    for (const example of Object.values(examples)) {
      const spoilt = [...spoil(example)].filter(([name]) => /gone|too many|for a list/.test(name));
      for (const [name, command] of spoilt.slice(0, 4)) {
        wait(meeting);
        const answer = await ask(sec, 'command', { ...envelope(meeting, example), command });
        expect([example.type, name, answer]).toEqual([example.type, name, malformed]);
      }
    }
    expect(meeting.state).toEqual(before);
  });

  test('that is too large for a command is refused in a sentence, and the line goes on', async () => {
    const { street, meeting } = await Street.withMeeting();
    const socket = await street.connect(meeting.guest('chair'));
    const about = { meetingId: meeting.id };
    const reason = (length: number) => ({ ...about, reason: 'x'.repeat(length) });
    const tooLarge = { ok: false, refused: 'too-large' };
    expect(await ask(socket, 'command', reason(64 * 1024))).toEqual(tooLarge);
    expect(await ask(socket, 'command', reason(250 * 1024))).toEqual(tooLarge);
    expect(await ask(socket, 'command', ...Array<string>(70).fill('x'.repeat(1024)))).toEqual(
      tooLarge,
    );
    expect(await ask(socket, 'mine', reason(64 * 1024))).toEqual(tooLarge);
    expect(await ask(socket, 'command', reason(60 * 1024))).toEqual(malformed);
    expect(await ask(socket, 'mine', about)).toMatchObject({ ballots: {} });
    expect(street.house.lines.join()).not.toContain('socket-handler-failed');
  });

  test('that is nested without end is answered', async () => {
    const { street, meeting } = await Street.withMeeting();
    const url = `ws://127.0.0.1:${street.port}/socket.io/?EIO=4&transport=websocket`;
    const raw = new WebSocket(url, { headers: street.headers(meeting.guest('chair').token) });
    const answered = new Promise<string>((resolve) => {
      raw.on('message', (data) => {
        const text = (data as Buffer).toString('utf8');
        if (text.startsWith('0{')) raw.send(`40{"version":${PROTOCOL_VERSION}}`);
        else if (text.startsWith('40')) {
          raw.send(`420["command",${'['.repeat(100_000)}${']'.repeat(100_000)}]`);
        } else if (text.startsWith('43')) resolve(text);
      });
    });
    expect(await answered).toBe('430[{"ok":false,"refused":"too-large"}]');
    raw.terminate();
  });

  test('that is huge ends its own line and nobody else’s', async () => {
    const { street, meeting } = await Street.withMeeting();
    const [loud, quiet] = [
      await street.connect(meeting.guest('member', 0)),
      await street.connect(meeting.guest('member', 1)),
    ];
    const gone = once(loud, 'disconnect');
    loud.emit('command', 'x'.repeat(400 * 1024), () => undefined);
    await gone;
    expect(await ask(quiet, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
  });

  test('that is no message of Socket.IO ends its own line only', async () => {
    const { street, meeting } = await Street.withMeeting();
    const quiet = await street.connect(meeting.guest('member', 1));
    const url = `ws://127.0.0.1:${street.port}/socket.io/?EIO=4&transport=websocket`;
    const frames = [
      '40',
      '42["command"',
      '451-["command",{"_placeholder":true,"num":99}]',
      '4',
      '9',
      'x',
      '42[]',
      '42[1]',
      '43[1]',
      '420["command"]',
      Buffer.alloc(100),
    ];
    for (const frame of frames) {
      const raw = new WebSocket(url, { headers: street.headers(meeting.guest('member', 0).token) });
      await new Promise<void>((resolve) => {
        raw.on('error', () => resolve());
        raw.on('close', () => resolve());
        raw.on('message', (data) => {
          if (!(data as Buffer).toString('utf8').startsWith('0{')) return resolve();
          raw.send('40');
          raw.send(frame);
          // A round trip of the engine: by its answer the frame has been read.
          raw.send('2probe');
        });
      });
      raw.terminate();
    }
    expect(await ask(quiet, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
  });

  test('faster than hands can is refused, and the pause is short', async () => {
    const { street, meeting } = await Street.withMeeting();
    const socket = await street.connect(meeting.guest('member'));
    const about = { meetingId: meeting.id };
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(socket, 'mine', about)));
    const refused = answers.filter((ack) => 'refused' in ack && ack.refused === 'too-fast');
    expect(refused).toHaveLength(10);
    meeting.house.now += 100;
    expect(await ask(socket, 'mine', about)).toMatchObject({ ballots: {} });
  });
});

describe('the end of a session', () => {
  test('closes every socket of it at once, and no other', async () => {
    const { street, meeting } = await Street.withMeeting();
    const guest = meeting.guest('member', 0);
    const tabs = [await street.connect(guest), await street.connect(guest)];
    const other = await street.connect(meeting.guest('member', 1));
    const ended = tabs.flatMap((tab) => [once(tab, 'signed-out'), once(tab, 'disconnect')]);
    street.house.app.auth.signOut(guest.sessionId);
    await Promise.all(ended);
    expect(await ask(other, 'mine', { meetingId: meeting.id })).toMatchObject({ ballots: {} });
    const again = street.socket(street.headers(guest.token));
    const refused = once(again, 'connect_error');
    again.connect();
    await refused;
  });

  test('by time is told with the next message', async () => {
    const { street, meeting } = await Street.withMeeting();
    const socket = await street.connect(meeting.guest('member'));
    street.house.now += 13 * 3_600_000;
    const ended = once(socket, 'disconnect');
    const sent = envelope(meeting, { type: 'closeMeeting' });
    expect(await ask(socket, 'command', sent)).toEqual({ ok: false, refused: 'signed-out' });
    await ended;
  });
});

describe('shutting down', () => {
  test('takes less than a second with browsers on every line, and can be asked twice', async () => {
    const { street, meeting } = await Street.withMeeting();
    const sockets = [
      await street.connect(meeting.guest('member', 0)),
      await street.connect(meeting.guest('member', 1), { transports: ['polling'] }),
    ];
    await street.view(meeting.guest('chair'), meeting);
    const gone = sockets.map((socket) => once(socket, 'disconnect'));
    const begun = performance.now();
    await street.house.app.close();
    const closed = new Promise<void>((resolve) => street.server.close(() => resolve()));
    street.server.closeAllConnections();
    await closed;
    expect(performance.now() - begun).toBeLessThan(1000);
    await Promise.all(gone);
    await street.house.app.close();
  });
});
