/** The one write path on a real file: what is answered is stored, once, and survives a restart. */
import { describe, expect, test } from 'vitest';
import type { Command } from '#domain/command.ts';
import type { CommandId } from '#domain/types.ts';
import type { Ack } from '#protocol/ack.ts';
import { createApp, type RunningApp } from '../../server/app.ts';
import { createLog } from '../../server/log.ts';
import type { House } from './house.ts';
import { SampleMeeting } from './house.ts';

const count = (house: House, table: string) =>
  house.rows<{ n: number }>(`select count(*) as n from ${table}`)[0]?.n;

describe('what was answered', () => {
  test('[R1] is there after a restart, at every stage of a meeting', async () => {
    const meeting = await SampleMeeting.open();
    const stages: ((room: SampleMeeting) => void)[] = [
      (room) => room.open(),
      (room) => room.start(),
      (room) => room.ballot(),
      (room) => room.cast(room.guest('member'), 3).cast(room.guest('chair'), null),
      (room) => room.close(),
      (room) => room.reveal(),
      (room) => room.decide(3, 'majority'),
      (room) => {
        const itemId = room.item().id;
        room.do(room.guest('chair'), { type: 'reopenItem', itemId, reason: '再審議' });
      },
    ];
    for (const stage of stages) {
      stage(meeting);
      const before = meeting.state;
      await meeting.house.restart();
      expect(meeting.state).toEqual(before);
    }
  });

  test('[B4] own ballots come back to their owner after a restart, and to nobody else', async () => {
    const meeting = (await SampleMeeting.open()).open().start().ballot();
    const [mine, other] = [meeting.guest('member', 0), meeting.guest('member', 1)];
    meeting.cast(mine, 1);
    await meeting.house.restart();
    const own = (accountId: typeof mine.accountId) => {
      const seated = meeting.house.app.meetings.find(accountId, meeting.id);
      return seated ? meeting.house.app.meetings.ownBallots(seated) : undefined;
    };
    const roundId = meeting.round().id;
    expect(own(mine.accountId)).toEqual({
      [roundId]: [{ criterionId: 'effect', optionId: 'effect-1' }],
    });
    expect(own(other.accountId)).toEqual({});
    expect(own(meeting.guest('secretariat').accountId)).toEqual({});
    meeting.close().reveal();
    expect(own(mine.accountId)).toEqual({});
  });
});

describe('[M2] a command that is sent again', () => {
  test('[M2] gets the same answer and changes nothing, also after a restart', async () => {
    const meeting = (await SampleMeeting.open()).open();
    const { house } = meeting;
    const start: Command = { type: 'startItem', itemId: meeting.item().id };
    const id = house.newId();
    const first = meeting.send(meeting.guest('chair'), start, id);
    const { rev } = meeting.state;
    expect(first).toEqual({ ok: true, rev });
    meeting.ballot();
    const before = meeting.state;
    expect(meeting.send(meeting.guest('chair'), start, id)).toEqual(first);
    await house.restart();
    expect(meeting.send(meeting.guest('chair'), start, id)).toEqual(first);
    expect(meeting.state).toEqual(before);
  });

  test('[M2] a refusal is remembered too, even when it would pass by now', async () => {
    const meeting = await SampleMeeting.open();
    const start: Command = { type: 'startItem', itemId: meeting.item().id };
    const id = meeting.house.newId();
    const refused = { ok: false, refused: 'meeting-not-open' };
    expect(meeting.send(meeting.guest('chair'), start, id)).toEqual(refused);
    meeting.open();
    expect(meeting.send(meeting.guest('chair'), start, id)).toEqual(refused);
    expect(meeting.send(meeting.guest('chair'), start)).toMatchObject({ ok: true });
  });

  test('[M2] a ballot sent twice is one ballot, and does not undo a later change', async () => {
    const meeting = (await SampleMeeting.open()).open().start().ballot();
    const who = meeting.guest('member');
    const [first, second] = [meeting.house.newId(), meeting.house.newId()];
    const ack = meeting.send(who, meeting.castOf(1), first);
    meeting.send(who, meeting.castOf(4), second);
    expect(meeting.send(who, meeting.castOf(1), first)).toEqual(ack);
    const ballots = meeting.house.rows<{ option_id: string }>('select option_id from ballot');
    expect(ballots).toEqual([{ option_id: 'effect-4' }]);
  });

  test('[M2] the same id with another content, by another person or in another meeting is refused', async () => {
    const meeting = (await SampleMeeting.open()).open();
    const { house } = meeting;
    const id = house.newId();
    const start = (n: number): Command => ({ type: 'startItem', itemId: meeting.item(n).id });
    meeting.send(meeting.guest('chair'), start(0), id);
    const before = meeting.state;
    const reused = { ok: false, refused: 'id-reused' };
    expect(meeting.send(meeting.guest('chair'), start(1), id)).toEqual(reused);
    expect(meeting.send(meeting.guest('secretariat'), start(0), id)).toEqual(reused);
    const sec = meeting.guest('secretariat');
    const other = house.app.meetings.foundSample(sec);
    const envelope = { meetingId: other, id: id as CommandId, command: start(0) };
    expect(house.app.execute(envelope, sec)).toEqual(reused);
    expect(meeting.state).toEqual(before);
  });

  test('[M2] a browser may order the keys of its JSON as it likes', async () => {
    const meeting = (await SampleMeeting.open()).open();
    const id = meeting.house.newId();
    const itemId = meeting.item().id;
    const ack = meeting.send(meeting.guest('chair'), { type: 'startItem', itemId }, id);
    const command = Object.fromEntries([
      ['itemId', itemId],
      ['type', 'startItem'],
    ]);
    expect(meeting.send(meeting.guest('chair'), command as Command, id)).toEqual(ack);
  });
});

describe('what is refused', () => {
  test('[M1] leaves no event, no ballot and no change', async () => {
    const meeting = (await SampleMeeting.open()).open().start().ballot();
    const { house } = meeting;
    const before = [count(house, 'meeting_event'), count(house, 'ballot')];
    const observer = meeting.guest('observer');
    expect(meeting.send(observer, meeting.castOf(4))).toEqual({
      ok: false,
      refused: 'not-allowed',
    });
    const stray = { ...meeting.castOf(4), choices: [] } as Command;
    const incomplete = { ok: false, refused: 'choices-incomplete' };
    expect(meeting.send(meeting.guest('member'), stray)).toEqual(incomplete);
    expect([count(house, 'meeting_event'), count(house, 'ballot')]).toEqual(before);
  });

  test('a meeting without a seat for the account is as unknown as one that never was', async () => {
    const meeting = await SampleMeeting.open();
    const { house } = meeting;
    const other = house.app.meetings.found(meeting.guest('secretariat'), meeting.state);
    const command: Command = { type: 'closeMeeting' };
    const ask = (meetingId: string) =>
      house.app.execute(
        { meetingId: meetingId as typeof other, id: house.newId() as CommandId, command },
        meeting.guest('member'),
      );
    const unknown = { ok: false, refused: 'unknown-meeting' };
    expect([ask(other), ask('no-such-meeting')]).toEqual([unknown, unknown]);
    expect(house.app.meetings.find(meeting.guest('member').accountId, other)).toBeUndefined();
  });

  test('[B4] of a cast and a close the first transaction wins, in either order', async () => {
    const meeting = (await SampleMeeting.open()).open().start().ballot();
    const who = meeting.guest('member');
    const late = meeting.castOf(4);
    const roundId = meeting.round().id;
    const close: Command = { type: 'closeBallot', itemId: meeting.item().id, roundId };
    const answers = [
      meeting.send(who, meeting.castOf(3)),
      meeting.send(meeting.guest('chair'), close),
      meeting.send(who, late),
      meeting.send(meeting.guest('secretariat'), close),
    ];
    expect(answers.map((ack) => (ack.ok ? 'ok' : ack.refused))).toEqual([
      'ok',
      'ok',
      'ballot-closed',
      'ballot-not-open',
    ]);
    meeting.reveal();
    expect(meeting.round().result?.ballots).toEqual([
      { participantId: who.seat, choices: [{ criterionId: 'effect', optionId: 'effect-3' }] },
    ]);
  });
});

describe('a command that fails inside', () => {
  test('leaves nothing, is answered and logged without its content, and works when sent again', async () => {
    const meeting = (await SampleMeeting.open()).open().start();
    const { house } = meeting;
    const before = meeting.state;
    const events = count(house, 'meeting_event');
    house.tamper(
      `create trigger boom before insert on decision begin select raise(abort, '秘密の文'); end`,
    );
    const id = house.newId();
    const decide = meeting.decisionOf(4, 'chairJudgement', '秘密の理由');
    const failed = { ok: false, refused: 'internal' };
    expect(meeting.send(meeting.guest('chair'), decide, id)).toEqual(failed);
    expect(meeting.state).toEqual(before);
    expect(count(house, 'meeting_event')).toBe(events);
    expect(house.rows('select id from command where id = ?', id)).toEqual([]);
    const logged = house.lines.filter((line) => line.includes('command-failed'));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(id);
    expect(logged.join()).not.toContain('秘密');
    house.tamper('drop trigger boom');
    expect(meeting.send(meeting.guest('chair'), decide, id)).toMatchObject({ ok: true });
    expect(meeting.item().state).toBe('decided');
  });

  test('a meeting whose row was written by another process is read again, not overwritten', async () => {
    const meeting = (await SampleMeeting.open()).open();
    const { house } = meeting;
    // A second server on the same file, started by mistake.
    const twin = new Twin(house);
    const start = (n: number): Command => ({ type: 'startItem', itemId: meeting.item(n).id });
    expect(twin.send(meeting, start(0))).toMatchObject({ ok: true });
    expect(meeting.send(meeting.guest('chair'), start(1))).toEqual({
      ok: false,
      refused: 'internal',
    });
    expect(meeting.state.currentItemId).toBe(meeting.item(0).id);
    await twin.close();
    const before = meeting.state;
    await house.restart();
    expect(meeting.state).toEqual(before);
  });
});

/** Another process on the same file. */
class Twin {
  readonly #app: RunningApp;
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
    const clock = () => house.now;
    const log = createLog(() => undefined, clock);
    this.#app = createApp({ file: house.file, origin: null, clock, newId: house.newId, log });
  }

  send(meeting: SampleMeeting, command: Command): Ack {
    const id = this.#house.newId() as CommandId;
    return this.#app.execute({ meetingId: meeting.id, id, command }, meeting.guest('chair'));
  }

  close = () => this.#app.close();
}
